"""Paints the rows of the day: heads of 30 with a gap above, people of 36. It cannot take the program down."""

from __future__ import annotations

import logging

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crmdesk.ui import paint
from crmdesk.ui.delegates.unpainted import unpainted
from crmdesk.ui.models.today import ITEM_ROLE
from crmdesk.ui.theme import Theme
from crmdesk.ui.today_words import Head, RowWords

HEAD, GAP, ROW = 30, 8, 36
SIDE = 12  # at both ends of a row
WHO, WHEN = 300, 112
_HIT = 32

log = logging.getLogger(__name__)


class TodayDelegate(QStyledItemDelegate):
    """One row. `pointer` is where the mouse is in the view, for the box under it; None when it is elsewhere."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pointer: QPoint | None = None

    def height(self, *, head: bool) -> int:
        """The height of a row in px."""
        return self._theme.px(HEAD + GAP if head else ROW)

    def box(self, row: QRect) -> QRect:
        """Where the check box is in a row."""
        side = self._theme.px(16)
        return QRect(row.left() + self._theme.px(SIDE), row.top() + (row.height() - side) // 2, side, side)

    def hit(self, row: QRect) -> QRect:
        """Where a click ticks off."""
        out = (self._theme.px(_HIT) - self._theme.px(16)) // 2
        return self.box(row).adjusted(-out, -out, out, out)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws the row; where an error is in the way it stays empty."""
        painter.save()
        try:
            item, row = index.data(ITEM_ROLE), option.rect
            if isinstance(item, Head):
                self._head(painter, row, item)
            elif isinstance(item, RowWords):
                self._ground(painter, option)
                self._row(painter, row, item)
        except Exception as error:
            unpainted(error, log)
        finally:
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the view, and of a fixed height."""
        return QSize(option.rect.width(), self.height(head=isinstance(index.data(ITEM_ROLE), Head)))

    def _head(self, painter: QPainter, row: QRect, head: Head) -> None:
        theme, px = self._theme, self._theme.px
        place = row.adjusted(px(SIDE), px(GAP), -px(SIDE), 0)
        if head.icon:
            icon = QRect(place.left(), place.top(), px(16), place.height())
            paint.icon(painter, theme, icon, head.icon, "text-2" if head.role == "text" else head.role)
            place.setLeft(place.left() + px(24))
        parts = (
            (head.title, theme.metrics.strong("body"), head.role),
            (head.count, theme.font("body", tabular=True), "text-3"),
            (head.hint, theme.font("small"), "text-3"),
        )
        for number, (text, font, role) in enumerate(parts):
            if not text or place.width() <= 0:
                continue
            paint.text(painter, place, text, font=font, colour=theme.colour(role))
            place.setLeft(place.left() + QFontMetrics(font).horizontalAdvance(text) + px(8 if number == 0 else 16))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, row, state = self._theme, option.rect, option.state
        radius = theme.metrics.radius("control")
        if state & QStyle.StateFlag.State_Selected:
            painter.save()
            painter.setClipRect(QRect(row.left(), row.top(), theme.px(3), row.height()))
            paint.box(painter, row, radius=radius, fill=theme.colour("accent"))
            painter.setClipRect(row.adjusted(theme.px(3), 0, 0, 0))
            paint.box(painter, row, radius=radius, fill=theme.colour("soft"))
            painter.restore()
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, row, radius=radius, fill=theme.colour("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            paint.ring(painter, theme, row, radius=radius)

    def _row(self, painter: QPainter, row: QRect, words: RowWords) -> None:
        theme, px = self._theme, self._theme.px
        over = self.pointer is not None and self.hit(row).contains(self.pointer)
        edge = "text-2" if over else "edge"
        paint.box(painter, self.box(row), radius=4, fill=theme.colour("surface"), edge=theme.colour(edge))
        inner = row.adjusted(px(SIDE + 16 + 12), 0, -px(SIDE), 0)
        who = QRect(inner)
        who.setWidth(min(px(WHO), inner.width() * 2 // 5))
        self._who(painter, who, words)
        when = QRect(inner)
        when.setLeft(inner.right() + 1 - self._when(painter, inner, words))
        what = QRect(who.right() + px(12), row.top(), 0, row.height())
        what.setRight(when.left() - px(12))
        paint.icon(painter, theme, QRect(what.left(), what.top(), px(16), what.height()), words.icon, "text-2")
        what.setLeft(what.left() + px(22))
        paint.text(painter, what, words.what, font=theme.font("body"), colour=theme.colour("text"))

    def _who(self, painter: QPainter, place: QRect, words: RowWords) -> None:
        theme = self._theme
        strong, plain = theme.metrics.strong("body"), theme.font("body")
        cut = paint.text(painter, place, words.name, font=strong, colour=theme.colour("text"))
        rest = QRect(place)
        rest.setLeft(place.left() + QFontMetrics(strong).horizontalAdvance(words.name) + theme.px(5))
        if words.organisation and not cut and rest.width() >= theme.px(24):
            paint.text(painter, rest, words.organisation, font=plain, colour=theme.colour("text-2"))

    def _when(self, painter: QPainter, inner: QRect, words: RowWords) -> int:
        """Draws when, at the right; its width, at least that of the column."""
        theme = self._theme
        least = min(theme.px(WHEN), inner.width() // 4)
        if words.chip is not None:
            size = paint.chip_size(theme, words.chip.text, has_icon=True)
            top = inner.top() + (inner.height() - size.height()) // 2
            place = QRect(inner.right() + 1 - size.width(), top, size.width(), size.height())
            paint.chip(painter, theme, place, words.chip.text, kind=words.chip.kind, icon_name=words.chip.icon)
            return max(least, size.width())
        font = theme.font("body", weight=500, tabular=True)
        wide = max(least, QFontMetrics(font).horizontalAdvance(words.when) + 1)
        place = QRect(inner.right() + 1 - wide, inner.top(), wide, inner.height())
        paint.text(painter, place, words.when, font=font, colour=theme.colour(words.role), right=True)
        return wide
