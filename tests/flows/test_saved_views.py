"""Saved views stand in the navigation with their counts, and the deals are seen as a board or as a list."""

from __future__ import annotations

from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.services import deals, lists, people
from crmdesk.ui.list_screens import DealList


def view_entries(fair) -> dict[str, str]:
    return {
        entry.text(): entry.accessibleDescription()
        for key, entry in fair.window.navigation.entries.items()
        if key.startswith("view:")
    }


def test_a_view_stands_in_the_navigation_with_a_count_that_follows(fair) -> None:
    member = fair.db.member_id
    lists.save_view(fair.db, ListQuery(place="leads", filter=ListFilter(owners=(member,))), "Mine")
    fair.driver.until(lambda: view_entries(fair) == {"Mine": "3"}, "the view does not show")
    card = lists.ids(fair.db, ListQuery(place="leads"))[0]
    people.set_owner(fair.db, [card], None)
    fair.driver.until(lambda: view_entries(fair) == {"Mine": "2"}, "the count does not follow")


def test_a_click_on_a_view_shows_its_list(fair) -> None:
    view = lists.save_view(fair.db, ListQuery(place="leads", sort="source"), "By source")
    fair.driver.until(lambda: view_entries(fair), "the view does not show")
    fair.window.resize(1440, 900)
    fair.driver.settle()
    fair.driver.click(fair.window.navigation.entries[f"view:{view}"])
    assert fair.window.switching.key == "people"
    assert fair.window.page.pane.query.sort == "source"


def test_the_deals_are_seen_as_a_board_or_as_a_list(fair) -> None:
    made = deals.quick_start(fair.db, "Müller GmbH, Anna Müller", deal_stage="needs")
    fair.window.go("deals")
    ways = fair.window.page.controls.findChild(type(fair.window.switching.page("deal_list").controls))
    fair.driver.click(ways.segment("deal_list"))
    assert isinstance(fair.window.page, DealList)
    assert fair.window.navigation.entries["deals"].isChecked()
    fair.driver.until(lambda: made in list(lists.ids(fair.db, fair.window.page.pane.query)), "the deal is not listed")
    fair.driver.click(fair.window.page.controls.segment("deals"))
    assert fair.window.switching.key == "deals"


def test_a_card_of_the_deals_board_names_its_deal_and_whom_it_is_with(fair) -> None:
    made = deals.quick_start(fair.db, "Müller GmbH, Anna Müller", deal_stage="needs")
    deals.edit(fair.db, made, name="Hall 3")
    fair.window.go("deals")
    column = fair.window.page.board.strip.column_of("needs")
    card = column.model.card(0)
    assert (card.name, card.organisation) == ("Hall 3", "Anna Müller, Müller GmbH")
