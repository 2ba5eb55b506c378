"""The pages of lists in the real window: sorted, filtered, ticked and edited by mouse and key; the file is compared."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.domain.records import Lead, Person, SavedView
from crmdesk.services import capture, lists, moves, tags, workspace
from crmdesk.storage import records
from crmdesk.ui.dialogs.list_sheets import ChooseSheet, LineSheet, RemoveSheet, TagSheet
from crmdesk.ui.list_screen import ListScreen
from tests.flows.conftest import Fair
from tests.support.list_page import People


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
    choose(people, pane.filters.add, "No next step")
    people.fair.driver.click(pane.filters.save)
    people.fair.wait_for_sheet(LineSheet)
    people.type("No next step")
    people.press("Return")
    people.fair.wait_for_no_sheet()
    with people.fair.db.read() as connection:
        assert [each.name for each in records.where(connection, SavedView)] == ["No next step"]
    assert pane.filters.views.text() == "No next step"
    assert pane.filters.save.isHidden()
    chip = pane.filters.chips["no_step"]
    people.fair.driver.click(chip, QPoint(chip.width() - 16, chip.height() // 2))
    assert pane.filters.views.text() == "Views"
    view = lists.views(people.fair.db)[0]
    choose(people, pane.filters.views, f"No next step ({view.count.count})")
    assert pane.view == view
    choose(people, pane.filters.views, "Rename…")
    sheet = people.fair.wait_for_sheet(LineSheet)
    people.fair.driver.write(sheet.line, "Nothing planned")
    people.fair.driver.key(sheet.line, Qt.Key.Key_Return)
    people.fair.wait_for_no_sheet()
    assert pane.filters.views.text() == "Nothing planned"
    choose(people, pane.filters.views, "Remove")
    assert lists.views(people.fair.db) == []
    assert pane.filters.views.isHidden()


def test_a_column_is_chosen_from_the_menu_and_kept(people: People) -> None:
    pane = people.page.pane
    choose(people, pane.filters.columns, "E-mail")
    assert "email" in pane.table.head.shape.shown
    choose(people, pane.filters.columns, "Stage")
    assert "stage" not in pane.table.head.shape.shown
    assert '"email"' in people.fair.window.context.settings.list_shape("people")


def choose(people: People, chip: QWidget, text: str) -> None:
    """Clicks a chip, and one of the entries of its menu."""
    people.fair.driver.click(chip)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if each.text() == text)
    people.fair.driver.click(menu, menu.actionGeometry(action).center())


def test_words_are_asked_for_and_filter(people: People) -> None:
    pane = people.page.pane
    choose(people, pane.filters.add, "Words…")
    people.fair.wait_for_sheet(LineSheet)
    people.type("an phat")
    people.press("Return")
    people.fair.wait_for_no_sheet()
    assert people.names() == ["Nguyễn Thu Hà"]


def test_what_happens_elsewhere_is_seen_and_ticks_stay(people: People) -> None:

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
