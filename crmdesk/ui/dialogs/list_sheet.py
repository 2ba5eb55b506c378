"""Editing one of the workspace's own short lists: rows to word, order, add and remove. Reasons, deal stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.fields import ChoiceField, LineField, Sentence
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, tip
from crmdesk.words import _, ngettext

PERCENT_WIDE = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the list: its key ("" for a new one), its words; a deal stage has a percentage too, or ""."""

    key: str = ""
    text: str = ""
    percent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The list as it is to be, and for each deal stage that goes where its deals go."""

    entries: tuple[Entry, ...]
    into: dict[str, str]


class EntryRow(QWidget):
    """One entry: its words, for a stage its percentage, up, down, remove. One that holds deals asks where they go.

    Signals: changed(); moved(row, -1 or +1); removed(row); entered(row) by Enter in its line.
    """

    changed = Signal()
    moved = Signal(object, int)
    removed = Signal(object)
    entered = Signal(object)

    def __init__(self, theme: Theme, entry: Entry, *, name: str, with_percent: bool, held: int) -> None:
        super().__init__()
        self.entry, self.held, self.leaving = entry, held, False
        self._theme = theme
        self.line = LineField(theme, name=name, text=entry.text)
        self.percent = LineField(theme, name=_("Probability in percent"), text=entry.percent)
        self.percent.setFixedWidth(theme.px(PERCENT_WIDE))
        if not with_percent:
            self.percent.hide()
        self.up, self.down, self.remove = (
            Button(theme, "", kind=QUIET, icon=icon) for icon in ("caret-up", "caret-down", "close")
        )
        self.target: ChoiceField | None = None
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme.px(4))
        row = _beside(theme, self._stack)
        row.addWidget(self.line, 1)
        for part in (self.percent, self.up, self.down, self.remove):
            row.addWidget(part)
        self._asks: QWidget | None = None
        self._connect()
        self._say_names()

    @property
    def now(self) -> Entry:
        """The entry as it stands."""
        return Entry(key=self.entry.key, text=self.line.text().strip(), percent=self.percent.text().strip())

    def ask_where(self, targets: Sequence[tuple[str, str]]) -> None:
        """It goes: asks which of these stages its deals go to."""
        self.leaving = True
        self.line.setEnabled(False)
        self.percent.setEnabled(False)
        count = ngettext("{count} deal goes to", "{count} deals go to", self.held).format(count=words.number(self.held))
        self.target = ChoiceField(self._theme, targets, name=count, placeholder=_("Choose a stage"))
        self.target.set_value("")
        self.target.chosen.connect(self._on_chosen)
        self._asks = QWidget()
        holder = QVBoxLayout(self._asks)
        holder.setContentsMargins(0, 0, 0, 0)
        asks = _beside(self._theme, holder)
        asks.addWidget(PlainLabel(self._theme, count, token="small", role="warn"))
        asks.addWidget(self.target, 1)
        self._stack.addWidget(self._asks)
        self._say_names()

    def stay(self) -> None:
        """It does not go after all."""
        self.leaving, self.target = False, None
        self.line.setEnabled(True)
        self.percent.setEnabled(True)
        if self._asks is not None:
            self._asks.hide()
            self._asks.deleteLater()
            self._asks = None
        self._say_names()

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text)
        self.percent.textChanged.connect(self._on_text)
        self.line.returnPressed.connect(self._on_return)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.remove.clicked.connect(self._on_remove)

    def _say_names(self) -> None:
        name = self.line.text().strip()
        back = _("Put back: {name}") if self.leaving else _("Remove: {name}")
        for button, pattern in ((self.up, _("Up: {name}")), (self.down, _("Down: {name}")), (self.remove, back)):
            text = pattern.format(name=name)
            button.setAccessibleName(text)
            button.setToolTip(tip(text))
        self.remove.icon_name = "undo" if self.leaving else "close"
        self.remove.update()

    def _on_text(self, _text: str) -> None:
        self._say_names()
        self.changed.emit()

    def _on_return(self) -> None:
        self.entered.emit(self)

    def _on_up(self) -> None:
        self.moved.emit(self, -1)

    def _on_down(self) -> None:
        self.moved.emit(self, +1)

    def _on_remove(self) -> None:
        self.removed.emit(self)

    def _on_chosen(self, _value: str) -> None:
        self.changed.emit()


class ListSheet(Sheet):
    """The rows of a list; `filled` carries `Edited`. Which words are refused, who opened it says.

    `held` says how many deals stand in a stage; `with_percent` gives each row a percentage.
    """

    def __init__(
        self,
        theme: Theme,
        entries: Sequence[Entry],
        *,
        title: str,
        hint: str,
        entry_name: str,
        add: str,
        with_percent: bool = False,
        held: dict[str, int] | None = None,
    ) -> None:
        super().__init__(theme, title=title, width=560)
        self._entry_name, self._with_percent, self._held = entry_name, with_percent, held or {}
        self.rows: list[EntryRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self.add = Button(theme, add, kind=QUIET, icon="plus")
        self.problem = Sentence(theme)
        self.body.addWidget(PlainLabel(theme, hint, token="small", role="text-2", wrap=True))
        self.body.addLayout(self._list)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.problem)
        self.set_footer(_("Cancel"), _("Save"))
        self.add.clicked.connect(self._on_add)
        self._fill(entries)

    def first_field(self) -> QWidget:
        """The first row."""
        return self.rows[0].line if self.rows else self.add

    def value(self) -> Edited:
        """The rows that stay, and where the deals of the others go."""
        return Edited(
            entries=tuple(row.now for row in self.rows if not row.leaving),
            into={row.entry.key: row.target.value for row in self.rows if row.leaving and row.target is not None},
        )

    def draft(self) -> Draft:
        """The rows as they stand; those that go are among them."""
        return {"rows": [[row.entry.key, row.line.text(), row.percent.text()] for row in self.rows]}

    def restore(self, draft: Draft) -> None:
        """Takes them back."""
        self._fill([Entry(key=key, text=text, percent=percent) for key, text, percent in draft["rows"]])

    def lay_out(self) -> None:
        """Where all rows fit there is no scroll bar: once shown, it makes the lines above longer and stays."""
        super().lay_out()
        fits = self.frame.height() >= self._natural_height(self.frame.width())
        needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.middle.setVerticalScrollBarPolicy(needed)

    def _fill(self, entries: Sequence[Entry]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for entry in entries:
            self._put(entry, len(self.rows))
        self._on_changed()

    def _put(self, entry: Entry, place: int) -> EntryRow:
        held = self._held.get(entry.key, 0)
        row = EntryRow(self.theme, entry, name=self._entry_name, with_percent=self._with_percent, held=held)
        row.changed.connect(self._on_changed)
        row.moved.connect(self._on_moved)
        row.removed.connect(self._on_removed)
        row.entered.connect(self._on_entered)
        self.rows.insert(place, row)
        self._list.insertWidget(place, row)
        return row

    def _on_add(self) -> None:
        row = self._put(Entry(), len(self.rows))
        row.show()
        row.line.setFocus()
        self._on_changed()

    def _on_entered(self, row: EntryRow) -> None:
        """Enter goes to the next row, and from the last one to a new one."""
        place = self.rows.index(row) + 1
        if place < len(self.rows):
            self.rows[place].line.setFocus()
        elif row.line.text().strip():
            self._on_add()

    def _on_moved(self, row: EntryRow, by: int) -> None:
        """The same button keeps the keys, so that a row can go several places."""
        place = self.rows.index(row) + by
        if not 0 <= place < len(self.rows):
            return
        button = row.up if by < 0 else row.down
        self.rows.remove(row)
        self.rows.insert(place, row)
        self._list.removeWidget(row)
        self._list.insertWidget(place, row)
        button.setFocus()
        self._on_changed()

    def _on_removed(self, row: EntryRow) -> None:
        if row.leaving:
            row.stay()
        elif row.held and row.entry.key:
            row.ask_where([(one.entry.key, one.line.text()) for one in self.rows if one.entry.key and one is not row])
        else:
            self._drop(row)
        self._on_changed()

    def _drop(self, row: EntryRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self._list.removeWidget(row)
        next_row = self.rows[min(place, len(self.rows) - 1)] if self.rows else None
        (next_row.remove if next_row else self.add).setFocus()
        row.hide()
        row.deleteLater()

    def _on_changed(self) -> None:
        problem = self._problem()
        self.problem.say(problem, "hint")
        staying = [row for row in self.rows if not row.leaving]
        for row in self.rows:
            row.remove.setEnabled(row.leaving or len(staying) > 1)
            row.up.setEnabled(row is not self.rows[0])
            row.down.setEnabled(row is not self.rows[-1])
        assert self.primary is not None
        self.primary.setEnabled(not problem)
        QTimer.singleShot(0, self, self.lay_out)

    def _problem(self) -> str:
        """What stands against saving, in a sentence; "" for nothing."""
        staying = [row.now for row in self.rows if not row.leaving]
        if any(not entry.text for entry in staying):
            return _("Each row needs words, or has to go.")
        texts = [entry.text.casefold() for entry in staying]
        if len(set(texts)) < len(texts):
            return _("Two rows have the same words.")
        if any(percent_of(entry.percent) is None and entry.percent for entry in staying):
            return _("A probability is a whole number from 0 to 100.")
        keys = {entry.key for entry in staying if entry.key}
        if any(row.target is None or row.target.value not in keys for row in self.rows if row.leaving):
            return _("Say where the deals of a removed stage go.")
        return ""


def _beside(theme: Theme, column: QVBoxLayout) -> QHBoxLayout:
    """A line of a column: short parts stay beside each other in large text too."""
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    column.addLayout(line)
    return line


def percent_of(text: str) -> int | None:
    """A whole number from 0 to 100, with or without its sign; None for an empty text and for anything else."""
    figures = text.replace("%", "").strip()
    if not figures.isascii() or not figures.isdigit() or int(figures) > 100:
        return None
    return int(figures)
