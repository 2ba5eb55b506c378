"""Reads the list of a pane: a short one at once; of a long one the first rows, then all, off the windows' thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.lists import ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import lists
from crmdesk.services.lists import View
from crmdesk.storage.database import Database
from crmdesk.ui.context import Context
from crmdesk.ui.work import Job

ASIDE_FROM = 20_000  # rows of a place from which on its ids are read off the thread of the windows
FIRST = 100  # rows that are shown before the others are read


@dataclass(frozen=True, slots=True)
class _Read:
    """A list as it was read: its ids in their order, all or the first of them; with all, how many its place has."""

    query: ListQuery
    ids: Sequence[Id]
    total: int | None


@dataclass(frozen=True, slots=True)
class _Ids:
    """Ids to be read; all of them without `most`."""

    db: Database
    query: ListQuery
    most: int | None = None

    def __call__(self, _job: Job | None = None) -> _Read:
        """Reads them."""
        whole = ListQuery(place=self.query.place)
        total = lists.count(self.db, whole).count if self.most is None else None
        return _Read(self.query, lists.ids(self.db, self.query, self.most), total)


class ListReader(QObject):
    """Reads one list after the other; what was asked for before comes no more.

    Signals: began(ids) the first rows of a long list, while all are read; read(ids, int) all of it, and how many rows
    its place has; views_read(list) the saved views of its place, counted.
    """

    began = Signal(object)
    read = Signal(object, int)
    views_read = Signal(object)

    def __init__(self, context: Context, place: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._place = context, place
        self._asked: ListQuery | None = None
        self._key = f"list:{id(self)}"
        self.aside = False  # whether its place is so long that it is read off the thread of the windows

    def ask(self, query: ListQuery, *, first: bool) -> None:
        """Reads a list; with `first`, its first rows are wanted before the others."""
        db, work = self._context.db, self._context.work
        self._asked = query
        self.aside = lists.reaches(db, self._place, ASIDE_FROM)
        if not self.aside:
            self.views_read.emit(self._views())
            self._on_all(_Ids(db, query)())
            return
        if first:
            work.start(f"{self._key}:first", _Ids(db, query, FIRST), finished=self._on_first, failed=self._on_failed)
        work.start(f"{self._key}:views", self._views, finished=self._on_views, failed=self._on_failed)
        work.start(self._key, _Ids(db, query), finished=self._on_all, failed=self._on_failed)

    def _views(self, _job: Job | None = None) -> list[View]:
        return [each for each in lists.views(self._context.db) if each.query.place == self._place]

    def _on_first(self, read: _Read) -> None:
        """They only stand in for all of them, and for no others than are asked for now."""
        if read.query == self._asked and self._context.work.running(self._key):
            self.began.emit(read.ids)

    def _on_all(self, read: _Read) -> None:
        self.read.emit(read.ids, read.total)

    def _on_views(self, views: list[View]) -> None:
        self.views_read.emit(views)

    def _on_failed(self, error: Exception) -> None:
        raise error
