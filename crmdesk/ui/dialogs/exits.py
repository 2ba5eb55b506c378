"""Leaving the path: until when a card is parked, and why it is not a fit or was lost. Nothing is deleted by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crmdesk.ui.choices import ChoiceList
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.fields import DateField, Field, LineField
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Exit:
    """Why a card leaves: a reason's key, and a note."""

    reason: str
    note: str


class ParkSheet(Sheet):
    """Until when? A day typed in words; `filled` carries it as ISO text."""

    def __init__(self, theme: Theme, typed: Typed, *, name: str, count: int = 1) -> None:
        if count == 1:
            title = _("Park {name} until?").format(name=name)
        else:
            title = ngettext("Park {count} card until?", "Park {count} cards until?", count).format(count=count)
        super().__init__(theme, title=title)
        self.day = DateField(theme, "", typed.day, name=_("Until"), placeholder=_("january, 3.12., in 2 weeks"))
        self.body.addWidget(self.day)
        self.set_footer(_("Put back"), _("Park"), back_icon="undo", icon="not_now")
        self.day.changed.connect(self._on_changed)
        self.day.line.returnPressed.connect(self.submit)
        self._on_changed()

    def first_field(self) -> QWidget:
        """The day."""
        return self.day.line

    def value(self) -> str | None:
        """The day as ISO text."""
        return self.day.iso or None

    def draft(self) -> Draft:
        """What was typed."""
        return {"day": self.day.line.text()}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.day.line.setText(draft["day"])

    def _on_changed(self) -> None:
        assert self.primary is not None
        self.primary.setEnabled(bool(self.day.iso))


class ReasonSheet(Sheet):
    """Why? One of the workspace's reasons by digit, arrow or mouse, and a note; `filled` carries an `Exit`.

    Signals: list_wanted() the list itself is to be edited.
    """

    list_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        reasons: Sequence[tuple[str, str]],
        *,
        title: str,
        button: str,
        icon: str,
        reason: str = "",
    ) -> None:
        super().__init__(theme, title=title)
        self.reasons = ChoiceList(theme, reasons, name=_("Reason"), value=reason)
        self.line = LineField(theme, name=_("Note"))
        self.edit_list = Button(theme, _("Edit the list…"), kind=QUIET, icon="edit")
        self.body.addWidget(self.reasons)
        self.body.addWidget(self.edit_list, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Field(theme, _("Note"), self.line))
        self.edit_list.clicked.connect(self.list_wanted)
        self.set_footer(_("Put back"), button, back_icon="undo", icon=icon)
        self.reasons.chosen.connect(self._on_chosen)
        self._on_chosen()

    def first_field(self) -> QWidget:
        """The chosen reason, else the first."""
        return next((row for row in self.reasons.rows if row.isChecked()), self.reasons.rows[0])

    def value(self) -> Exit | None:
        """The reason and the note."""
        return Exit(self.reasons.value, self.line.text().strip()) if self.reasons.value else None

    def draft(self) -> Draft:
        """What was chosen and typed."""
        return {"reason": self.reasons.value, "note": self.line.text()}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.reasons.set_value(draft["reason"])
        self.line.setText(draft["note"])
        self._on_chosen()

    def _on_chosen(self, _value: str = "") -> None:
        assert self.primary is not None
        self.primary.setEnabled(bool(self.reasons.value))


def not_a_fit_sheet(
    theme: Theme, reasons: Sequence[tuple[str, str]], *, name: str, count: int = 1, reason: str = ""
) -> ReasonSheet:
    """Asks why somebody is not a fit; `reason` is the one that an answer suggests."""
    if count == 1:
        title = _("Why is {name} not a fit?").format(name=name)
    else:
        title = ngettext("Why is {count} card not a fit?", "Why are {count} cards not a fit?", count).format(
            count=count
        )
    return ReasonSheet(theme, reasons, title=title, button=_("Not a fit"), icon="not_a_fit", reason=reason)


def lost_sheet(theme: Theme, reasons: Sequence[tuple[str, str]], *, name: str, count: int = 1) -> ReasonSheet:
    """Asks why an opportunity was lost."""
    if count == 1:
        title = _("Why was {name} lost?").format(name=name)
    else:
        title = ngettext("Why was {count} card lost?", "Why were {count} cards lost?", count).format(count=count)
    return ReasonSheet(theme, reasons, title=title, button=_("Lost"), icon="lost")
