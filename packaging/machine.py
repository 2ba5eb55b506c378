"""What the machine itself must have: system libraries by soname, fonts for pictures, a screen.

Standard library only.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping

# soname → Debian package. Qt cannot be imported without the first table; the second is what a window on X11 needs.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = LIBRARIES | {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# Module → Debian package: Debian takes the half of `venv` that installs pip out of Python.
MODULES = {"ensurepip": f"python3.{sys.version_info.minor}-venv"}
# Family → Debian package: what the pictures are made with. The program itself takes the fonts it finds.
FONTS = {"Inter": "fonts-inter", "Noto Sans CJK TC": "fonts-noto-cjk"}


class SetupError(Exception):
    """Something the set-up cannot do by itself; the message says what to type."""


def require(libraries: Mapping[str, str], *, modules: Mapping[str, str]) -> None:
    """Installs missing system libraries and Python modules, where we may; else SetupError with the line to type."""
    if not sys.platform.startswith("linux"):
        return
    packages = {**libraries, **modules}
    missing = _missing(libraries, modules)
    if missing:
        install([packages[name] for name in missing], why=", ".join(missing))
    if missing := _missing(libraries, modules):
        raise SetupError(f"Installed, and still not to be loaded: {', '.join(missing)}.")


def want_fonts(missing: Callable[[Iterable[str]], list[str]]) -> None:
    """The fonts of the pictures, where we may install them; elsewhere a hint, and the tour goes on without."""
    if sys.platform.startswith("linux") and (families := missing(FONTS)):
        try:
            install([FONTS[family] for family in families], why=f"the fonts {', '.join(families)}")
        except SetupError as error:
            print(f"{error}\nThe pictures are made with other fonts.", flush=True)


def install(packages: list[str], *, why: str) -> None:
    """Installs Debian packages as root; SetupError names what is missing and the line to type when we are not."""
    wanted = sorted(set(packages))
    if not shutil.which("apt-get"):
        raise SetupError(f"Missing: {why}. Install what your system calls {', '.join(wanted)} on Debian.")
    line = ["apt-get", "install", "-y", "--no-install-recommends", *wanted]
    if os.geteuid() != 0:
        raise SetupError(f"Missing: {why}. Type this, then start again:\n  sudo {' '.join(line)}")
    print(f"Installing {' '.join(wanted)} for {why}", flush=True)
    if not _apt(line):
        _apt(["apt-get", "update"])
        if not _apt(line, loud=True):
            raise SetupError(f"Missing: {why}. This did not work, look at what it says:\n  {' '.join(line)}")


def screen() -> bool:
    """Whether a window can be shown: outside Linux always, else when a Wayland or X server answers."""
    if not sys.platform.startswith("linux"):
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and os.path.exists(os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), wayland)):
        return True
    return bool(os.environ.get("DISPLAY")) and _x_server_answers()


def _x_server_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not known yet: the set-up installs what is missing, and the program says the rest
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def _missing(libraries: Iterable[str], modules: Iterable[str]) -> list[str]:
    importlib.invalidate_caches()
    missing = [soname for soname in libraries if not _loads(soname)]
    return missing + [name for name in modules if importlib.util.find_spec(name) is None]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _apt(line: list[str], *, loud: bool = False) -> bool:
    """Whether apt-get did it; its words are shown only when it failed and `loud` is set."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if loud and done.returncode:
        print(done.stdout[-2000:] + done.stderr[-2000:], file=sys.stderr)
    return done.returncode == 0
