"""What every own widget shares: it follows the theme, and plain text that is never read as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from crmdesk.ui.theme import Theme

# A word longer than any there is may break anywhere here: Qt measures all that is left of one for each of its lines.
_LONG = re.compile(r"\S{200}")
# A widget is seen down to 32,767 px: further lines would only be room without letters.
_LETTERS, _LINES = 6_000, 200
_ONE_LINE = 10_000  # px: nothing but a line break ends a line
# No line ends between a number and its unit, or a day and its month.
_NUMBERED = re.compile(r"(?<=\d) (?=[^\W\d_]|[%€$£¥₫])")


class Themed:
    """Mixed into a widget: keeps the theme as `theme` and calls `restyle` whenever it becomes another one."""

    theme: Theme

    def follow(self, theme: Theme) -> None:
        """Starts following; call once, at the end of `__init__`."""
        self.theme = theme
        theme.changed.connect(self._on_theme_changed)
        self.restyle()

    def restyle(self) -> None:
        """Takes fonts and fixed lengths from the theme; for widgets that have some."""

    def _on_theme_changed(self) -> None:
        self.restyle()
        if isinstance(self, QWidget):
            self.updateGeometry()
            self.update()


class PlainLabel(Themed, QLabel):
    """Text of one type token and colour role, with the token's line height; stored text is safe in it.

    On one line it is elided at the right and the whole of it becomes the tooltip; with `wrap` it takes the lines it
    needs. `strong_parts` are pieces of the text set in 600 (and in `strong_role`, if given).
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        token: str = "body",
        role: str = "text",
        strong: bool = False,
        weight: int = 0,
        wrap: bool = False,
        right: bool = False,
        strong_parts: Sequence[str] = (),
        strong_role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._token, self._role, self._strong, self._weight = token, role, strong, weight
        self._right = right
        self._measured: dict[int, tuple[int, float]] = {}
        self._parts, self._strong_role = tuple(strong_parts), strong_role
        self.setWordWrap(wrap)
        down = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, down)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the font of the token."""
        self._measured.clear()
        metrics = self.theme.metrics
        weight = metrics.tokens.type[self._token].strong if self._strong else self._weight
        self.setFont(metrics.font(self._token, weight=weight))

    def setText(self, text: str) -> None:
        """Other words."""
        self._measured.clear()
        super().setText(text)

    def set_role(self, role: str) -> None:
        """Paints in another colour role."""
        self._role = role
        self.update()

    def set_strong_parts(self, parts: Sequence[str]) -> None:
        """Which pieces of the text are set in 600."""
        self._parts = tuple(parts)
        self._measured.clear()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Its width on one line, and the lines it then has."""
        line = self.theme.metrics.line(self._token)
        return QSize(int(self._measure(_ONE_LINE)[1]) + 1, line * (self.text().count("\n") + 1))

    def minimumSizeHint(self) -> QSize:
        """It may give way to a few letters."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self.theme.px(24)), self.theme.metrics.line(self._token))

    def heightForWidth(self, width: int) -> int:
        """The lines it takes in `width`, in px."""
        lines, natural = self._measure(_ONE_LINE)
        if natural + 1 > width:
            lines, _ = self._measure(width)
        return max(1, lines) * self.theme.metrics.line(self._token)

    def cut(self, width: int) -> str:
        """The text as one line that fits in `width` px, cut at its end."""
        return self.fontMetrics().elidedText(_seen(self.text()), Qt.TextElideMode.ElideRight, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints line by line on the token's line height."""
        painter = QPainter(self)
        painter.setPen(self.theme.colour(self._role))
        height = self.theme.metrics.line(self._token)
        if not self.wordWrap():
            self._paint_line(painter, QRect(0, (self.height() - height) // 2, self.width(), height))
            return
        lines, _ = self._layout(self.width())
        for number, line in enumerate(lines):
            left = self.width() - line.naturalTextWidth() if self._right else 0
            line.setPosition(QPointF(left, number * height + (height - line.height()) / 2))
            line.draw(painter, QPointF(0, 0))

    def _paint_line(self, painter: QPainter, rect: QRect) -> None:
        words = self.text()
        shown = self.cut(rect.width())
        lines, natural = self._layout(_ONE_LINE)
        if natural > rect.width() + 0.5 and shown == words:
            shown = self.cut(rect.width() - 16)
        fits = natural <= rect.width() + 0.5
        self.setToolTip("" if fits else tip(words))
        if not fits:
            lines, natural = self._layout(_ONE_LINE, shown)
        if lines:
            left = rect.width() - natural if self._right else 0
            lines[0].setPosition(QPointF(left, rect.top() + (rect.height() - lines[0].height()) / 2))
            lines[0].draw(painter, QPointF(0, 0))

    def _measure(self, width: int) -> tuple[int, float]:
        """How many lines the text takes in `width` and the width of the widest: a layout asks for the same often."""
        if width not in self._measured:
            lines, natural = self._layout(width)
            self._measured[width] = len(lines), natural
        return self._measured[width]

    def _layout(self, width: int, words: str | None = None) -> tuple[list[QTextLine], float]:
        """The lines of the text in `width` and the width of the widest; the layout lives as long as the widget."""
        words = _together(_LONG.sub("\\g<0>\u200b", _seen(self.text() if words is None else words)))
        layout = QTextLayout(words.replace("\n", "\u2028"), self.font(), self)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(words))
        layout.beginLayout()
        lines: list[QTextLine] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            lines.append(line)
        layout.endLayout()
        self._laid = layout
        return lines, max((line.naturalTextWidth() for line in lines), default=0.0)

    def _formats(self, words: str) -> list[QTextLayout.FormatRange]:
        made: list[QTextLayout.FormatRange] = []
        for part in self._parts:
            start = words.find(_together(part)) if part else -1
            if start >= 0:
                span = QTextLayout.FormatRange()
                span.start, span.length = start, len(part)
                shape = QTextCharFormat()
                shape.setFontWeight(QFont.Weight.DemiBold)
                if self._strong_role:
                    shape.setForeground(self.theme.colour(self._strong_role))
                span.format = shape
                made.append(span)
        return made


def _seen(text: str) -> str:
    """As much of a text as a label can show; the whole of a note is read where it is edited."""
    begun = text[:_LETTERS]
    lines = begun.split("\n")
    if len(lines) > _LINES:
        begun = "\n".join(lines[:_LINES])
    return begun if len(begun) == len(text) else f"{begun}…"


def _together(text: str) -> str:
    return _NUMBERED.sub("\xa0", text)


def tip(text: str) -> str:
    """Stored text as a tooltip: Qt would read markup in it, and load what that names; so it is written out."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text


class Divider(Themed, QFrame):
    """A line of 1 px, across or down."""

    def __init__(self, theme: Theme, *, down: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if down:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        self.follow(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fills itself with the line colour."""
        QPainter(self).fillRect(self.rect(), self.theme.colour("line"))
