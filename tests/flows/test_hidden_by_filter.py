"""A card that the filter of the board hides is told of, with the way to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crmdesk.domain.cards import BoardFilter
from crmdesk.services import boards, workspace
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from tests.flows.conftest import Fair


def add(fair: Fair, name: str) -> None:
    fair.driver.key(fair.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    sheet = fair.wait_for_sheet(NewContactSheet)
    fair.driver.write(sheet.lines["name"], name)
    fair.driver.key(sheet.lines["name"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    fair.wait_for_no_sheet()


def test_a_new_card_that_the_filter_hides_is_shown_from_the_toast(fair: Fair) -> None:
    other = workspace.add_member(fair.db, "Tom Weber")
    fair.driver.settle()
    fair.window.board.filter_row.set_filter(BoardFilter(owner_id=other))
    add(fair, "Berta Eins")
    toast = fair.window.context.notify.toast
    assert toast is not None
    assert toast.text == "Added: Berta Eins. The filter hides it."
    assert toast.way is not None
    assert toast.link is not None, "undo is still there"
    fair.driver.click(toast.way)
    assert fair.window.board.shown == BoardFilter()
    chosen = boards.cards(fair.db, fair.window.board.selected_ids())
    assert [card.name for card in chosen] == ["Berta Eins"]


def test_a_new_card_in_sight_needs_no_way_to_it(fair: Fair) -> None:
    add(fair, "Berta Eins")
    toast = fair.window.context.notify.toast
    assert toast is not None
    assert (toast.text, toast.way) == ("Added: Berta Eins.", None)


@pytest.mark.parametrize("undo", [True, False])
def test_the_hidden_card_is_still_undone_from_the_toast(fair: Fair, undo: bool) -> None:
    fair.window.context.notify.done("Done.", undo=undo)
    fair.window.context.notify.add("More.", way="Show", then=fair.window.board.take_focus)
    toast = fair.window.context.notify.toast
    assert toast is not None
    assert (toast.text, toast.link is not None) == ("Done. More.", undo)
