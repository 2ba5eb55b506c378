"""A block for a fact that cannot be ticked: it offers to record the real evidence, by the remedy of the fact."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.domain.activity_kinds import DIRECTIONS, KINDS
from crmdesk.domain.consent import PURPOSES
from crmdesk.domain.consent import STATES as CONSENTS
from crmdesk.domain.facts import FACTS
from crmdesk.domain.points import KINDS as POINT_KINDS
from crmdesk.services.evidence import EvidenceInput
from crmdesk.ui.amount import AmountField
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.dialogs.asking import Asking
from crmdesk.ui.dialogs.block import Block
from crmdesk.ui.dialogs.wording import POINT_WORDS
from crmdesk.ui.fields import ChoiceField, DateField, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import N_, _

FIRST_WIDTH = 150
# fact → which activities show it, likeliest first, and who did it
_SHOWN_BY: dict[str, tuple[tuple[str, ...], str]] = {
    "interest": (("stand_talk", "visit", "webinar", "form", "download", "social", "mail", "call"), "in"),
    "engaged": (("quote_request", "demo_request", "visit_request", "mail", "call", "meeting", "visit"), "in"),
    "details_given": (("card", "form", "call"), "in"),
    "dialogue": (("meeting", "call", "stand_talk", "visit", "mail"), "both"),
    "pursued": (("call", "mail", "meeting", "visit"), "out"),
}
_INTRODUCTIONS: dict[str, str] = {
    "activity": N_("It counts when it is in the timeline. Log what happened:"),
    "point": N_("Add a channel that works:"),
    "consent": N_("Record what they agreed to:"),
    "owner": N_("It counts once somebody owns the record and has made contact:"),
    "score": N_("Pass it by hand; the reason stays on show:"),
    "name": N_("Write down the name:"),
    "purchase": N_("Record what they bought earlier:"),
}


class DerivedBlock(Block):
    """A derived fact. It is met by what gets recorded; whether that is enough is weighed when it is saved."""

    def __init__(self, theme: Theme, fact: str, asking: Asking, typed: Typed) -> None:
        super().__init__(theme, fact)
        self._asking, self._typed = asking, typed
        self.remedy = FACTS[fact].remedy
        self.texts: dict[str, QLineEdit] = {}
        self.lists: dict[str, ChoiceField] = {}
        self.segments: dict[str, Segmented] = {}
        self.day: DateField | None = None
        self.amount: AmountField | None = None
        self.own: CheckBox | None = None
        self.column.addWidget(self.sentence)
        self._introduce()
        build = {
            "activity": self._build_activity,
            "point": self._build_point,
            "consent": self._build_consent,
            "owner": self._build_owner,
            "score": self._build_score,
            "name": self._build_name,
            "purchase": self._build_purchase,
        }[self.remedy]
        build()
        self.say_state()

    @property
    def answered(self) -> bool:
        """Something is recorded, or nothing is."""
        return self.met

    @property
    def met(self) -> bool:
        """Whether what has to be recorded is filled in."""
        text = {name: line.text().strip() for name, line in self.texts.items()}
        kind = self.lists["kind"].value if "kind" in self.lists else ""
        return {
            "activity": bool(kind),
            "point": bool(text.get("value")),
            "consent": bool(self.lists.get("point") and self.lists["point"].value and self.segments["state"].value),
            "owner": bool(kind) if self._asking.owned else self.own is not None and self.own.isChecked(),
            "score": bool(text.get("note")),
            "name": bool(text.get("given") or text.get("family")),
            "purchase": bool(text.get("note")) or bool(self.amount and self.amount.line.text().strip()),
        }[self.remedy]

    def valid(self) -> bool:
        """Whether day and amount can be read."""
        if self.amount is not None and not self.amount.valid:
            self.sentence.say(self.amount.error, "error")
            return False
        return self.day is None or self.day.valid

    def evidence(self) -> EvidenceInput | None:
        """What to record."""
        if not self.met:
            return None
        text = {name: line.text().strip() for name, line in self.texts.items()}
        cents, currency = self.amount.amount if self.amount is not None and self.amount.valid else (None, "")
        chosen = self.lists["point"].value if "point" in self.lists else ""
        point = next((key for key, _value in self._asking.points if str(key) == chosen), None)
        return EvidenceInput(
            fact=self.fact,
            kind=self._kind(),
            direction=self.segments["direction"].value if "direction" in self.segments else "",
            note=text.get("note", ""),
            at=self.day.iso if self.day is not None else "",
            value=text.get("value", ""),
            point=point,
            purpose=self.lists["purpose"].value if "purpose" in self.lists else "offers",
            state=self.segments["state"].value if "state" in self.segments else "given",
            given=text.get("given", ""),
            family=text.get("family", ""),
            amount_cents=cents,
            currency=currency,
        )

    def draft(self) -> dict[str, Any]:
        """All that was typed and chosen."""
        return {
            "texts": {name: line.text() for name, line in self.texts.items()},
            "lists": {name: field.value for name, field in self.lists.items()},
            "segments": {name: control.value for name, control in self.segments.items()},
            "day": self.day.line.text() if self.day else "",
            "amount": self.amount.line.text() if self.amount else "",
            "currency": self.amount.list.value if self.amount else "",
            "own": bool(self.own and self.own.isChecked()),
        }

    def restore(self, draft: dict[str, Any]) -> None:
        """Takes it back."""
        for name, text in draft["texts"].items():
            self.texts[name].setText(text)
        for name, value in draft["lists"].items():
            self.lists[name].set_value(value)
        for name, value in draft["segments"].items():
            self.segments[name].set_value(value)
        if self.day is not None:
            self.day.line.setText(draft["day"])
        if self.amount is not None:
            self.amount.line.setText(draft["amount"])
            self.amount.list.set_value(draft.get("currency", self.amount.list.value))
        if self.own is not None:
            self.own.setChecked(draft["own"])
        self.say_state()

    def say_state(self) -> None:
        """Not met yet, or what will be recorded."""
        if self.met:
            self.mark.say(_("will be recorded"), icon="answered", role="good")
        else:
            self.mark.say(_("not met"), icon="unknown", role="text-2")

    def _introduce(self) -> None:
        self.sentence.say(_(_INTRODUCTIONS[self.remedy]), "hint")

    def _kind(self) -> str:
        if "kind" in self.lists:
            return self.lists["kind"].value
        return self.segments["kind"].value if "kind" in self.segments else ""

    # One builder for each remedy

    def _build_activity(self) -> None:
        kinds, direction = _SHOWN_BY[self.fact]
        self._rows(
            [self._list("kind", [(key, _(KINDS[key])) for key in kinds], _("What happened"))],
            self._segmented("direction", [(key, _(text)) for key, text in DIRECTIONS.items()], _("Who"), direction),
        )
        self._rows([self._day()], self._text("note", _("Note")))

    def _build_point(self) -> None:
        kinds = [(key, _(POINT_WORDS[key])) for key in POINT_KINDS]
        self._add(self._segmented("kind", kinds, _("Kind of channel"), "email"))
        self._add(self._text("value", _("Address or number")))

    def _build_consent(self) -> None:
        points = [(str(key), value) for key, value in self._asking.points]
        if not points:
            self.sentence.say(_("There is no address or number to record consent for. Add a channel first."), "hint")
            return
        first = self._list("point", points, _("Channel"), points[0][0])
        second = self._list("purpose", [(key, _(text)) for key, text in PURPOSES.items()], _("For"), "offers")
        row = Row(self.theme)
        row.add(first, 1)
        row.add(second)
        self._add(row)
        states = [(key, _(CONSENTS[key])) for key in ("given", "legitimate_interest")]
        last = Row(self.theme)
        last.add(self._segmented("state", states, _("What they agreed to"), ""))
        last.add(self._text("note", _("How it is proved")), 1)
        self._add(last)

    def _build_owner(self) -> None:
        if not self._asking.owned:
            name = self._asking.me
            text = _("{name} takes this over").format(name=name) if name else _("I take this over")
            self.own = CheckBox(self.theme, text)
            self.own.toggled.connect(self._on_toggled)
            self._add(self.own)
        kinds, direction = _SHOWN_BY["pursued"]
        self._rows(
            [self._list("kind", [(key, _(KINDS[key])) for key in kinds], _("Contacted by"))],
            self._segmented("direction", [(key, _(DIRECTIONS[key])) for key in ("out", "both")], _("Who"), direction),
        )
        self._rows([self._day()], self._text("note", _("Note")))

    def _build_score(self) -> None:
        self._add(self._text("note", _("Why the score is passed by hand")))

    def _build_name(self) -> None:
        if not self._asking.has_person:
            self.sentence.say(_("Nobody is on file yet. Add a person or an organisation first."), "hint")
            return
        row = Row(self.theme)
        row.add(self._text("given", _("Given name"), self._asking.given), 1)
        row.add(self._text("family", _("Family name"), self._asking.family), 1)
        self._add(row)

    def _build_purchase(self) -> None:
        self.amount = AmountField(self.theme, self._typed.amount, name=_("Amount"), currencies=self._typed.currencies)
        self.amount.changed.connect(self._on_changed)
        self._rows([self.amount], self._text("note", _("What was bought")))

    # Parts

    def _rows(self, first: list[QWidget], rest: QWidget) -> None:
        row = Row(self.theme)
        for part in first:
            part.setFixedWidth(self.theme.px(FIRST_WIDTH))
            row.add(part)
        row.add(rest, 1 if isinstance(rest, QLineEdit) else 0)
        if not isinstance(rest, QLineEdit):
            row.box.addStretch(1)
        self._add(row)

    def _add(self, part: QWidget) -> None:
        self.column.addWidget(part)

    def _text(self, name: str, words: str, text: str = "") -> QLineEdit:
        line = LineField(self.theme, name=words, placeholder=words, text=text)
        line.textChanged.connect(self._on_changed)
        self.texts[name] = line
        return line

    def _list(self, name: str, choices: list[tuple[str, str]], words: str, value: str = "") -> ChoiceField:
        field = ChoiceField(self.theme, choices, name=words, placeholder=words, value=value)
        field.chosen.connect(self._on_changed)
        self.lists[name] = field
        return field

    def _segmented(self, name: str, choices: list[tuple[str, str]], words: str, value: str) -> Segmented:
        control = Segmented(
            self.theme, [Choice(value=key, text=text) for key, text in choices], name=words, value=value
        )
        control.chosen.connect(self._on_changed)
        self.segments[name] = control
        return control

    def _day(self) -> DateField:
        self.day = DateField(self.theme, "", self._typed.past_day, name=_("Day"), placeholder=_("Today"), steady=False)
        self.day.changed.connect(self._on_day)
        return self.day

    def _on_changed(self, _what: str = "") -> None:
        self.say_state()
        self._introduce()
        self.changed.emit()

    def _on_toggled(self, _checked: bool) -> None:
        self._on_changed()

    def _on_day(self) -> None:
        self._on_changed()
