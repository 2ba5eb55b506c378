"""The page of one record: a person, an organisation, a lead or a deal, read, shown, and edited in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crmdesk.domain.changes import Change
from crmdesk.domain.errors import CrmError, Damaged, NotFound
from crmdesk.domain.records import NO_ID, Id, Lead, Opportunity, Organisation
from crmdesk.services import channels, deals, tags, values
from crmdesk.services.values import Changed
from crmdesk.ui import focus, record_reader, record_saving
from crmdesk.ui.desk import Desk
from crmdesk.ui.pages import Page
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.trash import Trash
from crmdesk.ui.turns import soon
from crmdesk.ui.views.record_body import RecordBody, Scroll
from crmdesk.ui.views.record_parts import Parts
from crmdesk.ui.views.record_view import RecordView
from crmdesk.words import N_, _

PAGE_OF_TIMELINE = 50
_TITLES = {
    "person": N_("People"),
    "organisation": N_("Organisations"),
    "lead": N_("Leads"),
    "opportunity": N_("Deals"),
}
_PLACES = {"person": "people", "organisation": "organisations", "lead": "people", "opportunity": "deals"}


class RecordScreen(Page):
    """Shows one record; links on it lead to others, and back."""

    tables = (
        "person", "organisation", "lead", "opportunity", "contact_point", "consent", "activity", "task", "stage_move",
        "answer", "buying_part", "tagging", "tag", "member", "event", "conversion", "deal_stage", "vocabulary",
    )  # fmt: skip

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        context = desk.context
        super().__init__(context.theme, parent=parent)
        self.desk, self.record = desk, NO_ID
        self.view: RecordView | None = None
        self.parts: Parts | None = None
        self._way: list[Id] = []
        self._shown = NO_ID
        self._filter = NO_ID
        self._lines = PAGE_OF_TIMELINE
        self._opened: QWidget | None = None
        self._writes = False
        self._trash = Trash(context, self)
        self.body = RecordBody(context.theme)
        self.body.narrowed.connect(self.reload)
        self._gone = PlainLabel(context.theme, role="text-2", wrap=True)
        self._gone.setContentsMargins(24, 24, 24, 24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._gone)
        column.addWidget(self.body, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._gone.hide()
        self.follow(context.theme)

    # As a page

    @property
    def title(self) -> str:
        """The kind of record."""
        return _(_TITLES[self.view.kind]) if self.view is not None else ""

    @property
    def trail(self) -> str:
        """Its name."""
        return self.view.name if self.view is not None else ""

    @property
    def place(self) -> str:
        """The list it belongs to."""
        return _PLACES[self.view.kind] if self.view is not None else ""

    def standing(self) -> object:
        """The record and the way to it."""
        return self.record, tuple(self._way)

    def stand(self, standing: object) -> None:
        """Shows it again."""
        assert isinstance(standing, tuple)
        record, way = standing
        self._way = list(way)
        self._show(record)

    def open(self, record: Id, *, further: bool = False) -> None:
        """Shows a record; `further` from the one shown now, to which the way back leads."""
        self._way = [*self._way, self.record] if further and self.record not in (NO_ID, record) else self._way
        if not further:
            self._way = []
        self._show(record)

    def go_back(self) -> bool:
        """To the record before."""
        if not self._way:
            return False
        self._show(self._way.pop())
        return True

    def selected(self) -> list[Id]:
        """The record."""
        return [self.record] if self.view is not None else []

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What is done on this page alone."""
        if self.view is None or self.view.read_only:
            return {}
        found: dict[str, Callable[[], object]] = {"edit": self._on_edit, "remove": self._on_remove}
        if self.view.kind in ("person", "organisation"):
            found["new_deal"] = self._on_new_deal
        return found

    def take_focus(self) -> None:
        """To the page itself, so that its keys act."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Builds what it shows again."""
        if self.view is not None:
            self.reload()

    def refresh(self, change: Change) -> None:
        """What the page itself writes it shows at once, for the keys go on in it; else in a turn of its own."""
        if self._writes:
            super().refresh(change)
        elif change.touches(*self.tables):
            self._stale = True
            soon(self._catch_up, self)

    def reload(self) -> None:
        """Reads the record again; scroll, focus and a field that is open stay."""
        if self.record == NO_ID:
            return
        try:
            self.view = record_reader.read(self.desk.context, self.record)
        except NotFound as error:
            self.view = self.parts = None  # should it come back, it is built as a page that was not seen before
            self.body.empty()
            self.body.hide()
            self._gone.setText(str(error))
            self._gone.show()
        else:
            self._gone.hide()
            self.body.show()
            self._build(self.view)
        self.setAccessibleName(self.trail or self._gone.text())
        self.title_changed.emit()
        self.selection_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Enter edits."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_edit()
        else:
            super().keyPressEvent(event)

    # Building

    def _catch_up(self) -> None:
        if self.isVisible():
            self.be_shown()

    def _show(self, record: Id) -> None:
        self.record, self._filter, self._lines = record, NO_ID, PAGE_OF_TIMELINE
        self._stale = False
        self.reload()

    def _build(self, view: RecordView) -> None:
        before, same = self.parts, self._shown == view.id
        here = QApplication.focusWidget()
        place = focus.Place(here) if same and here is not None and self.isAncestorOf(here) else None
        above = place is None or (before is not None and here is not None and before.details.isAncestorOf(here))
        editing = before.details.editing if same and before is not None else None
        heights = [each.verticalScrollBar().value() if same else 0 for each in self._scrolls()]
        everything = same and before is not None and before.details.everything
        history = same and before is not None and before.changes.everything
        self.body.empty()
        parts = Parts(
            self.desk.context, view, self.body, ask=self._on_asked, everything=everything, history=history,
            chosen=next((each.ref for each in view.profile.deals if each.id == self._filter), ""),
        )  # fmt: skip
        self.parts, self._shown = parts, view.id
        self._connect(parts)
        if any(heights) or not above:
            self._fill_rest(view, parts)
        else:  # what stands further down comes once the first of it is seen
            soon(partial(self._fill_rest, view, parts), parts.timeline)
        self.body.show_parts()
        if not same:
            self._give_up_focus()
        for area, height in zip(self._scrolls(), heights, strict=True):
            area.verticalScrollBar().setValue(height)
        if editing is not None:
            parts.details.edit(editing[0])
        elif place is not None and (again := place.find()) is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scrolls(self) -> tuple[Scroll, Scroll]:
        return self.body.main_scroll, self.body.side_scroll

    def _give_up_focus(self) -> None:
        if self.isVisible():
            self.take_focus()

    def _connect(self, parts: Parts) -> None:
        parts.head.pressed.connect(self._on_head)
        for details in (parts.details, parts.notes):
            if details is not None:
                details.saved.connect(self._on_saved)
                details.opened.connect(self._on_opened)
                details.followed.connect(self._on_followed)
                details.point_asked.connect(self._on_point)
        for rows in parts.rows:
            rows.followed.connect(self._on_followed)
        parts.timeline.filter_chosen.connect(self._on_filter)
        parts.timeline.more_asked.connect(self._on_more)
        parts.tags.added.connect(self._on_tag)
        parts.tags.removed.connect(self._on_tag_off)
        parts.changes.back_asked.connect(self._on_value_back)

    def _fill_rest(self, view: RecordView, parts: Parts) -> None:
        if self.view is not view or self._stale:  # it was removed, or is to be read again, before its turn came
            return
        parts.fill_rest()
        self._fill_timeline(view, parts)

    def _fill_timeline(self, view: RecordView, parts: Parts) -> None:
        found = record_reader.happened(
            self.desk.context, view.profile, self._filter or view.id, before=None, limit=self._lines + 1
        )
        parts.timeline.add(found[: self._lines], more=len(found) > self._lines)

    # What is asked

    def _on_asked(self, action: str, about: object = None) -> None:
        why = self.view.why if self.view is not None else None
        card = why.dossier.subject.id if why is not None and action == "fact" else self.record
        self.asked.emit(action, card, about)

    def _on_head(self, action: str) -> None:
        if action == "new_deal":
            self._on_new_deal()
        else:
            self.asked.emit(action, self.record, None)

    def _on_edit(self) -> None:
        if self.parts is not None:
            self.parts.details.edit()

    def _on_opened(self, row: QWidget) -> None:
        """A field that opens comes into sight, once it has its place."""
        self._opened = row
        QTimer.singleShot(0, self, self._see_opened)

    def _see_opened(self) -> None:
        row = self._opened
        for area in self._scrolls():
            if row is not None and focus.alive(row) and area.isAncestorOf(row):
                area.ensureWidgetVisible(row, 0, 24)

    def _on_followed(self, record: Id) -> None:
        self.desk.open_record(record)

    def _on_filter(self, ref: str) -> None:
        if self.view is None or self.parts is None:
            return
        chosen = next((each.id for each in self.view.profile.deals if each.ref == ref), NO_ID)
        self._filter, self._lines = Id(chosen), PAGE_OF_TIMELINE
        self.parts.timeline.empty()
        self._fill_timeline(self.view, self.parts)

    def _on_more(self) -> None:
        if self.view is None or self.parts is None:
            return
        before = self.parts.timeline.last
        found = record_reader.happened(
            self.desk.context, self.view.profile, self._filter or self.record, before=before, limit=PAGE_OF_TIMELINE + 1
        )
        self._lines += PAGE_OF_TIMELINE
        self.parts.timeline.add(found[:PAGE_OF_TIMELINE], more=len(found) > PAGE_OF_TIMELINE)

    # What is written

    def _on_saved(self, key: str, text: str, where: int) -> None:
        view, parts = self.view, self.parts
        if view is None or parts is None:
            return
        details = parts.notes if key == "note" and parts.notes is not None else parts.details
        following = details.neighbour(key, where) if where else ""
        item = details.rows[key].item
        if text != item.text:
            db, record, typed = self.desk.context.db, view.profile.record, self.desk.typed
            try:
                self._do(partial(record_saving.save, db, record, key, text, typed=typed))
            except Damaged:
                raise
            except CrmError as error:
                details.refuse(key, str(error))
                return
        self._after_saving(key, following)

    def _after_saving(self, key: str, following: str) -> None:
        """The page may have been built anew by now."""
        if self.parts is None:
            return
        for details in (self.parts.details, self.parts.notes):
            if details is not None and key in details.rows:
                details.finish(key)
                if following:
                    details.edit(following)
                else:
                    details.focus(key)

    def _on_point(self, what: str, point: Id) -> None:
        db = self.desk.context.db
        if what == "consent":
            self.asked.emit("consent", self.record, point)
        elif what == "remove":
            self._write(lambda: channels.remove(db, point), _("Removed."))
        else:
            item = next((each for each in self.view.items if each.point == point), None) if self.view else None
            on = item is not None and not getattr(item, what)
            self._write(lambda: channels.mark(db, point, **{what: on}))

    def _on_tag(self, name: str) -> None:
        if self._write(lambda: tags.add(self.desk.context.db, [self.record], name)) and self.parts is not None:
            self.parts.tags.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_tag_off(self, name: str) -> None:
        self._write(lambda: tags.remove(self.desk.context.db, [self.record], name))

    def _on_value_back(self, changed: Changed) -> None:
        db = self.desk.context.db
        self._write(
            lambda: values.bring_back(db, changed.record, column=changed.column, step=changed.step),
            _("“{value}” is back.").format(value=changed.before or _("nothing")),
        )

    def _on_new_deal(self) -> None:
        view = self.view
        if view is None or isinstance(view.profile.record, Lead | Opportunity):
            return
        firm = isinstance(view.profile.record, Organisation)
        made: list[Id] = []
        started = self._write(
            lambda: made.append(
                deals.start(
                    self.desk.context.db,
                    organisation=view.id if firm else None,
                    person=None if firm else view.id,
                    door="menu",
                )
            )
        )
        if started:
            self.desk.open_record(made[0])
            if self.parts is not None:
                self.parts.details.edit("name")

    def _on_remove(self) -> None:
        if self._trash.remove([self.record]):
            self.desk.back()

    def _write(self, act: Callable[[], object], said: str = "") -> bool:
        try:
            self._do(act)
        except CrmError as error:
            self.desk.context.refuse(error)
            return False
        if said:
            self.desk.context.notify.done(said)
        return True

    def _do(self, act: Callable[[], object]) -> None:
        self._writes = True
        try:
            act()
        finally:
            self._writes = False
