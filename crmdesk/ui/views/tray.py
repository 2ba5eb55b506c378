"""The tray that comes up while cards are dragged: the ways off the path, each a target and a digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from crmdesk.ui import paint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import N_, _

EDGE_X, GAP = 16, 12


@dataclass(frozen=True, slots=True)
class TrayTarget:
    """A way off the path: what it is called in signals, its icon, its words, its digit."""

    kind: str
    icon: str
    name: str
    sentence: str
    key: Qt.Key
    digit: str


FOR_LEADS = (
    TrayTarget("not_now", "not_now", N_("Not now"), N_("Parks them, asks for a date"), Qt.Key.Key_1, "1"),
    TrayTarget("not_a_fit", "not_a_fit", N_("Not a fit"), N_("Asks for a reason"), Qt.Key.Key_2, "2"),
)
FOR_DEALS = (
    FOR_LEADS[0],
    TrayTarget("won", "won", N_("Won"), N_("Makes them customers"), Qt.Key.Key_2, "2"),
    TrayTarget("lost", "lost", N_("Lost"), N_("Asks for a reason"), Qt.Key.Key_3, "3"),
)


class Tray(Themed, QWidget):
    """84 high, over the foot of the board."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._target = ""
        self._targets: Sequence[TrayTarget] = ()
        self.places: dict[str, QRect] = {}
        self._motion = QPropertyAnimation(self, b"pos", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()
        self.follow(theme)

    def restyle(self) -> None:
        """Takes its height."""
        self.setFixedHeight(self.theme.metrics.size("tray"))

    def come(self, targets: Sequence[TrayTarget], *, ms: int) -> None:
        """Slides in from the foot of its parent with these targets."""
        self._targets = targets
        self._place()
        self.setFixedWidth(self._page.width())
        end = QPoint(0, self._page.height() - self.height())
        self.show()
        self.raise_()
        if ms == 0:
            self.move(end)
            return
        self._motion.setDuration(ms)
        self._motion.setStartValue(QPoint(0, self._page.height()))
        self._motion.setEndValue(end)
        self._motion.start()

    def go(self) -> None:
        """Goes away at once."""
        self._motion.stop()
        self._target = ""
        self.hide()

    def kind_of_key(self, key: int) -> str:
        """The target a digit stands for, "" while the tray is not there."""
        there = self._targets if self.isVisible() else ()
        return next((target.kind for target in there if target.key == key), "")

    def stay(self) -> None:
        """Keeps to the foot of its parent when that became larger or smaller."""
        if self.isVisible():
            self.come(self._targets, ms=0)

    def kind_at(self, position: QPoint) -> str:
        """The target at a point of the screen, "" between them or while the tray is not there."""
        if not self.isVisible():
            return ""
        inside = self.mapFromGlobal(position)
        return next((kind for kind, place in self.places.items() if place.contains(inside)), "")

    def covers(self, position: QPoint) -> bool:
        """Whether a point of the screen lies on the tray."""
        return self.isVisible() and self.rect().contains(self.mapFromGlobal(position))

    def set_target(self, kind: str) -> None:
        """Frames the target the pointer is over; "" for none."""
        if kind != self._target:
            self._target = kind
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground with its line at the top, then the targets."""
        painter, theme = QPainter(self), self.theme
        painter.fillRect(self.rect(), theme.colour("raised"))
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("line"))
        for target in self._targets:
            self._paint_target(painter, target, self.places[target.kind])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out the targets."""
        self._place()

    def sizeHint(self) -> QSize:
        """As high as the token says."""
        return QSize(400, self.theme.metrics.size("tray"))

    def _place(self) -> None:
        """Equal widths."""
        self.places.clear()
        if not self._targets:
            return
        high = self.theme.metrics.size("tray-target")
        wide = (self.width() - 2 * EDGE_X - GAP * (len(self._targets) - 1)) // len(self._targets)
        top = (self.height() - high) // 2
        for number, target in enumerate(self._targets):
            self.places[target.kind] = QRect(EDGE_X + number * (wide + GAP), top, wide, high)

    def _paint_target(self, painter: QPainter, target: TrayTarget, place: QRect) -> None:
        theme, px = self.theme, self.theme.px
        on = target.kind == self._target
        fill = theme.colour("soft") if on else None
        edge = theme.colour("accent" if on else "edge")
        paint.box(painter, place, radius=8, fill=fill, edge=edge, width=2 if on else 1, dashed=not on)
        icon = QRect(place.left() + px(16), place.top(), px(24), place.height())
        paint.icon(painter, theme, icon, target.icon, "soft-text" if on else "text-2", size=24)
        key = paint.keycap_size(theme, target.digit)
        left, right = icon.right() + px(13), place.right() - px(16) - key.width()
        middle = place.center().y()
        name = QRect(left, middle - px(17), right - left - 8, px(18))
        paint.text(painter, name, _(target.name), font=theme.metrics.strong("body"), colour=theme.colour("text"))
        sentence = QRect(left, middle + 1, right - left - 8, px(16))
        paint.text(painter, sentence, _(target.sentence), font=theme.font("small"), colour=theme.colour("text-2"))
        there = QRect(right, middle - key.height() // 2, key.width(), key.height())
        paint.keycap(painter, theme, there, target.digit)
