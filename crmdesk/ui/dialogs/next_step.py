"""Planning what comes next: a few words, a typed day echoed in full, perhaps a promise."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from crmdesk.domain import step_kinds, step_line
from crmdesk.domain.step_line import StepLine
from crmdesk.ui import next_line
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.fields import DateField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _

_KINDS = (("call", "call"), ("mail", "mail"), ("meeting", "meeting"), ("visit", "visit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A next step: `due_on` is an ISO day, `due_time` "09:00" or "", `kind` call, mail, meeting, visit or ""."""

    title: str
    due_on: str
    due_time: str
    kind: str
    promise: bool


class NextStepSheet(Sheet):
    """What comes next with somebody, and when; `filled` carries `Planned`.

    While no day is typed, one at the end of the words counts, as in every line for a next step; and the words say what
    kind of step it is until somebody chooses one.
    """

    def __init__(self, theme: Theme, typed: Typed, *, name: str) -> None:
        super().__init__(theme, title=_("Next step with {name}").format(name=name), width=520)
        self._typed = typed
        self._read = StepLine("")
        self._kind_chosen = False
        texts = {"call": _("Call"), "mail": _("Mail"), "meeting": _("Meeting"), "visit": _("Visit")}
        choices = [Choice(value=key, text=texts[key], icon=icon) for key, icon in _KINDS]
        self.kind = Segmented(theme, choices, name=_("Kind"), value="call")
        self.step = LineField(theme, name=_("What is to be done"))
        self.day = DateField(theme, _("When"), typed.day, placeholder=_("tomorrow, fri, in 2 weeks"))
        self.time = LineField(theme, name=_("Time"), placeholder=_("09:30"))
        self.time.setFixedWidth(theme.px(104))
        self.promise = CheckBox(theme, _("Promised to them"))
        row = Row(theme)
        row.add(self.day, 1)
        row.add(Field(theme, _("Time"), self.time))
        self.body.addWidget(self.kind)
        self.words = Field(theme, _("What is to be done"), self.step, steady=True)
        self.body.addWidget(self.words)
        self.body.addWidget(row)
        self.body.addWidget(self.promise)
        self.set_footer(_("Cancel"), _("Plan"), icon="next_step")
        self.kind.chosen.connect(self._on_kind)
        self.step.textChanged.connect(self._on_changed)
        self.step.returnPressed.connect(self.submit)
        self.day.changed.connect(self._on_changed)
        self._on_changed()

    def first_field(self) -> QWidget:
        """The words."""
        return self.step

    def submit(self) -> None:
        """Says that the day is missing where there is none."""
        if self._read.title and self._read.due_on is None:
            self.words.set_error(next_line.day_missing(self._read))
            return
        super().submit()

    def value(self) -> Planned | None:
        """The step; None without words or a day."""
        if not self._read.title or self._read.due_on is None:
            return None
        return Planned(
            title=next_line.capital(self._read) if not self.day.iso else self._read.title,
            due_on=self._read.due_on.isoformat(),
            due_time=self.time.text().strip() or self._read.due_time,
            kind=self.kind.value,
            promise=self.promise.isChecked(),
        )

    def draft(self) -> Draft:
        """What was chosen and typed."""
        return {
            "step": self.step.text(),
            "day": self.day.line.text(),
            "time": self.time.text(),
            "kind": self.kind.value if self._kind_chosen else "",
            "promise": self.promise.isChecked(),
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.step.setText(draft["step"])
        self.day.line.setText(draft["day"])
        self.time.setText(draft["time"])
        self._kind_chosen = bool(draft["kind"])
        if self._kind_chosen:
            self.kind.set_value(draft["kind"])
        self.promise.setChecked(draft["promise"])

    def _on_kind(self, _kind: str) -> None:
        self._kind_chosen = True

    def _on_changed(self, _text: str = "") -> None:
        title = self.step.text().strip()
        if self.day.line.text().strip():
            self._read = StepLine(title, self.day.day)
            self.words.set_echo("")
        else:
            self._read = step_line.read(title, today=self._typed.today)
            self.words.set_echo(next_line.echo(self._read))
        if not self._kind_chosen:
            self.kind.set_value(step_kinds.kind_of(self._read.title) or "call")
        assert self.primary is not None
        self.primary.setEnabled(bool(self._read.title and self._read.due_on))
