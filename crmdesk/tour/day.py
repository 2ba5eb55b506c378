"""Acts: the day's work on the page of today, people added in one line, and the palette."""

from __future__ import annotations

from crmdesk.domain.today import Entry
from crmdesk.driver import NothingFollowed
from crmdesk.services import dossiers, timelines, today
from crmdesk.tour.ground import CTRL, K, Tour
from crmdesk.ui.dialogs.later import LaterSheet
from crmdesk.ui.dialogs.quick_add import QuickAddSheet
from crmdesk.ui.today_screen import TodayScreen
from crmdesk.words import _

LATER = "8.5."  # a day that is typed alike in all languages


def work_through(tour: Tour) -> None:
    """One is ticked off, one call is logged with what comes next, one step is put off."""
    tour.shortcut(K.Key_1, CTRL)
    page = tour.page(TodayScreen)
    page.take_focus()
    tour.picture("today")
    tour.key(K.Key_Space)
    with tour.reader() as db:
        tour.holds(today.listed(db).done == 1, "nothing is ticked off")
    tour.picture("ticked")
    _log(tour, page)
    _put_off(tour, page)


def quick_add(tour: Tour) -> None:
    """A line becomes a person with a next step, shown beforehand; then comes the next."""
    tour.shortcut(K.Key_Q)
    sheet = tour.sheet(QuickAddSheet)
    tour.driver.write(sheet.line, sheet.line.placeholderText())
    tour.picture("quick-add")
    mail = sheet.shown.values["email"].text()
    tour.driver.key(sheet.line, K.Key_Return)
    card = tour.found(mail)
    with tour.reader() as db:
        steps = dossiers.read(db, card).tasks
        tour.holds([step.due_on for step in steps] == ["2026-05-08"], "there is no next step")
    tour.picture("quick-added")
    tour.driver.key(sheet.line, K.Key_Escape)
    tour.closed()


def palette(tour: Tour) -> None:
    """Ctrl+K offers what can be done with the current record; Nguyễn is found without the marks."""
    tour.shortcut(K.Key_K, CTRL)
    tour.holds(tour.window.hits.isVisible(), "the palette does not open")
    tour.picture("palette")
    tour.driver.write(tour.window.toolbar.search, "nguyen")
    tour.holds(len(tour.window.hits.model.hits) >= 2, "nobody is found")
    tour.picture("search")
    tour.driver.key(tour.window.toolbar.search, K.Key_Return)
    tour.picture("found")


def _log(tour: Tour, page: TodayScreen) -> None:
    """A call that reached somebody, and what comes next."""
    entry = _go_to(tour, page, "Katrin Bauer")
    card = entry.card or entry.about
    with tour.reader() as db:
        before = len(timelines.timeline(db, card))
    reached = next(row for row in page.panel.outcomes.rows if row.outcome.value == "reached")
    tour.driver.click(reached)
    tour.driver.click(page.panel.next.line)
    tour.driver.write(page.panel.next.line, _("send offer fri"))
    tour.picture("outcome")
    tour.driver.key(page.panel.next.line, K.Key_Return)
    with tour.reader() as db:
        tour.holds(len(timelines.timeline(db, card)) > before, "the call is not logged")
        steps = [step for step in dossiers.read(db, card).tasks if not step.done_at]
        tour.holds("2026-05-08" in [step.due_on for step in steps], "there is no next step")
    tour.picture("logged")


def _put_off(tour: Tour, page: TodayScreen) -> None:
    """S asks until when."""
    entry = _go_to(tour, page, "Sabine Oberländer-Schmitt")
    tour.key(K.Key_S)
    sheet = tour.sheet(LaterSheet)
    tour.driver.write(sheet.day.line, LATER)
    tour.picture("later")
    tour.driver.key(sheet.day.line, K.Key_Return)
    tour.closed()
    with tour.reader() as db:
        steps = dossiers.read(db, entry.card or entry.about).tasks
        tour.holds("2026-05-08" in [step.due_on for step in steps], "the step is not put off")


def _go_to(tour: Tour, page: TodayScreen, name: str) -> Entry:
    """Somebody on the day; where others fill the page, the first of them."""
    rows = page.list.rows
    found = {row: entry for row in range(rows.rowCount()) if (entry := rows.entry(row)) is not None}
    if not found:
        raise NothingFollowed("nobody is on the day")
    row = next((row for row, entry in found.items() if entry.name == name), min(found))
    page.list.go_to(row)
    page.take_focus()
    tour.driver.settle()
    return found[row]
