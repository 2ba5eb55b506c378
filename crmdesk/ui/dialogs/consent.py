"""Recording what was agreed: for which address or number, for what, and how it is proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from crmdesk.domain.consent import PURPOSES, STATES
from crmdesk.domain.records import Id
from crmdesk.ui.choices import ChoiceList
from crmdesk.ui.fields import ChoiceField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An entry: the channel, the purpose and the state, what they were asked, and how it is proved."""

    point: Id
    purpose: str
    state: str
    wording: str
    evidence: str


class ConsentSheet(Sheet):
    """What did they agree to? `points` are (id, address or number), at least one; `filled` carries `Agreed`."""

    def __init__(self, theme: Theme, points: Sequence[tuple[Id, str]], *, name: str, point: Id | None = None) -> None:
        super().__init__(theme, title=_("What did {name} agree to?").format(name=name), width=520)
        self._points = {str(key): key for key, _value in points}
        chosen = str(point) if point is not None else str(points[0][0])
        self.point = ChoiceField(
            theme, [(str(key), value) for key, value in points], name=_("Address or number"), value=chosen
        )
        purposes = [(key, _(text)) for key, text in PURPOSES.items()]
        self.purpose = ChoiceField(theme, purposes, name=_("For"), value="offers")
        self.state = ChoiceList(theme, [(key, _(text)) for key, text in STATES.items()], name=_("State"))
        self.asked = LineField(theme, name=_("What they were asked"))
        self.proof = LineField(theme, name=_("How it is proved"))
        row = Row(theme)
        row.add(Field(theme, _("Address or number"), self.point), 1)
        row.add(Field(theme, _("For"), self.purpose))
        self.body.addWidget(row)
        self.body.addWidget(self.state)
        self.body.addWidget(Field(theme, _("What they were asked"), self.asked))
        self.body.addWidget(Field(theme, _("How it is proved"), self.proof))
        self.set_footer(_("Cancel"), _("Record"), icon="given")
        self.state.chosen.connect(self._on_chosen)
        self._on_chosen()

    def first_field(self) -> QWidget:
        """The first state."""
        return self.state.rows[0]

    def value(self) -> Agreed | None:
        """The entry; None while no state is chosen."""
        if not self.state.value:
            return None
        return Agreed(
            point=self._points[self.point.value],
            purpose=self.purpose.value,
            state=self.state.value,
            wording=self.asked.text().strip(),
            evidence=self.proof.text().strip(),
        )

    def draft(self) -> Draft:
        """What was chosen and typed."""
        return {
            "point": self.point.value,
            "purpose": self.purpose.value,
            "state": self.state.value,
            "asked": self.asked.text(),
            "proof": self.proof.text(),
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back; a channel that is gone is not chosen."""
        if draft["point"] in self._points:
            self.point.set_value(draft["point"])
        self.purpose.set_value(draft["purpose"])
        self.state.set_value(draft["state"])
        self.asked.setText(draft["asked"])
        self.proof.setText(draft["proof"])
        self._on_chosen()

    def _on_chosen(self, _value: str = "") -> None:
        assert self.primary is not None
        self.primary.setEnabled(bool(self.state.value))
