"""Plain text laid out in lines: measured once for each width, painted where it is told; it is never read as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from crmdesk.ui.theme import Theme

# A widget is seen down to 32,767 px: further lines would only be room without letters.
_LETTERS, _LINES = 4_000, 200
_ONE_LINE = 10_000  # px: nothing but a line break ends a line
# No line ends between a number and its unit, or a day and its month.
_NUMBERED = re.compile(r"(?<=\d) (?=[^\W\d_]|[%€$£¥₫])")
_HAN_DAY = re.compile(r"(?<=\d)(?=[月日])|(?<=月)(?=\d)")


class LaidText:
    """Text of one type token and colour role, with the token's line height.

    On one line it is elided, at the right or before `tail`, so that this stays; with `wrap` it takes the lines it
    needs. `strong_parts` are pieces of the text set in 600 (and in `strong_role`, if given).
    """

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        *,
        token: str = "body",
        role: str = "text",
        strong: bool = False,
        weight: int = 0,
        wrap: bool = False,
        right: bool = False,
        tail: str = "",
        strong_parts: Sequence[str] = (),
        strong_role: str = "",
    ) -> None:
        self._theme, self.words, self.role, self.wrap = theme, words, role, wrap
        self._token, self._strong, self._weight = token, strong, weight
        self._right, self._tail = right, tail
        self._parts, self._strong_role = tuple(strong_parts), strong_role
        self._measured: dict[int, tuple[int, float]] = {}
        self.restyle()

    def restyle(self) -> None:
        """Takes font and line height of the token as they are now."""
        metrics = self._theme.metrics
        self.font = metrics.strong(self._token) if self._strong else metrics.font(self._token, weight=self._weight)
        self.line = metrics.line(self._token)
        self._forget()

    def say(self, words: str, *, role: str = "") -> None:
        """Other words, and another colour role if one is given."""
        self.words, self.role = words, role or self.role
        self._forget()

    def set_strong_parts(self, parts: Sequence[str]) -> None:
        """Which pieces of the text are set in 600."""
        self._parts = tuple(parts)
        self._forget()

    @property
    def natural(self) -> int:
        """Its width in px where nothing but a line break ends a line."""
        return int(self._measure(_ONE_LINE)[1]) + 1

    def height(self, width: int) -> int:
        """The height in px of the lines it takes in `width`; without `wrap` it is always one."""
        if not self.wrap:
            return self.line
        lines, natural = self._measure(_ONE_LINE)
        if natural + 1 > width:
            lines, _ = self._measure(width)
        return max(1, lines) * self.line

    def cut(self, width: int) -> str:
        """The text as one line that fits in `width` px."""
        metrics, tail = QFontMetrics(self.font), self._tail
        body = _seen(self.words)[: len(_seen(self.words)) - len(tail)] if tail else _seen(self.words)
        room = width - (metrics.horizontalAdvance(tail) if tail else 0)
        return metrics.elidedText(body, Qt.TextElideMode.ElideRight, max(0, room)) + tail

    def paint(self, painter: QPainter, rect: QRect) -> bool:
        """Paints from the top of `rect`, one line in its middle; whether it had to be cut."""
        painter.setPen(self._theme.colour(self.role))
        if not self.wrap:
            return self._paint_line(painter, rect)
        lines, _ = self._layout(rect.width())
        for number, line in enumerate(lines):
            left = rect.width() - line.naturalTextWidth() if self._right else 0
            top = number * self.line + (self.line - line.height()) / 2
            line.setPosition(QPointF(rect.left() + left, rect.top() + top))
            line.draw(painter, QPointF(0, 0))
        return False

    def _paint_line(self, painter: QPainter, rect: QRect) -> bool:
        shown = self.cut(rect.width())
        lines, natural = self._layout(_ONE_LINE)
        if natural > rect.width() + 0.5 and shown == self.words:
            shown = self.cut(rect.width() - 16)
        fits = natural <= rect.width() + 0.5
        if not fits:
            lines, natural = self._layout(_ONE_LINE, shown)
        if lines:
            left = rect.width() - natural if self._right else 0
            top = rect.top() + (rect.height() - self.line) // 2 + (self.line - lines[0].height()) / 2
            lines[0].setPosition(QPointF(rect.left() + left, top))
            lines[0].draw(painter, QPointF(0, 0))
        return not fits

    def _forget(self) -> None:
        self._measured.clear()
        self._laid: tuple[int, str, QTextLayout, list[QTextLine], float] | None = None

    def _measure(self, width: int) -> tuple[int, float]:
        """How many lines the text takes in `width` and the width of the widest: a layout asks for the same often."""
        if width not in self._measured:
            lines, natural = self._layout(width)
            self._measured[width] = len(lines), natural
        return self._measured[width]

    def _layout(self, width: int, words: str | None = None) -> tuple[list[QTextLine], float]:
        """The lines of the text in `width` and the width of the widest; the last ones are kept."""
        words = self.words if words is None else words
        if self._laid is not None and self._laid[:2] == (width, words):
            return self._laid[3:]
        shown = _together(_seen(words))
        layout = QTextLayout(shown.replace("\n", "\u2028"), self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if self._parts:
            layout.setFormats(self._formats(shown))
        layout.beginLayout()
        lines: list[QTextLine] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            lines.append(line)
        layout.endLayout()
        natural = max((line.naturalTextWidth() for line in lines), default=0.0)
        self._laid = (width, words, layout, lines, natural)
        return lines, natural

    def _formats(self, words: str) -> list[QTextLayout.FormatRange]:
        made: list[QTextLayout.FormatRange] = []
        for part in self._parts:
            start = words.find(_together(part)) if part else -1
            if start >= 0:
                span = QTextLayout.FormatRange()
                span.start, span.length = start, len(_together(part))
                shape = QTextCharFormat()
                shape.setFontWeight(QFont.Weight.DemiBold)
                if self._strong_role:
                    shape.setForeground(self._theme.colour(self._strong_role))
                span.format = shape
                made.append(span)
        return made


def begun(text: str, *, letters: int, lines: int) -> str:
    """A text up to that many letters and lines, with "…" where it goes on."""
    found = "\n".join(text[:letters].split("\n", lines)[:lines])
    return found if len(found) == len(text) else f"{found}…"


def _seen(text: str) -> str:
    """As much of a text as is shown; the whole of a note is read where it is edited."""
    return begun(text, letters=_LETTERS, lines=_LINES)


def _together(text: str) -> str:
    return _HAN_DAY.sub("\u2060", _NUMBERED.sub("\xa0", text))
