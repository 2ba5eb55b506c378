"""The sheets that lead on from a file that did not open, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk.ui.dialogs.restoring import PastBackup, RestoreSheet
from crmdesk.ui.dialogs.unopened import UnopenedSheet, Way
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme


@pytest.fixture
def sheets(window: QMainWindow) -> Sheets:
    return Sheets(window)


def test_past_damaged_backups_the_newest_that_is_not_is_chosen(sheets: Sheets, theme: Theme) -> None:
    rows = [PastBackup(number, "23 Nov, 13:16", "While working", "71 MB") for number in range(4)]
    sheet = RestoreSheet(theme, rows, share=10, shares=(5, 10, 25))
    sheets.open(sheet, key="restore")
    assert sheet.value() == 0
    sheet.show_state(1, good=False)
    sheet.show_state(2, good=False)
    assert sheet.value() == 0
    sheet.show_state(0, good=False)
    assert sheet.value() == 3
    sheet.show_state(3, good=False)
    assert sheet.value() is None


def test_a_way_that_led_nowhere_has_the_keys_again(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    ways = [Way("backup", "Use the backup of 13:28"), Way("again", "Try again")]
    sheet = UnopenedSheet(theme, title="“fair.crmdesk” was not opened", what="It is damaged.", remedy="", ways=ways)
    sheets.open(sheet, key="unopened")
    sheet.buttons["again"].setFocus()
    sheet.show_busy("The file is looked into.")
    assert not sheet.buttons["again"].isEnabled()
    sheet.show_busy("")
    assert QApplication.focusWidget() is sheet.buttons["again"]
    chosen: list[str] = []
    sheet.filled.connect(chosen.append)
    qtbot.keyClick(sheet.buttons["again"], Qt.Key.Key_Space)
    assert chosen == ["again"]
