"""How many lie behind the entries of the navigation: counted a moment after a change, off the thread of the windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Event

from PySide6.QtCore import QObject, QTimer

from crmdesk.storage.database import Database
from crmdesk.ui.context import Context
from crmdesk.ui.turns import Pieces
from crmdesk.ui.views.navigation import Navigation
from crmdesk.ui.work import Job

SOON = 60  # ms: several changes in a row are counted once, and the page is painted first
_KEY = "counts"
_GLANCE = 0.002  # s

Count = Callable[[Database], int]


class Counting(QObject):
    """Keeps the numbers of the navigation in step; `counts` says for each entry how it is counted."""

    def __init__(self, context: Context, navigation: Navigation, counts: Mapping[str, Count], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._navigation, self._counts = context, navigation, counts
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._on_soon)
        self._begun = Event()

    def begin(self) -> None:
        """Counts while the window is made: the first page finds half of what it reads then, from a slow disk too."""
        self._context.work.start(_KEY, self._first_counted, finished=self._on_counted, failed=self._on_begin_failed)

    def until_begun(self) -> Pieces[None]:
        """Until that is counted."""
        while not self._begun.wait(_GLANCE):
            yield

    def read_again(self) -> None:
        """Counts soon."""
        self._soon.start()

    def _on_soon(self) -> None:
        self._context.work.start(_KEY, self._counted, finished=self._on_counted, failed=self._on_failed)

    def _counted(self, _job: Job) -> dict[str, int]:
        return {key: count(self._context.db) for key, count in self._counts.items()}

    def _first_counted(self, job: Job) -> dict[str, int]:
        try:
            return self._counted(job)
        finally:
            self._begun.set()

    def _on_begin_failed(self, _error: Exception) -> None:
        """The first page meets it as well, and says it."""

    def _on_counted(self, counted: dict[str, int]) -> None:
        for key, number in counted.items():
            self._navigation.set_count(key, number)

    def _on_failed(self, error: Exception) -> None:
        raise error
