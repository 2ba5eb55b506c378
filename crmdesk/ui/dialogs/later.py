"""Later: a step is put off until a typed day, and perhaps to a time of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from crmdesk.ui.fields import DateField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _


@dataclass(frozen=True, slots=True)
class Later:
    """The new day as ISO text, and the time as it was typed or ""."""

    due_on: str
    due_time: str


class LaterSheet(Sheet):
    """When instead? `filled` carries `Later`."""

    def __init__(self, theme: Theme, typed: Typed, *, title: str) -> None:
        super().__init__(theme, title=_("Put off “{title}” until?").format(title=title))
        self.day = DateField(theme, _("When"), typed.day, placeholder=_("tomorrow, fri, in 2 weeks"))
        self.time = LineField(theme, name=_("Time"), placeholder=_("09:30"))
        self.time.setFixedWidth(theme.px(104))
        row = Row(theme)
        row.add(self.day, 1)
        row.add(Field(theme, _("Time"), self.time))
        self.body.addWidget(row)
        self.set_footer(_("Cancel"), _("Put off"), icon="timeline")
        self.day.changed.connect(self._on_changed)
        self.day.line.returnPressed.connect(self.submit)
        self.time.returnPressed.connect(self.submit)
        self._on_changed()

    def first_field(self) -> QWidget:
        """The day."""
        return self.day.line

    def value(self) -> Later | None:
        """The day and the time; None without a day."""
        return Later(self.day.iso, self.time.text().strip()) if self.day.iso else None

    def draft(self) -> Draft:
        """What was typed."""
        return {"day": self.day.line.text(), "time": self.time.text()}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.day.line.setText(draft["day"])
        self.time.setText(draft["time"])

    def _on_changed(self) -> None:
        assert self.primary is not None
        self.primary.setEnabled(bool(self.day.iso))
