"""Finding somebody by typing, and what opens."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crmdesk.services import dossiers, importing, moves, people, searches
from crmdesk.ui.dialogs.history import HistorySheet
from crmdesk.ui.dialogs.start_lead import StartLeadSheet

CTRL = Qt.KeyboardModifier.ControlModifier


def type_and_open(fair, text: str) -> None:
    fair.driver.key(fair.window, Qt.Key.Key_K, CTRL)
    field = fair.window.toolbar.search
    assert field.hasFocus()
    fair.driver.write(field, text)
    fair.driver.key(field, Qt.Key.Key_Return)


def test_a_name_without_its_marks_opens_the_card(fair):
    type_and_open(fair, "nguyen thu")
    card = fair.window.shown_record
    assert dossiers.read(fair.db, card).person.family == "Nguyễn"
    assert fair.window.board.selected_ids() == [card]


def test_a_fragment_of_a_number_finds_too(fair):
    type_and_open(fair, "5550112")
    assert dossiers.read(fair.db, fair.window.shown_record).person.family == "Hansen"


def test_a_parked_card_is_found_and_can_be_brought_back(fair):
    card = next(hit.card_id for hit in searches.find(fair.db, "hansen"))
    moves.park(fair.db, [card], wake_on="2026-07-01")
    fair.driver.settle()
    assert "Birgit Hansen" not in fair.names("lead")
    type_and_open(fair, "hansen")
    assert fair.window.switching.key == "record"
    assert fair.window.selected == [card]
    fair.window.actions_.get("reopen").trigger()
    fair.driver.settle()
    fair.window.go("board")
    assert "Birgit Hansen" in fair.names("lead")


def test_keys_are_about_the_card_in_the_panel_when_it_is_not_on_the_board(fair):
    parked = next(hit.card_id for hit in searches.find(fair.db, "Birgit Hansen"))
    moves.park(fair.db, [parked], wake_on="2026-06-01")
    fair.column("lead").list.go_to(0)
    assert fair.window.selected not in ([], [parked])
    fair.window.show_card(parked)
    fair.driver.settle()
    assert fair.window.selected == [parked]


def test_somebody_without_a_card_can_be_made_a_lead(fair, tmp_path):
    path = tmp_path / "press.csv"
    path.write_text("Name,E-mail\nPia Press,pia@press.example\n", encoding="utf-8")
    importing.apply(fair.db, importing.plan(fair.db, importing.look(path), people_only=True))
    type_and_open(fair, "pia press")
    assert fair.window.switching.key == "record"
    fair.window.actions_.get("start_lead").trigger()
    sheet = fair.wait_for_sheet(StartLeadSheet)
    fair.driver.key(sheet, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()
    fair.window.go("board")
    assert "Pia Press" in fair.names("lead")


def test_a_column_s_quick_add_takes_one_line_and_stays_for_the_next(fair):
    quick = fair.column("lead").quick_add
    quick.line.setFocus()
    fair.driver.write(quick.line, "Maeve O'Brien, Claddagh Castings Ltd, maeve@claddagh.example")
    fair.driver.key(quick.line, Qt.Key.Key_Return)
    assert "Maeve O'Brien" in fair.names("lead")
    assert quick.line.text() == ""
    fair.driver.write(quick.line, "0171 5550177")
    fair.driver.key(quick.line, Qt.Key.Key_Return)
    assert "0171 5550177" in fair.names("lead")


def test_the_history_says_what_was_undone(fair):
    card = next(hit.card_id for hit in searches.find(fair.db, "hansen"))
    moves.park(fair.db, [card], wake_on="2026-07-01")
    fair.driver.key(fair.window, Qt.Key.Key_Z, CTRL)
    fair.driver.key(fair.window, Qt.Key.Key_H, CTRL)
    told = fair.window.sheets.current.view.model()
    assert told.rows[0].what.startswith("Undone: Park Birgit Hansen")
    assert told.index(1, 0).data().endswith("taken back")


def test_the_history_says_why_a_step_cannot_be_taken_back(fair):
    fair.window.undoing.undo()
    fair.window.undoing.show_history()
    sheet = fair.wait_for_sheet(HistorySheet)
    said = {}
    for row in range(sheet.view.model().rowCount()):
        fair.driver.key(sheet.view, Qt.Key.Key_Down if row else Qt.Key.Key_Home)
        said[row] = (sheet.reason.text() if sheet.reason.isVisible() else "", sheet.primary.isEnabled())
        assert sheet.primary.toolTip() == said[row][0]
    assert said[0] == ("", True)
    assert said[1] == ("This step is undone already.", False)
    assert said[2] == ("", True)


def test_what_was_taken_back_comes_back_from_the_history_after_other_edits(fair):
    person = searches.find(fair.db, "hansen")[0]
    moves.park(fair.db, [person.card_id], wake_on="2026-07-01")
    fair.driver.key(fair.window, Qt.Key.Key_Z, CTRL)
    people.edit(fair.db, dossiers.read(fair.db, person.card_id).person.id, note="met at noon")
    fair.driver.key(fair.window, Qt.Key.Key_H, CTRL)
    sheet = fair.wait_for_sheet(HistorySheet)
    fair.driver.key(sheet.view, Qt.Key.Key_Down)
    fair.driver.click(sheet.primary)
    assert fair.window.context.notify.toast.text.startswith("Done again: Park Birgit Hansen")
    assert dossiers.read(fair.db, person.card_id).lead.exit == "not_now"
    fair.driver.key(fair.window, Qt.Key.Key_H, CTRL)
    sheet = fair.wait_for_sheet(HistorySheet)
    assert not sheet.primary.isEnabled()
    assert sheet.reason.text() == "Take back the step itself, further down."
