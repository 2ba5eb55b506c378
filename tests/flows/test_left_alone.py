"""The last card of a column leaves it: the keys never stay with nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crmdesk.services import convert, searches, trash
from crmdesk.services.proposing import ConvertChoice
from crmdesk.ui.dialogs.exits import ParkSheet
from tests.flows.conftest import Fair

CTRL = Qt.KeyboardModifier.ControlModifier


def lead_of(fair: Fair, name: str):
    return next(hit.card_id for hit in searches.find(fair.db, name))


def on_the_only_deal(fair: Fair):
    """A lead became the only card of its column, which has the keys; its own id and the deal's."""
    lead = lead_of(fair, "hansen")
    made = convert.convert(fair.db, lead, ConvertChoice(account="new", name="Drive", because="Sure"))
    fair.window.page.follow_card(made.opportunity_id)
    fair.window.board.take_focus()
    fair.driver.settle()
    return lead, made.opportunity_id


def test_a_conversion_taken_back_gives_the_keys_to_the_card_it_came_from(fair: Fair) -> None:
    board = fair.window.board
    lead, deal = on_the_only_deal(fair)
    assert board.selected_ids() == [deal]
    assert fair.column("opportunity").list.hasFocus()
    fair.driver.key(fair.window, Qt.Key.Key_Z, CTRL)
    assert board.selected_ids() == [lead]
    assert fair.column("lead").list.hasFocus()


def test_the_keys_go_to_the_column_beside_when_the_only_card_is_removed(fair: Fair) -> None:
    board = fair.window.board
    _lead, deal = on_the_only_deal(fair)
    fair.window.trash.remove([deal])
    fair.driver.settle()
    focused = next(column for column in board.strip.columns if column.list.hasFocus())
    assert focused.list.current_card() is not None
    assert board.current_id() not in (None, deal)


def test_a_card_that_was_removed_meanwhile_is_refused_in_the_sheet_that_asks_when_it_wakes(fair: Fair) -> None:
    lead = lead_of(fair, "hansen")
    fair.window.mover.leave([lead], "not_now")
    sheet = fair.wait_for_sheet(ParkSheet)
    trash.remove(fair.db, [lead])
    fair.driver.write(sheet.day.line, "1 june")
    fair.driver.key(sheet.day.line, Qt.Key.Key_Return)
    assert fair.window.context.sheets.current is sheet
    assert not sheet.error.isHidden()
    assert sheet.day.line.text() == "1 june"
