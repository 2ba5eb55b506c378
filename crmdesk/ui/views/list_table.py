"""The table of a list: rows of one height over ids, ticked by mouse and key, kept by record over every change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from crmdesk.domain.records import Id
from crmdesk.ui.delegates.row import RowDelegate
from crmdesk.ui.list_words import ListWords
from crmdesk.ui.models.table import TableModel
from crmdesk.ui.models.ticks import Ticks
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.list_head import ListHead

_KEY = Qt.Key
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_NO_UPDATE = QItemSelectionModel.SelectionFlag.NoUpdate


class ListTable(QTableView):
    """Rows below each other. A click goes to a row, a click on its box, Space or Ctrl and a click tick it.

    Signals: opened(id) by Enter or a double click; moved() another row is the current one; menu_wanted(QPoint) on the
    screen.
    """

    opened = Signal(object)
    moved = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: TableModel, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty_text = ""
        self._anchor = 0
        self._covered = 0
        self.rows = model
        self._theme = theme
        self.delegate = RowDelegate(theme, model, self)
        self.head = ListHead(theme, model.columns, parent=self)
        self._before = Ticks()  # what was ticked before a stretch of rows was
        self.setAccessibleName(name)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.delegate.right = frozenset(place for place, column in enumerate(model.columns, 1) if column.right)
        self._dress()
        self.restyle()
        self.head.all_wanted.connect(self._on_all_wanted)
        model.ticked.connect(self._on_ticked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def restyle(self) -> None:
        """Takes the heights from the theme."""
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(1)
        vertical.setDefaultSectionSize(self.delegate.height)
        self.head.setFixedHeight(self.head.sizeHint().height())
        self.head.fit()
        self.viewport().update()

    # What it shows

    def show_ids(self, ids: Sequence[Id], words: ListWords, ticks: Ticks | None = None) -> None:
        """Other rows; current one and place stay with their records, or the next one takes a record's place.

        Ticks as `TableModel.show` has them.
        """
        current, top, row = self.current_id(), self._top(), self.currentIndex().row()
        self.rows.show(ids, words, ticks)
        if current is not None and ids:
            at = self.rows.number_of(current, row)
            self._bring_back(min(row, len(ids) - 1) if at is None else at)
        self.updateGeometries()
        self._scroll_back(top)
        self._anchor, self._before = max(0, self.currentIndex().row()), self.rows.ticks
        self._on_ticked()
        self.viewport().update()

    def current_id(self) -> Id | None:
        """The record of the current row."""
        row = self.currentIndex().row()
        return self.rows.ids[row] if 0 <= row < len(self.rows.ids) else None

    def go_to(self, row: int) -> None:
        """Makes a row the current one and scrolls to it."""
        row = max(0, min(row, self.rows.rowCount() - 1))
        index = self.rows.index(row, self._name_section())
        self.selectionModel().setCurrentIndex(index, _NO_UPDATE)
        self._see(row)

    def cover(self, height: int) -> None:
        """So much of the foot is covered from now on, in px."""
        if height != self._covered:
            self._covered = height
            self.updateGeometries()

    def row_rect(self, row: int) -> QRect:
        """Where a row is, in px of the viewport."""
        place = QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.delegate.height)
        return place if row >= 0 else QRect()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the sentence that says what would be here."""
        super().paintEvent(event)
        if self.rows.rowCount() or not self.empty_text:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text-2"))
        edge = self._theme.px(24)
        room = self.viewport().rect().adjusted(edge, self._theme.px(48), -edge, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self.empty_text)

    def updateGeometries(self) -> None:
        """The columns take their share; the last row can be scrolled above what floats over the foot."""
        super().updateGeometries()
        self.head.fit(self.viewport().width())
        bar = self.verticalScrollBar()
        if self._covered and bar.maximum():
            bar.setMaximum(bar.maximum() + self._covered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Along the rows, ticking, opening."""
        key, shift = event.key(), bool(event.modifiers() & _SHIFT)
        steps = {_KEY.Key_Up: -1, _KEY.Key_Down: 1, _KEY.Key_PageUp: -self._page(), _KEY.Key_PageDown: self._page()}
        here, last = self.currentIndex().row(), self.rows.rowCount() - 1
        if last < 0:
            event.ignore()
        elif key in steps and not event.modifiers() & _CONTROL:
            self._go(max(0, here) + steps[_KEY(key)] if here >= 0 else 0, extend=shift)
        elif key in (_KEY.Key_Home, _KEY.Key_End):
            self._go(0 if key == _KEY.Key_Home else last, extend=shift)
        elif key == _KEY.Key_Space and here >= 0:
            self._toggle(here)
        elif key == _KEY.Key_A and event.modifiers() == _CONTROL:
            self.rows.tick_all(on=True)
        elif key in (_KEY.Key_Return, _KEY.Key_Enter) and (record := self.current_id()) is not None:
            self.opened.emit(record)
        elif key == _KEY.Key_Escape and self.rows.chosen_count:
            self.rows.tick_all(on=False)
        elif key in (_KEY.Key_Left, _KEY.Key_Right) and not event.modifiers():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (self._theme.px(64) if key == _KEY.Key_Right else -self._theme.px(64)))
        else:
            event.ignore()

    def keyboardSearch(self, _search: str) -> None:
        """Off: single letters are actions."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to a row; on the box or with Ctrl it ticks, with Shift it ticks all from the last one."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        if event.button() == Qt.MouseButton.LeftButton and event.modifiers() & _SHIFT:
            self._go(index.row(), extend=True)
            return
        self._go(index.row(), extend=False)
        ticks = index.column() == 0 or event.modifiers() & _CONTROL
        if event.button() == Qt.MouseButton.LeftButton and ticks:
            self._toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens; on the box it is one more click."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0:
            self._toggle(index.row())
        elif index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.rows.ids[index.row()])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The whole row under the pointer is tinted."""
        self._hover(self.indexAt(event.position().toPoint()).row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing: a press has done it."""

    def leaveEvent(self, event: QEvent) -> None:
        """No row is tinted."""
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The Record menu, at the pointer or at the current row."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.menu_place() if by_key else event.globalPos())

    def menu_place(self) -> QPoint:
        """Below the current row, on the screen."""
        rect = self.row_rect(max(0, self.currentIndex().row()))
        return self.viewport().mapToGlobal(QPoint(self._theme.px(48), rect.bottom()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row shows its lines; the first row is current at first."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.go_to(0)
        self._show_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The lines go."""
        super().focusOutEvent(event)
        self._show_current()

    # Own parts

    def _dress(self) -> None:
        self.setObjectName("list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def _go(self, row: int, *, extend: bool) -> None:
        """To a row; extending ticks all from where the stretch began, and takes back what it no longer holds."""
        row = max(0, min(row, self.rows.rowCount() - 1))
        if not extend:
            self._anchor, self._before = row, self.rows.ticks
        self.go_to(row)
        if extend:
            first, last = sorted((self._anchor, row))
            before = self._before
            self.rows.tick_only(before.stretched(self.rows.ids, first, last))
            self._before = before

    def _toggle(self, row: int) -> None:
        self.rows.tick(row, on=not self.rows.is_ticked(row))
        self._anchor = row

    def _page(self) -> int:
        return max(1, self.viewport().height() // self.delegate.height - 1)

    def _name_section(self) -> int:
        return next(place for place, column in enumerate(self.rows.columns, 1) if column.key == "name")

    def _see(self, row: int) -> None:
        """Scrolls up or down to a row, never sideways."""
        bar, height = self.verticalScrollBar(), self.delegate.height
        top = self.rowViewportPosition(row)
        if top < 0:
            bar.setValue(bar.value() + top)
        elif (below := top + height - (self.viewport().height() - self._covered)) > 0:
            bar.setValue(bar.value() + below)

    def _top(self) -> tuple[Id, int, int] | None:
        """The uppermost record, its row, and how far it is scrolled; nothing at the very top."""
        row = self.rowAt(0) if self.verticalScrollBar().value() else -1
        return (self.rows.ids[row], row, self.rowViewportPosition(row)) if row >= 0 else None

    def _bring_back(self, row: int) -> None:
        if self.currentIndex().row() != row:
            index = self.rows.index(row, self._name_section())
            self.selectionModel().setCurrentIndex(index, _NO_UPDATE)

    def _scroll_back(self, top: tuple[Id, int, int] | None) -> None:
        if top is None:
            return
        record, row, down = top
        if (now := self.rows.number_of(record, row)) is not None:
            self.verticalScrollBar().setValue(now * self.delegate.height - down)

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered:
            for each in (self.delegate.hovered, row):
                self.viewport().update(self.row_rect(each))
            self.delegate.hovered = row

    def _show_current(self) -> None:
        before, row = self.delegate.current, self.currentIndex().row() if self.hasFocus() else -1
        self.delegate.current = row
        for each in (before, row):
            self.viewport().update(self.row_rect(each))

    def _on_current_changed(
        self, _now: QModelIndex | QPersistentModelIndex, _before: QModelIndex | QPersistentModelIndex
    ) -> None:
        self._show_current()
        self.moved.emit()

    def _on_ticked(self) -> None:
        self._before = self.rows.ticks
        count, all_ = self.rows.chosen_count, self.rows.rowCount()
        full = Qt.CheckState.Checked if count == all_ else Qt.CheckState.PartiallyChecked
        self.head.show_ticks(full if count else Qt.CheckState.Unchecked)

    def _on_all_wanted(self) -> None:
        self.rows.tick_all(on=self.rows.chosen_count < self.rows.rowCount())
