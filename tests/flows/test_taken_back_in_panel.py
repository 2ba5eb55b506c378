"""What the board shows when the person in the panel is taken back: nobody else in their place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crmdesk.domain.ids import Id
from crmdesk.services import convert, quick, timelines, undo
from crmdesk.ui.dialogs.history import HistorySheet
from crmdesk.words import Label
from tests.flows.conftest import Fair
from tests.support.invented import add_lead, add_person

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
BEFORE = {"Birgit Hansen", "Nguyễn Thu Hà", "吳佳蓉"}


def keys_to(fair: Fair, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    here = QApplication.focusWidget()
    assert here is not None
    fair.driver.key(here, key, modifiers)


def bring_in(fair: Fair) -> list[Id]:
    """A list of five comes in, in one step; their leads."""
    with fair.db.write(Label("Import {file}", args={"file": "five.csv"})) as tx:
        return [add_lead(tx, add_person(tx, f"Given{number}")).id for number in range(5)]


def open_one(fair: Fair, lead: Id) -> None:
    fair.window.board.show_card(lead)
    fair.window.board.take_focus()
    keys_to(fair, K.Key_Return)
    assert fair.window.shown_record == lead


def by_key(fair: Fair) -> None:
    keys_to(fair, K.Key_Z, CTRL)


def in_the_history(fair: Fair) -> None:
    keys_to(fair, K.Key_H, CTRL)
    fair.wait_for_sheet(HistorySheet)
    keys_to(fair, K.Key_Return, CTRL)
    fair.wait_for_no_sheet()


@pytest.mark.parametrize("take_back", [by_key, in_the_history])
def test_when_a_whole_list_is_taken_back_the_panel_closes_and_nobody_is_selected(fair: Fair, take_back) -> None:
    open_one(fair, bring_in(fair)[2])
    take_back(fair)
    fair.driver.settle()
    assert set(fair.names("lead")) == BEFORE
    assert fair.window.shown_record is None
    assert fair.window.board.selected_ids() == []
    cards = fair.column("lead").list
    assert cards.hasFocus()
    assert cards.current_card() is not None, "the keys go on from a card that is seen"


def test_a_column_that_is_emptied_so_selects_nobody_in_the_one_beside(fair: Fair) -> None:
    with fair.db.write(Label("Import {file}", args={"file": "five.csv"})) as tx:
        deals = [add_lead(tx, add_person(tx, f"Given{number}"), "prospect").id for number in range(5)]
    open_one(fair, deals[2])
    keys_to(fair, K.Key_Z, CTRL)
    fair.driver.settle()
    assert fair.window.shown_record is None
    assert fair.window.board.selected_ids() == []


def test_when_one_alone_is_taken_back_the_one_beside_it_is_next(fair: Fair) -> None:
    open_one(fair, quick.add(fair.db, "Otto Schnell").lead_id)
    keys_to(fair, K.Key_Z, CTRL)
    fair.driver.settle()
    assert fair.window.board.selected_ids() == [fair.window.shown_record]


def test_a_conversion_that_is_taken_back_or_done_again_stays_with_the_same_person(fair: Fair) -> None:
    ids = {name: quick.add(fair.db, name, stage="prospect").lead_id for name in ("Anna Able", "Bert Best", "Cora Call")}
    choice = replace(convert.propose(fair.db, ids["Bert Best"]).default, because="They asked us for an offer")
    made = convert.convert(fair.db, ids["Bert Best"], choice).opportunity_id
    other = replace(convert.propose(fair.db, ids["Cora Call"]).default, because="They asked us for an offer")
    convert.convert(fair.db, ids["Cora Call"], other)
    open_one(fair, made)
    step = next(each.step for each in timelines.history(fair.db) if each.label.text(str) == "Convert Bert Best")
    undo.undo_step(fair.db, step)
    fair.driver.settle()
    assert (fair.window.shown_record, fair.window.board.selected_ids()) == (ids["Bert Best"], [ids["Bert Best"]])
    undo.redo(fair.db)
    fair.driver.settle()
    assert (fair.window.shown_record, fair.window.board.selected_ids()) == (made, [made])
    assert fair.column("opportunity").list.hasFocus()


def test_a_line_that_is_being_typed_keeps_the_keys_when_the_panel_closes(fair: Fair) -> None:
    open_one(fair, bring_in(fair)[2])
    keys_to(fair, K.Key_K, CTRL)
    fair.window.undoing.undo()
    fair.driver.settle()
    assert fair.window.shown_record is None
    assert fair.window.toolbar.search.hasFocus()
