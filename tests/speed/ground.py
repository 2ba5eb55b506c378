"""What every part stands on: a folder of its own, copies of the workspaces, and the driver's own connection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from crmdesk.storage.database import Database
from tests.speed import world
from tests.speed.measure import one_sync, raw, times


class Ground:
    """One size: `path` is a copy of its workspace, which parts may change; the next part gets a new one.

    Each is on the disk before it is measured: a commit would wait for what of the copy is not written yet.
    """

    def __init__(self, size: str, folder: Path, told: Callable[[str], None]) -> None:
        self.size, self.folder, self.told = size, folder, told
        self._path: Path | None = None

    @property
    def path(self) -> Path:
        """The copy, made when it is first asked for."""
        if self._path is None:
            self._path = world.copied(self.size, self.folder, told=self.told)
            os.sync()
        return self._path

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The copy, open on its day."""
        self._path = None
        db = world.opened(self.size, self.folder, told=self.told)
        self._path = db.path
        os.sync()
        try:
            yield db
        finally:
            db.close()

    def raw(self, statement: str, *values: Any, count: int = 50) -> float:
        """What a statement costs through the driver alone: the median, in ms."""
        connection = raw(self.path, reading=True)
        try:
            return median(times(lambda _each: connection.execute(statement, values).fetchall(), range(count)))
        finally:
            connection.close()

    def all_of(self, statement: str) -> None:
        """Reads a statement to its end through the driver alone."""
        connection = raw(self.path, reading=True)
        connection.execute(statement).fetchall()
        connection.close()

    def sync(self) -> float:
        """One small commit on this disk, in ms."""
        return one_sync(self.folder)
