"""The fields of a new opportunity, inside its card in the conversion sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.deals import PARTS, DealStageView
from crmdesk.services.proposing import ConvertChoice
from crmdesk.ui.amount import AmountField
from crmdesk.ui.fields import ChoiceField, DateField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _


class DealFields(QWidget):
    """Name, amount, stage, the person's part, expected close; nothing but the name's blank is ever invented.

    Signals: changed() after every key or choice.
    """

    changed = Signal()

    def __init__(self, theme: Theme, choice: ConvertChoice, typed: Typed, *, stages: Sequence[DealStageView]) -> None:
        super().__init__()
        self.name = LineField(theme, name=_("Name"), text=choice.name)
        self.amount = AmountField(
            theme,
            typed.amount,
            name=_("Amount"),
            currencies=typed.currencies,
            cents=choice.amount_cents,
            currency=choice.currency,
        )
        self.amount.setFixedWidth(theme.px(150))
        self.stage = ChoiceField(
            theme, [(each.key, each.label) for each in stages], name=_("Stage"), value=choice.deal_stage
        )
        roles = [("", _("Not known yet")), *((key, _(text)) for key, text in PARTS.items())]
        self.role = ChoiceField(theme, roles, name=_("Their part"), value=choice.role)
        self.close_day = DateField(
            theme,
            _("Expected close"),
            typed.day,
            placeholder=_("Not known yet"),
            text=choice.expected_close,
            steady=False,
        )
        self.amount_field = Field(theme, _("Amount"), self.amount)
        first, second = Row(theme), Row(theme)
        first.add(Field(theme, _("Name"), self.name), 1)
        first.add(self.amount_field)
        second.add(Field(theme, _("Stage"), self.stage), 1)
        second.add(Field(theme, _("Their part"), self.role), 1)
        second.add(self.close_day, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        column.setSpacing(theme.px(8))
        column.addWidget(first)
        column.addWidget(second)
        self.name.textChanged.connect(self._on_changed)
        for field in (self.stage, self.role):
            field.chosen.connect(self._on_changed)
        self.amount.changed.connect(self._on_changed)
        self.close_day.changed.connect(self._on_changed)

    def valid(self) -> bool:
        """Whether amount and day can be read; what cannot says why."""
        readable = self.amount.valid
        self.amount_field.set_error(self.amount.error)
        return readable and self.close_day.valid

    def into(self, choice: ConvertChoice) -> ConvertChoice:
        """The choice with what the fields say; what cannot be read yet counts as empty."""
        cents, currency = self.amount.amount if self.amount.valid else (None, "")
        return replace(
            choice,
            name=self.name.text().strip(),
            amount_cents=cents,
            currency=currency,
            deal_stage=self.stage.value,
            role=self.role.value,
            expected_close=self.close_day.iso,
        )

    def draft(self) -> dict[str, Any]:
        """All that was typed."""
        return {
            "name": self.name.text(),
            "amount": self.amount.line.text(),
            "currency": self.amount.list.value,
            "stage": self.stage.value,
            "role": self.role.value,
            "close": self.close_day.line.text(),
        }

    def restore(self, draft: dict[str, Any]) -> None:
        """Takes it back."""
        self.name.setText(draft["name"])
        self.amount.line.setText(draft["amount"])
        self.amount.list.set_value(draft["currency"])
        self.stage.set_value(draft["stage"])
        self.role.set_value(draft["role"])
        self.close_day.line.setText(draft["close"])

    def _on_changed(self, _what: str = "") -> None:
        self.changed.emit()
