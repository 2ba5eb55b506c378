"""Real programs in processes of their own, without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, sleep

from crmdesk.exchange import running

PATIENCE = 30.0
SRC = Path(__file__).resolve().parents[2]


def environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en", "PYTHONPATH": str(SRC)}


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """`crmdesk` with a window, not waited for."""
    command = [sys.executable, "-m", "crmdesk", *map(str, arguments)]
    return subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE)


def ran(*arguments: str | Path, lines: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`crmdesk` until it ends."""
    command: Sequence[str] = [sys.executable, "-m", "crmdesk", *map(str, arguments)]
    return subprocess.run(command, env=environment(), input=lines, capture_output=True, timeout=60, check=False)


def until(holds: Callable[[], object]) -> None:
    """Waits until something holds, for half a minute at most."""
    end = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < end, "it did not happen"
        sleep(0.02)


def listens() -> bool:
    """Whether a program answers at this person's socket."""
    link = running.find()
    if link is None:
        return False
    link.close()
    return True


def has_open(path: Path) -> bool:
    """Whether the running program says that it has a file open."""
    link = running.find()
    if link is None:
        return False
    try:
        return link.ask({"write": str(path.resolve())}, patience=2.0).get("open") is True
    finally:
        link.close()
