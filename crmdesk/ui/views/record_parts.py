"""Builds the parts of a record's page into its body, by the kind of the record; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crmdesk.domain.records import Organisation, Person
from crmdesk.ui.context import Context
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider
from crmdesk.ui.views.panel_parts import Ask, AskButton, Asking
from crmdesk.ui.views.panel_sections import why_section
from crmdesk.ui.views.record_blocks import Block, Rows, TimelineBlock, attempts_block, deals_block, people_block
from crmdesk.ui.views.record_body import Head, RecordBody
from crmdesk.ui.views.record_details import Details
from crmdesk.ui.views.record_side import Changes, Section, Tags, permits_section, steps_section
from crmdesk.ui.views.record_view import LINES, Item, RecordView
from crmdesk.words import _

MOST_FILTERS = 3


class Parts:
    """The widgets of one record that others need to hear and to fill; `fill_rest` completes them."""

    def __init__(
        self,
        context: Context,
        view: RecordView,
        body: RecordBody,
        *,
        ask: Ask,
        everything: bool,
        history: bool,
        chosen: str,
    ) -> None:
        self._theme: Theme = context.theme
        self._context, self._view, self._body, self._ask = context, view, body, ask
        self.rows: list[Rows] = []
        self.head = Head(self._theme, view, primary=_primary(view))
        place = f"record:{view.profile.record.ref}"
        editable = not view.read_only
        drafts = context.sheets.drafts
        self.details = Details(
            self._theme, view.items, drafts, place=place, editable=editable, everything=everything, roomy=body.one
        )
        self.notes = self._notes(place)
        self.tags = Tags(self._theme, view.tags, view.known_tags, editable=editable)
        self.changes = Changes(
            self._theme, view.changes, today=context.clock.today(), everything=history, editable=editable
        )
        filters = [(each.ref, each.name) for each in view.profile.deals if each.name][-MOST_FILTERS:]
        self.timeline = TimelineBlock(self._theme, filters, chosen=chosen)
        self._fill()

    def _fill(self) -> None:
        main = self._body.main.column
        main.addWidget(self.head)
        if self._view.deals:
            self._block(*deals_block(self._theme, self._view.deals, self._view.sums))
        if self._view.kind in ("organisation", "opportunity"):
            self._people()
        if self._view.attempts:
            other = self._view.kind in ("lead", "opportunity")
            title = _("Other attempts") if other else _("Attempts to win them")
            self._block(*attempts_block(self._theme, self._view.attempts, title))
        if self._body.one:
            main.addWidget(self._body.side)
        main.addWidget(self.timeline)
        main.addStretch(1)
        self._begin_side()

    def _begin_side(self) -> None:
        side, theme, view = self._body.side.column, self._theme, self._view
        details = Section(theme, _("Details"), icon="", key="E")
        details.column.addWidget(self.details)
        if not view.read_only:
            add = AskButton(theme, _("Add a channel"), Asking(self._ask, "add_channel"), icon="plus")
            details.column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(details)
        if self.notes is not None:
            notes = Section(theme, _("Notes"), icon="note")
            notes.column.addWidget(self.notes)
            side.addWidget(notes)

    def fill_rest(self) -> None:
        """What stands further down in the side; call once."""
        side, theme, view = self._body.side.column, self._theme, self._view
        tasks = view.profile.tasks
        side.addWidget(steps_section(theme, tasks, today=self._context.clock.today(), ask=self._ask))
        if view.profile.points:
            side.addWidget(permits_section(theme, view.permits, self._ask))
        if view.why is not None:
            side.addWidget(why_section(theme, view.why, self._ask))
            side.addWidget(Divider(theme))
        side.addWidget(self.tags)
        side.addWidget(self.changes)
        side.addStretch(1)

    def _people(self) -> None:
        block, rows = people_block(self._theme, self._view.people)
        if self._view.kind == "opportunity" and not self._view.read_only:
            add = AskButton(self._theme, _("Add a person"), Asking(self._ask, "add_part"), icon="plus")
            block.column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self._block(block, rows)

    def _block(self, block: Block, rows: Rows) -> None:
        self._body.main.column.addWidget(block)
        self.rows.append(rows)

    def _notes(self, place: str) -> Details | None:
        record = self._view.profile.record
        if not isinstance(record, Person | Organisation):
            return None
        item = Item(key="note", label=_("Note"), shown=record.note, text=record.note, kind=LINES)
        return Details(
            self._theme, [item], self._context.sheets.drafts, place=place, editable=not self._view.read_only,
            everything=True, roomy=self._body.one,
        )  # fmt: skip


def _primary(view: RecordView) -> tuple[str, str, str, str]:
    """The one thing to press: its action, words, icon and key; an empty action when there is none."""
    record = view.profile.record
    if view.kind in ("person", "organisation"):
        return "new_deal", _("New deal"), "deal", "D"
    exit_ = getattr(record, "exit", "")
    if exit_ in ("not_now", "not_a_fit", "lost"):
        return "reopen", _("Bring back"), "undo", ""
    if view.kind == "lead" and not exit_:
        return "convert", _("Convert"), "deal", "C"
    return ("won", _("Won"), "won", "") if not exit_ else ("", "", "", "")
