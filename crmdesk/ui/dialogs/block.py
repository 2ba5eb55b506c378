"""The common frame of the blocks of the qualification sheet: fact and question at the left, its state at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.facts import FACTS
from crmdesk.services.evidence import EvidenceInput
from crmdesk.services.qualify import AnswerInput
from crmdesk.ui import focus
from crmdesk.ui.evidence import FactMark
from crmdesk.ui.fields import Sentence
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _


class Block(Themed, QWidget):
    """One missing fact with the controls it needs.

    Signals: changed() after every key or choice in it.
    """

    changed = Signal()

    def __init__(self, theme: Theme, fact: str) -> None:
        super().__init__()
        self.fact = fact
        spec = FACTS[fact]
        self.setAccessibleName(_(spec.label))
        self.mark = FactMark(theme, _("unknown"), icon="unknown", role="text-2")
        head = QHBoxLayout()
        head.setSpacing(theme.px(5))
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(PlainLabel(theme, _(spec.label), strong=True), 0, top)
        head.addWidget(PlainLabel(theme, _(spec.question), role="text-2", wrap=True), 1)
        head.addSpacing(theme.px(16))
        head.addWidget(self.mark, 0, top)
        self.sentence = Sentence(theme)
        self.column = QVBoxLayout(self)
        self.column.addLayout(head)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges of a block."""
        px = self.theme.px
        self.column.setContentsMargins(px(24), px(16), px(24), px(16))
        self.column.setSpacing(px(8))

    @property
    def answered(self) -> bool:
        """Whether something was said, be it no."""
        return False

    @property
    def met(self) -> bool:
        """Whether what is filled in would meet the fact."""
        return False

    @property
    def blocking(self) -> bool:
        """Whether the answer suggests *Not a fit*."""
        return False

    @property
    def open(self) -> bool:
        """Whether nothing has been said yet, not even that it is unknown."""
        return not self.met

    def point_out(self, what: str) -> bool:
        """Says what is missing here and takes the keys; false when nothing can be filled in here."""
        field = focus.first(self)
        self.sentence.say(what if field is not None else self.sentence.label.text(), "error")
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return field is not None

    def valid(self) -> bool:
        """Whether everything in it can be read; what cannot is marked."""
        return True

    def answer(self) -> AnswerInput | None:
        """The answer to an asked fact, if another than before was given."""
        return None

    def evidence(self) -> EvidenceInput | None:
        """What is recorded for a derived fact, if something was."""
        return None

    def draft(self) -> dict[str, Any]:
        """All that was typed in it."""
        return {}

    def restore(self, draft: dict[str, Any]) -> None:
        """Takes back what `draft` gave."""

    def say_state(self) -> None:
        """Words the mark at the right."""
        if self.met:
            self.mark.say(_("answered"), icon="answered", role="good")
        elif self.answered:
            self.mark.say(_("not met"), icon="not_met", role="bad")
        else:
            self.mark.say(_("unknown"), icon="unknown", role="text-2")
