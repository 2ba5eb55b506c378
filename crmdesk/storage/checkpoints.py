"""The write-ahead log goes into the file: on a connection of its own and never in a commit: nobody waits."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crmdesk.domain.errors import CrmError
from crmdesk.storage import failures, opening

LOG_BYTES = 16 * 1024 * 1024  # a log longer than this is not left for an idle moment


class Checkpoints:
    """Those of one open file; `is_in_place` says whether the file still has its name. May be used from any thread."""

    def __init__(self, path: Path, is_in_place: Callable[[], bool]) -> None:
        self._path = path
        self._is_in_place = is_in_place
        self._connection: Any = None
        self._lock = threading.Lock()  # on the connection
        self._thread: threading.Thread | None = None
        self._closed = False

    def after_commit(self) -> None:
        """Begins one on a thread of its own when the log has grown long; comes back at once."""
        if self._thread is not None and self._thread.is_alive():
            return
        with contextlib.suppress(OSError):
            if opening.beside(self._path, "-wal").stat().st_size > LOG_BYTES:
                self._thread = threading.Thread(target=self._run_quietly, name="checkpoint")
                self._thread.start()

    def run(self) -> None:
        """Moves the log into the file, as far as readers let it; writers go on meanwhile. DiskFull, BadFile."""
        with self._lock, failures.worded(self._path):
            if self._closed or not self._is_in_place():  # what took the file's place would be opened
                return
            if self._connection is None:
                self._connection = _connected(self._path)
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Waits for one under way, and lets the file go; a step that is committed later begins none."""
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            self._closed = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _run_quietly(self) -> None:
        """What goes wrong is left to the next one: nothing is lost while it stands in the log."""
        with contextlib.suppress(CrmError):
            self.run()


def _connected(path: Path) -> Any:
    connection = opening.connect(path, mode="rw")
    connection.execute("PRAGMA synchronous = FULL")
    if sys.platform == "darwin":
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
    return connection
