"""Where the keys go: after adding, after a sheet, after a card has left, and while something fades."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.services import searches
from crmdesk.ui.dialogs.answer import AnswerSheet
from crmdesk.ui.dialogs.log import LogSheet
from crmdesk.ui.views.record_panel import RecordPanel

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BIRGIT = "Birgit Hansen"


def lead_of(fair, name: str = BIRGIT) -> int:
    return next(hit.card_id for hit in searches.find(fair.db, name))


def keys_to(fair, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for whoever has the keys, as a keyboard sends it."""
    here = QApplication.focusWidget()
    assert here is not None, "nobody has the keys"
    fair.driver.key(here, key, modifiers)


def select(fair, name: str = BIRGIT) -> None:
    fair.window.board.show_card(lead_of(fair, name))
    fair.window.board.take_focus()
    fair.driver.settle()


def add(fair, text: str):
    line = fair.column("lead").quick_add.line
    line.setFocus()
    fair.driver.write(line, text)
    fair.driver.key(line, Qt.Key.Key_Return)
    return line


def test_after_quick_add_undo_and_redo_are_the_workspace_s(fair):
    line = add(fair, "Otto Schnell")
    keys_to(fair, Qt.Key.Key_Z, CTRL)
    assert line.text() == ""
    assert "Otto Schnell" not in fair.names("lead")
    keys_to(fair, Qt.Key.Key_Z, CTRL | SHIFT)
    assert "Otto Schnell" in fair.names("lead")


def test_what_is_being_typed_in_quick_add_is_undone_in_the_field(fair):
    line = add(fair, "Otto Schnell")
    fair.driver.write(line, "Half a na")
    keys_to(fair, Qt.Key.Key_Z, CTRL)
    assert line.text() == ""
    assert "Otto Schnell" in fair.names("lead")


def test_in_an_empty_search_field_undo_is_the_workspace_s(fair):
    add(fair, "Otto Schnell")
    field = fair.window.page.toolbar.search
    fair.driver.key(fair.window, Qt.Key.Key_K, CTRL)
    fair.driver.write(field, "schnell")
    keys_to(fair, Qt.Key.Key_Escape)
    field.setFocus()
    keys_to(fair, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert "Otto Schnell" not in fair.names("lead")


def in_panel(fair) -> RecordPanel:
    panel = fair.window.page.panel
    here = QApplication.focusWidget()
    assert here is not None
    assert panel.isAncestorOf(here), here
    return panel


def answer_from_the_panel(fair, fact: str, digit: Qt.Key) -> None:
    """W, Tab to a fact, Enter, a digit, Ctrl+Enter, as hands do it."""
    select(fair)
    keys_to(fair, Qt.Key.Key_W)
    in_panel(fair)
    for _each in range(20):
        if QApplication.focusWidget().accessibleName().startswith(fact):
            break
        keys_to(fair, Qt.Key.Key_Tab)
    keys_to(fair, Qt.Key.Key_Return)
    fair.wait_for_sheet(AnswerSheet)
    keys_to(fair, digit)
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()


def test_after_an_answer_from_the_panel_the_focus_is_on_the_same_fact(fair):
    answer_from_the_panel(fair, "Fit:", Qt.Key.Key_2)
    in_panel(fair)
    assert QApplication.focusWidget().accessibleName().startswith("Fit: not met")


def test_when_the_fact_left_the_panel_the_focus_is_on_the_one_in_its_place(fair):
    answer_from_the_panel(fair, "Need:", Qt.Key.Key_1)
    in_panel(fair)
    assert QApplication.focusWidget().accessibleName().startswith("Fit: unknown")


def test_when_the_place_is_gone_after_a_sheet_the_cards_have_the_keys(fair):
    select(fair)
    keys_to(fair, Qt.Key.Key_W)
    fair.driver.key(QApplication.focusWidget(), Qt.Key.Key_L)
    sheet = fair.wait_for_sheet(LogSheet)
    fair.window.page.show_panel(shown=False)
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert fair.column("lead").list.hasFocus()


def test_keys_typed_while_a_sheet_fades_reach_the_window(fair, monkeypatch):
    select(fair)
    monkeypatch.setattr(fair.window.context.theme, "ms", long_motion)
    keys_to(fair, Qt.Key.Key_L)
    sheet = fair.wait_for_sheet(LogSheet)
    keys_to(fair, Qt.Key.Key_Escape)
    assert sheet.isVisible(), "it is still fading"
    keys_to(fair, Qt.Key.Key_K, CTRL)
    here = QApplication.focusWidget()
    fair.driver.write(here, "hansen")
    assert fair.window.page.toolbar.search.text() == "hansen"
    keys_to(fair, Qt.Key.Key_Escape)
    keys_to(fair, Qt.Key.Key_L)
    assert fair.window.sheets.current is not sheet
    assert isinstance(fair.window.sheets.current, LogSheet)
    monkeypatch.undo()
    keys_to(fair, Qt.Key.Key_Escape)
    QTest.qWait(600)


def long_motion(_motion: str) -> int:
    return 500


def leave_as_no_fit(fair) -> None:
    keys_to(fair, Qt.Key.Key_X)
