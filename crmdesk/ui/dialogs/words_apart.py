"""What a lead, a contact, an account and an opportunity are in one vocabulary, told apart in plain words."""

from __future__ import annotations

from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui.dialogs.reading import ReadingSheet
from crmdesk.ui.evidence import BlockHead
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _, pgettext


class WordsApartSheet(ReadingSheet):
    """Four words, a few sentences each."""

    def __init__(self, theme: Theme, vocabulary: Vocabulary) -> None:
        super().__init__(theme, title=_("What is what in {vocabulary}").format(vocabulary=vocabulary.name()), width=600)
        self.body.setSpacing(theme.px(4))
        for icon, word, sentences in told(vocabulary):
            self.body.addWidget(BlockHead(theme, word, icon=icon))
            for sentence in sentences:
                self.body.addWidget(PlainLabel(theme, sentence, wrap=True))
            self.body.addSpacing(theme.px(12))


def told(vocabulary: Vocabulary) -> list[tuple[str, str, list[str]]]:
    """Icon, word and sentences for each of the four."""
    return [
        ("card", _("Lead"), _lead(vocabulary)),
        ("person", _("Contact"), _contact(vocabulary)),
        ("organisation", _("Account"), _account(vocabulary)),
        ("deal", _("Opportunity"), _opportunity(vocabulary)),
    ]


def _lead(vocabulary: Vocabulary) -> list[str]:
    before = [stage.label for stage in vocabulary.stages if stage.role not in ("in_deal", "customer")]
    path = pgettext("between the items of a list", ", ").join(before)
    found = [
        _("One attempt to win somebody: who they are, where they came from, what is known and what comes next."),
        _("On its way such a record is called: {stages}.").format(stages=path),
    ]
    named = next((stage for stage in vocabulary.stages if stage.key == "lead"), None)
    if named is not None and len(before) > 1:
        found.append(
            _("The stage {stage} is only a part of that way: {definition}").format(
                stage=named.label, definition=named.definition
            )
        )
    return found


def _contact(vocabulary: Vocabulary) -> list[str]:
    found = [_("A person at an account. It is the same person as before: nobody is typed twice.")]
    named = next((stage for stage in vocabulary.stages if stage.key == "contact"), None)
    if named is not None:
        found.append(
            _("The stage {stage} is something else here: {definition}").format(
                stage=named.label, definition=named.definition
            )
        )
    return found


def _account(vocabulary: Vocabulary) -> list[str]:
    return [
        _("An organisation you do business with, or a private person."),
        _("There are accounts from this stage on: {stage}.").format(stage=vocabulary.word(vocabulary.account_from)),
    ]


def _opportunity(vocabulary: Vocabulary) -> list[str]:
    sale = vocabulary.is_customer(vocabulary.account_from)
    return [
        _("A sale that may come off, with an amount and a day. One organisation may have several."),
        _("Converting a lead makes contact and opportunity in one step; the account follows with the sale.")
        if sale
        else _("Converting a lead makes account, contact and opportunity in one step."),
        _("A conversion can be taken back: the lead is then where it was."),
    ]
