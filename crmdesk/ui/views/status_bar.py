"""The status bar, 26 high: saved when, which vocabulary, where the data is; while dragging, what goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import _

EDGE = 14  # px at 100 %

Part = tuple[str, str]
"""An icon's name or "", and words."""


class StatusBar(Themed, QWidget):
    """Two groups of short parts, at the left and at the right; a passing message replaces them.

    What `hold` was given stands at the very right while it is shown.
    """

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left: tuple[Part, ...] = ()
        self._right: tuple[Part, ...] = ()
        self._passing: tuple[str, tuple[Part, ...]] | None = None
        self._held: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes its height."""
        self.setFixedHeight(self.theme.metrics.size("status-bar"))
        self._row.setContentsMargins(0, 1, self.theme.px(EDGE), 0)

    def hold(self, widget: QWidget) -> None:
        """Takes in a widget that is shown and hidden by who made it."""
        self._held.append(widget)
        self._row.addWidget(widget)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The parts give way to what is held, and take its room again."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.update()
        return False

    def set_parts(self, left: Sequence[Part], right: Sequence[Part]) -> None:
        """What stands there while nothing special goes on; nothing is painted when it is the same."""
        if (tuple(left), tuple(right)) != (self._left, self._right):
            self._left, self._right = tuple(left), tuple(right)
            self._say()

    def set_passing(self, message: str, keys: Sequence[Part] = ()) -> None:
        """What goes on right now, with (key, what it does) pairs; "" goes back to the usual parts."""
        self._passing = (message, tuple(keys)) if message else None
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the parts on the ground of the navigation."""
        painter, colour = QPainter(self), self.theme.colour
        painter.fillRect(self.rect(), colour("nav"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        left = self.theme.px(EDGE)
        if self._passing is not None:
            self._paint_passing(painter, left)
            return
        right = self._end()
        for part in reversed(self._right):
            right -= self._width(part)
            self._paint_part(painter, right, part)
            right -= self.theme.px(16)
        for part in self._left:
            if left + self._width(part) > right:
                break
            self._paint_part(painter, left, part)
            left += self._width(part) + self.theme.px(20)

    def _paint_passing(self, painter: QPainter, left: int) -> None:
        assert self._passing is not None
        message, keys = self._passing
        font, px = self.theme.font("small", weight=600), self.theme.px
        width = QFontMetrics(font).horizontalAdvance(message) + 1
        place = QRect(left, 0, min(width, self._end() - left), self.height())
        paint.text(painter, place, message, font=font, colour=self.theme.colour("text"))
        left = place.right() + px(16)
        for key, what in keys:
            size = paint.keycap_size(self.theme, key)
            words_width = QFontMetrics(self._font()).horizontalAdvance(what) + 1
            if left + size.width() + words_width + px(8) > self._end():
                return
            cap = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
            paint.keycap(painter, self.theme, cap, key)
            left = cap.right() + px(8)
            room = QRect(left, 0, words_width, self.height())
            paint.text(painter, room, what, font=self._font(), colour=self.theme.colour("text-2"))
            left += words_width + px(16) if what else 0

    def _paint_part(self, painter: QPainter, left: int, part: Part) -> None:
        icon, words = part
        px = self.theme.px
        if icon:
            role = "good" if icon == "saved" else "text-2"
            paint.icon(painter, self.theme, QRect(left, 0, px(16), self.height()), icon, role, size=14)
            left += px(22)
        room = QRect(left, 0, self._words_width(words), self.height())
        paint.text(painter, room, words, font=self._font(), colour=self.theme.colour("text-2"))

    def _end(self) -> int:
        """Where the parts end at the right."""
        return min(
            [each.x() - self.theme.px(16) for each in self._held if each.isVisible()],
            default=self.width() - self.theme.px(EDGE),
        )

    def _width(self, part: Part) -> int:
        return self._words_width(part[1]) + (self.theme.px(22) if part[0] else 0)

    def _words_width(self, words: str) -> int:
        return QFontMetrics(self._font()).horizontalAdvance(words) + 1

    def _font(self) -> QFont:
        return self.theme.font("small", tabular=True)

    def _say(self) -> None:
        spoken = self._passing[0] if self._passing else ", ".join(words for _icon, words in (*self._left, *self._right))
        self.setAccessibleName(_("Status"))
        self.setAccessibleDescription(spoken)
        self.update()
