"""Check boxes and the marks of check boxes and radio buttons."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import Ringed
from crmdesk.ui.theme import Theme


class CheckBox(Ringed, QCheckBox):
    """A check box of 16 with a hit area of 32; the third state is a bar."""

    ring_radius = 4

    def __init__(self, theme: Theme, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the font."""
        self.setFont(self.theme.font("body"))

    def sizeHint(self) -> QSize:
        """The box and its words, 32 high."""
        px = self.theme.px
        words = px(8) + QFontMetrics(self.font()).horizontalAdvance(self.text()) + 1 if self.text() else 0
        return QSize(px(16) + words, self.theme.metrics.size("hit"))

    def minimumSizeHint(self) -> QSize:
        """All of it."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Every point of it can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box by state, then the words."""
        painter = QPainter(self)
        side = self.theme.px(16)
        paint_check(painter, self.theme, QRect(0, (self.height() - side) // 2, side, side), self)
        if self.text():
            room = self.rect().adjusted(side + self.theme.px(8), 0, 0, 0)
            role = "text" if self.isEnabled() else "text-3"
            paint.text(painter, room, self.text(), font=self.font(), colour=self.theme.colour(role))


def paint_check(painter: QPainter, theme: Theme, rect: QRect, button: QCheckBox) -> None:
    """The box of a check box in the state the button is in."""
    paint_box(painter, theme, rect, button.checkState(), over=button.underMouse(), enabled=button.isEnabled())


def paint_box(
    painter: QPainter, theme: Theme, rect: QRect, state: Qt.CheckState, *, over: bool = False, enabled: bool = True
) -> None:
    """A box in a state: empty, with a check, or with the bar of the third state."""
    if state == Qt.CheckState.Unchecked:
        edge = "text-2" if over else "edge"
        fill: QColor | None = theme.colour("surface") if enabled else None
        paint.box(painter, rect, radius=4, fill=fill, edge=theme.colour(edge), dashed=not enabled)
        return
    paint.box(painter, rect, radius=4, fill=theme.colour("accent" if enabled else "text-3"))
    mark = "check" if state == Qt.CheckState.Checked else "minus"
    paint.icon(painter, theme, rect, mark, "on-accent" if enabled else "surface", size=12)


def paint_radio(painter: QPainter, theme: Theme, rect: QRect, *, on: bool, over: bool = False) -> None:
    """A radio mark: a ring, or a disc with a hole when chosen."""
    if not on:
        paint.box(
            painter,
            rect,
            radius=rect.height() / 2,
            fill=theme.colour("surface"),
            edge=theme.colour("text-2" if over else "edge"),
        )
        return
    paint.box(painter, rect, radius=rect.height() / 2, fill=theme.colour("accent"))
    hole = rect.width() * 0.3125
    middle = QRectF(rect).center()
    dot = QRectF(middle.x() - hole / 2, middle.y() - hole / 2, hole, hole)
    paint.box(painter, dot, radius=hole / 2, fill=theme.colour("on-accent"))
