"""A block for a fact that is asked: yes, no, unknown or not applicable, with what the fact asks besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from crmdesk.domain.facts import BASES, BUYING_ROLES, FACTS
from crmdesk.services.qualify import AnswerInput
from crmdesk.ui.amount import AmountField
from crmdesk.ui.dialogs.asking import Asking
from crmdesk.ui.dialogs.block import Block
from crmdesk.ui.fields import ChoiceField, DateField, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.segments import AnswerControl, Choice, Segmented
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _

EXTRA_WIDTH = 150


class AskedBlock(Block):
    """An asked fact. What was answered before stands in it; an answer left as it was is not given again."""

    def __init__(self, theme: Theme, fact: str, asking: Asking, typed: Typed) -> None:
        self._blocks = fact in asking.blocks
        self._typed = typed
        super().__init__(theme, fact)
        before = asking.answers.get(fact)
        name = _(FACTS[fact].label)
        self.control = AnswerControl(theme, name=name, value=before.value if before else "")
        self.basis = Segmented(
            theme,
            [Choice(value=key, text=_(text)) for key, text in BASES.items()],
            name=_("How do we know?"),
            value=before.basis if before and before.value in ("yes", "no") else "",
        )
        self.note = LineField(theme, name=_("Note"), placeholder=_("Note"), text=before.note if before else "")
        self.amount: AmountField | None = None
        self.day: DateField | None = None
        self.list: ChoiceField | None = None
        self.line: LineField | None = None
        row = Row(theme)
        if (extra := self._extra(asking)) is not None:
            extra.setFixedWidth(theme.px(EXTRA_WIDTH))
            row.add(extra)
        row.add(self.basis)
        row.add(self.note, 1)
        self.column.addWidget(self.control)
        self.column.addWidget(row)
        self.column.addWidget(self.sentence)
        self._before = self._given()
        self.control.chosen.connect(self._on_answered)
        self.basis.chosen.connect(self._on_changed)
        self.note.textChanged.connect(self._on_changed)
        self._show()

    @property
    def answered(self) -> bool:
        """Yes, no and not applicable are answers; unknown is a fair one, but says nothing yet."""
        return self.control.value in ("yes", "no", "not_applicable")

    @property
    def met(self) -> bool:
        """Yes, or not applicable."""
        return self.control.value in ("yes", "not_applicable")

    @property
    def open(self) -> bool:
        """No answer is chosen."""
        return not self.control.value

    @property
    def blocking(self) -> bool:
        """A no to a fact that the stage blocks on."""
        return self._blocks and self.control.value == "no"

    def valid(self) -> bool:
        """Whether amount and date can be read."""
        if self.amount is not None and not self.amount.valid:
            self.sentence.say(self.amount.error, "error")
            self.amount.update()
            return False
        return self.day is None or self.day.valid

    def answer(self) -> AnswerInput | None:
        """The answer, if it is another than before."""
        given = self._given()
        return given if given is not None and given != self._before else None

    def draft(self) -> dict[str, Any]:
        """All that was typed."""
        return {
            "value": self.control.value,
            "basis": self.basis.value,
            "note": self.note.text(),
            "amount": self.amount.line.text() if self.amount else "",
            "currency": self.amount.list.value if self.amount else "",
            "day": self.day.line.text() if self.day else "",
            "role": self.list.value if self.list else "",
            "line": self.line.text() if self.line else "",
        }

    def restore(self, draft: dict[str, Any]) -> None:
        """Takes back what was typed."""
        self.control.set_value(draft["value"])
        self.basis.set_value(draft["basis"])
        self.note.setText(draft["note"])
        if self.amount is not None:
            self.amount.line.setText(draft["amount"])
            self.amount.list.set_value(draft["currency"])
        if self.day is not None:
            self.day.line.setText(draft["day"])
        if self.list is not None:
            self.list.set_value(draft["role"])
        if self.line is not None:
            self.line.setText(draft["line"])
        self._show()

    def _extra(self, asking: Asking) -> QWidget | None:
        """What the fact asks besides: an amount, a day, a part in buying, a supplier, the terms."""
        make: Callable[[Asking], QWidget] | None = {
            "amount": self._amount_field,
            "date": self._day_field,
            "role": self._role_field,
            "supplier": self._supplier_field,
        }.get(FACTS[self.fact].extra)
        return make(asking) if make is not None else None

    def _amount_field(self, asking: Asking) -> QWidget:
        before = asking.answers.get(self.fact)
        self.amount = AmountField(
            self.theme,
            self._typed.amount,
            name=_("Amount"),
            currencies=self._typed.currencies,
            cents=before.amount_cents if before else None,
            currency=before.currency if before else "",
        )
        self.amount.changed.connect(self._on_changed)
        return self.amount

    def _day_field(self, asking: Asking) -> QWidget:
        before = asking.answers.get(self.fact)
        text = date.fromisoformat(before.by_date).isoformat() if before and before.by_date else ""
        self.day = DateField(
            self.theme, "", self._read_day, name=_("By when"), placeholder=_("By when"), text=text, steady=False
        )
        self.day.changed.connect(self._on_changed)
        return self.day

    def _read_day(self, text: str) -> date:
        """A deadline that has passed since it was stored is still a day."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self._typed.day(text)

    def _role_field(self, asking: Asking) -> QWidget:
        before = asking.answers.get(self.fact)
        roles = [(key, _(text)) for key, text in BUYING_ROLES.items()]
        self.list = ChoiceField(
            self.theme,
            roles,
            name=_("Buying role"),
            placeholder=_("Buying role"),
            value=before.buying_role if before else "",
        )
        self.list.chosen.connect(self._on_changed)
        return self.list

    def _supplier_field(self, asking: Asking) -> QWidget:
        self.line = LineField(
            self.theme, name=_("Present supplier"), placeholder=_("Present supplier"), text=asking.supplier
        )
        self.line.textChanged.connect(self._on_changed)
        return self.line

    def _given(self) -> AnswerInput | None:
        if not self.control.value:
            return None
        cents, currency = self.amount.amount if self.amount is not None and self.amount.valid else (None, "")
        return AnswerInput(
            fact=self.fact,
            value=self.control.value,
            note=self.note.text().strip(),
            amount_cents=cents,
            currency=currency,
            by_date=self.day.iso if self.day is not None else "",
            buying_role=self.list.value if self.list is not None else "",
            basis=self.basis.value or "said",
            supplier=self.line.text().strip() if self.line is not None else "",
        )

    def _show(self) -> None:
        self.say_state()
        hints = {
            "unknown": _("“Unknown” is a fair answer. The move then needs a reason."),
            "no": _("“No” is an answer too. The move then needs a reason."),
        }
        self.sentence.say(hints.get(self.control.value, ""), "hint")

    def _on_answered(self, value: str) -> None:
        if value in ("yes", "no") and not self.basis.value:
            self.basis.set_value("said")
        self._on_changed()

    def _on_changed(self, _what: str = "") -> None:
        self._show()
        self.changed.emit()
