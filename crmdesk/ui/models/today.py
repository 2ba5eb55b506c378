"""The day as rows for a view: heads of sections, and below each the people in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crmdesk.domain.ids import Id
from crmdesk.domain.today import Day, Entry
from crmdesk.ui import today_words
from crmdesk.ui.today_words import Head, RowWords

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
Item = Head | RowWords
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TodayModel(QAbstractTableModel):
    """One column. Heads can be neither chosen nor reached by keys; a row's words are made when first asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item | None] = []
        self._entries: dict[int, Entry] = {}
        self._today = date.min

    def show(self, day: Day) -> None:
        """Other rows."""
        self.beginResetModel()
        self._items, self._entries, self._today = [], {}, date.fromisoformat(day.on)
        for item, entry in _rows(day):
            if entry is not None:
                self._entries[len(self._items)] = entry
            self._items.append(item)
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """Who is in a row; None for a head and for no row."""
        return self._entries.get(row)

    def row_of(self, key: Id) -> int | None:
        """Where somebody is, by `Entry.key`."""
        return next((row for row, entry in self._entries.items() if entry.key == key), None)

    def nearest(self, row: int) -> int | None:
        """The first row of a person from `row` on, else the last before it; None when there is nobody."""
        after = next((each for each in sorted(self._entries) if each >= row), None)
        return after if after is not None else max(self._entries, default=None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Heads and people."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row, and the same read aloud."""
        if not index.isValid():
            return None
        item = self._item(index.row())
        if role == ITEM_ROLE:
            return item
        return item.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _item(self, row: int) -> Item:
        item = self._items[row]
        if item is None:
            item = self._items[row] = today_words.row(self._entries[row], today=self._today)
        return item

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """People can be chosen."""
        if index.row() not in self._entries:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _rows(day: Day) -> Iterator[tuple[Item | None, Entry | None]]:
    for section in day.sections:
        yield today_words.head(section), None
        for entry in section.entries:
            yield None, entry
        if (rest := today_words.more(section)) is not None:
            yield rest, None
