"""Rows below each other in a sheet, of which one is chosen: the values they show, and the list itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel, Generic[T]):
    """Values in their order; `said` words one for reading aloud."""

    def __init__(self, rows: Sequence[T], said: Callable[[T], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)
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


class RowList(QListView, Generic[T]):
    """The list: rows of one height, painted by a delegate, on the ground of its sheet."""

    def __init__(self, rows: Rows[T], delegate: QStyledItemDelegate, *, name: str) -> None:
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
