"""Lists of very many rows: read, counted and edited beside the window, which goes on meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event, current_thread, main_thread

import pytest

from crmdesk.domain.errors import Cancelled
from crmdesk.domain.lists import ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import capture, lists
from crmdesk.services.list_edits import MOST
from crmdesk.storage.database import Database
from crmdesk.ui.dialogs.list_sheets import ChooseSheet, RemoveSheet, TagSheet
from crmdesk.ui.models.ticks import Difference
from crmdesk.ui.work import Job
from tests.flows.conftest import Fair
from tests.support.list_page import People


@pytest.fixture
def people(fair: Fair) -> People:
    return People(fair)


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


def test_more_rows_than_can_be_tagged_at_once_are_refused_before_anything_is_typed(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST, "tag", 2)
    people.press("Ctrl+A", "T")
    window = people.fair.window
    assert window.sheets.current is None
    assert window.frame.bar.text == "3 rows are too many at once. Select at most 2."


@pytest.mark.parametrize("most", [2, 3])
def test_the_key_moves_as_many_rows_as_the_button_and_says_why_it_does_not(
    people: People, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setitem(MOST, "move", most)
    monkeypatch.setattr("crmdesk.ui.list_screen.MOST_SELECTED", 2)
    people.press("Ctrl+A", "M")
    if most == 3:
        people.fair.wait_for_sheet(ChooseSheet)
        people.press("Esc")
        people.fair.wait_for_no_sheet()
    else:
        assert people.fair.window.frame.bar.text == "3 rows are too many at once. Select at most 2."


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


def test_very_many_rows_are_read_beside_the_window(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    read, on = lists.ids, set()
    monkeypatch.setattr(lists, "ids", lambda *given: on.add(current_thread()) or read(*given))
    people = People(fair)
    fair.driver.until(lambda: people.table.rows.rowCount() == 3, "no rows came")
    assert on
    assert main_thread() not in on


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


def test_where_a_person_stands_holds_the_ticks_that_wait_for_their_rows(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.ui.list_reader.ASIDE_FROM", 1)
    people = People(fair)
    rows = people.table.rows
    fair.driver.until(lambda: rows.rowCount() == 3, "no rows came")
    rows.tick(1, on=True)
    before = people.page.standing()
    people.page.pane._on_sort("name")  # a click on its head, the other way round now
    assert people.names() == []
    assert people.page.standing().ticks == before.ticks
    fair.driver.until(lambda: rows.rowCount() == 3, "no rows came")
