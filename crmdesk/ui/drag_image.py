"""The picture of dragged cards under the pointer: the card at its size, up to two edges behind it, and a counter."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QRect, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crmdesk import words
from crmdesk.domain.cards import Card
from crmdesk.ui import paint, shadows
from crmdesk.ui.delegates.card import CardPainter, CardState
from crmdesk.ui.theme import Theme

MARGIN = 32  # room for the shadow and the counter
STEP = 5


class DragImage(QWidget):
    """Laid over everything in the window, blind to the mouse.

    Signals: settled() when it has arrived where it was sent.
    """

    settled = Signal()

    def __init__(
        self, window: QWidget, theme: Theme, *, cards: CardPainter, card: Card, count: int, width: int
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme, self._cards, self._card, self._count = theme, cards, card, count
        self._size = QSize(width, cards.height)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(width + 2 * MARGIN, cards.height + 2 * MARGIN)
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._on_value)
        self._motion.finished.connect(self.settled)

    def put(self, corner: QPoint) -> None:
        """Moves the card's upper left corner to a point of the screen."""
        self.move(self._window.mapFromGlobal(corner) - QPoint(MARGIN, MARGIN))

    def settle(self, corner: QPoint, *, ms: int) -> None:
        """Glides to a point of the screen in `ms` milliseconds; 0 is at once."""
        if ms == 0:
            self.put(corner)
            self.settled.emit()
            return
        self._motion.setDuration(ms)
        self._motion.setStartValue(self.mapToGlobal(QPoint(MARGIN, MARGIN)))
        self._motion.setEndValue(corner)
        self._motion.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints shadow, edges from the back to the front, card and counter."""
        painter = QPainter(self)
        theme = self._theme
        card = QRect(QPoint(MARGIN, MARGIN), self._size)
        shadow = theme.shadow(1, ratio=self.devicePixelRatioF())
        shadows.paint(painter, card, shadow, theme.tokens.shadow[1])
        for behind in range(min(self._count - 1, 2), 0, -1):
            edge = card.translated(behind * STEP, behind * STEP)
            paint.box(painter, edge, radius=8, fill=theme.colour("surface"), edge=theme.colour("line"))
        self._cards.paint(painter, card, self._card, CardState(lifted=True))
        if self._count > 1:
            self._paint_counter(painter, card)

    def _paint_counter(self, painter: QPainter, card: QRect) -> None:
        theme, text = self._theme, words.number(self._count)
        font = theme.font("small", weight=600, tabular=True)
        high = theme.px(24)
        painter.setFont(font)
        wide = max(high, painter.fontMetrics().horizontalAdvance(text) + theme.px(14))
        badge = QRect(card.right() - wide + theme.px(10), card.top() - high // 2, wide, high)
        paint.box(painter, badge, radius=high / 2, fill=theme.colour("surface"))
        inner = badge.adjusted(2, 2, -2, -2)
        paint.box(painter, inner, radius=inner.height() / 2, fill=theme.colour("accent"))
        paint.text(painter, inner, text, font=font, colour=theme.colour("on-accent"), centred=True)

    def _on_value(self, corner: object) -> None:
        if isinstance(corner, QPoint):
            self.put(corner)
