"""Editing the parts of a person's name."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from crmdesk.domain import names
from crmdesk.domain.records import Person
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.fields import Field, LineField, Sentence
from crmdesk.ui.flow import Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.words import N_, _

_LINES: tuple[tuple[tuple[str, str], ...], ...] = (
    (("prefix", N_("Title")), ("given", N_("Given name"))),
    (("middle", N_("Middle name")), ("family", N_("Family name"))),
    (("suffix", N_("Suffix")), ("nickname", N_("Nickname"))),
)


class RenameSheet(Sheet):
    """Parts of a name, shown below as it will be read; `filled` carries the changed `Person`."""

    def __init__(self, theme: Theme, person: Person) -> None:
        title = _("Edit the name of {name}").format(name=names.display(person) or person.ref)
        super().__init__(theme, title=title, width=520)
        self._person = person
        self.lines: dict[str, LineField] = {}
        for pair in _LINES:
            row = Row(theme)
            for part, label in pair:
                line = LineField(theme, name=_(label), text=getattr(person, part))
                line.textChanged.connect(self._on_changed)
                self.lines[part] = line
                row.add(Field(theme, _(label), line), 1)
            self.body.addWidget(row)
        self.family_first = CheckBox(theme, _("Family name first"))
        self.family_first.setChecked(bool(person.family_first))
        self.family_first.toggled.connect(self._on_toggled)
        self.echo = Sentence(theme)
        self.body.addWidget(self.family_first)
        self.body.addWidget(self.echo)
        self.set_footer(_("Cancel"), _("Save"))
        self._on_changed()

    def first_field(self) -> QWidget:
        """The given name."""
        return self.lines["given"]

    def value(self) -> Person:
        """The person with the parts as they are typed."""
        parts = {part: line.text().strip() for part, line in self.lines.items()}
        return replace(self._person, **parts, family_first=int(self.family_first.isChecked()))  # type: ignore[arg-type]

    def draft(self) -> Draft:
        """What was typed."""
        typed = {part: line.text() for part, line in self.lines.items()}
        return {"parts": typed, "family_first": self.family_first.isChecked()}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        for part, text in draft["parts"].items():
            self.lines[part].setText(text)
        self.family_first.setChecked(draft["family_first"])

    def _on_changed(self, _text: str = "") -> None:
        self.echo.say(names.display(self.value()), "echo")
        assert self.primary is not None
        self.primary.setEnabled(self.value() != self._person)

    def _on_toggled(self, _on: bool) -> None:
        self._on_changed()
