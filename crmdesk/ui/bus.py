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

    def __init__(self, publisher: Publisher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave = publisher.subscribe(self._on_change)

    def close(self) -> None:
        """Hears no more."""
        self._leave()

    def _on_change(self, change: Change) -> None:
        """May run on a worker's thread: the signal carries it over to the receivers' one."""
        self.changed.emit(change)
