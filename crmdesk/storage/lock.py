"""One running program per workspace: a lock file beside it, held by the system and so given up by any kind of end.

The file's presence means nothing, only the lock on it does: one left behind by a crash is taken over without asking.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
from pathlib import Path

from crmdesk.storage import failures

SUFFIX = ".lock"
_BEHIND = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        os.lseek(handle, _BEHIND, os.SEEK_SET)  # what is locked there cannot be read, and who holds it is read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WorkspaceLock:
    """The right to write to a workspace, from making it until `release`, or until the program ends in any way."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self.path = workspace.with_name(workspace.name + SUFFIX)
        self._handle: int | None = self._acquire()

    def release(self) -> None:
        """Give it up; a second time does nothing."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":
            os.close(handle)
            with contextlib.suppress(OSError):
                self.path.unlink()
        else:
            # Removed while still held, so that nobody locks a file that is about to go.
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(handle)

    def _acquire(self) -> int:
        while True:
            try:
                handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            except OSError as error:
                raise failures.of_system(error, self._workspace) from error
            try:
                _try_lock(handle)
            except OSError as error:
                os.close(handle)
                raise failures.busy(self._workspace, who=holder(self._workspace)) from error
            if self._is_still_there(handle):
                _sign(handle)
                return handle
            os.close(handle)  # the last owner removed it between our opening and our locking: once more

    def _is_still_there(self, handle: int) -> bool:
        try:
            return sys.platform == "win32" or os.path.samestat(os.fstat(handle), os.stat(self.path))
        except FileNotFoundError:
            return False


def holder(workspace: Path) -> tuple[int, str] | None:
    """The process that holds a workspace, by its number, and the computer it runs on; None when nobody says so."""
    try:
        signed = json.loads(workspace.with_name(workspace.name + SUFFIX).read_text(encoding="utf-8"))
        return int(signed["process"]), str(signed["computer"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _sign(handle: int) -> None:
    """Says in the lock file who holds it; a full disk does not matter."""
    text = json.dumps({"process": os.getpid(), "computer": platform.node()})
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.encode())
