"""The foot of a sheet: the way back at the left, the other ways and the primary one at the right.

Where space is short the printed keys go first, then the buttons take a second line; they never shrink.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.ui.controls import Button
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed


class Footer(Themed, QWidget):
    """Buttons in the order they are reached by Tab: `back` first, then `others`, the primary last."""

    def __init__(self, theme: Theme, back: Button, others: Sequence[Button], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back, self.others = back, list(others)
        for button in [back, *self.others]:
            button.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def height_for(self, width: int) -> int:
        """56, or more when a second line is needed in `width`."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """One line high; `height_for` says more."""
        return QSize(self.theme.px(320), self.height_for(self.width() or self.theme.px(320)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays the buttons out again."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def relay(self) -> None:
        """After a button was shown, hidden or worded anew."""
        self._place(self.width(), move=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the window with a line above, rounded like the sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.theme.metrics.radius("sheet") - 1
        rect = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(0, -radius, 0, 0), radius, radius)
        painter.setClipRect(self.rect())
        painter.fillPath(path, self.theme.colour("window"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self.theme.colour("line"))

    def _place(self, width: int, *, move: bool) -> int:
        px = self.theme.px
        edge, gap, line = px(20), px(8), self.theme.metrics.size("sheet-footer")
        room = width - 2 * edge
        shown = [button for button in self.others if not button.isHidden()]
        hints = [button.sizeHint() for button in [self.back, *shown]]
        if _sum(hints, gap) > room:
            hints = [button.minimumSizeHint() for button in [self.back, *shown]]
        two = _sum(hints, gap) > room
        height = hints[0].height()
        if move:
            top = (line - height) // 2
            right = width - edge
            for button, hint in reversed(list(zip(shown, hints[1:], strict=True))):
                button.setGeometry(right - hint.width(), top, hint.width(), height)
                right -= hint.width() + gap
            indent = px(4) if hints else 0
            self.back.setGeometry(edge - indent, top + (height + gap if two else 0), hints[0].width(), height)
        return line + (height + gap if two else 0)


def _sum(hints: Sequence[QSize], gap: int) -> int:
    return sum(hint.width() for hint in hints) + gap * (len(hints) + 1)
