"""Adding a channel: an e-mail, a phone, an address, a handle or a web site."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from crmdesk.domain.points import KINDS
from crmdesk.ui.dialogs.wording import POINT_WORDS
from crmdesk.ui.fields import ChoiceField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.words import N_, _

LABELS: dict[str, str] = {"work": N_("Work"), "mobile": N_("Mobile"), "home": N_("Home")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPoint:
    """A channel as it is added; `label` is work, mobile, home or ""."""

    kind: str
    value: str
    label: str


class PointSheet(Sheet):
    """How else can somebody be reached? `filled` carries `NewPoint`."""

    def __init__(self, theme: Theme, *, name: str, kind: str = "email") -> None:
        super().__init__(theme, title=_("Add a channel of {name}").format(name=name), width=640)
        choices = [Choice(value=key, text=_(POINT_WORDS[key]), icon=key) for key in KINDS]
        self.kind = Segmented(theme, choices, name=_("Kind of channel"), value=kind)
        self.address = LineField(theme, name=_("Address or number"))
        self.address_field = Field(theme, _("Address or number"), self.address)
        labels = [("", _("None")), *((key, _(text)) for key, text in LABELS.items())]
        self.label = ChoiceField(theme, labels, name=_("Label"), value="")
        self.label.setFixedWidth(theme.px(120))
        row = Row(theme)
        row.add(self.address_field, 1)
        row.add(Field(theme, _("Label"), self.label))
        self.body.addWidget(self.kind)
        self.body.addWidget(row)
        self.set_footer(_("Cancel"), _("Add"), icon="plus")
        self.address.textChanged.connect(self._on_changed)
        self._on_changed()

    def first_field(self) -> QWidget:
        """The address."""
        return self.address

    def value(self) -> NewPoint | None:
        """The channel; None while it is empty. Whether it can be one is said by who saves it, in `refuse`."""
        value = self.address.text().strip()
        return NewPoint(kind=self.kind.value, value=value, label=self.label.value) if value else None

    def draft(self) -> Draft:
        """What was chosen and typed."""
        return {"kind": self.kind.value, "value": self.address.text(), "label": self.label.value}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.kind.set_value(draft["kind"])
        self.address.setText(draft["value"])
        self.label.set_value(draft["label"])

    def refuse(self, what: str, remedy: str = "") -> None:
        """What stands against the address is said below it."""
        self.address_field.set_error(f"{what} {remedy}".strip())
        self.lay_out()

    def _on_changed(self, _text: str = "") -> None:
        self.address_field.set_error("")
        assert self.primary is not None
        self.primary.setEnabled(bool(self.address.text().strip()))
