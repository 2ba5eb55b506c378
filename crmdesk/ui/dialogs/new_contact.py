"""Somebody new: name, firm, channels, where they come from. Any one fact is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmdesk.domain.entry import SOURCES
from crmdesk.domain.records import Event, Id
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui.dialogs.wording import starting_place
from crmdesk.ui.fields import ChoiceField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import N_, _

_LINES: dict[str, str] = {
    "name": N_("Name"),
    "organisation": N_("Organisation"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "job_title": N_("Job title"),
    "note": N_("Note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """What was typed, and where the person comes from."""

    name: str
    organisation: str
    email: str
    phone: str
    job_title: str
    note: str
    source: str
    event: Id | None


class NewContactSheet(Sheet):
    """A short form; says where the record will start.

    Signals: filled(NewContact).
    """

    def __init__(
        self, theme: Theme, vocabulary: Vocabulary, events: Sequence[Event], *, source: str, event: Id | None
    ) -> None:
        super().__init__(theme, title=_("New contact"), width=520)
        self._vocabulary = vocabulary
        self.lines = {key: LineField(theme, name=_(label)) for key, label in _LINES.items()}
        self._fields = {key: Field(theme, _(_LINES[key]), line) for key, line in self.lines.items()}
        for left, right in (("name", "organisation"), ("email", "phone"), ("job_title", "note")):
            row = Row(theme)
            row.add(self._fields[left], 1)
            row.add(self._fields[right], 1)
            self.body.addWidget(row)
        sources = [(key, _(source.label)) for key, source in SOURCES.items()]
        self.source = ChoiceField(theme, sources, name=_("Source"), value=source)
        chosen = "" if event is None else str(event)
        known = [("", _("None")), *((str(each.id), each.name) for each in events)]
        self.event_field = ChoiceField(theme, known, name=_("Event"), value=chosen)
        row = Row(theme)
        row.add(Field(theme, _("Source"), self.source), 1)
        row.add(Field(theme, _("Event"), self.event_field), 1)
        self.body.addWidget(row)
        self.place = PlainLabel(theme, role="text-2", token="small", wrap=True)
        self.body.addWidget(self.place)
        self.source.chosen.connect(self._on_source)
        self._on_source(source)
        self.set_footer(_("Cancel"), _("Add"), icon="plus")

    def value(self) -> NewContact | None:
        """What was typed; one fact is needed."""
        typed = {key: line.text().strip() for key, line in self.lines.items()}
        if not any(typed.values()):
            self._fields["name"].set_error(_("Any one fact is enough: a name, a number, a firm."))
            self.lines["name"].setFocus()
            return None
        event = self.event_field.value
        return NewContact(**typed, source=self.source.value, event=Id(int(event)) if event else None)

    def draft(self) -> Draft:
        """All that was typed."""
        typed = {key: line.text() for key, line in self.lines.items()}
        return {"typed": typed, "source": self.source.value, "event": self.event_field.value}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        for key, text in draft["typed"].items():
            self.lines[key].setText(text)
        self.source.set_value(draft["source"])
        self.event_field.set_value(draft["event"])
        self._on_source(draft["source"])

    def _on_source(self, source: str) -> None:
        self.place.setText(starting_place(self._vocabulary, source))
