"""Where things live: the resources shipped with the program, and the person's own folders (platformdirs)."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from functools import cache
from pathlib import Path

SUFFIX = ".crmdesk"

_elsewhere: Path | None = None


def live_in(folder: Path | None) -> None:
    """Data and state lie below this folder from now on; None gives the person's own folders back."""
    global _elsewhere
    _elsewhere = folder


@cache
def resources() -> Path:
    """The folder of shipped resources: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def data_folder() -> Path:
    """The folder for workspaces the person did not place elsewhere; made with mode 0700 when missing."""
    from platformdirs import user_data_path

    if _elsewhere is not None:
        return private(_elsewhere / "data")
    return private(user_data_path("crmdesk", appauthor=False))


def state_folder() -> Path:
    """The folder for window state and logs; made with mode 0700 when missing."""
    from platformdirs import user_state_path

    if _elsewhere is not None:
        return private(_elsewhere / "state")
    return private(user_state_path("crmdesk", appauthor=False))


def private(folder: Path) -> Path:
    """The folder, made with mode 0700 when it is missing, and given it when it has another one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and stat.S_IMODE(folder.stat().st_mode) != 0o700:
        with contextlib.suppress(OSError):  # somebody else's, or on a disk without modes
            folder.chmod(0o700)
    return folder


def keep_to_oneself() -> None:
    """Whatever this process makes from now on is its owner's alone, also what libraries make: Qt's settings, locks."""
    os.umask(0o077)
