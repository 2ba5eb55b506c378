"""The workspace's own settings: its name, country and currency, and who uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.services.team import MemberInput
from crmdesk.ui.choices import ChoiceRow
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.fields import ChoiceField, Field, LineField, Sentence
from crmdesk.ui.flow import Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _, initials_of

INITIALS_WIDE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceEdit:
    """The settings as they are to be; country and currency are codes, "" where none is chosen."""

    name: str
    country: str
    currency: str
    members: tuple[MemberInput, ...]


class MemberRow(QWidget):
    """One of the team: name, initials, and the mark that says that this is me.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, theme: Theme, member: MemberInput, *, marks: QButtonGroup) -> None:
        super().__init__()
        self._member = member
        self.name = LineField(theme, name=_("Name"), text=member.name)
        self.initials = LineField(theme, name=_("Initials"), text=member.initials, placeholder=initials_of(member.name))
        self.initials.setMaxLength(3)
        self.initials.setFixedWidth(theme.px(INITIALS_WIDE))
        self.me = ChoiceRow(theme, "me", _("This is me"), digit="")
        self.me.setChecked(member.me)
        marks.addButton(self.me)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.name, 1)
        row.addWidget(self.initials)
        row.addWidget(self.me)
        self.me.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name.textEdited.connect(self._on_name)
        self.initials.textEdited.connect(self._on_edited)
        self._say_name()

    @property
    def now(self) -> MemberInput:
        """The person as typed."""
        return MemberInput(
            member=self._member.member,
            name=self.name.text().strip(),
            initials=self.initials.text().strip(),
            me=self.me.isChecked(),
        )

    def _say_name(self) -> None:
        self.me.setAccessibleDescription(self.name.text().strip())

    def _on_name(self, text: str) -> None:
        """Initials that came from the name go along with it."""
        if self.initials.text() == initials_of(self._member.name):
            self.initials.setText("")
        self.initials.setPlaceholderText(initials_of(text))
        self._say_name()
        self.changed.emit()

    def _on_edited(self, _text: str) -> None:
        self.changed.emit()


class WorkspaceSheet(Sheet):
    """What a workspace is called, where it is, and its team; `filled` carries `WorkspaceEdit`."""

    def __init__(self, theme: Theme, *, name: str, country: str, currency: str, members: Sequence[MemberInput]) -> None:
        super().__init__(theme, title=_("Workspace"), width=560)
        self.rows: list[MemberRow] = []
        self._marks = QButtonGroup(self)
        self.name = LineField(theme, name=_("Name of the workspace"), text=name)
        self.country = ChoiceField(theme, words.countries(), name=_("Country"), value=country)
        self.currency = ChoiceField(theme, words.currencies(), name=_("Currency"), value=currency)
        self.add = Button(theme, _("Add a person"), kind=QUIET, icon="plus")
        self.problem = Sentence(theme)
        self._team = QVBoxLayout()
        self._team.setSpacing(theme.px(8))
        self.body.addWidget(Field(theme, _("Name of the workspace"), self.name))
        pair = Row(theme)
        pair.add(Field(theme, _("Country"), self.country), 1)
        pair.add(Field(theme, _("Currency"), self.currency), 1)
        self.body.addWidget(pair)
        self.body.addWidget(PlainLabel(theme, _("Team"), token="head"))
        self.body.addLayout(self._team)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.problem)
        self.set_footer(_("Cancel"), _("Save"))
        self._fill(members)
        self.name.textChanged.connect(self._on_changed)
        self.add.clicked.connect(self._on_add)

    def first_field(self) -> QWidget:
        """The name of the workspace."""
        return self.name

    def value(self) -> WorkspaceEdit:
        """All of it as typed and chosen."""
        return WorkspaceEdit(
            name=self.name.text().strip(),
            country=self.country.value,
            currency=self.currency.value,
            members=tuple(row.now for row in self.rows),
        )

    def draft(self) -> Draft:
        """What was typed and chosen."""
        team = [[each.member, each.name, each.initials, each.me] for each in self.value().members]
        return {
            "name": self.name.text(),
            "country": self.country.value,
            "currency": self.currency.value,
            "team": team,
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.name.setText(draft["name"])
        self.country.set_value(draft["country"])
        self.currency.set_value(draft["currency"])
        known = ("member", "name", "initials", "me")
        self._fill([MemberInput(**dict(zip(known, each, strict=True))) for each in draft["team"]])

    def _fill(self, members: Sequence[MemberInput]) -> None:
        for row in self.rows:
            self._marks.removeButton(row.me)
            row.hide()
            row.deleteLater()
        self.rows = []
        for member in members:
            self._put(member)
        self._on_changed()

    def _put(self, member: MemberInput) -> MemberRow:
        row = MemberRow(self.theme, member, marks=self._marks)
        row.changed.connect(self._on_changed)
        row.name.returnPressed.connect(self.submit)
        row.initials.returnPressed.connect(self.submit)
        self.rows.append(row)
        self._team.addWidget(row)
        return row

    def _on_add(self) -> None:
        row = self._put(MemberInput(name=""))
        row.show()
        row.name.setFocus()
        self._on_changed()

    def _on_changed(self, _text: str = "") -> None:
        problem = self._problem()
        self.problem.say(problem, "hint")
        assert self.primary is not None
        self.primary.setEnabled(not problem)
        QTimer.singleShot(0, self, self.lay_out)

    def _problem(self) -> str:
        """What stands against saving, in a sentence; "" for nothing."""
        names = [row.now.name.casefold() for row in self.rows]
        if not self.name.text().strip() or not all(names):
            return _("A name is missing.")
        return _("Two rows have the same words.") if len(set(names)) < len(names) else ""
