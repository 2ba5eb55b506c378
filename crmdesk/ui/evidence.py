"""Facts on the screen: a state's mark, a row of evidence, a short mark with its sentence, section heads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.painted_row import Cell, Cells, Icon, Key, OfCells, PaintedRow, Words
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed, tip

# state → icon, colour of icon and word
STATES: dict[str, tuple[str, str]] = {
    "yes": ("met", "good"),
    "no": ("not_met", "bad"),
    "unknown": ("unknown", "text-2"),
    "not_applicable": ("not_applicable", "text-2"),
}


class IconMark(Themed, QWidget):
    """An icon on its own, as tall as a line of body text."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        *,
        role: str = "text-2",
        size: int = 16,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._role, self._size = icon, role, size
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def set_icon(self, icon: str, *, role: str = "text-2", name: str = "") -> None:
        """Shows another icon."""
        self._icon, self._role = icon, role
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self.update()

    def sizeHint(self) -> QSize:
        """The icon's side, at least a line of body text high."""
        side = self.theme.px(self._size)
        return QSize(side, max(side, self.theme.metrics.line("body")))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the icon."""
        paint.icon(QPainter(self), self.theme, self.rect(), self._icon, self._role, size=self._size)


class Fact(Words):
    """The name of a fact: 78 wide, or what it needs, or what those in the same column need."""

    def __init__(self, theme: Theme, fact: str) -> None:
        super().__init__(LaidText(theme, fact))
        self._theme = theme
        self.column: Sequence[Fact] = (self,)

    def width(self) -> int:
        """That of the column."""
        return max(self._theme.metrics.size("evidence-fact"), *(each.texts[0].natural for each in self.column))


def evidence_cells(theme: Theme, *, fact: str, evidence: str, state: str, word: str) -> Cells:
    """One fact: its mark, its name, the evidence, and at the right the word that says the state.

    `state` is yes, no, unknown or not_applicable. Small text stands one px lower, so that it shares the base line.
    """
    icon, role = STATES[state]
    return Cells(
        theme,
        Icon(theme, icon, role=role),
        Fact(theme, fact),
        Words(LaidText(theme, evidence, token="small", role="text-2", wrap=True), fills=True, lower=1),
        Words(LaidText(theme, word, token="small", role=role, weight=500), lower=1),
    )


def evidence_said(*, fact: str, evidence: str, word: str) -> str:
    """What a row of evidence is to a screen reader."""
    return f"{fact}: {word}. {evidence}"


class EvidenceRow(PaintedRow):
    """One fact that cannot be pressed."""

    def __init__(self, theme: Theme, *, fact: str, evidence: str, state: str, word: str) -> None:
        cells = evidence_cells(theme, fact=fact, evidence=evidence, state=state, word=word)
        super().__init__(theme, cells, said=evidence_said(fact=fact, evidence=evidence, word=word), down=3)


def align(rows: Sequence[OfCells]) -> None:
    """Gives the facts of several rows one width, that of the widest, so that the evidence stands in one column."""
    facts = [cell for row in rows for cell in row.cells.cells if isinstance(cell, Fact)]
    for fact in facts:
        fact.column = facts


class FactMark(PaintedRow):
    """A short line with its mark: "Dialogue: stand talk 21 Apr"."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "met",
        role: str = "good",
        text_role: str = "text-2",
        parent: QWidget | None = None,
    ) -> None:
        self._mark = Icon(theme, icon, role=role, size=14)
        self._words = LaidText(theme, text, token="small", role=text_role)
        cells = Cells(theme, self._mark, Words(self._words, fills=True), gap=5, centred=True)
        super().__init__(theme, cells, said=text, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, *, icon: str, role: str, text_role: str = "") -> None:
        """Another mark and text."""
        self._mark.icon, self._mark.role = icon, role
        self._words.say(text, role=text_role or role)
        self.renew(text)


class SectionHead(PaintedRow):
    """The head of a section: icon, words in small 600, and at the right a count or a key."""

    def __init__(self, theme: Theme, text: str, *, icon: str = "", key: str = "", count: str = "") -> None:
        cells: list[Cell] = [Icon(theme, icon, size=14)] if icon else []
        cells.append(Words(LaidText(theme, text, token="small", role="text-2", strong=True), fills=True))
        if count:
            cells.append(Words(LaidText(theme, count, token="small", role="text-3")))
        if key:
            cells.append(Key(theme, key))
        super().__init__(theme, Cells(theme, *cells, gap=6, centred=True), said=text)


class BlockHead(PaintedRow):
    """The head of a block: words of the head token, with an icon of 18 or, at the right, a key."""

    def __init__(self, theme: Theme, text: str, *, icon: str = "", key: str = "") -> None:
        cells: list[Cell] = [Icon(theme, icon, size=18)] if icon else []
        cells.append(Words(LaidText(theme, text, token="head"), fills=True))
        if key:
            cells.append(Key(theme, key))
        super().__init__(theme, Cells(theme, *cells, centred=True), said=text)
