"""Acts: people and organisations as lists, the pages of their records, and the trash."""

from __future__ import annotations

from crmdesk.domain.records import Activity, Id, Person
from crmdesk.driver import NothingFollowed
from crmdesk.services import lists, profiles, tags, trash
from crmdesk.storage import records
from crmdesk.tour.ground import CTRL, K, Tour
from crmdesk.ui.dialogs.list_sheets import LineSheet, TagSheet
from crmdesk.ui.dialogs.trash import TrashSheet
from crmdesk.ui.list_screen import ListScreen
from crmdesk.ui.record_screen import RecordScreen
from crmdesk.ui.views.record_blocks import Link
from crmdesk.ui.views.record_parts import Parts
from crmdesk.words import _

FIRM = "Bauer Maschinenbau GmbH"
TITLE = "Einkaufsleitung"


def people(tour: Tour) -> None:
    """The list is filtered, what is ticked gets a tag, and what is seen is kept as a view."""
    tour.shortcut(K.Key_4, CTRL)
    page = tour.page(ListScreen)
    tour.read()
    tour.picture("people")
    everybody = page.pane.table.rows.rowCount()
    tour.driver.click(page.pane.filters.add)
    tour.picture("filter")
    tour.press(_("No next step"))
    tour.read()
    tour.holds(0 < page.pane.table.rows.rowCount() < everybody, "the filter keeps everybody")
    page.take_focus()
    for key in (K.Key_Space, K.Key_Down, K.Key_Space, K.Key_Down, K.Key_Space):
        tour.key(key)
    tour.holds(page.pane.table.rows.chosen_count == 3, "three rows are not ticked")
    tour.picture("selected")
    _tag(tour)
    _save_view(tour, page)


def organisations(tour: Tour) -> None:
    """The list of firms; Enter opens the page of one, and a name there leads to a person's."""
    tour.shortcut(K.Key_5, CTRL)
    page = tour.page(ListScreen)
    tour.read()
    firm = tour.record(FIRM, "organisation")
    page.pane.table.go_to(page.pane.table.rows.number_of(firm) or 0)
    page.take_focus()
    tour.picture("organisations")
    tour.key(K.Key_Return)
    tour.holds(tour.page(RecordScreen).record == firm, "its page does not open")
    tour.picture("organisation")
    _follow(tour, "Katrin Bauer")
    tour.picture("person")


def edit_in_place(tour: Tour) -> None:
    """A value becomes a field where it stands; the history gives one value back."""
    page = tour.page(RecordScreen)
    person, row = page.record, _parts(page).details.rows["job_title"]
    before = _job_title(tour, person)
    if row.value is None:
        raise NothingFollowed("there is no job title to edit")
    tour.driver.click(row.value)
    tour.key(K.Key_A, CTRL)
    tour.write(TITLE)
    tour.picture("edit")
    tour.key(K.Key_Return)
    tour.holds(_job_title(tour, person) == TITLE, "the value is not kept")
    changes = _parts(page).changes
    if changes.all.isVisible():
        tour.driver.click(changes.all)
        changes = _parts(page).changes
    page.body.side_scroll.ensureWidgetVisible(changes)
    tour.picture("record-history")
    back = changes.rows[0].back
    page.body.side_scroll.ensureWidgetVisible(back)
    tour.driver.click(back)
    tour.holds(_job_title(tour, person) == before, "the value does not come back")


def deal_page(tour: Tour) -> None:
    """The page of a deal, from its organisation's."""
    tour.shortcut(K.Key_BracketLeft, CTRL)
    with tour.reader() as db:
        [deal] = profiles.read(db, tour.record(FIRM, "organisation")).deals
    _follow(tour, deal.name)
    tour.picture("deal-page")


def remove(tour: Tour) -> None:
    """Del removes a record with all that is its own; the trash gives it back."""
    person = tour.record("Katrin Bauer", "person")
    tour.shortcut(K.Key_BracketLeft, CTRL)
    _follow(tour, "Katrin Bauer")
    kept = _activities(tour, person)
    tour.shortcut(K.Key_Delete)
    with tour.reader() as db:
        tour.holds([each.name for each in trash.listed(db)] == ["Katrin Bauer"], "nothing is in the trash")
    tour.picture("removed")
    tour.command("trash")
    sheet = tour.sheet(TrashSheet)
    tour.picture("trash")
    tour.driver.key(sheet.view, K.Key_Return, CTRL)
    tour.closed()
    with tour.reader() as db:
        tour.holds(trash.listed(db) == [], "it stays in the trash")
    tour.holds(_activities(tour, person) == kept, "not all came back")


def _tag(tour: Tour) -> None:
    tour.key(K.Key_T)
    sheet = tour.sheet(TagSheet)
    tour.driver.write(sheet.line, "VIP")
    tour.picture("tag")
    tour.driver.key(sheet.line, K.Key_Return)
    tour.closed()
    with tour.reader() as db:
        counted = {each.name: each.count for each in tags.listed(db)}
        tour.holds(counted.get("VIP") == 3, "three people do not have the tag")


def _save_view(tour: Tour, page: ListScreen) -> None:
    tour.driver.click(page.pane.filters.save)
    sheet = tour.sheet(LineSheet)
    tour.driver.write(sheet.line, _("No next step"))
    tour.driver.key(sheet.line, K.Key_Return)
    tour.closed()
    with tour.reader() as db:
        tour.holds([each.query.filter.no_step for each in lists.views(db)] == [True], "the view is not kept")
    tour.picture("view")


def _follow(tour: Tour, name: str) -> None:
    """Presses a name on the page."""
    page = tour.page(RecordScreen)
    before = page.record
    link = next((each for each in page.findChildren(Link) if each.text() == name and each.isVisible()), None)
    if link is None:
        raise NothingFollowed(f"“{name}” is not on the page")
    tour.driver.click(link)
    tour.holds(tour.page(RecordScreen).record != before, f"“{name}” leads nowhere")


def _parts(page: RecordScreen) -> Parts:
    if page.parts is None:
        raise NothingFollowed("the page is empty")
    return page.parts


def _job_title(tour: Tour, person: Id) -> str:
    with tour.reader() as db, db.read() as connection:
        return records.get(connection, Person, person).job_title


def _activities(tour: Tour, person: Id) -> int:
    with tour.reader() as db, db.read() as connection:
        return len(records.where(connection, Activity, person_id=person))
