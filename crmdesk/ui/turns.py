"""Work on the thread of the windows in pieces, one a turn of the event loop, so that the windows answer in between."""

from __future__ import annotations

import inspect
from collections.abc import Generator
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
Pieces = Generator[None, None, T]
"""Work that yields where others may come in between; what it returns comes of it."""


class Turns(QObject):
    """Does the pieces one after the other; it goes when they are done, or with its parent."""

    def __init__(self, work: Pieces[object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    def stop(self) -> None:
        """What is not done yet is left."""
        self._timer.stop()
        if inspect.getgeneratorstate(self._work) != inspect.GEN_RUNNING:
            self._work.close()

    def _on_turn(self) -> None:
        try:
            next(self._work)
        except StopIteration:
            self._timer.stop()
        except BaseException:
            self._timer.stop()
            raise


def at_once(work: Pieces[T]) -> T:
    """All of it now; what comes of it."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
