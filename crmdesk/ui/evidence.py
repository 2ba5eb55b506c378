"""Facts on the screen: a state's mark, a row of evidence, a short mark with its sentence, section heads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.ui import paint
from crmdesk.ui.chips import KeyCap
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed, tip

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


class EvidenceRow(Themed, QWidget):
    """One fact: mark 16, fact 78, evidence, and the word at the right; 24 high, or two lines of evidence.

    `state` is yes, no, unknown or not_applicable; `word` says the same in words.
    """

    def __init__(
        self, theme: Theme, *, fact: str, evidence: str, state: str, word: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        icon, role = STATES[state]
        self.mark = IconMark(theme, icon, role=role)
        self.fact = PlainLabel(theme, fact)
        self.evidence = PlainLabel(theme, evidence, token="small", role="text-2", wrap=True)
        self.word = PlainLabel(theme, word, token="small", role=role, weight=500)
        self.setAccessibleName(f"{fact}: {word}. {evidence}")
        row = QHBoxLayout(self)
        px = theme.px
        row.setContentsMargins(0, px(3), 0, px(3))
        row.setSpacing(px(8))
        top = Qt.AlignmentFlag.AlignTop
        for part in (self.mark, self.fact):
            row.addWidget(part, 0, top)
        # Small text stands one px lower, so that it shares the base line of the fact.
        for part, stretch in ((self.evidence, 1), (self.word, 0)):
            lower = stacked(part)
            lower.setContentsMargins(0, 1, 0, 0)
            lower.addStretch(0 if stretch else 1)
            row.addLayout(lower, stretch)
        self.word.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

        self.follow(theme)

    def restyle(self) -> None:
        """The fact's column is 78 wide, or what its word needs."""
        need = QFontMetrics(self.theme.font("body")).horizontalAdvance(self.fact.text()) + 2
        self.fact.setFixedWidth(max(self.theme.metrics.size("evidence-fact"), need))


def align(rows: Sequence[EvidenceRow]) -> None:
    """Gives the facts of several rows one width, that of the widest, so that the evidence stands in one column."""
    wide = max((row.fact.minimumWidth() for row in rows), default=0)
    for row in rows:
        row.fact.setFixedWidth(wide)


class FactMark(QWidget):
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
        super().__init__(parent)
        self._mark = IconMark(theme, icon, role=role, size=14)
        self._label = PlainLabel(theme, text, token="small", role=text_role)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(5))
        row.addWidget(self._mark)
        row.addWidget(self._label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def say(self, text: str, *, icon: str, role: str, text_role: str = "") -> None:
        """Another mark and text."""
        self._mark.set_icon(icon, role=role)
        self._label.setText(text)
        self._label.set_role(text_role or role)
        self.setAccessibleName(text)


class SectionHead(QWidget):
    """The head of a section: icon, words in small 600, and at the right a key or a count."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "",
        key: str = "",
        count: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = PlainLabel(theme, text, token="small", role="text-2", strong=True)
        self.count = PlainLabel(theme, count, token="small", role="text-3", right=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        if icon:
            row.addWidget(IconMark(theme, icon, size=14))
        row.addWidget(self.label, 1)
        row.addWidget(self.count)
        self.count.setVisible(bool(count))
        if key:
            row.addWidget(KeyCap(theme, key))
        self.setAccessibleName(text)


class BlockHead(QWidget):
    """The head of a block in a sheet: an icon of 18 and words of the head token."""

    def __init__(self, theme: Theme, text: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(IconMark(theme, icon, size=18))
        row.addWidget(PlainLabel(theme, text, token="head"), 1)


def stacked(*parts: QWidget, gap: int = 0) -> QVBoxLayout:
    """The parts under each other, `gap` px apart."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for part in parts:
        column.addWidget(part)
    return column
