"""Paints the rows of a list, cell by cell: tint and lines of the whole row, then what the cell says, as plain text."""

from __future__ import annotations

import logging

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from crmdesk.ui import paint
from crmdesk.ui.checks import paint_box
from crmdesk.ui.delegates.unpainted import unpainted
from crmdesk.ui.list_words import Cell
from crmdesk.ui.models.table import TableModel
from crmdesk.ui.theme import Theme

log = logging.getLogger(__name__)

HEIGHT = 36
PADDING = 10
ICON = 16


class RowDelegate(QStyledItemDelegate):
    """Cells of one height. `hovered` and `current` are the rows under the pointer and under the keys, -1 for none."""

    def __init__(self, theme: Theme, rows: TableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, rows
        self.hovered = -1
        self.current = -1
        self.right: frozenset[int] = frozenset()  # sections whose words stand at the right

    @property
    def height(self) -> int:
        """Of every row, in px."""
        return self._theme.px(HEIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height, whatever the row."""
        return QSize(option.rect.width(), self.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a cell; where an error is in the way it stays empty."""
        try:
            self._paint(painter, option.rect, index.row(), index.column())
        except Exception as error:
            unpainted(error, log)

    def _paint(self, painter: QPainter, rect: QRect, row: int, section: int) -> None:
        ticked = self._rows.is_ticked(row)
        self._ground(painter, rect, row, ticked=ticked)
        px = self._theme.px
        if section == 0:
            side = px(ICON)
            box = QRect(rect.left() + px(PADDING), rect.top() + (rect.height() - side) // 2, side, side)
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            paint_box(painter, self._theme, box, state, over=row == self.hovered)
        elif (cell := self._rows.cell(row, section)) is not None:
            inner = rect.adjusted(px(PADDING), 0, -px(PADDING), 0)
            self._cell(painter, inner, cell, right=section in self.right)

    def _ground(self, painter: QPainter, rect: QRect, row: int, *, ticked: bool) -> None:
        colour = self._theme.colour
        role = "soft" if ticked else "hover" if row == self.hovered else "surface"
        painter.fillRect(rect, colour(role))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        if row == self.current:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 2, colour("accent"))
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, colour("accent"))
        if ticked and self._theme.high_contrast is not None:
            painter.fillRect(rect.left(), rect.bottom() - 2, rect.width(), 3, colour("accent"))

    def _cell(self, painter: QPainter, room: QRect, cell: Cell, *, right: bool) -> None:
        if cell.chip:
            self._chip(painter, room, cell)
            return
        if cell.icon:
            side = self._theme.px(ICON)
            place = QRect(room.left(), room.top(), side, room.height())
            paint.icon(painter, self._theme, place, cell.icon, cell.icon_role or cell.role)
            room = room.adjusted(side + self._theme.px(6), 0, 0, 0)
        font = self._font(cell, right=right)
        words = self._shortened(cell, font, room.width())
        paint.text(painter, room, words, font=font, colour=self._theme.colour(cell.role), right=right)

    def _chip(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        size = paint.chip_size(self._theme, cell.text, has_icon=bool(cell.icon))
        width = min(size.width(), room.width())
        place = QRect(room.left(), room.top() + (room.height() - size.height()) // 2, width, size.height())
        paint.chip(painter, self._theme, place, cell.text, kind=cell.chip, icon_name=cell.icon)

    def _shortened(self, cell: Cell, font: QFont, width: int) -> str:
        """All of it, or with the title of the step cut: its day stays."""
        if not (cell.before or cell.after):
            return cell.text
        return paint.cut_inside(QFontMetrics(font), cell.before, cell.text, cell.after, width=width)

    def _font(self, cell: Cell, *, right: bool) -> QFont:
        if cell.strong:
            return self._theme.metrics.strong("body")
        return self._theme.font("body", tabular=right)
