"""Rows below each other in a sheet, of which one is chosen: the values they show, and the list itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crmdesk.ui import paint
from crmdesk.ui.theme import Theme

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


class Worded(Sequence[T]):
    """Rows of which each is worded when it is shown, so that thousands open at once."""

    def __init__(self, values: Sequence[Any], word: Callable[[Any], T]) -> None:
        self._values, self._word = values, word

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> list[T]: ...

    def __getitem__(self, at: int | slice) -> T | list[T]:
        return [*map(self._word, self._values[at])] if isinstance(at, slice) else self._word(self._values[at])


class Rows(QAbstractListModel, Generic[T]):
    """Values in their order; `said` words one for reading aloud."""

    def __init__(self, rows: Sequence[T], said: Callable[[T], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self._said = said

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words for reading aloud, the value for painting."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(row)
        return None


class LineDelegate(QStyledItemDelegate):
    """Paints rows of one height. Subclasses fill them, and say how high they are when it is not one line."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    @property
    def height(self) -> int:
        """Of each row, in px."""
        return self.theme.metrics.size("row")

    def fill(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paints what stands in a row."""
        raise NotImplementedError

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The height."""
        return QSize(0, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the chosen row, the ring of the one under the keys, and what stands in it."""
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, option.rect, radius=6, fill=self.theme.colour("soft"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.ring(painter, self.theme, option.rect, radius=6)
        self.fill(painter, option.rect, index)


class RowList(QListView, Generic[T]):
    """The list, on the ground of its sheet."""

    def __init__(self, rows: Rows[T], delegate: LineDelegate, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(rows)
        self.setItemDelegate(delegate)
        for part in (rows, delegate):
            part.setParent(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setObjectName("rows")
        if rows.rows:
            self.setCurrentIndex(rows.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The current row stays in sight, also when a sentence below takes some of the room."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())
