"""Editing a deal: what it is called and worth, how probable it is, when it closes, supplier, terms, contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from crmdesk.domain.deals import HAND, DealStageView
from crmdesk.domain.records import Opportunity
from crmdesk.ui.amount import AmountField
from crmdesk.ui.dialogs.list_sheet import percent_of
from crmdesk.ui.fields import ChoiceField, DateField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import N_, _

FACTS: dict[str, str] = {"supplier": N_("Present supplier"), "terms": N_("Payment terms"), "contract": N_("Contract")}


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEdit:
    """All that the sheet says of a deal. No amount and no probability are None: the latter follows the stage then."""

    name: str
    amount_cents: int | None
    currency: str
    deal_stage: str
    probability: int | None
    expected_close: str
    supplier: str
    terms: str
    contract: str


class DealSheet(Sheet):
    """A deal's own fields; `filled` carries a `DealEdit`. It opens at the field that was asked for."""

    def __init__(
        self, theme: Theme, deal: Opportunity, stages: Sequence[DealStageView], typed: Typed, *, at: str = ""
    ) -> None:
        super().__init__(theme, title=_("Edit {name}").format(name=deal.name or deal.ref), width=560)
        self._stages = {each.key: each for each in stages}
        self._typed, self._closes = typed, deal.expected_close
        self.name = LineField(theme, name=_("Name"), text=deal.name)
        self.stage = ChoiceField(
            theme, [(each.key, each.label) for each in stages], name=_("Stage"), value=deal.deal_stage
        )
        self.amount = AmountField(
            theme, typed.amount, name=_("Amount"), currencies=typed.currencies, cents=deal.amount_cents,
            currency=deal.currency,
        )  # fmt: skip
        by_hand = deal.probability if deal.probability_from == HAND else None
        self.probability = LineField(theme, name=_("Probability"), text="" if by_hand is None else str(by_hand))
        self.close_day = DateField(
            theme, _("Expected close"), self._day, placeholder=_("Not known yet"), text=deal.expected_close
        )
        self.facts = {key: LineField(theme, name=_(label), text=getattr(deal, key)) for key, label in FACTS.items()}
        self._told = {key: (line.text(), getattr(deal, key)) for key, line in self.facts.items()}
        self.amount_field = Field(theme, _("Amount"), self.amount)
        self.probability_field = Field(theme, _("Probability"), self.probability)
        self._first = {
            "name": self.name, "deal_stage": self.stage, "amount": self.amount.line, "probability": self.probability,
            "expected_close": self.close_day.line, **self.facts,
        }.get(at, self.name)  # fmt: skip
        self._build(theme)
        self._connect()
        self.set_footer(_("Cancel"), _("Save"))
        self._on_changed()

    def first_field(self) -> QWidget:
        """The field that was asked for, else the name."""
        return self._first

    def value(self) -> DealEdit | None:
        """What the fields say; None while one of them cannot be read."""
        if not self._valid():
            return None
        cents, currency = self.amount.amount
        return DealEdit(
            name=self.name.text().strip(),
            amount_cents=cents,
            currency=currency,
            deal_stage=self.stage.value,
            probability=percent_of(self.probability.text()),
            expected_close=self.close_day.iso,
            **{key: self._fact(key) for key in self.facts},
        )

    def draft(self) -> Draft:
        """All that was typed."""
        return {
            "name": self.name.text(),
            "stage": self.stage.value,
            "amount": self.amount.line.text(),
            "currency": self.amount.list.value,
            "probability": self.probability.text(),
            "close": self.close_day.line.text(),
            **{key: line.text() for key, line in self.facts.items()},
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.name.setText(draft["name"])
        self.stage.set_value(draft["stage"])
        self.amount.line.setText(draft["amount"])
        self.amount.list.set_value(draft["currency"])
        self.probability.setText(draft["probability"])
        self.close_day.line.setText(draft["close"])
        for key, line in self.facts.items():
            line.setText(draft[key])

    def _build(self, theme: Theme) -> None:
        self.body.addWidget(Field(theme, _("Name"), self.name))
        for pair in (
            (Field(theme, _("Stage"), self.stage), self.amount_field),
            (self.probability_field, self.close_day),
        ):
            row = Row(theme)
            for field in pair:
                row.add(field, 1)
            self.body.addWidget(row)
        for key, label in FACTS.items():
            self.body.addWidget(Field(theme, _(label), self.facts[key]))

    def _connect(self) -> None:
        self.stage.chosen.connect(self._on_changed)
        self.probability.textChanged.connect(self._on_changed)
        self.amount.changed.connect(self._on_changed)
        self.close_day.changed.connect(self._on_changed)
        for line in (self.name, self.probability, self.close_day.line, *self.facts.values()):
            line.returnPressed.connect(self.submit)

    def _day(self, text: str) -> date:
        """A day to come; the one that stands there may have passed meanwhile."""
        return date.fromisoformat(text) if text and text == self._closes else self._typed.day(text)

    def _fact(self, key: str) -> str:
        """What the line says; what was told in several lines stays so until it is changed."""
        shown, told = self._told[key]
        text = self.facts[key].text()
        return told if text == shown else text.strip()

    def _valid(self) -> bool:
        typed = self.probability.text().strip()
        return self.amount.valid and self.close_day.valid and (not typed or percent_of(typed) is not None)

    def _on_changed(self, _what: str = "") -> None:
        """The probability says where it comes from; what cannot be read says why."""
        typed = self.probability.text().strip()
        stage = self._stages.get(self.stage.value)
        default = stage.probability if stage else None
        self.probability.setPlaceholderText("" if default is None else str(default))
        if not typed:
            self.probability_field.set_echo(probability_text(default, by_hand=False))
        elif (percent := percent_of(typed)) is None:
            self.probability_field.set_error(_("A probability is a whole number from 0 to 100."))
        else:
            self.probability_field.set_echo(probability_text(percent, by_hand=True))
        readable = self.amount.valid
        self.amount_field.set_error(self.amount.error)
        assert self.primary is not None
        self.primary.setEnabled(readable and self._valid())


def probability_text(percent: int | None, *, by_hand: bool) -> str:
    """A probability with where it comes from: "40 %, by hand"; "" without one."""
    if percent is None:
        return ""
    pattern = _("{percent} %, by hand") if by_hand else _("{percent} %, stage default")
    return pattern.format(percent=percent)
