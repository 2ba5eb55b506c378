"""The vocabularies side by side, and below each what it makes of one example; in rows where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from crmdesk.domain.examples import EXAMPLES, Example, outcome
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui import live
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.link import Link
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.ui.views.first_start_card import Heights, VocabularyCard
from crmdesk.words import _

NARROWEST = 204  # px at 100 %: below it the cards go into rows


class Answer(Themed, QWidget):
    """What one vocabulary makes of the example: an arrow, the stage, and what is still open."""

    def __init__(self, theme: Theme, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage, self.remark = "", ""
        self._words, self._name, self._named = "", "", False
        self._mark = IconMark(theme, "moved", parent=self)
        self.label = PlainLabel(theme, role="text-2", strong_role="text", wrap=True, parent=self)
        self.follow(theme)

    def say(self, vocabulary: Vocabulary, example: Example, *, today: date) -> None:
        """Shows the answer of a vocabulary."""
        found = outcome(vocabulary, example, today=today)
        self.stage, self.remark = found.stage, found.remark
        self._words = f"{found.word}  {found.remark}" if found.remark else found.word
        self._name = vocabulary.name()
        self.label.set_strong_parts([found.word])
        self.setAccessibleName(f"{self._name}: {self._words}")
        self.set_named(named=self._named)

    def set_named(self, *, named: bool) -> None:
        """Whether it says whose answer it is: where it does not stand under its card."""
        self._named = named
        self.label.setText(f"{self._name}: {self._words}" if named else self._words)

    def height_in(self, width: int) -> int:
        """The lines it takes in px."""
        return self.label.heightForWidth(max(1, width - self.theme.px(24)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrow and words side by side."""
        super().resizeEvent(event)
        mark, line = self.theme.px(16), self.theme.metrics.line("body")
        self._mark.setGeometry(0, 0, mark, line)
        left = self.theme.px(24)
        self.label.setGeometry(left, 0, max(0, self.width() - left), self.height())


class VocabularyCards(Themed, QWidget):
    """The cards with the example below; each card's answer stands under its card.

    Signals: chosen() another vocabulary; read_requested() and start_requested() by key on a card.
    """

    chosen = Signal()
    read_requested = Signal()
    start_requested = Signal()

    def __init__(self, theme: Theme, vocabularies: Sequence[Vocabulary], *, today: date) -> None:
        super().__init__()
        self._today = today
        self.example = 0
        self._tight = False
        self._group = QButtonGroup(self)
        self.cards = [VocabularyCard(theme, vocabulary, parent=self) for vocabulary in vocabularies]
        for card in self.cards:
            self._group.addButton(card)
            card.read_requested.connect(self.read_requested)
            card.start_requested.connect(self.start_requested)
        self._group.buttonToggled.connect(self._on_toggled)
        self._icon = IconMark(theme, "card", parent=self)
        self.told = PlainLabel(theme, strong=True, wrap=True, parent=self)
        self.another = Link(theme, _("Another example"), parent=self)
        self.another.clicked.connect(self._on_another)
        self.answers = [Answer(theme, parent=self) for _card in self.cards]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_example(0)
        self.follow(theme)

    @property
    def current(self) -> VocabularyCard:
        """The chosen card."""
        return next((card for card in self.cards if card.isChecked()), self.cards[0])

    def choose(self, key: str) -> None:
        """Chooses the vocabulary of that key; none of that key changes nothing."""
        for card in self.cards:
            if card.vocabulary.key == key:
                card.setChecked(True)

    def choose_digit(self, digit: int) -> None:
        """Chooses by number, from 1, and takes the keys there."""
        if 1 <= digit <= len(self.cards):
            self.cards[digit - 1].setChecked(True)
            self.cards[digit - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_example(self, number: int) -> None:
        """One of the examples, counted from 0, going round."""
        self.example = number % len(EXAMPLES)
        example = EXAMPLES[self.example]
        self.told.setText(_(example.text))
        self._icon.set_icon(example.icon)
        for card, answer in zip(self.cards, self.answers, strict=True):
            answer.say(card.vocabulary, example, today=self._today)
        self.updateGeometry()
        self._lay_out()

    # Qt overrides

    def hasHeightForWidth(self) -> bool:
        """Words wrap, cards go into rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All cards and the example."""
        return self.height_in(width, tight=self._tight)

    def sizeHint(self) -> QSize:
        """As in the picture."""
        width = self.width() or self.theme.px(1360)
        return QSize(width, self.height_in(width, tight=self._tight))

    def minimumSizeHint(self) -> QSize:
        """One card wide."""
        return QSize(self.theme.px(NARROWEST), self.theme.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out again."""
        super().resizeEvent(event)
        self._lay_out()

    def restyle(self) -> None:
        """Another text size is another layout."""
        self._lay_out()

    def height_in(self, width: int, *, tight: bool) -> int:
        """The height in px that all of it takes, with usual or smaller gaps."""
        return self._arrange(width, move=False, tight=tight)

    def set_tight(self, *, tight: bool) -> None:
        """Smaller gaps, or the usual ones."""
        if tight != self._tight:
            self._tight = tight
            self.updateGeometry()
            self._lay_out()

    # Own parts

    def columns_in(self, width: int) -> int:
        """How many cards stand side by side: all of them, else three, two or one."""
        px = self.theme.px
        for count in (len(self.cards), 3, 2):
            if (width - (count - 1) * px(8)) / count >= px(NARROWEST):
                return count
        return 1

    def _lay_out(self) -> None:
        if hasattr(self, "theme") and self.width() > 1:
            self._arrange(self.width(), move=True, tight=self._tight)

    def _arrange(self, width: int, *, move: bool, tight: bool) -> int:
        """Places everything, if asked, and gives the height it takes."""
        px, count = self.theme.px, self.columns_in(width)
        gap = px(12) if width >= px(1240) else px(8)
        wide = (width - (count - 1) * gap) // count
        heights = reduce(Heights.least, (card.heights_in(wide, tight=tight) for card in self.cards))
        high = self.cards[0].height_with(heights)
        rows = -(-len(self.cards) // count)
        if move:
            for place, card in enumerate(self.cards):
                row, column = divmod(place, count)
                card.use(heights)
                card.setGeometry(column * (wide + gap), row * (high + gap), wide, high)
        top = rows * (high + gap) - gap + px(8 if tight else 16)
        top += self._arrange_told(width, top, move=move) + px(2 if tight else 6)
        return top + self._arrange_answers(width, wide, gap, top, aligned=rows == 1, move=move)

    def _arrange_told(self, width: int, top: int, *, move: bool) -> int:
        px = self.theme.px
        button = self.another.sizeHint()
        room = max(1, width - px(24) - button.width() - px(8))
        high = self.told.heightForWidth(room)
        line = self.theme.metrics.line("body")
        if move:
            down = top + max(0, (button.height() - line) // 2)
            self._icon.setGeometry(0, down, px(16), line)
            self.told.setGeometry(px(24), down, room, high)
            self.another.setGeometry(width - button.width(), top, button.width(), button.height())
        return max(button.height(), high)

    def _arrange_answers(self, width: int, wide: int, gap: int, top: int, *, aligned: bool, move: bool) -> int:
        """Under each card, or in rows below one another when the cards are in rows themselves."""
        inner, px = wide - self.theme.px(16), self.theme.px
        for answer in self.answers:
            answer.set_named(named=not aligned)
        if aligned:
            high = max(answer.height_in(inner) for answer in self.answers)
            if move:
                for place, answer in enumerate(self.answers):
                    answer.setGeometry(QRect(place * (wide + gap) + px(16), top, inner, high))
            return high
        down = top
        for answer in self.answers:
            high = answer.height_in(width - px(24))
            if move:
                answer.setGeometry(QRect(px(24), down, width - px(24), high))
            down += high + px(4)
        return down - top

    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit()

    def _on_another(self) -> None:
        self.show_example(self.example + 1)
        spoken = ". ".join(answer.accessibleName() for answer in self.answers)
        live.announce(self, f"{self.told.text()} {spoken}")
