"""What stands where on a card: the anatomy of look/README.md as numbers, worked out once per card and width.

Space gives way in this order: override chip, organisation, text of the step, name; value and date never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from crmdesk.ui.card_words import CardWords, Chip, Line
from crmdesk.ui.paint import CHIPS
from crmdesk.ui.theme import Theme

EDGE_X, EDGE_Y = 12, 10  # padding 11 and 9, inside an edge of 1
ICON = 14
CHIP_PADDING = 8


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text: the point its baseline starts at, and how it looks."""

    at: QPointF
    text: str
    font: QFont
    role: str


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon, by the upper left corner of its square."""

    at: QPointF
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Plate:
    """The ground of a chip of one of the kinds of `paint.CHIPS`."""

    rect: QRectF
    kind: str


Piece = Text | Icon | Plate


class CardFonts:
    """The four fonts of a card with their metrics, made once per text size."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @cached_property
    def name(self) -> QFont:
        """The name."""
        return self._theme.metrics.strong("body")

    @cached_property
    def value(self) -> QFont:
        """The amount, in figures of one width."""
        return self._theme.font("body", weight=500, tabular=True)

    @cached_property
    def small(self) -> QFont:
        """Second lines."""
        return self._theme.font("small")

    @cached_property
    def strong(self) -> QFont:
        """Chips and what is due."""
        return self._theme.font("small", weight=500)

    @cached_property
    def initials(self) -> QFont:
        """Who owns it."""
        return self._theme.font("micro", weight=400)


class CardLayout:
    """Lays out cards for one text size."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.height = theme.metrics.card_height()
        self._fonts = CardFonts(theme)
        self._measures: dict[int, QFontMetricsF] = {}

    def pieces(self, words: CardWords, width: int) -> tuple[Piece, ...]:
        """Everything on a card of `width`, relative to its upper left corner."""
        pieces: list[Piece] = []
        left, right = float(EDGE_X), float(width - EDGE_X)
        top = float(EDGE_Y)
        line = self._theme.metrics.line
        pieces += self._name_line(words, left, right, QRectF(0, top, 0, line("body")))
        second = QRectF(0, top + line("body") + 1, 0, line("small"))
        pieces += self._organisation_line(words, left, right, second)
        chip = self._theme.px(20)
        pieces += self._last_line(words, left, right, QRectF(0, self.height - EDGE_Y - chip, 0, chip))
        return tuple(pieces)

    def _name_line(self, words: CardWords, left: float, right: float, line: QRectF) -> list[Piece]:
        value = self._text(words.value, self._fonts.value, "text", right, line, to_right=True)
        room = right - left - (self._width(words.value, self._fonts.value) + 8 if words.value else 0)
        return [self._text(self._cut(words.name, self._fonts.name, room), self._fonts.name, "text", left, line), value]

    def _organisation_line(self, words: CardWords, left: float, right: float, line: QRectF) -> list[Piece]:
        fonts = self._fonts
        owner = self._text(words.owner, fonts.initials, "text-3", right, line, to_right=True)
        room = right - left - self._width(words.owner, fonts.initials) - 8
        name = self._cut(words.organisation, fonts.small, room)
        return [self._text(name, fonts.small, "text-2", left, line), owner]

    def _last_line(self, words: CardWords, left: float, right: float, line: QRectF) -> list[Piece]:
        pieces: list[Piece] = []
        taken = self._natural_width(words)
        if words.override:
            room = right - left - taken - (8 if taken else 0)
            text = self._fitting(words.override, room)
            width = self._chip_width(text)
            x = right - width if taken else left
            pieces += self._chip(Chip(icon="override", text=text, kind="override"), x, line)
            right = right - width - 8 if taken else right
        if words.quiet:
            pieces += self._chip(words.quiet, left, line)
        elif words.line:
            pieces += self._line(words.line, left, right, line)
        return pieces

    def _natural_width(self, words: CardWords) -> float:
        if words.quiet:
            return self._chip_width(words.quiet.text)
        if words.line:
            text = words.line.before + words.line.text + words.line.after
            return self._lead() + self._width(text, self._line_font(words.line))
        return 0

    def _line(self, line: Line, left: float, right: float, box: QRectF) -> list[Piece]:
        font = self._line_font(line)
        fixed = self._width(line.before, font) + self._width(line.after, font)
        room = right - left - self._lead() - fixed
        text = line.before + self._cut(line.text, font, room) + line.after
        return [
            Icon(self._icon_at(left, box), line.icon, line.role),
            self._text(text, font, line.role, left + self._lead(), box),
        ]

    def _chip(self, chip: Chip, left: float, line: QRectF) -> list[Piece]:
        rect = QRectF(left, line.top(), self._chip_width(chip.text), line.height())
        inside, role = left + CHIP_PADDING, CHIPS[chip.kind][2]
        pieces: list[Piece] = [Plate(rect, chip.kind), Icon(self._icon_at(inside, line), chip.icon, role)]
        if chip.text:
            pieces.append(self._text(chip.text, self._fonts.strong, role, inside + self._lead(), line))
        return pieces

    def _fitting(self, candidates: Sequence[str], room: float) -> str:
        """The longest wording that fits, from the fullest to the bare flag."""
        return next((text for text in candidates if self._chip_width(text) <= room), "")

    def _chip_width(self, text: str) -> float:
        inside = self._lead() + self._width(text, self._fonts.strong) if text else float(self._theme.px(ICON))
        return inside + 2 * CHIP_PADDING

    def _lead(self) -> float:
        return float(self._theme.px(ICON) + 4)

    def _line_font(self, line: Line) -> QFont:
        return self._fonts.strong if line.strong else self._fonts.small

    def _icon_at(self, left: float, box: QRectF) -> QPointF:
        size = QSizeF(self._theme.px(ICON), self._theme.px(ICON))
        return QPointF(left, round(box.center().y() - size.height() / 2))

    def _text(self, text: str, font: QFont, role: str, x: float, box: QRectF, *, to_right: bool = False) -> Text:
        measure = self._measure(font)
        start = x - self._width(text, font) if to_right else x
        baseline = box.center().y() + (measure.ascent() - measure.descent()) / 2
        return Text(QPointF(start, round(baseline)), text, font, role)

    def _cut(self, text: str, font: QFont, room: float) -> str:
        return self._measure(font).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))

    def _width(self, text: str, font: QFont) -> float:
        return self._measure(font).horizontalAdvance(text) if text else 0.0

    def _measure(self, font: QFont) -> QFontMetricsF:
        if id(font) not in self._measures:
            self._measures[id(font)] = QFontMetricsF(font)
        return self._measures[id(font)]
