"""Logging what happened: kind, who turned to whom, when, and a note."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from crmdesk.domain.activity_kinds import DEPTHS, DIRECTIONS, KINDS
from crmdesk.ui.fields import ChoiceField, DateField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _

_TWO_WAY = ("meeting", "stand_talk")
_WITHOUT_DIRECTION = ("note", "purchase")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An activity as it is logged; `at` is an ISO day or "" for now, `depth` belongs to a stand talk."""

    kind: str
    direction: str
    subject: str
    note: str
    at: str
    depth: str


class LogSheet(Sheet):
    """What happened with somebody; `filled` carries `Logged`."""

    def __init__(self, theme: Theme, typed: Typed, *, name: str, kind: str = "call") -> None:
        super().__init__(theme, title=_("What happened with {name}?").format(name=name), width=520)
        kinds = [(key, _(text)) for key, text in KINDS.items() if key != "purchase"]
        self.kind = ChoiceField(theme, kinds, name=_("What happened"), value=kind)
        self.direction = Segmented(
            theme,
            [Choice(value=key, text=_(text)) for key, text in DIRECTIONS.items()],
            name=_("Who"),
            value="out",
        )
        self.talk = Segmented(
            theme, [Choice(value=key, text=_(text)) for key, text in DEPTHS.items()], name=_("How deep"), value="short"
        )
        self.subject = LineField(theme, name=_("In a few words"))
        self.line = LineField(theme, name=_("Note"))
        self.day = DateField(theme, _("When"), typed.past_day, placeholder=_("Today"))
        first, second = Row(theme), Row(theme)
        first.add(Field(theme, _("What"), self.kind), 1)
        first.add(self.day, 1)
        second.add(self.direction)
        second.add(self.talk)
        second.box.addStretch(1)
        self.body.addWidget(first)
        self.body.addWidget(second)
        self.body.addWidget(Field(theme, _("In a few words"), self.subject))
        self.body.addWidget(Field(theme, _("Note"), self.line))
        self.set_footer(_("Cancel"), _("Log"), icon="note")
        self.kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind()

    def first_field(self) -> QWidget:
        """What happened, in a few words: who types at once types there."""
        return self.subject

    def value(self) -> Logged | None:
        """What happened; None while the day cannot be read."""
        if not self.day.valid:
            return None
        kind = self.kind.value
        direction = "both" if kind in _TWO_WAY else "" if kind in _WITHOUT_DIRECTION else self.direction.value
        return Logged(
            kind=kind,
            direction=direction,
            subject=self.subject.text().strip(),
            note=self.line.text().strip(),
            at=self.day.iso,
            depth=self.talk.value if kind == "stand_talk" else "",
        )

    def draft(self) -> Draft:
        """What was chosen and typed."""
        return {
            "kind": self.kind.value,
            "direction": self.direction.value,
            "depth": self.talk.value,
            "subject": self.subject.text(),
            "note": self.line.text(),
            "day": self.day.line.text(),
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.kind.set_value(draft["kind"])
        self.direction.set_value(draft["direction"])
        self.talk.set_value(draft["depth"])
        self.subject.setText(draft["subject"])
        self.line.setText(draft["note"])
        self.day.line.setText(draft["day"])

    def _on_kind(self, _row: int = 0) -> None:
        kind = self.kind.value
        self.talk.setVisible(kind == "stand_talk")
        self.direction.setVisible(kind not in (*_TWO_WAY, *_WITHOUT_DIRECTION))
