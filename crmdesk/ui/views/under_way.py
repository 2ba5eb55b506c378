"""Work under way behind the person's back, in the status bar: how far it is, the way to it, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import QUIET, Button, Ringed
from crmdesk.ui.pressing import PressArea
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import _

BAR, HIGH, GAP = 72, 4, 8  # px at 100 %


class Course(Ringed, PressArea):
    """Words and a thin bar behind them, pressed as a whole."""

    ring_radius = 4

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.follow(theme)

    def say(self, text: str, share: float) -> None:
        """What goes on, and which share of it is done."""
        wider = len(text) != len(self.text())
        self.setText(text)
        self.setAccessibleName(text)
        self._share = share
        if wider:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The words and the bar; where room is short the words are elided."""
        px = self.theme.px
        return QSize(QFontMetrics(self._font()).horizontalAdvance(self.text()) + 1 + px(GAP + BAR), px(20))

    def minimumSizeHint(self) -> QSize:
        """The bar."""
        return QSize(self.theme.px(GAP + BAR), self.theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, track, what is done of it."""
        painter, px, colour = QPainter(self), self.theme.px, self.theme.colour
        role = "accent-hover" if self.underMouse() else "text-2"
        room = self.rect().adjusted(0, 0, -px(GAP + BAR), 0)
        paint.text(painter, room, self.text(), font=self._font(), colour=colour(role))
        track = QRect(self.width() - px(BAR), (self.height() - px(HIGH)) // 2, px(BAR), px(HIGH))
        paint.box(painter, track, radius=2, fill=colour("line"))
        track.setWidth(round(track.width() * self._share))
        paint.box(painter, track, radius=2, fill=colour("accent"))

    def _font(self) -> QFont:
        return self.theme.font("small", tabular=True)


class UnderWay(Themed, QWidget):
    """One work; hidden while there is none, or while it is watched elsewhere.

    Signals: opened() it is to be seen whole; stop_requested().
    """

    opened = Signal()
    stop_requested = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course = Course(theme, parent=self)
        self.stop = Button(theme, "", kind=QUIET, icon="close", parent=self)
        self.stop.setAccessibleName(_("Stop"))
        self.stop.setToolTip(_("Stop"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self.course)
        row.addWidget(self.stop)
        self.course.clicked.connect(self.opened)
        self.stop.clicked.connect(self._on_stop)
        self.hide()
        self.follow(theme)

    def restyle(self) -> None:
        """As high as the status bar leaves."""
        self.stop.setFixedSize(self.theme.px(24), self.theme.px(24))

    def begin(self) -> None:
        """Seen from now on; it can be stopped."""
        self.stop.setEnabled(True)
        self.show()

    def say(self, text: str, done: int, total: int) -> None:
        """How far it is."""
        self.course.say(text, done / max(1, total))

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop_requested.emit()
