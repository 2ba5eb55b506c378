"""Where the keys go: after adding, after a sheet, after a card has left, and while something fades."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crmdesk.services import searches

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
