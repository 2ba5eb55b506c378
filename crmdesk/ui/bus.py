"""The database's changes as a Qt signal, on the thread of the windows, whichever thread wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.changes import Change


class Publisher(Protocol):
    """What tells of changes: an open database."""

    def subscribe(self, callback: Callable[[Change], None], /) -> Callable[[], None]:
        """Calls back after each commit, until the function it returns is called."""
        ...


class Bus(QObject):
    """Views connect to `changed` and decide by `change.touches(...)` what to read again.

    Signals: changed(Change) after each committed step.
    """

    changed = Signal(object)
    _committed = Signal(object)

    def __init__(self, publisher: Publisher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._committed.connect(self._on_committed)
        self._leave = publisher.subscribe(self._committed.emit)  # on the thread that wrote: the signal carries it over

    def close(self) -> None:
        """Tells nothing more, nor what a worker's last step left on its way: the file is about to be closed."""
        self._open = False
        self._leave()

    def _on_committed(self, change: Change) -> None:
        if self._open:
            self.changed.emit(change)
