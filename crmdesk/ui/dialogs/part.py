"""People and their part in a deal: giving somebody a part, changing it, taking somebody out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.domain.deals import PARTS
from crmdesk.domain.records import Id
from crmdesk.services.deals import Candidate
from crmdesk.ui.choices import MOST_DIGITS, ChoiceList
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.fields import ChoiceField, Field, LineField
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPart:
    """Whom to give a part: somebody on file, or a name; and the part's key, "" for not known yet."""

    person: Id | None
    name: str
    role: str


class PartSheet(Sheet):
    """Which part? One by digit, arrow or mouse; `filled` carries its key.

    Signals: removal_wanted() the person is to be taken out.
    """

    removal_wanted = Signal()

    def __init__(self, theme: Theme, *, name: str, role: str) -> None:
        super().__init__(theme, title=_("Which part has {name}?").format(name=name))
        self.roles = ChoiceList(theme, [(key, _(label)) for key, label in PARTS.items()], name=_("Part"), value=role)
        self.body.addWidget(self.roles)
        self.take_out = Button(theme, _("Take out"), kind=QUIET, icon="close")
        self.take_out.clicked.connect(self.removal_wanted)
        self.set_footer(_("Cancel"), _("Save"), others=[self.take_out])
        self.roles.chosen.connect(self._on_chosen)
        self._on_chosen()

    def first_field(self) -> QWidget:
        """The part they have, else the first."""
        return next((row for row in self.roles.rows if row.isChecked()), self.roles.rows[0])

    def value(self) -> str | None:
        """The chosen part."""
        return self.roles.value or None

    def draft(self) -> Draft:
        """What was chosen."""
        return {"role": self.roles.value}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.roles.set_value(draft["role"])
        self._on_chosen()

    def _on_chosen(self, _value: str = "") -> None:
        assert self.primary is not None
        self.primary.setEnabled(bool(self.roles.value))


class AddPartSheet(Sheet):
    """Who else? Somebody of the same firm by digit, or a name; and their part. `filled` carries a `NewPart`."""

    def __init__(self, theme: Theme, candidates: Sequence[Candidate], *, deal: str) -> None:
        super().__init__(theme, title=_("Who else has a part in {name}?").format(name=deal))
        self.people = ChoiceList(
            theme, [(str(each.person), _who(each)) for each in candidates[:MOST_DIGITS]], name=_("People")
        )
        self.people.setVisible(bool(candidates))
        self.name = LineField(theme, name=_("Name"), placeholder=_("Given name and family name"))
        roles = [("", _("Not known yet")), *((key, _(label)) for key, label in PARTS.items())]
        self.role = ChoiceField(theme, roles, name=_("Their part"))
        self.body.addWidget(self.people)
        self.body.addWidget(Field(theme, _("Somebody else") if candidates else _("Name"), self.name))
        self.body.addWidget(Field(theme, _("Their part"), self.role))
        self.set_footer(_("Cancel"), _("Add"), icon="plus")
        self.people.chosen.connect(self._on_chosen)
        self.name.textChanged.connect(self._on_typed)
        self.name.returnPressed.connect(self.submit)
        self._enable()

    def first_field(self) -> QWidget:
        """The first of the firm, else the name."""
        return self.people.rows[0] if self.people.rows else self.name

    def value(self) -> NewPart | None:
        """Whom, and which part; what is typed stands above who is chosen."""
        name = self.name.text().strip()
        chosen = "" if name else self.people.value
        if not name and not chosen:
            return None
        return NewPart(person=Id(int(chosen)) if chosen else None, name=name, role=self.role.value)

    def draft(self) -> Draft:
        """What was chosen and typed."""
        return {"person": self.people.value, "name": self.name.text(), "role": self.role.value}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.people.set_value(draft["person"])
        self.name.setText(draft["name"])
        self.role.set_value(draft["role"])
        self._enable()

    def _enable(self) -> None:
        assert self.primary is not None
        self.primary.setEnabled(self.value() is not None)

    def _on_chosen(self, _value: str) -> None:
        self.name.clear()
        self._enable()

    def _on_typed(self, _text: str) -> None:
        self._enable()


def _who(candidate: Candidate) -> str:
    return ", ".join(part for part in (candidate.name, candidate.job_title) if part)
