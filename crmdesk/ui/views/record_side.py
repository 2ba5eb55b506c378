"""The right side of a record's page: details, notes, next steps, consent, why here, tags, what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain.records import Task
from crmdesk.domain.schedule import day_of
from crmdesk.services.values import Changed
from crmdesk.ui.chips import ChoiceChip
from crmdesk.ui.controls import Snug
from crmdesk.ui.evidence import BlockHead, SectionHead, align, evidence_cells, evidence_said
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.line_undo import PassingLine
from crmdesk.ui.painted_row import PaintedRow
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.panel_parts import Ask, AskButton, Asking, Pressable, indented
from crmdesk.ui.views.panel_sections import task_row
from crmdesk.ui.views.record_view import Permit
from crmdesk.words import _, initials_of

FEW = 1


class Section(QWidget):
    """A head and what stands below it; a line under it all.

    Rows that can be pressed fill `column`; what cannot stands in by `add`, under their words.
    """

    def __init__(self, theme: Theme, title: str, *, icon: str, key: str = "") -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(12), px(12), px(12), px(12))
        self.column.setSpacing(px(4))
        self.add(SectionHead(theme, title, icon=icon, key=key) if icon else BlockHead(theme, title, key=key))

    def add(self, part: QWidget) -> None:
        """Adds a part that cannot be pressed as a whole."""
        self.column.addLayout(indented(self._theme, part))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


def steps_section(theme: Theme, tasks: Sequence[Task], *, today: date, ask: Ask) -> Section:
    """The open steps, and the way to a further one."""
    section = Section(theme, _("Next step"), icon="next_step", key="N")
    for task in tasks:
        section.column.addWidget(task_row(theme, task, today, ask))
    if not tasks:
        add = AskButton(theme, _("Plan a next step"), Asking(ask, "next_step"), icon="plus")
        section.column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
    return section


def permits_section(theme: Theme, permits: Sequence[Permit], ask: Ask) -> Section:
    """May we write? Each purpose with what was agreed; pressing one records it."""
    section = Section(theme, _("May we write?"), icon="legitimate_interest", key="K")
    rows = [_permit(theme, permit, ask) for permit in permits]
    for row in rows:
        section.column.addWidget(row)
    align(rows)
    return section


def _permit(theme: Theme, permit: Permit, ask: Ask) -> PaintedRow | Pressable:
    fact, evidence, word = permit.purpose, permit.evidence, permit.word
    cells = evidence_cells(theme, fact=fact, evidence=evidence, state=permit.state, word=word)
    said = evidence_said(fact=fact, evidence=evidence, word=word)
    if permit.point is None:
        return PaintedRow(theme, cells, said=said, across=4, down=3)
    asking = Asking(ask, "consent", permit.point)
    return Pressable(theme, cells, asking, name=said, hint=_("Record what was agreed"), down=3)


class Tags(Section):
    """The words on a record; another one is typed.

    Signals: added(str), removed(str) a tag by its name.
    """

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, tags: Sequence[str], known: Sequence[str], *, editable: bool) -> None:
        super().__init__(theme, _("Tags"), icon="tag")
        flow = FlowRow(theme)
        self.chips: dict[str, TagChip] = {}
        for name in tags:
            chip = TagChip(theme, name)
            chip.taken_off.connect(self.removed)
            chip.setEnabled(editable)
            self.chips[name] = chip
            flow.add(chip)
        if tags:
            self.add(flow)
        self.line = PassingLine()
        self.line.setAccessibleName(_("Add a tag"))
        self.line.setPlaceholderText(_("Add a tag"))
        completer = QCompleter([each for each in known if each not in tags], self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        self.line.returnPressed.connect(self._on_return)
        self.add(self.line)
        self.line.setVisible(editable)

    def _on_return(self) -> None:
        text = self.line.text().strip()
        if text:
            self.added.emit(text)


class TagChip(ChoiceChip):
    """A tag with its cross.

    Signals: taken_off(str) its name.
    """

    taken_off = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, chosen=True)
        self._name = name
        self.removed.connect(self._on_removed)

    def event(self, event: QEvent) -> bool:
        """Delete belongs to the tag while it has the focus, not to the record."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.accept()
            return True
        return super().event(event)

    def _on_removed(self) -> None:
        self.taken_off.emit(self._name)


class Changes(Section):
    """What was changed last, each value before and after; it comes back at a press.

    Signals: back_asked(object) a Changed.
    """

    back_asked = Signal(object)

    def __init__(
        self, theme: Theme, changes: Sequence[Changed], *, today: date, everything: bool, editable: bool
    ) -> None:
        title = _("History of this record") if everything else _("Last changed")
        super().__init__(theme, title, icon="history")
        self._theme, self._changes, self._today, self._editable = theme, changes, today, editable
        self.rows: list[ChangeRow] = []
        self.all = Snug(theme, _("Show all {count}").format(count=words.number(len(changes))), icon="down")
        self._add(changes if everything else changes[:FEW])
        if not changes:
            self.add(PlainLabel(theme, _("No changes yet."), token="small", role="text-3"))
        self.column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.all.setVisible(len(changes) > len(self.rows))
        self.all.clicked.connect(self._on_all)

    @property
    def everything(self) -> bool:
        """Whether all changes are shown."""
        return len(self._changes) > FEW and len(self.rows) == len(self._changes)

    def _add(self, changes: Sequence[Changed]) -> None:
        for each in changes:
            row = ChangeRow(self._theme, each, today=self._today, editable=self._editable)
            row.back_asked.connect(self.back_asked)
            self.rows.append(row)
            self.column.insertWidget(len(self.rows), row)
            row.show()

    def _on_all(self) -> None:
        """The keys go on to the first of the further changes that can come back."""
        before, had_keys = len(self.rows), self.all.hasFocus()
        self._add(self._changes[before:])
        further = next((row.back for row in self.rows[before:] if not row.back.isHidden()), None)
        if had_keys and further is not None:
            further.setFocus(Qt.FocusReason.OtherFocusReason)
        self.all.hide()


class ChangeRow(QWidget):
    """One change in words, with the way back.

    Signals: back_asked(object) the Changed.
    """

    back_asked = Signal(object)

    def __init__(self, theme: Theme, changed: Changed, *, today: date, editable: bool) -> None:
        super().__init__()
        self._changed = changed
        day = day_of(changed.at)
        said = _("{field}: “{before}” → “{after}”, {day}, {who}").format(
            field=changed.field,
            before=changed.before or _("nothing"),
            after=changed.after or _("nothing"),
            day=words.short_day(day, today=today) if day else "",
            who=initials_of(changed.member),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(0)
        told = PlainLabel(theme, said.removesuffix(", "), role="text-2", wrap=True, strong_parts=[changed.field])
        column.addLayout(indented(theme, told))
        self.back = Snug(theme, _("Bring back"), icon="undo")
        self.back.setAccessibleName(_("Bring back this value: {value}").format(value=changed.before or _("nothing")))
        self.back.clicked.connect(self._on_back)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        self.back.setVisible(changed.can_return and editable)

    def _on_back(self) -> None:
        self.back_asked.emit(self._changed)
