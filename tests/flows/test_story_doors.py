"""The story through every door of the window: mouse, key, menu and panel lead to the same file and the same screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from crmdesk.services import boards, capture, convert, dossiers, searches, undo, workspace
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.controls import Button
from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.record_panel import Request
from tests.support.dump import dump

CTRL = Qt.KeyboardModifier.ControlModifier
CARD = "Birgit Hansen"


def lead_of(fair) -> int:
    return next(hit.card_id for hit in searches.find(fair.db, CARD))


def by_drag(fair, stage: str, target: str) -> None:
    source, goal = fair.column(stage), fair.column(target)
    row = fair.names(stage).index(CARD)
    grip = source.list.viewport().mapTo(fair.window, source.list.card_rect(row).center())
    fair.driver.press(fair.window, grip)
    fair.driver.move(fair.window, goal.mapTo(fair.window, QPoint(goal.width() // 2, goal.height() // 2)))
    fair.driver.release(fair.window)


def select(fair, stage: str) -> None:
    fair.window.board.show_card(lead_of(fair))
    fair.window.board.take_focus()
    fair.driver.settle()


def by_ctrl_arrow(fair, stage: str, target: str) -> None:
    select(fair, stage)
    fair.driver.key(fair.column(stage).list, Qt.Key.Key_Right, CTRL)


def by_m_and_digit(fair, stage: str, target: str) -> None:
    select(fair, stage)
    fair.driver.key(fair.column(stage).list, Qt.Key.Key_M)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    digit = {"prospect": Qt.Key.Key_2, "opportunity": Qt.Key.Key_3}[target]
    fair.driver.key(menu, digit)


def by_record_menu(fair, stage: str, target: str) -> None:
    select(fair, stage)
    fair.window.actions_.get("move_right").trigger()


def by_panel(fair, stage: str, target: str) -> None:
    fair.window.show_card(lead_of(fair))
    fair.window.journey.page.panel.requested.emit(Request("move_to"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    word = fair.window.context.vocabulary.word(target)
    next(action for action in menu.actions() if word in action.text()).trigger()
    menu.close()
    fair.window.activateWindow()  # without a screen nobody gives the keys back after a menu
    fair.driver.settle()


DOORS = [by_drag, by_ctrl_arrow, by_m_and_digit, by_record_menu, by_panel]


def answer_all(fair, sheet: QualificationSheet) -> None:
    for block in sheet.blocks.values():
        fair.driver.click(block.control.segment("yes"))
    fair.driver.key(sheet, Qt.Key.Key_Return, CTRL)


@pytest.mark.parametrize("door", DOORS)
def test_a_lead_becomes_a_deal_and_three_undos_bring_it_back(fair, door):
    with fair.db.read() as connection:
        before = dump(connection)
    door(fair, "lead", "prospect")
    sheet = fair.wait_for_sheet(QualificationSheet)
    assert list(sheet.blocks) == ["need", "fit"], "just what is not known yet is asked"
    answer_all(fair, sheet)
    fair.wait_for_no_sheet()
    assert dossiers.read(fair.db, lead_of(fair)).stage == "prospect"
    assert fair.names("prospect") == [CARD]
    assert CARD not in fair.names("lead")

    door(fair, "prospect", "opportunity")
    sheet = fair.wait_for_sheet(QualificationSheet)
    assert list(sheet.blocks) == ["means", "timeframe"]
    answer_all(fair, sheet)
    fair.driver.key(fair.wait_for_sheet(ConversionSheet), Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()
    deal = dossiers.read(fair.db, lead_of(fair))
    assert deal.opportunity is not None
    assert deal.stage == "opportunity"
    assert deal.organisation is not None
    assert deal.organisation.account_since == "2026-05-05"
    assert deal.opportunity.expected_close == "", "no close date is invented"
    assert fair.names("opportunity") == [CARD]

    for _each in range(3):
        fair.driver.key(fair.window, Qt.Key.Key_Z, CTRL)
    with fair.db.read() as connection:
        assert dump(connection) == before
    assert CARD in fair.names("lead")
    assert fair.names("opportunity") == []
    assert workspace.check(fair.db) == []


def test_nothing_is_lost_when_the_lid_is_closed(fair):
    by_ctrl_arrow(fair, "lead", "prospect")
    answer_all(fair, fair.wait_for_sheet(QualificationSheet))
    fair.wait_for_no_sheet()
    with fair.db.read() as connection:
        before = dump(connection)
    fair.window.close()
    fair.program.open(fair.path)
    fair.window.go("board")
    fair.driver.settle()
    with fair.db.read() as connection:
        assert dump(connection) == before
    assert fair.names("prospect") == [CARD]
    undo.undo(fair.db)
    fair.driver.settle()
    assert fair.names("prospect") == [], "undo works across a restart, and the board hears of it"


def test_putting_back_leaves_everything_as_it_was_and_keeps_what_was_typed(fair):
    with fair.db.read() as connection:
        before = dump(connection)
    by_drag(fair, "lead", "prospect")
    sheet = fair.wait_for_sheet(QualificationSheet)
    fair.driver.click(sheet.blocks["need"].control.segment("yes"))
    sheet.blocks["need"].note.setFocus()
    fair.driver.write(sheet.blocks["need"].note, "Leaking fixtures")
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    with fair.db.read() as connection:
        assert dump(connection) == before
    by_drag(fair, "lead", "prospect")
    again = fair.wait_for_sheet(QualificationSheet)
    assert again.blocks["need"].note.text() == "Leaking fixtures"


def test_moved_anyway_the_reason_stays_on_the_card(fair):
    by_ctrl_arrow(fair, "lead", "prospect")
    sheet = fair.wait_for_sheet(QualificationSheet)
    sheet.because.setFocus()
    fair.driver.write(sheet.because, "Asked us for a visit")
    fair.driver.click(sheet.anyway)
    fair.wait_for_no_sheet()
    card = fair.column("prospect").model.card(0)
    assert card.without == ("need", "fit")
    moves = dossiers.read(fair.db, lead_of(fair)).moves
    assert moves[-1].reason == "Asked us for a visit"


def test_several_cards_are_asked_about_one_after_the_other(fair):
    lead = fair.column("lead").list
    lead.setFocus()
    lead.select_everything()
    fair.driver.key(lead, Qt.Key.Key_Right, CTRL)
    asked = []
    for _each in range(3):
        sheet = fair.wait_for_sheet(QualificationSheet)
        asked.append(sheet.asking.name)
        fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert sorted(asked) == sorted([CARD, "Nguyễn Thu Hà", "吳佳蓉"])


def test_pressed_twice_a_conversion_makes_one_deal(fair):
    lead = lead_of(fair)
    by_ctrl_arrow(fair, "lead", "prospect")
    answer_all(fair, fair.wait_for_sheet(QualificationSheet))
    fair.wait_for_no_sheet()
    by_ctrl_arrow(fair, "prospect", "opportunity")
    answer_all(fair, fair.wait_for_sheet(QualificationSheet))
    sheet = fair.wait_for_sheet(ConversionSheet)
    choice = sheet.chosen()
    sheet.submit()
    sheet.submit()
    fair.wait_for_no_sheet()
    assert len(fair.names("opportunity")) == 1
    assert convert.convert(fair.db, lead, choice).already
    assert len(fair.names("opportunity")) == 1


def move_all_leads(fair) -> None:
    """All three are dragged to the next stage, which asks about each of them."""
    fair.window.board.take_focus()
    fair.driver.key(fair.column("lead").list, Qt.Key.Key_A, CTRL)
    grip = fair.column("lead").list.viewport().mapTo(fair.window, fair.column("lead").list.card_rect(0).center())
    goal = fair.column("prospect")
    fair.driver.press(fair.window, grip)
    fair.driver.move(fair.window, goal.mapTo(fair.window, QPoint(goal.width() // 2, goal.height() // 2)))
    fair.driver.release(fair.window)


def leads_of(fair) -> list[int]:
    return [card.id for card in boards.page(fair.db, "lead")]


def in_line(sheet) -> list[str]:
    """Which of how many cards a sheet says it is about."""
    return [each.text() for each in sheet.findChildren(PlainLabel) if each.text().startswith("Card ")]


def rest_of(sheet) -> list[Button]:
    return [each for each in sheet.findChildren(Button) if each.text() == "Put all the rest back"]


def test_of_several_cards_that_are_asked_about_each_sheet_says_which_it_is(fair):
    move_all_leads(fair)
    for number in (1, 2, 3):
        sheet = fair.wait_for_sheet(QualificationSheet)
        assert in_line(sheet) == [f"Card {number} of 3"]
        assert len(rest_of(sheet)) == (1 if number < 3 else 0), "of the last one nothing is left"
        fair.driver.key(sheet, Qt.Key.Key_Escape)
        fair.driver.until(lambda before=sheet: fair.window.sheets.current is not before, "it stays")
    fair.wait_for_no_sheet()
    by_ctrl_arrow(fair, "lead", "prospect")
    assert in_line(fair.wait_for_sheet(QualificationSheet)) == [], "one alone is no line"


def test_all_the_rest_of_several_cards_is_put_back_at_once(fair):
    before = fair.names("lead")
    move_all_leads(fair)
    sheet = fair.wait_for_sheet(QualificationSheet)
    fair.driver.click(rest_of(sheet)[0])
    fair.driver.settle()
    assert fair.window.sheets.current is None
    assert fair.names("lead") == before
    assert sorted(fair.window.board.selected_ids()) == sorted(leads_of(fair)), "they are still in hand"
    assert fair.window.context.notify.toast.text == "0 of 3 cards moved."


def test_shift_esc_puts_back_this_card_and_all_that_wait(fair):
    before = fair.names("lead")
    move_all_leads(fair)
    sheet = fair.wait_for_sheet(QualificationSheet)
    fair.driver.key(sheet, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    fair.driver.settle()
    assert fair.window.sheets.current is None
    assert fair.names("lead") == before


def give_a_reason(fair, sheet, *, same: bool) -> None:
    """Fills in why, and says whether it holds for the others that wait, all by key."""
    fair.driver.write(sheet.because, "They asked us for a visit")
    if same:
        box = sheet.findChild(CheckBox)
        assert box.text() == "The same for 2 more cards"
        box.setFocus()
        fair.driver.key(box, Qt.Key.Key_Space)
    fair.driver.key(sheet, Qt.Key.Key_Return, CTRL)
    fair.driver.settle()


def test_one_answer_may_hold_for_all_that_wait_in_one_step(fair):
    with fair.db.read() as connection:
        file = dump(connection)
    names = fair.names("lead")
    move_all_leads(fair)
    give_a_reason(fair, fair.wait_for_sheet(QualificationSheet), same=True)
    assert fair.window.sheets.current is None
    assert set(names) <= set(fair.names("prospect"))
    assert fair.window.context.notify.toast.text == "3 cards moved to Prospect."
    undo.undo(fair.db)
    with fair.db.read() as connection:
        after = dump(connection)
    assert after == file, "it was one step"


def test_at_the_end_of_several_it_says_how_many_went(fair):
    names = fair.names("lead")
    move_all_leads(fair)
    give_a_reason(fair, fair.wait_for_sheet(QualificationSheet), same=False)
    second = fair.wait_for_sheet(QualificationSheet)
    assert in_line(second) == ["Card 2 of 3"]
    fair.driver.key(second, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    fair.driver.settle()
    assert fair.window.context.notify.toast.text == "1 of 3 cards moved."
    left = [name for name in names if name in fair.names("lead")]
    assert len(left) == 2
    assert len(fair.window.board.selected_ids()) == 2


def test_who_lacks_something_else_is_still_asked_and_counted_on(fair):
    capture.add(fair.db, name="Zoe Zimmer")
    fair.driver.settle()
    move_all_leads(fair)
    sheet = fair.wait_for_sheet(QualificationSheet)
    assert in_line(sheet) == ["Card 1 of 4"]
    give_a_reason(fair, sheet, same=True)
    last = fair.wait_for_sheet(QualificationSheet)
    assert (in_line(last), last.asking.name) == (["Card 4 of 4"], "Zoe Zimmer")
    assert last.findChild(CheckBox) is None or "more card" not in last.findChild(CheckBox).text()


def test_what_belongs_to_one_is_not_offered_for_all(fair):
    deals = []
    for name in ("Anna Able", "Bert Best"):
        lead = capture.add(fair.db, name=name, stage="prospect").lead_id
        choice = replace(convert.propose(fair.db, lead).default, because="They asked us for an offer")
        deals.append(convert.convert(fair.db, lead, choice).opportunity_id)
    fair.driver.settle()
    fair.window.mover.move(deals, "customer")
    sheet = fair.wait_for_sheet(QualificationSheet)
    assert in_line(sheet) == ["Card 1 of 2"]
    assert [each for each in sheet.findChildren(CheckBox) if "more card" in each.text()] == []
