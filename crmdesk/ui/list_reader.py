"""Reads the list of a pane: a short one at once; of a long one the first rows, then all, off the windows' thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.lists import ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import lists
from crmdesk.services.lists import View
from crmdesk.ui.context import Context
from crmdesk.ui.models.ticks import Difference
from crmdesk.ui.work import Job

ASIDE_FROM = 20_000  # rows of a place from which on its ids are read off the thread of the windows
FIRST = 100  # rows that are shown before the others are read


@dataclass(frozen=True, slots=True)
class _Read:
    """A list as it was read: its ids in their order, all or the first of them; with all, how many its place has."""

    query: ListQuery
    ids: Sequence[Id]
    total: int = 0
    change: Difference | None = None


class ListReader(QObject):
    """Reads one list after the other; reading what was asked for before is called off.

    Signals: began(ids) the first rows of a long list, while all are read; read(ids, count, change) all of it, how many
    rows its place has, and the Difference from the list it was to be compared with, if any; views_read(list) the saved
    views of its place, counted.
    """

    began = Signal(object)
    read = Signal(object, object, object)
    views_read = Signal(object)

    def __init__(self, context: Context, place: str, parent: QObject) -> None:
        super().__init__(parent)
        self._db, self._work, self._place = context.db, context.work, place
        self._asked: ListQuery | None = None
        self._key = f"list:{id(self)}"
        self.aside = False  # whether its place is so long that it is read off the thread of the windows

    def ask(self, query: ListQuery, *, first: bool, before: Sequence[Id] | None = None) -> None:
        """Reads a list; with `first`, its first rows are wanted before the others. It is compared with `before`."""
        self._asked = query
        self.aside = lists.reaches(self._db, self._place, ASIDE_FROM)
        if not self.aside:
            self._on_views(self._views())
            self._on_all(self._whole(query, before))
            return
        if first:
            self._start(":first", partial(self._first, query), self._on_first)
        self._start(":views", self._views, self._on_views)
        self._start("", partial(self._whole, query, before), self._on_all)

    # What is read

    def _first(self, query: ListQuery) -> _Read:
        return _Read(query, lists.ids(self._db, query, FIRST))

    def _whole(self, query: ListQuery, before: Sequence[Id] | None) -> _Read:
        ids, total = lists.ids(self._db, query), lists.count(self._db, ListQuery(place=self._place)).count
        return _Read(query, ids, total, None if before is None else Difference.between(before, ids))

    def _views(self) -> list[View]:
        return [each for each in lists.views(self._db) if each.query.place == self._place]

    def _start(self, what: str, read: Callable[[], object], done: Callable[[Any], None]) -> None:
        self._work.start(self._key + what, partial(self._stoppable, read), finished=done, failed=self._on_failed)

    def _stoppable(self, read: Callable[[], object], job: Job) -> object:
        with self._db.stopping(job.cancelled):
            return read()

    # Slots

    def _on_first(self, read: _Read) -> None:
        """They only stand in for all of them, and for no others than are asked for now."""
        if read.query == self._asked and self._work.running(self._key):
            self.began.emit(read.ids)

    def _on_all(self, read: _Read) -> None:
        self.read.emit(read.ids, read.total, read.change)

    def _on_views(self, views: list[View]) -> None:
        self.views_read.emit(views)

    def _on_failed(self, error: Exception) -> None:
        raise error
