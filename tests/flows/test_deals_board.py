"""The deals board by mouse and keys: what is dropped, typed and chosen there is on the disk and on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from crmdesk.domain.records import Opportunity
from crmdesk.services import convert, deals, dossiers, moves, searches, undo, workspace
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage import records
from crmdesk.ui.dialogs.deal import DealSheet
from crmdesk.ui.dialogs.exits import ParkSheet, ReasonSheet
from crmdesk.ui.dialogs.list_sheet import ListSheet
from crmdesk.ui.dialogs.part import AddPartSheet, PartSheet
from crmdesk.ui.views.panel_parts import AskButton, Pressable

CTRL = Qt.KeyboardModifier.ControlModifier
CARD = "Birgit Hansen"
DEAL = "Drive, hall 2"  # what its card is called


@pytest.fixture
def selling(fair):
    """The window on the deals board, with one deal in Needs."""
    lead = next(hit.card_id for hit in searches.find(fair.db, CARD))
    made = convert.convert(fair.db, lead, ConvertChoice(account="new", name=DEAL, because="Sure"))
    fair.deal = made.opportunity_id
    fair.window.go("deals")
    fair.driver.settle()
    return fair


def deal(fair) -> Opportunity:
    with fair.db.read() as connection:
        return records.get(connection, Opportunity, fair.deal)


def column(fair, stage: str):
    return fair.window.page.board.strip.column_of(stage)


def names(fair, stage: str) -> list[str]:
    model = column(fair, stage).model
    return [model.card(row).name for row in range(model.rowCount())]


def select(fair) -> None:
    fair.window.page.board.show_card(fair.deal)
    fair.window.page.take_focus()
    fair.driver.settle()


def take(fair, stage: str) -> None:
    """Holds the card over the middle of a column, or over the strip of the tray."""
    source = column(fair, deal(fair).deal_stage)
    fair.driver.press(fair.window, source.list.viewport().mapTo(fair.window, source.list.card_rect(0).center()))
    goal = column(fair, stage)
    fair.driver.move(fair.window, goal.mapTo(fair.window, QPoint(goal.width() // 2, goal.height() // 3)))


def by_drag(fair) -> None:
    take(fair, "terms")
    fair.driver.release(fair.window)


def by_ctrl_arrows(fair) -> None:
    select(fair)
    for stage in ("needs", "proposal"):
        fair.driver.key(column(fair, stage).list, Qt.Key.Key_Right, CTRL)


def by_m_and_digit(fair) -> None:
    select(fair)
    fair.driver.key(column(fair, "needs").list, Qt.Key.Key_M)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    fair.driver.key(menu, Qt.Key.Key_3)


def by_record_menu(fair) -> None:
    select(fair)
    for _each in range(2):
        fair.window.actions_.get("move_right").trigger()
        fair.driver.settle()


def by_sheet(fair) -> None:
    select(fair)
    fair.driver.key(column(fair, "needs").list, Qt.Key.Key_E)
    sheet = fair.wait_for_sheet(DealSheet)
    sheet.stage.set_value("terms")
    fair.driver.key(sheet.name, Qt.Key.Key_Return, CTRL)


@pytest.mark.parametrize("door", [by_drag, by_ctrl_arrows, by_m_and_digit, by_record_menu, by_sheet])
def test_a_deal_goes_to_another_stage_through_every_door(selling, door) -> None:
    assert names(selling, "needs") == [DEAL]
    door(selling)
    selling.driver.until(lambda: names(selling, "terms") == [DEAL], "the card stays where it was")
    assert names(selling, "needs") == []
    assert (deal(selling).deal_stage, deal(selling).probability) == ("terms", 60)


@pytest.mark.parametrize(("key", "exit_"), [(Qt.Key.Key_1, "not_now"), (Qt.Key.Key_2, "won"), (Qt.Key.Key_3, "lost")])
def test_digits_while_dragging_take_a_deal_off_the_board(selling, key, exit_) -> None:
    take(selling, "terms")
    selling.driver.key(selling.window, key)
    if exit_ == "not_now":
        sheet = selling.wait_for_sheet(ParkSheet)
        selling.driver.write(sheet.day.line, "in 2 weeks")
        selling.driver.key(sheet.day.line, Qt.Key.Key_Return)
    elif exit_ == "lost":
        sheet = selling.wait_for_sheet(ReasonSheet)
        selling.driver.key(sheet.reasons.rows[0], Qt.Key.Key_2)
        selling.driver.key(sheet.line, Qt.Key.Key_Return, CTRL)
    selling.driver.until(lambda: deal(selling).exit == exit_, "nothing happened")
    selling.wait_for_no_sheet()
    assert all(names(selling, stage) == [] for stage in ("needs", "proposal", "terms", "contract"))
    assert deal(selling).exit_reason == ("competitor" if exit_ == "lost" else "")


def test_a_line_at_the_foot_of_a_column_starts_a_deal_there(selling) -> None:
    there = column(selling, "proposal")
    selling.driver.write(there.quick_add.line, "Petra Pumpe, Pumpen AG")
    selling.driver.key(there.quick_add.line, Qt.Key.Key_Return)
    assert names(selling, "proposal") == ["Pumpen AG"]
    selling.driver.key(there.quick_add.line, Qt.Key.Key_Return)
    selling.driver.write(there.quick_add.line, CARD)
    selling.driver.key(there.quick_add.line, Qt.Key.Key_Return)
    assert sorted(names(selling, "proposal")) == ["Hansen Antriebstechnik GmbH", "Pumpen AG"]
    assert [each.kind for each in searches.find(selling.db, CARD)].count("person") == 1


def test_a_lost_deal_brought_back_is_a_new_card(selling) -> None:
    select(selling)
    moves.lost(selling.db, [selling.deal], reason="price")
    selling.window.page.show_card(selling.deal)
    selling.driver.settle()
    selling.window.actions_.get("reopen").trigger()
    selling.driver.until(lambda: names(selling, "needs") == [DEAL], "no card came back")
    assert deal(selling).exit == "lost"
    assert selling.window.selected != [selling.deal]


def row_of(fair, name: str) -> Pressable:
    panel = fair.window.page.page.panel
    return next(each for each in panel.findChildren(Pressable) if each.accessibleName().startswith(name))


def test_every_fact_of_a_deal_is_one_press_from_its_field(selling) -> None:
    selling.window.page.show_card(selling.deal)
    selling.driver.settle()
    assert "20 %, stage default" in row_of(selling, "Probability").accessibleName()
    selling.driver.key(row_of(selling, "Probability"), Qt.Key.Key_Return)
    sheet = selling.wait_for_sheet(DealSheet)
    assert sheet.probability.hasFocus()
    selling.driver.write(sheet.probability, "45 %")
    assert "by hand" in sheet.probability.accessibleDescription()
    selling.driver.write(sheet.facts["terms"], "30 days")
    selling.driver.key(sheet.probability, Qt.Key.Key_Return, CTRL)
    selling.wait_for_no_sheet()
    assert (deal(selling).probability, deal(selling).probability_from, deal(selling).terms) == (45, "hand", "30 days")
    assert "45 %, by hand" in row_of(selling, "Probability").accessibleName()
    undo.undo(selling.db)
    assert (deal(selling).probability, deal(selling).terms) == (20, "")


def test_what_is_no_probability_is_not_saved(selling) -> None:
    selling.window.dealing.edit([selling.deal], "probability")
    sheet = selling.wait_for_sheet(DealSheet)
    selling.driver.write(sheet.probability, "150")
    assert sheet.primary is not None
    assert not sheet.primary.isEnabled()
    assert "from 0 to 100" in sheet.probability.accessibleDescription()


def test_a_close_that_has_passed_does_not_stand_in_the_way(selling) -> None:
    deals.edit(selling.db, selling.deal, expected_close="2026-01-05")
    selling.window.dealing.edit([selling.deal])
    sheet = selling.wait_for_sheet(DealSheet)
    assert sheet.close_day.sentence.label.text() == "Monday, 5 January 2026"
    sheet.name.selectAll()
    selling.driver.write(sheet.name, "Drive, hall 3")
    selling.driver.key(sheet.name, Qt.Key.Key_Return)
    selling.wait_for_no_sheet()
    assert (deal(selling).name, deal(selling).expected_close) == ("Drive, hall 3", "2026-01-05")


def test_people_get_a_part_change_it_and_are_taken_out(selling) -> None:
    selling.window.page.show_card(selling.deal)
    selling.driver.settle()
    panel = selling.window.page.page.panel
    add = next(each for each in panel.findChildren(AskButton) if each.text() == "Add a person")
    add.click()
    sheet = selling.wait_for_sheet(AddPartSheet)
    selling.driver.write(sheet.name, "Jonas Weller")
    sheet.role.set_value("uses")
    selling.driver.key(sheet.name, Qt.Key.Key_Return, CTRL)
    selling.wait_for_no_sheet()
    assert [(each.name, each.role) for each in deals.parts(selling.db, selling.deal)][1:] == [("Jonas Weller", "uses")]
    selling.driver.key(row_of(selling, "Jonas Weller"), Qt.Key.Key_Space)
    sheet = selling.wait_for_sheet(PartSheet)
    selling.driver.key(sheet.roles.rows[0], Qt.Key.Key_6)
    selling.driver.key(sheet.roles.rows[5], Qt.Key.Key_Return, CTRL)
    selling.wait_for_no_sheet()
    assert deals.parts(selling.db, selling.deal)[1].role == "blocks"
    selling.driver.key(row_of(selling, "Jonas Weller"), Qt.Key.Key_Space)
    selling.driver.click(selling.wait_for_sheet(PartSheet).take_out)
    selling.wait_for_no_sheet()
    assert [each.name for each in deals.parts(selling.db, selling.deal)] == [CARD]


def test_the_stages_are_renamed_ordered_and_removed_with_a_place_for_their_deals(selling) -> None:
    selling.window.actions_.get("deal_stages").trigger()
    sheet = selling.wait_for_sheet(ListSheet)
    selling.driver.key(sheet.rows[1].up, Qt.Key.Key_Space)
    assert [row.entry.key for row in sheet.rows] == ["proposal", "needs", "terms", "contract"]
    sheet.rows[3].line.selectAll()
    selling.driver.write(sheet.rows[3].line, "Signature")
    selling.driver.key(sheet.rows[3].line, Qt.Key.Key_Return)
    assert selling.window.focusWidget() is sheet.rows[4].line
    selling.driver.write(sheet.rows[4].line, "Delivery")
    selling.driver.write(sheet.rows[4].percent, "95")
    selling.driver.key(sheet.rows[1].remove, Qt.Key.Key_Space)
    assert sheet.primary is not None
    assert not sheet.primary.isEnabled()
    target = sheet.rows[1].target
    assert target is not None
    target.set_value("terms")
    target.chosen.emit("terms")
    selling.driver.key(sheet.rows[0].line, Qt.Key.Key_Return, CTRL)
    selling.wait_for_no_sheet()
    heads = [(each.word, each.stage) for each in selling.window.page.board.strip.columns]
    assert [word for word, _key in heads] == ["Proposal", "Terms", "Signature", "Delivery"]
    assert names(selling, "terms") == [DEAL]
    assert deals.stages(selling.db)[3].probability == 95


def test_the_list_of_reasons_is_edited_where_the_reason_is_asked(selling) -> None:
    select(selling)
    selling.driver.key(column(selling, "needs").list, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    asked = selling.wait_for_sheet(ReasonSheet)
    selling.driver.write(asked.line, "They wrote")
    selling.driver.click(asked.edit_list)
    sheet = selling.wait_for_sheet(ListSheet)
    sheet.rows[0].line.selectAll()
    selling.driver.write(sheet.rows[0].line, "Too dear")
    selling.driver.click(sheet.rows[6].remove)
    selling.driver.key(sheet.rows[0].line, Qt.Key.Key_Return, CTRL)
    again = selling.wait_for_sheet(ReasonSheet)
    assert [row.text() for row in again.reasons.rows][:2] == ["Too dear", "Bought elsewhere"]
    assert len(again.reasons.rows) == 6
    assert again.line.text() == "They wrote"
    selling.driver.key(again.reasons.rows[0], Qt.Key.Key_1)
    selling.driver.key(again.line, Qt.Key.Key_Return, CTRL)
    selling.wait_for_no_sheet()
    assert (deal(selling).exit_reason, deal(selling).exit_note) == ("Too dear", "They wrote")
    assert workspace.reasons(selling.db, "lost")[0].text == "Too dear"


def test_heads_say_the_weighted_sum(selling) -> None:
    deals.edit(selling.db, selling.deal, amount_cents=1_000_000, currency="EUR")
    selling.driver.settle()
    head = column(selling, "needs").head
    assert "€10,000" in head.toolTip()
    assert "€2,000" in head.toolTip()


def test_the_timeline_of_a_deal_names_its_stages(selling) -> None:
    deals.move(selling.db, [selling.deal], "proposal")
    selling.window.page.show_card(selling.deal)
    selling.driver.settle()
    shown = selling.window.page.page.panel.shown
    assert shown is not None
    assert "Needs → Proposal" in [line.text for line in shown.timeline]
    assert dossiers.read(selling.db, selling.deal).moves[-1].kind == "deal"


def test_the_panel_of_the_other_board_has_read_what_happened_here_meanwhile(selling):
    selling.window.show_card(selling.deal)
    selling.driver.settle()
    panel = selling.window.journey.page.panel
    selling.window.go("deals")
    selling.driver.settle()
    deals.edit(selling.db, selling.deal, name="Drive, hall 7")
    selling.driver.settle()
    selling.window.go("board")
    selling.driver.settle()
    assert panel.isVisible()
    assert "Drive, hall 7" in panel.shown.role_line
