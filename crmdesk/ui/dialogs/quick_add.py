"""Quick add: one line about somebody, shown as what it will become; Enter adds it, and the next one may follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crmdesk import words
from crmdesk.domain.entry import SOURCES
from crmdesk.domain.records import Event, Id
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import quick_line
from crmdesk.services.quick_line import QuickLine
from crmdesk.ui.dialogs.quick_lines import EACH, ONE, Lines
from crmdesk.ui.dialogs.wording import starting_place
from crmdesk.ui.fields import LONGEST_PASTE, ChoiceField, Field, LineField
from crmdesk.ui.flow import Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import N_, _, ngettext

_PARTS: dict[str, str] = {
    "person": N_("Name"),
    "organisation": N_("Organisation"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "note": N_("Note"),
    "step": N_("Next step"),
}
MOST_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    """The line, and where the person comes from; `each` says that somebody is on each line of it.

    `stage` is where they start, "" is where their source says.
    """

    text: str
    source: str
    event: Id | None
    each: bool = False
    stage: str = ""


class QuickAddSheet(Sheet):
    """Stays open for the next one; source and event stay until they are changed.

    A text of several lines may be a list. A draft that was given back is selected: what is typed over it does not go
    on from it, but puts it aside until that is added. `read` says what a line means, `listed` which lines of a text
    have somebody each. Signals: filled(Quick).
    """

    def __init__(
        self,
        theme: Theme,
        vocabulary: Vocabulary,
        events: Sequence[Event],
        *,
        read: Callable[[str], QuickLine],
        listed: Callable[[str], list[str]],
        source: str,
        event: Id | None,
    ) -> None:
        super().__init__(theme, title=_("Quick add"), width=640)
        self._vocabulary, self._read, self._listed = vocabulary, read, listed
        self._stage = self._given = self._aside = ""
        self._added: list[str] = []
        self.line = LineField(
            theme,
            name=_("Name, firm, e-mail, phone, what is next and when"),
            placeholder=_("Anna Müller, Müller GmbH, anna@mueller.example, wants a quote fri"),
        )
        self.body.addWidget(Field(theme, _("Name, firm, e-mail, phone, what is next and when"), self.line))
        self.lines = Lines(theme, read)
        self.lines.hide()
        self.lines.how.chosen.connect(self._on_how)
        self.body.addWidget(self.lines)
        self.shown = _Shown(theme)
        self.body.addWidget(self.shown)
        self._add_origin(events, source, event)
        self.names = PlainLabel(theme, role="good", token="small", wrap=True)
        self.names.hide()
        self.body.addWidget(self.names)
        self.set_footer(_("Close"), _("Add, next one"), icon="plus", key="Enter")
        self.line.setMaxLength(LONGEST_PASTE)
        self.line.textChanged.connect(self._on_changed)
        self.line.textEdited.connect(self._on_edited)
        self.line.selectionChanged.connect(self._on_selection)
        self._on_changed()

    def first_field(self) -> QWidget:
        """The line."""
        return self.line

    def value(self) -> Quick | None:
        """The line; nothing while it names nobody."""
        event = self.event_field.value
        return Quick(
            text=self.line.text(),
            source=self.source.value,
            event=Id(int(event)) if event else None,
            each=self._each,
            stage=self._stage,
        )

    def take(self, text: str, stage: str) -> None:
        """Goes on with what was pasted at the foot of a column; a draft that is here waits until that is added."""
        self._put_aside(self.line.text())
        self._stage = stage
        self.line.setText(text)
        self._on_source(self.source.value)

    def added(self, name: str) -> None:
        """One was added: its name is shown, and the line is free for the next, or for what was put aside."""
        self.error.hide()
        self._added.append(name)
        text = ngettext("{count} added: {names}", "{count} added: {names}", len(self._added))
        listed = _(", ").join(reversed(self._added[-MOST_NAMES:]))
        self.names.setText(text.format(count=words.number(len(self._added)), names=listed))
        self.names.show()
        self.free()

    def free(self, left: str = "") -> bool:
        """What was typed is done with, but for `left`; whether the line is empty now."""
        self._stage = ""
        text, self._aside = left or self._aside, self._aside if left else ""
        self._give(text)
        self._on_source(self.source.value)
        self.line.setFocus()
        return not text

    def draft(self) -> Draft:
        """The line and where its person comes from; empty without a line, for the rest stays of itself."""
        if not self.line.text() and not self._aside:
            return {}
        return {
            "line": self.line.text(),
            "aside": self._aside,
            "stage": self._stage,
            "source": self.source.value,
            "event": self.event_field.value,
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        if not draft:
            self._given = self._aside = self._stage = ""
            self.line.clear()
            return
        self.source.set_value(draft["source"])
        self.event_field.set_value(draft["event"])
        self._aside, self._stage = draft.get("aside", ""), draft.get("stage", "")
        if draft["line"]:
            self._give(draft["line"])
        else:
            self._give(self._aside)
            self._aside = ""
        self._on_source(draft["source"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, from whichever field: the line lets it pass."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _add_origin(self, events: Sequence[Event], source: str, event: Id | None) -> None:
        sources = [(key, _(each.label)) for key, each in SOURCES.items()]
        known = [("", _("None")), *((str(each.id), each.name) for each in events)]
        self.source = ChoiceField(self.theme, sources, name=_("Source"), value=source)
        self.event_field = ChoiceField(self.theme, known, name=_("Event"), value="" if event is None else str(event))
        row = Row(self.theme)
        row.add(Field(self.theme, _("Source"), self.source), 1)
        row.add(Field(self.theme, _("Event"), self.event_field), 1)
        self.body.addWidget(row)
        self.place = PlainLabel(self.theme, role="text-2", token="small", wrap=True)
        self.body.addWidget(self.place)
        self.source.chosen.connect(self._on_source)
        self._on_source(source)

    @property
    def _each(self) -> bool:
        """Whether somebody is on each line of what is typed."""
        return not self.lines.isHidden() and self.lines.each

    def _give(self, text: str) -> None:
        """Gives a text back, selected."""
        self._given = ""
        self.line.setText(text)
        self.line.selectAll()
        self._given = text

    def _put_aside(self, text: str) -> None:
        """It comes back in a line of its own, before what waits already."""
        self._aside = "\n".join(filter(None, (text, self._aside)))

    def _on_selection(self) -> None:
        """Who lets go of the selection, without a change, goes on with the draft."""
        if self.line.text() == self._given and not self.line.hasSelectedText():
            self._given = ""

    def _on_edited(self, text: str) -> None:
        """What was typed over a draft puts it aside; what was typed into it is it. Emptied it is not wanted."""
        if text:
            self._put_aside(self._given)
        self._given = ""

    def _on_source(self, source: str) -> None:
        if self._stage:
            text = _("Starts at the stage {stage}, in whose column it was typed.")
            self.place.setText(text.format(stage=self._vocabulary.word(self._stage)))
        else:
            self.place.setText(starting_place(self._vocabulary, source))

    def _on_how(self, _how: str) -> None:
        self._show_read(self.line.text())

    def _on_changed(self, text: str = "") -> None:
        several = len(quick_line.lines(text)) > 1
        if several and self.lines.isHidden():
            self.lines.how.set_value(EACH if self._listed(text) else ONE)
        self.lines.setVisible(several)
        self._show_read(text)

    def _show_read(self, text: str) -> None:
        """What is typed, as what it will become."""
        assert self.primary is not None
        assert self.footer is not None
        each, lines = self._each, quick_line.lines(text)
        self.shown.setVisible(not each)
        if not self.lines.isHidden():
            self.lines.show_lines(lines)
        line = QuickLine() if each else self._read(text)
        if not each:
            self.shown.show_line(line)
        words_of_it = ngettext("Add {count} person", "Add {count} people", len(lines))
        self.primary.set_words(words_of_it.format(count=words.number(len(lines))) if each else _("Add, next one"))
        self.primary.setEnabled(each or not line.empty)
        self.footer.relay()


class _Shown(QWidget):
    """What a line means, part by part; parts it does not have stay quiet."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        self.values: dict[str, PlainLabel] = {}
        for row, (part, label) in enumerate(_PARTS.items()):
            value = PlainLabel(theme)
            grid.addWidget(PlainLabel(theme, _(label), token="small", role="text-2"), row, 0)
            grid.addWidget(value, row, 1)
            self.values[part] = value

    def show_line(self, line: QuickLine) -> None:
        """Fills it in; the day of the next step in full."""
        for part, value in self.values.items():
            text = getattr(line, part)
            if part == "step" and line.due_on is not None:
                day = words.full_day(line.due_on)
                if line.due_time:
                    day = _("{day}, {time}").format(day=day, time=line.due_time)
                text = _("{what}, on {day}").format(what=text, day=day)
            value.setText(text or "–")
            value.set_role("text" if text else "text-3")
            value.setAccessibleName(_("{part}: {value}").format(part=_(_PARTS[part]), value=text or _("nothing")))
