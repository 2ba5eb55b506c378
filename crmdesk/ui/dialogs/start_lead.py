"""Somebody on file without a card: whether a lead is to be started, and from which source."""

from __future__ import annotations

from crmdesk.domain.entry import SOURCES
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui.dialogs.wording import starting_place
from crmdesk.ui.fields import ChoiceField, Field
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _


class StartLeadSheet(Sheet):
    """One question.

    Signals: filled(str) the key of the source.
    """

    def __init__(self, theme: Theme, vocabulary: Vocabulary, name: str, *, source: str) -> None:
        super().__init__(theme, title=_("Start a lead with {name}?").format(name=name))
        self._vocabulary = vocabulary
        text = _("This record is on file without a card on the board.")
        self.body.addWidget(PlainLabel(theme, text, role="text-2", wrap=True))
        sources = [(key, _(each.label)) for key, each in SOURCES.items()]
        self.source = ChoiceField(theme, sources, name=_("Source"), value=source)
        self.body.addWidget(Field(theme, _("Source"), self.source))
        self.place = PlainLabel(theme, role="text-2", token="small", wrap=True)
        self.body.addWidget(self.place)
        self.source.chosen.connect(self._on_source)
        self._on_source(source)
        self.set_footer(_("Cancel"), _("Start"), icon="plus")

    def value(self) -> str:
        """The source."""
        return self.source.value

    def _on_source(self, source: str) -> None:
        self.place.setText(starting_place(self._vocabulary, source))
