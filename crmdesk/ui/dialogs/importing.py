"""The import sheet: how a list is read, where its columns go, its oddest lines, and what will become of all of them.

It reads and writes nothing: it asks for another reading (`reread`) or count (`mapped`) and is shown the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services.import_plans import Look, Plan
from crmdesk.ui.dialogs.import_columns import ColumnsBlock
from crmdesk.ui.dialogs.import_head import HowRead
from crmdesk.ui.dialogs.import_odd import OddBlock
from crmdesk.ui.dialogs.import_panes import Panes
from crmdesk.ui.dialogs.import_progress import ProgressBand
from crmdesk.ui.dialogs.import_side import Side, SideChoice
from crmdesk.ui.fields import Sentence
from crmdesk.ui.flow import LARGE
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _, ngettext

WIDTH, HEIGHT = 1160, 800


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoice:
    """What is to be applied, and whether the lines that are not taken are saved beside the file."""

    plan: Plan
    beside: bool


class MainPane(Themed, QWidget):
    """The left pane: columns above, the oddest lines below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        self.column.setContentsMargins(px(24), px(16), px(20), px(24))
        self.column.setSpacing(px(20))


class ImportSheet(Sheet):
    """One list before it is imported, and while it is.

    Signals: besides those of a sheet (filled carries ImportChoice), reread() after another encoding or delimiter,
    mapped() after another field, stop_requested() by Stop while it works. The way back leaves it working.
    """

    reread = Signal()
    mapped = Signal()
    stop_requested = Signal()

    def __init__(self, theme: Theme, look: Look, *, vocabulary: Vocabulary, events: Sequence[str]) -> None:
        """Its frame; `show_look` fills it."""
        super().__init__(theme, title=_("Import"), width=WIDTH, height=HEIGHT, divided=True)
        self.look = look
        self._plan: Plan | None = None
        self.how_read = HowRead(theme)
        self.side = Side(theme, look, vocabulary=vocabulary, events=events)
        self.odd = OddBlock(theme)
        self._damaged = Sentence(theme)
        self._about = PlainLabel(theme, role="text-2")
        self.columns: ColumnsBlock | None = None
        self._main = MainPane(theme)
        self.panes = Panes(theme, self._main, self.side, area=self.middle)
        self._add_head()
        self._add_middle()
        self.progress = ProgressBand(theme)
        self.progress.stop_requested.connect(self._on_stop)
        self.bands.addWidget(self.progress)
        self.set_footer(_("Cancel"), _("Import"), icon="import")
        self.how_read.changed.connect(self.reread)
        self.side.changed.connect(self._on_changed)

    def restyle(self) -> None:
        """The head is one line, in large text each part has its own; the panes have their own edges."""
        px = self.theme.px
        self.head.setContentsMargins(px(24), px(12), px(24), px(12))
        self.body.setContentsMargins(0, 0, 0, 0)
        large = self.theme.percent >= LARGE
        self._top().setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    # What is shown

    def show_look(self, look: Look) -> None:
        """How the file reads now; the columns begin anew."""
        self.look = look
        self.how_read.show_shape(look.shape)
        text = ngettext("{file}, {count} line", "{file}, {count} lines", look.rows)
        self._about.setText(text.format(file=look.name, count=words.number(look.rows)))
        damaged = look.shape.damaged
        said = ngettext(
            "{count} character cannot be read in this encoding. Choose another one above.",
            "{count} characters cannot be read in this encoding. Choose another one above.",
            damaged,
        )
        self._damaged.say(said.format(count=words.number(damaged)) if damaged else "", "error")
        if self.columns is not None:
            self._main.column.removeWidget(self.columns)
            self.columns.hide()
            self.columns.deleteLater()
        self.columns = ColumnsBlock(self.theme, look.columns, where=_where(look))
        self.columns.table.changed.connect(self._on_mapped)
        self._main.column.insertWidget(1, self.columns)
        self.show_plan(None)

    def show_plan(self, plan: Plan | None) -> None:
        """What would become of the lines; None while it is counted."""
        self._plan = plan
        self.side.show_plan(plan)
        if plan is not None:
            self.odd.show_rows(plan.odd, count=plan.read)
        self._say_primary()

    def show_progress(self, done: int, total: int) -> None:
        """How far the import is; nothing can be changed meanwhile."""
        if not self.working:
            self.error.hide()
            self.progress.begin(done)
            self._set_working(True)
            if (back := self.first_field()) is not None:
                back.setFocus()
        self.progress.say(done, total)

    def show_stopping(self) -> None:
        """What was written is being taken back."""
        self.progress.stopping()

    def end_progress(self) -> None:
        """Nothing was written: everything can be changed again."""
        self.progress.hide()
        self._set_working(False)

    def show_stopped(self, what: str, remedy: str) -> None:
        """It was stopped and taken back, as was wished: everything can be changed again."""
        self.end_progress()
        self.error.say(what, remedy, warning=True)
        self.lay_out()

    @property
    def working(self) -> bool:
        """Whether the list is coming in."""
        return not self.progress.isHidden()

    @property
    def mapping(self) -> list[str]:
        """Where the columns go."""
        assert self.columns is not None
        return [target.text for target in self.columns.table.targets]

    # The sheet

    def value(self) -> ImportChoice | None:
        """The plan with what is the same for every line."""
        if self._plan is None:
            return None
        chosen = self.side.choice
        plan = replace(
            self._plan, source=chosen.source, event=None, event_name=chosen.event, people_only=chosen.people_only
        )
        return ImportChoice(plan=plan, beside=chosen.beside and plan.reported > 0)

    def say_draft(self, at: datetime, *, today: date) -> None:
        """Nothing of it while it works: what was chosen cannot be discarded then."""
        if not self.working:
            super().say_draft(at, today=today)

    def draft(self) -> Draft:
        """Everything that was chosen; another one while the list comes in, so that it is kept if that has no end."""
        shape = self.look.shape
        return {
            "encoding": shape.encoding,
            "delimiter": shape.delimiter,
            "mapping": self.mapping,
            "side": asdict(self.side.choice),
            "working": self.working,
        }

    def restore(self, draft: Draft) -> None:
        """Takes back what was chosen; the file is read with the draft's encoding by who opens the sheet."""
        assert self.columns is not None
        self.columns.table.set_targets(draft["mapping"])
        self.side.set_choice(SideChoice(**draft["side"]))

    def first_field(self) -> QWidget | None:
        """The source, which a person most likely has to choose; where it is out of sight, the first column's field.

        While it works the way back to the window.
        """
        if self.working and self.footer is not None:
            return self.footer.back
        assert self.columns is not None
        rows = list(self.columns.table.rows.values())
        if rows and self.panes.is_stacked(self.panes.width()):
            return rows[0].choice
        return self.side.source

    # Own parts

    def _top(self) -> QBoxLayout:
        top = self.head.itemAt(0)
        assert isinstance(top, QBoxLayout)
        return top

    def _add_head(self) -> None:
        self.note.hide()
        names = QHBoxLayout()
        names.setSpacing(self.theme.px(12))
        top = self._top()
        top.removeWidget(self.title)
        names.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        names.addWidget(self._about, 1)
        top.insertLayout(0, names, 1)
        top.setSpacing(self.theme.px(12))
        top.addWidget(self.how_read)

    def _add_middle(self) -> None:
        self._main.column.addWidget(self._damaged)
        self._main.column.addWidget(self.odd)
        self._main.column.addStretch(1)
        self.body.setSpacing(0)
        self.body.addWidget(self.panes)

    def _set_working(self, working: bool) -> None:
        self.page.setEnabled(not working)
        self.how_read.setEnabled(not working)
        if self.footer is not None:
            self.footer.back.set_words(_("Go on working") if working else _("Cancel"))
        self._say_primary()
        self.lay_out()

    def _say_primary(self) -> None:
        if self.primary is None or self.footer is None:
            return
        count = self._plan.read - self._plan.reported if self._plan is not None else 0
        text = ngettext("Import {count} line", "Import {count} lines", count)
        self.primary.set_words(text.format(count=words.number(count)) if count else _("Import"))
        self.primary.setEnabled(count > 0 and not self.working)
        self.footer.relay()

    def _on_stop(self) -> None:
        self.show_stopping()
        self.stop_requested.emit()

    def _on_mapped(self) -> None:
        self.show_plan(None)
        self.mapped.emit()

    def _on_changed(self) -> None:
        self._say_primary()


def _where(look: Look) -> str:
    """Where the header was found, when it is not the first line."""
    if not look.shape.header_line:
        return _("The list has no header.")
    if look.shape.header_line == 1:
        return ""
    return _("The header stands in line {line}.").format(line=look.shape.header_line)
