"""Work on the thread of the windows in pieces, one a turn of the event loop, so that the windows answer in between."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer

T = TypeVar("T")
_PATIENCE = 0.005  # seconds of a pass of the loop

Pieces = Generator[None, None, T]
"""Work that yields where others may come in between; what it returns comes of it."""


class Turns(QObject):
    """Does the pieces one after the other, one in a pass of the loop; it goes when all are done, or with its parent."""

    def __init__(self, work: Pieces[object], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._stopped = work, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_turn)
        self._go_on()

    def stop(self) -> None:
        """What is not done yet is left."""
        self._stopped = True
        self.deleteLater()
        if inspect.getgeneratorstate(self._work) != inspect.GEN_RUNNING:
            self._work.close()

    def _on_turn(self) -> None:
        if self._stopped:
            return
        try:
            next(self._work)
        except StopIteration:
            self.deleteLater()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """In a pass that stops others that were due a timer at 0 comes twice; what is posted waits for the next."""
        QMetaObject.invokeMethod(self._timer, "start", Qt.ConnectionType.QueuedConnection)


def beside(work: Callable[[], T]) -> Pieces[T]:
    """Does it on a thread, and waits for it in pieces; what it raises is raised here. Who stops waits for its end."""
    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(work)
        while not wait((going,), timeout=_PATIENCE).done:
            yield
        return going.result()


def soon(act: Callable[[], object], parent: QObject) -> None:
    """Does it in the next pass of the loop, unless `parent` is gone by then; `act` alone does not keep that alive."""

    def piece() -> Pieces[None]:
        act()
        yield

    Turns(piece(), parent)


def at_once(work: Pieces[T]) -> T:
    """All of it now; what comes of it."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
