"""The scroll bar of a column: a thin handle in its inner edge."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from crmdesk.ui import paint
from crmdesk.ui.theme import Theme


class SlimBar(QScrollBar):
    """A scroll bar in the inner edge of a column, seen only while the pointer is over the column."""

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme, self._owner = theme, owner

    def sizeHint(self) -> QSize:
        """Six px wide, whatever the style sheet says of scroll bars."""
        return QSize(6, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the handle alone."""
        if self.maximum() <= self.minimum() or not (self._owner.underMouse() or self.isSliderDown()):
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        place = QStyle.SubControl.SC_ScrollBarSlider
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, place, self)
        role = "text-3" if self.underMouse() or self.isSliderDown() else "edge"
        handle.setLeft(1)
        handle.setWidth(4)
        paint.box(QPainter(self), handle, radius=2, fill=self._theme.colour(role))
