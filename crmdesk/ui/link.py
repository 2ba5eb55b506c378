"""Words that lead somewhere: a button without ground or edge, in the accent."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import Ringed
from crmdesk.ui.theme import Theme


class Link(Ringed, QPushButton):
    """A link, as high as a control, with an icon before its words if there is one."""

    ring_radius = 4

    def __init__(self, theme: Theme, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the font."""
        self.setFont(self.theme.font("body", weight=500))

    def sizeHint(self) -> QSize:
        """Its words, and the icon."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 1
        return QSize(words + (self.theme.px(24) if self._icon else 0), self.theme.metrics.size("control"))

    def minimumSizeHint(self) -> QSize:
        """It may be elided."""
        return QSize(min(self.sizeHint().width(), self.theme.px(72)), self.theme.metrics.size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and words."""
        painter, theme = QPainter(self), self.theme
        role = "accent-hover" if self.underMouse() or self.isDown() else "accent"
        room = QRect(self.rect())
        if self._icon:
            paint.icon(painter, theme, QRect(0, 0, theme.px(16), self.height()), self._icon, role)
            room.setLeft(theme.px(24))
        paint.text(painter, room, self.text(), font=self.font(), colour=theme.colour(role))
