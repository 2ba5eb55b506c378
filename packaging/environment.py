"""The `.venv` of a checkout: made, filled with pinned packages, found again, repaired. Standard library only.

A stamp inside it is taken away before anything is changed and written when all is done, so that an interrupted set-up,
a moved checkout, another Python or a damaged `.venv` is noticed and made anew; changed dependencies are installed over.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
STAMP = VENV / "crmdesk-stamp.json"

PROBE = (
    "import PySide6.QtWidgets, sqlcipher3, crmdesk; from importlib.util import find_spec;"
    "print(crmdesk.__file__ if find_spec('sqlalchemy') and find_spec('pytest') else 'incomplete')"
)
FAMILIES = (
    "import sys; from PySide6.QtGui import QGuiApplication, QFontDatabase; app = QGuiApplication([]);"
    "have = set(QFontDatabase.families()); print('\\n'.join(f for f in sys.argv[1:] if f not in have))"
)


def executable(name: str) -> Path:
    """Where the `.venv` keeps a command."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def ensure() -> None:
    """A `.venv` with everything pinned and this checkout in it. Under a second and without network when it stands."""
    wanted = _stamp()
    found = _read_stamp()
    if found == wanted and _works():
        return
    if found is None or found["python"] != wanted["python"] or found["root"] != wanted["root"] or found == wanted:
        _make()
    STAMP.unlink(missing_ok=True)
    _fill()
    if not _works():
        raise machine.SetupError("The set-up went through, but the program cannot be loaded. The lines above say why.")
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def offscreen() -> dict[str, str]:
    """The environment for programs that draw into memory instead of onto a screen."""
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_API": "pyside6"}


def missing_fonts(families: Iterable[str]) -> list[str]:
    """Which of these font families Qt does not find."""
    command = [str(executable("python")), "-c", FAMILIES, *families]
    found = subprocess.run(command, env=offscreen(), capture_output=True, text=True, check=False)
    return found.stdout.split("\n")[:-1] if found.returncode == 0 and found.stdout.strip() else []


def _stamp() -> dict[str, str]:
    inputs = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "packaging/constraints.txt"))
    return {"python": sys.version, "root": str(ROOT), "inputs": hashlib.sha256(inputs).hexdigest()}


def _read_stamp() -> dict[str, str] | None:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _works() -> bool:
    """Whether Qt, the database driver and this very checkout can be imported from the `.venv`."""
    try:
        probe = subprocess.run(
            [str(executable("python")), "-I", "-c", PROBE], capture_output=True, text=True, timeout=120, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return False
    if probe.returncode:
        print(probe.stderr.strip(), file=sys.stderr)
        return False
    return Path(probe.stdout.strip()).parent == ROOT / "crmdesk"


def _make() -> None:
    """An empty `.venv`, in place of whatever stands there."""
    machine.require({}, modules=machine.MODULES)
    print("Making .venv" if not VENV.exists() else "Making .venv anew: what stands there is not complete", flush=True)
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    python = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([python, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        raise machine.SetupError(f"Python could not make {VENV}:\n{made.stdout}{made.stderr}")


def _fill() -> None:
    """Installs the pinned packages, then this checkout on top, so that edits count without another set-up."""
    print("Installing the pinned packages (some 150 MB the first time)", flush=True)
    _pip("pip", "hatchling", "editables")
    _pip("--no-build-isolation", "--editable", f"{ROOT}[dev]")


def _pip(*what: str) -> None:
    command = [str(executable("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--constraint", str(CONSTRAINTS), *what]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        raise machine.SetupError(
            "The packages could not be installed; pip's own words stand above. "
            "If it found no way to the package index: connect, then start again."
        )
