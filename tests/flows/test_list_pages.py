"""The pages of lists in the real window: sorted, filtered, ticked and edited by mouse and key; the file is compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from crmdesk.domain.errors import Cancelled
from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.domain.records import Id, Lead, Person, SavedView
from crmdesk.services import capture, lists, moves, tags, workspace
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.ui.dialogs.list_sheets import ChooseSheet, LineSheet, RemoveSheet, TagSheet
from crmdesk.ui.list_screen import ListScreen
from crmdesk.ui.models.ticks import Difference
from crmdesk.ui.work import Job
from tests.flows.conftest import Fair


class People:
    """The page of people, and what its rows say."""

    def __init__(self, fair: Fair) -> None:
        self.fair = fair
        fair.window.go("people")

    @property
    def page(self) -> ListScreen:
        page = self.fair.window.page
        assert isinstance(page, ListScreen)
        return page

    @property
    def table(self):
        return self.page.pane.table

    def names(self) -> list[str]:
        rows = self.table.rows
        return [rows.row(number).name for number in range(rows.rowCount())]

    def press(self, *keys: str) -> None:
        for key in keys:
            stroke = QKeySequence(key)[0]
            self.fair.driver.key(self.focus, stroke.key(), stroke.keyboardModifiers())

    def type(self, text: str) -> None:
        self.fair.driver.write(self.focus, text)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def click_row(self, row: int, *, x: int = 200) -> None:
        place = QPoint(x, self.table.row_rect(row).center().y())
        self.fair.driver.click(self.table.viewport(), place)

    def click_label(self, key: str) -> None:
        section = 1 + [column.key for column in self.table.rows.columns].index(key)
        x = self.table.head.sectionViewportPosition(section) + 24
        self.fair.driver.click(self.table.head.viewport(), QPoint(x, 16))


@pytest.fixture
def people(fair: Fair) -> People:
    return People(fair)


def test_the_rows_come_by_name_and_turn_round_at_a_click(people: People) -> None:
    assert people.names() == ["Hansen, Birgit", "Nguyễn Thu Hà", "吳佳蓉"]
    people.click_label("name")
    assert people.names() == ["吳佳蓉", "Nguyễn Thu Hà", "Hansen, Birgit"]
    people.click_label("organisation")
    assert people.names()[0] == "Nguyễn Thu Hà"
    assert people.page.pane.query == ListQuery(place="people", sort="organisation")


def test_the_order_is_remembered_by_this_computer(people: People) -> None:
    people.click_label("stage")
    kept = people.fair.window.context.settings.list_shape("people")
    assert '"sort": "stage"' in kept


def test_an_owner_by_keys_goes_to_all_ticked_people_and_their_cards_and_comes_back(people: People) -> None:
    db = people.fair.db
    thomas = workspace.add_member(db, "Thomas Koch")
    people.fair.driver.settle()
    people.press("Space", "Down", "Space")
    assert people.page.pane.bar.count.text() == "2 selected"
    people.press("Shift+O")
    sheet = people.fair.wait_for_sheet(ChooseSheet)
    people.press("2")
    assert sheet.sentence.label.text() == "2 records change their owner. 2 open cards go along."
    people.press("Ctrl+Return")
    people.fair.wait_for_no_sheet()
    with db.read() as connection:
        owners = [each.owner_id for each in records.where(connection, Person)]
        leads = [each.owner_id for each in records.where(connection, Lead)]
    assert owners.count(thomas) == 2
    assert leads.count(thomas) == 2
    assert [people.table.rows.row(each).owner for each in (0, 1)] == ["Thomas Koch"] * 2
    assert people.table.rows.chosen_count == 2
    people.press("Ctrl+Z")
    with db.read() as connection:
        assert [each.owner_id for each in records.where(connection, Person)].count(thomas) == 0
        assert [each.owner_id for each in records.where(connection, Lead)].count(thomas) == 0


def test_a_tag_is_put_on_and_taken_off(people: People) -> None:
    people.click_row(0, x=18)
    people.press("T")
    sheet = people.fair.wait_for_sheet(TagSheet)
    people.type("VIP")
    assert sheet.sentence.label.text() == "1 record is given the tag."
    people.press("Return")
    people.fair.wait_for_no_sheet()
    assert [(each.name, each.count) for each in tags.listed(people.fair.db)] == [("VIP", 1)]
    people.press("T")
    sheet = people.fair.wait_for_sheet(TagSheet)
    people.fair.driver.click(sheet.way.segment("untag"))
    people.fair.driver.click(sheet.known.parts()[0])
    people.press("Ctrl+Return")
    people.fair.wait_for_no_sheet()
    assert tags.listed(people.fair.db) == []


def test_what_is_removed_goes_to_the_trash_and_comes_back_by_undo(people: People) -> None:
    people.press("Ctrl+A", "Delete")
    people.fair.wait_for_sheet(RemoveSheet)
    people.press("Ctrl+Return")
    people.fair.wait_for_no_sheet()
    assert people.names() == []
    people.press("Ctrl+Z")
    assert len(people.names()) == 3


def test_who_is_removed_alone_is_named(people: People) -> None:
    people.click_row(0, x=18)
    people.press("Delete")
    assert people.fair.wait_for_sheet(RemoveSheet).title.text() == "Remove Birgit Hansen"


def test_after_one_is_removed_the_keys_are_on_who_took_the_place(people: People) -> None:
    names = people.names()
    people.press("Down")
    assert people.table.currentIndex().row() == 1
    people.press("Delete")
    people.fair.wait_for_sheet(RemoveSheet)
    people.press("Ctrl+Return")
    people.fair.wait_for_no_sheet()
    people.fair.driver.settle()
    assert people.names() == [names[0], names[2]]
    assert people.table.currentIndex().row() == 1
    assert people.focus is people.table


def slow_bulk(monkeypatch: pytest.MonkeyPatch, name: str) -> tuple[Event, Event]:
    """Many rows are seen to off the window's thread, and wait for the second event; the first says that it began."""
    monkeypatch.setattr("crmdesk.ui.list_edits.ASIDE_FROM", 1)
    really, begun, may_go_on = getattr(lists, name), Event(), Event()

    def slow(db: Database, *given: object, **more: object) -> object:
        assert current_thread() is not main_thread()
        begun.set()
        may_go_on.wait(10)
        return really(db, *given, **more)

    monkeypatch.setattr(lists, name, slow)
    return begun, may_go_on


def test_what_a_tag_for_many_would_do_is_counted_beside_the_window(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    _begun, may_go_on = slow_bulk(monkeypatch, "bulk_preview")
    people.press("Ctrl+A", "T")
    sheet = people.fair.wait_for_sheet(TagSheet)
    people.type("VIP")
    assert sheet.sentence.label.text() == "Counting…"
    may_go_on.set()
    told = "3 records are given the tag."
    people.fair.driver.until(lambda: sheet.sentence.label.text() == told, "it is not counted")
    for _letter in "VIP":
        people.press("Backspace")
    assert sheet.sentence.label.text() == ""


def test_a_sheet_that_is_left_calls_off_what_is_counted_for_it(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_go_on = slow_bulk(monkeypatch, "bulk_preview")
    people.press("Ctrl+A", "Delete")
    people.fair.wait_for_sheet(RemoveSheet)
    assert begun.wait(10)
    [job] = [each for each in people.fair.window.context.work.findChildren(Job) if each.key == "list:preview"]
    people.press("Esc")
    people.fair.wait_for_no_sheet()
    assert job.cancelled()
    may_go_on.set()


def test_an_edit_of_many_says_what_it_did_though_another_is_asked_for_meanwhile(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(people.fair.window.context.notify, "done", lambda text, **_more: said.append(text))
    begun, may_go_on = slow_bulk(monkeypatch, "bulk")
    people.press("Ctrl+A", "T")
    people.fair.wait_for_sheet(TagSheet)
    people.type("VIP")
    people.press("Return")
    people.fair.wait_for_no_sheet()
    assert begun.wait(10)
    people.press("Shift+O")
    people.fair.wait_for_sheet(ChooseSheet)
    may_go_on.set()
    people.fair.driver.until(lambda: said == ["3 records are tagged."], "it says something else")


def test_an_owner_whom_all_have_already_changes_nothing(people: People) -> None:
    people.press("Space", "Shift+O")
    sheet = people.fair.wait_for_sheet(ChooseSheet)
    people.press("1")
    assert sheet.sentence.label.text() == "Nothing would change."


def test_cards_of_ticked_rows_are_moved_from_the_bar(people: People) -> None:
    people.click_row(0, x=18)
    people.fair.driver.click(people.page.pane.bar.buttons["move"])
    menu = next(each for each in people.page.findChildren(QMenu) if each.isVisible())
    assert [action.isEnabled() for action in menu.actions()].count(False) == 1
    menu.close()


def test_parked_cards_are_among_the_leads_and_can_be_brought_back(people: People) -> None:
    db = people.fair.db
    lead = lists.ids(db, ListQuery(place="leads"))[0]
    moves.park(db, [lead], wake_on="2026-07-01")
    people.page.show_segment("leads")
    people.page.pane._on_filtered(ListFilter(left=("not_now",)))
    assert people.names() == ["Hansen, Birgit"]
    assert people.page.pane.filters.count.text() == "1 of 3"
    people.table.setFocus()
    people.press("Shift+B")
    assert people.names() == []
    assert people.table.empty_text == "Nothing here meets the filter."


def test_a_view_is_saved_shown_again_and_removed(people: People) -> None:
    pane = people.page.pane
    pane._on_filtered(ListFilter(no_step=True))
    people.fair.driver.click(pane.filters.save)
    people.fair.wait_for_sheet(LineSheet)
    people.type("No next step")
    people.press("Return")
    people.fair.wait_for_no_sheet()
    with people.fair.db.read() as connection:
        assert [each.name for each in records.where(connection, SavedView)] == ["No next step"]
    assert pane.filters.views.text() == "No next step"
    assert pane.filters.save.isHidden()
    pane._on_filtered(ListFilter())
    assert pane.filters.views.text() == "Views"
    view = lists.views(people.fair.db)[0]
    people.page.show_query(view.query)
    assert pane.view == view
    choose(pane, pane._on_views_wanted, "Remove")
    assert lists.views(people.fair.db) == []
    assert pane.filters.views.isHidden()


def test_a_column_is_chosen_from_the_menu_and_kept(people: People) -> None:
    pane = people.page.pane
    choose(pane, pane._on_columns_wanted, "E-mail")
    assert "email" in pane.table.head.shape.shown
    choose(pane, pane._on_columns_wanted, "Stage")
    assert "stage" not in pane.table.head.shape.shown
    assert '"email"' in people.fair.window.context.settings.list_shape("people")


def choose(parent: QWidget, opens: Callable[[QPoint], None], text: str) -> None:
    """Opens a menu of a pane and triggers one of its entries."""
    opens(QPoint(10, 10))
    menu = next(each for each in parent.findChildren(QMenu) if each.isVisible())
    action = next(each for each in menu.actions() if isinstance(each, QAction) and each.text() == text)
    action.trigger()
    menu.close()


def test_words_are_asked_for_and_filter(people: People) -> None:
    pane = people.page.pane
    pane.words_wanted.emit()
    people.fair.wait_for_sheet(LineSheet)
    people.type("an phat")
    people.press("Return")
    people.fair.wait_for_no_sheet()
    assert people.names() == ["Nguyễn Thu Hà"]


def test_what_happens_elsewhere_is_seen_and_ticks_stay(people: People) -> None:
    from crmdesk.services import capture

    people.press("Down", "Space")
    capture.add(people.fair.db, name="Anna Adler")
    people.fair.driver.settle()
    assert people.names()[0] == "Adler, Anna"
    assert [
        people.table.rows.row(people.table.rows.number_of(each)).name for each in people.table.rows.chosen_ids()
    ] == ["Nguyễn Thu Hà"]
    assert people.table.current_id() == people.table.rows.chosen_ids()[0]


def test_organisations_have_a_page_of_their_own(fair: Fair) -> None:
    fair.window.go("organisations")
    page = fair.window.page
    assert isinstance(page, ListScreen)
    row = page.pane.table.rows.row(0)
    assert (row.name, row.people, row.deals) == ("Công ty TNHH Cơ khí An Phát", 1, 0)


def test_very_many_rows_are_read_beside_the_window(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    fair.window.go("people")
    page = fair.window.page
    assert isinstance(page, ListScreen)
    fair.driver.until(lambda: page.pane.table.rows.rowCount() == 3, "no rows came")


def test_a_page_is_read_once_when_it_is_first_gone_to_and_once_when_a_view_is_shown(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, asked, offered = lists.ids, [], []
    monkeypatch.setattr(lists, "ids", lambda db, query, most=None: asked.append(query) or read(db, query, most))
    monkeypatch.setattr(tags, "listed", lambda db: offered.append(1) or [])
    people = People(fair)
    assert asked == [ListQuery(place="people")]
    assert not offered, "what can be chosen is read before anybody wants to choose"
    people.page.show_query(ListQuery(place="leads", sort="source"))
    assert asked[1:] == [ListQuery(place="leads", sort="source")]
    people.fair.driver.click(people.page.pane.filters.add)
    assert offered == [1]


def test_the_views_of_very_many_rows_are_counted_beside_the_window(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    lists.save_view(fair.db, ListQuery(place="people"), "Everybody")
    views, on = lists.views, set()
    monkeypatch.setattr(lists, "views", lambda db: on.add(current_thread()) or views(db))
    people = People(fair)
    fair.driver.until(lambda: people.page.pane.filters.views.text() == "Everybody", "the view is not named")
    assert main_thread() not in on


def test_the_first_of_very_many_rows_are_there_before_the_others(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    monkeypatch.setattr("crmdesk.ui.list_reader.FIRST", 2)
    read, may_go_on = lists.ids, Event()

    def slow(db: Database, query: ListQuery, most: int | None = None) -> Sequence[Id]:
        if most is None:
            may_go_on.wait(10)
        return read(db, query, most)

    monkeypatch.setattr(lists, "ids", slow)
    people = People(fair)
    fair.driver.until(lambda: people.table.rows.rowCount() == 2, "the first rows did not come")
    first = people.names()
    may_go_on.set()
    fair.driver.until(lambda: people.table.rows.rowCount() == 3, "the others did not come")
    assert people.names()[:2] == first


def test_very_many_rows_never_stand_in_another_order_than_the_one_that_is_named(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    monkeypatch.setattr("crmdesk.ui.list_reader.FIRST", 2)
    people = People(fair)
    fair.driver.until(lambda: people.table.rows.rowCount() == 3, "no rows came")
    people.press("End")
    by_name, read, may_go_on = people.names(), lists.ids, Event()

    def slow(db: Database, query: ListQuery, most: int | None = None) -> Sequence[Id]:
        if most is None:
            may_go_on.wait(10)
        return read(db, query, most)

    monkeypatch.setattr(lists, "ids", slow)
    people.page.pane._on_sort("name")  # a click on its head, the other way round now
    assert people.names() == []
    fair.driver.until(lambda: people.names() == by_name[::-1][:2], "the first rows of the other order did not come")
    may_go_on.set()
    fair.driver.until(lambda: people.names() == by_name[::-1], "the others did not come")


def test_of_very_many_ticked_rows_who_comes_is_not_ticked_and_that_is_found_out_beside_the_window(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    people = People(fair)
    rows = people.table.rows
    fair.driver.until(lambda: rows.rowCount() == 3, "no rows came")
    compare, on = Difference.between, set()
    monkeypatch.setattr(Difference, "between", lambda before, now: on.add(current_thread()) or compare(before, now))
    people.press("Ctrl+A")
    capture.add(fair.db, name="Aaron Abel", door="capture")
    fair.driver.until(lambda: rows.rowCount() == 4, "nobody came")
    assert [rows.is_ticked(row) for row in range(4)] == [False, True, True, True]
    assert main_thread() not in on


def test_all_that_are_ticked_while_very_many_rows_are_read_stay_ticked(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    people = People(fair)
    rows = people.table.rows
    fair.driver.until(lambda: rows.rowCount() == 3, "no rows came")
    read, may_go_on = lists.ids, Event()
    monkeypatch.setattr(lists, "ids", lambda db, query, most=None: may_go_on.wait(10) and read(db, query, most))
    capture.add(fair.db, name="Aaron Abel", door="capture")
    fair.driver.settle()
    people.press("Ctrl+A")
    may_go_on.set()
    fair.driver.until(lambda: rows.rowCount() == 4, "nobody came")
    assert [rows.is_ticked(row) for row in range(4)] == [False, True, True, True]


def test_very_many_rows_in_an_order_that_nobody_wants_any_more_are_read_no_further(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    people = People(fair)
    fair.driver.until(lambda: people.table.rows.rowCount() == 3, "no rows came")
    read, begun, stopped = lists.ids, Event(), Event()
    counting = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000000) SELECT max(i) FROM n"

    def slow(db: Database, query: ListQuery, most: int | None = None) -> Sequence[Id]:
        if most is None and query.descending:
            begun.set()
            with pytest.raises(Cancelled), db.read() as connection:
                connection.exec_driver_sql(counting).fetchall()
            stopped.set()
        return read(db, query, most)

    monkeypatch.setattr(lists, "ids", slow)
    people.click_label("name")
    assert begun.wait(10)
    people.click_label("name")
    assert stopped.wait(10)
    fair.driver.until(lambda: people.table.rows.rowCount() == 3, "no rows came")


@pytest.mark.parametrize("all_but", [False, True])
def test_what_is_ticked_among_very_many_rows_comes_back_in_the_other_order(
    fair: Fair, monkeypatch: pytest.MonkeyPatch, all_but: bool
) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    people = People(fair)
    rows = people.table.rows
    fair.driver.until(lambda: rows.rowCount() == 3, "no rows came")
    rows.tick_all(on=all_but)
    rows.tick(0, on=not all_but)
    ticked = list(rows.chosen_ids())
    people.page.pane._on_sort("name")  # a click on its head, the other way round now
    assert people.names() == []
    assert people.page.pane.bar.isHidden(), "an act would be about others"
    fair.driver.until(lambda: list(rows.chosen_ids()) == ticked[::-1], "the ticks did not come back")
    assert people.page.pane.bar.isVisible()
