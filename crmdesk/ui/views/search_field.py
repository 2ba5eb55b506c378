"""The search field of the toolbar; what is found is shown below it by `search`, which a start does not load."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.line_undo import PassingLine
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import _


class SearchField(Themed, PassingLine):
    """The field, 360 × 32: glass at the left, its key at the right while it is empty."""

    def __init__(self, theme: Theme, *, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Search"))
        self.follow(theme)

    def restyle(self) -> None:
        """Takes font, size and room for the glass."""
        px = self.theme.px
        self.setFont(self.theme.font("body"))
        self.setPlaceholderText(_("Search people, deals, actions"))
        self.setTextMargins(px(24), 0, 0, 0)
        self.setMinimumWidth(px(240))
        self.setMaximumWidth(px(360))

    def sizeHint(self) -> QSize:
        """360 wide where there is room."""
        return QSize(self.theme.px(360), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glass over Qt's own field, and the key."""
        super().paintEvent(event)
        painter, px = QPainter(self), self.theme.px
        paint.icon(painter, self.theme, QRect(px(10), 0, px(16), self.height()), "search", "text-2")
        if self.text() or self.hasFocus():
            return
        size = paint.keycap_size(self.theme, self._key)
        left = self.width() - size.width() - px(9)
        words = QFontMetrics(self.font()).horizontalAdvance(self.placeholderText()) + px(48)
        if words < left:
            at = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
            paint.keycap(painter, self.theme, at, self._key)
