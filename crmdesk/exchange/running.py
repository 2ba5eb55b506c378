"""The program that runs already, as another process of the same person talks to it: JSON lines over a local socket.

One program runs for a person on a computer. The first line says what is wanted, and is answered with one line:
{"open": path or "", "token": …} → {"ok": true}; {"write": path} → {"open": whether this program has that file}, then
lines and answers as `crmdesk do` has them; {"import": {…}} → {"progress": [done, of]} any number of
times, then {"done": {…}} or {"error": …, "message": …}. A line is UTF-8 and at most `LONGEST` bytes long.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, Protocol

from crmdesk import paths
from crmdesk.domain.errors import Busy
from crmdesk.words import _

LONGEST = 4 * 1024 * 1024
PATIENCE = 2.0  # seconds for the first answer
_LONGEST_PATH = 100  # a socket's address holds 104 bytes on macOS, 108 on Linux


class Stream(Protocol):
    """What is read and written line by line."""

    def readline(self) -> bytes:
        """The next line; empty at the end."""
        ...

    def write(self, data: bytes, /) -> object:
        """Sends bytes, perhaps later."""
        ...

    def flush(self) -> None:
        """Sends what waits."""
        ...

    def close(self) -> None:
        """Ends it."""
        ...


class Running:
    """A way to the running program; made by `find`."""

    def __init__(self, stream: Stream, link: socket.socket | None) -> None:
        self._stream, self._link = stream, link

    def ask(self, message: dict[str, Any], *, patience: float | None = None) -> dict[str, Any]:
        """Sends one message and waits for the answer. Raises Busy when it ends or does not answer in `patience` s."""
        self.send(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"), patience=patience)
        return self.answer()

    def send(self, line: bytes, *, patience: float | None = None) -> None:
        """Sends one line. Raises Busy."""
        if self._link is not None:
            self._link.settimeout(patience)
        try:
            self._stream.write(line.strip() + b"\n")
            self._stream.flush()
        except OSError as error:
            raise silent() from error

    def answer(self) -> dict[str, Any]:
        """The next line of the running program. Raises Busy when there will be none."""
        try:
            line = self._stream.readline()
            told = json.loads(line)
        except (OSError, ValueError) as error:
            raise silent() from error
        return told if isinstance(told, dict) else {}

    def close(self) -> None:
        """Says no more."""
        with contextlib.suppress(OSError):  # the other side has gone first
            self._stream.close()
        if self._link is not None:
            self._link.close()


def find() -> Running | None:
    """The program that runs for this person; None when there is none, also where a crash has left its socket."""
    try:
        if sys.platform == "win32":
            import ctypes

            stream = open(address(), "r+b", buffering=0)  # noqa: SIM115  # closed by Running
            ctypes.windll.user32.AllowSetForegroundWindow(-1)  # else only its button in the task bar would blink
            return Running(stream, None)
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(PATIENCE)
        try:
            link.connect(address())
        except OSError:
            link.close()
            raise
        return Running(link.makefile("rwb"), link)
    except OSError:
        return None


def hand_over(path: Path | None) -> bool:
    """Lets the running program come forward and open a file; False when none runs.

    Raises Busy when it does not answer within 2 seconds.
    """
    running = find()
    if running is None:
        return False
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    try:
        wanted = "" if path is None else str(path.absolute())
        return running.ask({"open": wanted, "token": token}, patience=PATIENCE).get("ok") is True
    except Busy as error:
        if isinstance(error.__cause__, TimeoutError):
            raise
        return False  # it is just ending
    finally:
        running.close()


def right() -> Path:
    """The file whose lock is the right to be the running program."""
    return paths.state_folder() / _mark()


def address() -> str:
    """Where the running program listens: a socket only this person reaches, or the name of a pipe on Windows."""
    place, mark = paths.state_folder(), _mark()
    if sys.platform == "win32":
        return rf"\\.\pipe\crmdesk-{mark}"
    path = place / f"{mark}.socket"
    if len(os.fsencode(path)) > _LONGEST_PATH:
        folder = Path(tempfile.gettempdir()) / f"crmdesk-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise PermissionError(folder)
        path = folder / path.name
    return str(path)


def _mark() -> str:
    """A short name for this person's folder on this computer: a home may be shared by several."""
    return hashlib.sha256(f"{paths.state_folder()}\n{socket.gethostname()}".encode("utf-8", "replace")).hexdigest()[:12]


def silent() -> Busy:
    """The running program does not answer."""
    return Busy(
        _("CrmDesk is running, but does not answer."),
        _("Look into its window before you do the same again, or end it."),
    )
