"""A list as an item model: it holds the ids in their order and reads rows in blocks when they are painted.

A table of a million rows costs its ids (8 MB) and a few blocks. What is ticked stays with its records whatever the
order.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from crmdesk.domain.list_columns import ListColumn
from crmdesk.domain.lists import Row
from crmdesk.domain.records import Id
from crmdesk.ui.list_words import Cell, ListWords
from crmdesk.ui.models.ticks import Ticks
from crmdesk.words import _

BLOCK = 32  # about what is seen of a list: a change reads that much again
BLOCKS_KEPT = 48
_NEAR = 1000

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TICKED = Qt.ItemDataRole.CheckStateRole
_WORDED = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_CELL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_BOX = _CELL | Qt.ItemFlag.ItemIsUserCheckable

Read = Callable[[Sequence[Id]], Sequence[Row]]


class TableModel(QAbstractTableModel):
    """The rows of one list; the first column is the box to tick, the others are `columns`.

    Signals: ticked() when other rows are ticked than before.
    """

    ticked = Signal()

    def __init__(
        self, columns: Sequence[ListColumn], read: Read, words: ListWords, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._read, self._words = read, words
        self._ids: Sequence[Id] = _no_ids()
        self._blocks: OrderedDict[int, Sequence[Row | None]] = OrderedDict()
        self._ticks = Ticks()
        self._chosen: Sequence[Id] | None = None  # what is ticked, once it was asked for: it is, several times a tick

    # What it holds

    @property
    def ids(self) -> Sequence[Id]:
        """All ids in their order."""
        return self._ids

    @property
    def ticks(self) -> Ticks:
        """What is ticked."""
        return self._ticks

    @property
    def chosen_count(self) -> int:
        """How many are ticked."""
        return self._ticks.count(self._ids)

    def chosen_ids(self) -> Sequence[Id]:
        """What is ticked, in the order of the list."""
        if self._chosen is None:
            self._chosen = self._ticks.of(self._ids)
        return self._chosen

    def show(self, ids: Sequence[Id], words: ListWords, ticks: Ticks | None = None) -> None:
        """Other rows, or the same ones read again when they are next painted.

        `ticks` are what is ticked of them, where somebody knows it; else what was is, without what is gone.
        """
        before = self.chosen_count
        kept = self._ticks.kept(self._ids, ids) if ticks is None else ticks
        self._words = words
        self._blocks.clear()
        if ids == self._ids:
            self._ticks, self._chosen = kept, None
            self._tell(0, len(ids) - 1)
        else:
            self.beginResetModel()
            self._ids, self._ticks, self._chosen = ids, kept, None
            self.endResetModel()
        if self.chosen_count != before:
            self.ticked.emit()

    def row(self, number: int) -> Row | None:
        """The row of that number; None outside, and when it is not in the list any more."""
        if not 0 <= number < len(self._ids):
            return None
        block = self._block(number // BLOCK)
        return block[number % BLOCK]

    def cell(self, number: int, section: int) -> Cell | None:
        """What a row says in a column, of which the first is section 1; None where the row is not there any more.

        Who paints asks here, past Qt: a screenful are hundreds of them.
        """
        row = self.row(number)
        return None if row is None else self._words.cell(row, self.columns[section - 1].key)

    def number_of(self, record: Id, near: int = 0) -> int | None:
        """Where a record lies, looked for around a row first; then it is a walk over the ids, some 20 ns each."""
        for first, last in ((max(0, near - _NEAR), near + _NEAR), (0, len(self._ids))):
            try:
                return self._ids.index(record, first, last)
            except ValueError:
                continue
        return None

    def blocks_held(self) -> int:
        """How many blocks are in memory now."""
        return len(self._blocks)

    # Ticking

    def is_ticked(self, number: int) -> bool:
        """Whether the row of that number is ticked."""
        return self._ids[number] in self._ticks

    def tick(self, number: int, *, on: bool) -> None:
        """Ticks a row, or takes its tick away."""
        if self.is_ticked(number) != on:
            self._take(self._ticks.turned(frozenset((self._ids[number],))), number, number)

    def tick_only(self, ticks: Ticks) -> None:
        """Ticks these and no others."""
        if ticks != self._ticks:
            self._take(ticks, 0, len(self._ids) - 1)

    def tick_all(self, *, on: bool) -> None:
        """Ticks every row, or none."""
        self.tick_only(Ticks(others=on))

    # Qt

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """As many as there are ids."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """The boxes, and all columns, shown or not."""
        return 0 if parent.isValid() else 1 + len(self.columns)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every cell can be gone to; the first column is ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CELL if index.column() else _BOX

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, whether its row is ticked."""
        if not index.isValid():
            return None
        if index.column() == 0:
            return self._box(index.row(), role)
        cell = self.cell(index.row(), index.column()) if role in _WORDED else None
        if cell is not None and role == Qt.ItemDataRole.AccessibleTextRole and cell.whole:
            return _("{label}: {value}").format(label=_(self.columns[index.column() - 1].label), value=cell.whole)
        return None if cell is None else cell.whole

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ticks a row, as a screen reader does it."""
        if not index.isValid() or role != _TICKED or index.column() != 0:
            return False
        self.tick(index.row(), on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The labels of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(self.columns):
            return None
        if role not in _WORDED:
            return None
        return _(self.columns[section - 1].label) if section else _("Selected")

    def _box(self, number: int, role: int) -> Any:
        if role == _TICKED:
            return Qt.CheckState.Checked if self.is_ticked(number) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and (row := self.row(number)) is not None:
            return self._words.spoken(row, ("name", "organisation", "stage", "step"))
        return None

    def _block(self, number: int) -> Sequence[Row | None]:
        if number in self._blocks:
            self._blocks.move_to_end(number)
            return self._blocks[number]
        wanted = list(self._ids[number * BLOCK : (number + 1) * BLOCK])
        found = {row.id: row for row in self._read(wanted)}
        self._blocks[number] = [found.get(each) for each in wanted]
        if len(self._blocks) > BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        return self._blocks[number]

    def _take(self, ticks: Ticks, first: int, last: int) -> None:
        """Other ticks, in the rows from the first to the last."""
        self._ticks, self._chosen = ticks, None
        self._tell(first, last)
        self.ticked.emit()

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns)))


def _no_ids() -> Sequence[Id]:
    none: Any = array("q")
    return none  # type: ignore[no-any-return]
