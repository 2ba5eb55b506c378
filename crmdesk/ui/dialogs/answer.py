"""One fact on its own, from the record panel: its answer, or the evidence that gives it."""

from __future__ import annotations

from crmdesk.domain.facts import FACTS
from crmdesk.ui.dialogs.asked_block import AskedBlock
from crmdesk.ui.dialogs.asking import Asking, Filled
from crmdesk.ui.dialogs.block import Block
from crmdesk.ui.dialogs.derived_block import DerivedBlock
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _


class AnswerSheet(Sheet):
    """Asks one fact.

    Signals: filled(Filled), without a reason to move.
    """

    def __init__(self, theme: Theme, fact: str, asking: Asking, typed: Typed) -> None:
        super().__init__(theme, title=asking.name, width=640, divided=True)
        self.body.setContentsMargins(0, 0, 0, 0)
        make = AskedBlock if FACTS[fact].asked else DerivedBlock
        self.block: Block = make(theme, fact, asking, typed)
        self.body.addWidget(self.block)
        self.set_footer(_("Cancel"), _("Record"), icon="answered")
        self.block.changed.connect(self._on_changed)
        self._on_changed()

    def restyle(self) -> None:
        """The block has edges of its own."""
        px = self.theme.px
        self.head.setContentsMargins(px(24), px(20), px(24), px(12))

    def value(self) -> Filled | None:
        """The answer or the evidence; None while something cannot be read."""
        if not self.block.valid():
            return None
        answer, evidence = self.block.answer(), self.block.evidence()
        return Filled(answers=(answer,) if answer else (), evidence=(evidence,) if evidence else ())

    def draft(self) -> Draft:
        """What was typed."""
        return {"block": self.block.draft()}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.block.restore(draft["block"])

    def _on_changed(self, _what: str = "") -> None:
        if self.primary is not None:
            self.primary.setEnabled(self.block.answer() is not None or self.block.evidence() is not None)
