"""Sheets over the window: keys, focus, drafts, size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import dump

from crmdesk.ui import focus
from crmdesk.ui.controls import Button
from crmdesk.ui.dialogs.restoring import PastBackup, RestoreSheet
from crmdesk.ui.fields import LineField
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel


class Question(Sheet):
    def __init__(self, theme: Theme, lines: int = 1) -> None:
        super().__init__(theme, title="Park Henrik until?")
        self.line = LineField(theme, name="Until")
        self.body.addWidget(self.line)
        self.more = [LineField(theme, name=f"More {at}") for at in range(lines - 1)]
        for line in self.more:
            self.body.addWidget(line)
        self.set_footer("Put back", "Park")

    def value(self) -> object | None:
        return self.line.text() or None

    def draft(self) -> Draft:
        return {"line": self.line.text()}

    def restore(self, draft: Draft) -> None:
        self.line.setText(draft["line"])


@pytest.fixture
def field(window: QMainWindow) -> QLineEdit:
    made = QLineEdit()
    window.setCentralWidget(made)
    window.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def sheets(window: QMainWindow, field: QLineEdit) -> Sheets:
    return Sheets(window)


def test_a_sheet_takes_the_focus_and_gives_it_back(
    sheets: Sheets, theme: Theme, field: QLineEdit, qtbot: QtBot
) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    assert sheet.line.hasFocus()
    qtbot.keyClick(sheet.line, Qt.Key.Key_Escape)
    assert field.hasFocus()
    assert sheets.current is None


def test_tab_reaches_a_row_that_was_added_later_before_the_buttons(sheets: Sheets, theme: Theme) -> None:
    sheet = Question(theme)
    row = LineField(theme, name="Another")
    sheet.body.addWidget(row)
    sheets.open(sheet, key="park")
    assert sheet.footer is not None
    assert focus.stops(sheet) == [sheet.line, row, sheet.footer.back, sheet.primary]


def test_a_window_does_not_belong_to_what_is_left_by_tab(sheets: Sheets, theme: Theme, window: QMainWindow) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    focus.neighbour(sheet, forward=True)
    assert "parent...." not in dump(window)


def test_a_bar_that_is_not_needed_any_more_goes_with_the_lines_it_made(
    sheets: Sheets, theme: Theme, window: QMainWindow, qtbot: QtBot
) -> None:
    sheet = Question(theme)
    wide = 440 - 2 - 2 * 24
    told = [PlainLabel(theme, "I " * count, wrap=True) for count in range(2, 99)]
    label = next(each for each in told if each.heightForWidth(wide) < each.heightForWidth(wide - 12))
    sheet.body.addWidget(label)
    sheets.open(sheet, key="park")
    bar = sheet.middle.verticalScrollBar()
    window.resize(window.width(), 230)
    qtbot.waitUntil(bar.isVisible)
    window.resize(window.width(), 700)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_typed_text_survives_esc(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park:1")
    qtbot.keyClicks(sheet.line, "january")
    qtbot.keyClick(sheet.line, Qt.Key.Key_Escape)
    other = Question(theme)
    sheets.open(other, key="park:2")
    assert other.line.text() == ""
    again = Question(theme)
    sheets.open(again, key="park:1")
    assert again.line.text() == "january"


def test_what_was_done_leaves_no_draft(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    qtbot.keyClicks(sheet.line, "january")
    qtbot.keyClick(sheet.line, Qt.Key.Key_Escape)
    again = Question(theme)
    sheets.open(again, key="park")
    sheets.done()
    assert sheets.draft("park") == {}
    assert sheets.current is None


def test_ctrl_enter_fills_from_inside_a_text_field(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    qtbot.keyClicks(sheet.line, "january")
    with qtbot.waitSignal(sheet.filled) as heard:
        qtbot.keyClick(sheet.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.args == ["january"]
    assert sheets.current is sheet


def test_a_disabled_primary_button_is_not_pressed_by_its_key(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    sheet.line.setText("january")
    assert sheet.primary is not None
    sheet.primary.setEnabled(False)
    with qtbot.assertNotEmitted(sheet.filled):
        qtbot.keyClick(sheet.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_way_back_is_at_the_left_and_the_primary_button_at_the_right(sheets: Sheets, theme: Theme) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    assert sheet.footer is not None
    assert sheet.primary is not None
    assert sheet.footer.height() == 56
    assert sheet.footer.back.x() < 24
    assert sheet.primary.geometry().right() == sheet.footer.width() - 21


def test_tab_goes_round_inside_the_sheet(sheets: Sheets, theme: Theme, field: QLineEdit, qtbot: QtBot) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    sheet.line.setText("x")
    seen = []
    for _ in range(4):
        here = QApplication.focusWidget()
        assert here is not None
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert field not in seen
    assert seen[0] is seen[3] is sheet.line
    assert [type(each) for each in seen[1:3]] == [Button, Button]
    qtbot.keyClick(sheet.footer.back, Qt.Key.Key_Backtab)
    qtbot.keyClick(sheet.line, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is sheet.primary


def test_the_whole_of_a_field_reached_by_tab_is_seen_and_not_its_caret_alone(
    sheets: Sheets, theme: Theme, window: QMainWindow, qtbot: QtBot
) -> None:
    window.resize(700, 480)
    sheet = Question(theme, lines=6)
    note = QPlainTextEdit()
    note.setFixedHeight(120)
    sheet.body.addWidget(note)
    sheets.open(sheet, key="park")
    QApplication.processEvents()
    sheet.more[-1].setFocus()
    sheet.middle.verticalScrollBar().setValue(0)
    qtbot.keyClick(sheet.more[-1], Qt.Key.Key_Tab)
    assert note.hasFocus()
    assert note.visibleRegion().boundingRect().height() == note.height()


def test_the_windows_shortcuts_wait_while_a_sheet_is_open(
    sheets: Sheets, window: QMainWindow, theme: Theme, qtbot: QtBot
) -> None:
    heard: list[str] = []
    new = QShortcut(QKeySequence("Ctrl+N"), window)
    new.activated.connect(lambda: heard.append("new"))
    larger = QShortcut(QKeySequence("Ctrl+0"), window)
    larger.activated.connect(lambda: heard.append("text"))
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    qtbot.keyClick(sheet.footer.back, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(sheet.footer.back, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["text"]


def test_a_sheet_is_never_larger_than_the_window_minus_64_and_then_scrolls(
    sheets: Sheets, window: QMainWindow, theme: Theme
) -> None:
    sheet = Question(theme, lines=40)
    sheets.open(sheet, key="park")
    assert sheet.frame.height() == sheet.height() - 64
    assert sheet.geometry().top() == window.menuBar().height()
    assert sheet.footer is not None
    assert sheet.footer.isVisible()
    assert sheet.middle.verticalScrollBar().maximum() > 0


def test_a_small_sheet_is_as_high_as_what_it_asks(sheets: Sheets, theme: Theme) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    assert sheet.frame.width() == 440
    assert sheet.frame.height() < 220
    assert sheet.middle.verticalScrollBar().maximum() == 0


def test_a_sheet_follows_the_window(sheets: Sheets, window: QMainWindow, theme: Theme) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    window.resize(1024, 700)
    QApplication.processEvents()
    assert sheet.width() == 1024
    assert abs(sheet.frame.geometry().center().x() - 512) <= 1


def test_a_refusal_stays_open_and_says_why(sheets: Sheets, theme: Theme) -> None:
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    before = sheet.frame.height()
    sheet.refuse("The disk is full.", "Free 40 MB and try again.")
    assert sheet.error.isVisible()
    assert sheet.error.text == "The disk is full. Free 40 MB and try again."
    assert sheet.frame.height() > before


def test_one_sheet_at_a_time_and_the_older_keeps_its_draft(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    first, second = Question(theme), Question(theme)
    sheets.open(first, key="a")
    qtbot.keyClicks(first.line, "half")
    sheets.open(second, key="b")
    assert sheets.current is second
    assert sheets.draft("a") == {"line": "half"}


def test_with_motion_a_sheet_rises_and_can_be_typed_into_at_once(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = False
    sheet = Question(theme)
    sheets.open(sheet, key="park")
    qtbot.keyClicks(sheet.line, "jan")
    assert sheet.line.text() == "jan"
    qtbot.waitUntil(lambda: sheet.frame.graphicsEffect() is None, timeout=3000)
    qtbot.keyClick(sheet.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sheets.current is None, timeout=3000)


def test_buttons_take_a_second_line_before_they_shrink(sheets: Sheets, theme: Theme, window: QMainWindow) -> None:
    sheet = Question(theme)
    assert sheet.footer is not None
    for words in ("Trotzdem verschieben, weil…", "Nicht geeignet, weil…"):
        button = Button(theme, words)
        sheet.footer.others.insert(0, button)
        button.setParent(sheet.footer)
    sheets.open(sheet, key="park")
    assert sheet.footer.height() == 56 + 40
    assert all(button.width() >= button.minimumSizeHint().width() for button in sheet.footer.others)


@pytest.mark.parametrize("count", range(8, 13))
def test_a_sheet_begins_at_its_beginning_where_its_field_begins_in_sight(
    sheets: Sheets, window: QMainWindow, count: int
) -> None:
    window.resize(1280, 800)
    rows = [PastBackup(number, "23 Nov, 13:16", "While working", "71 MB") for number in range(count)]
    sheet = RestoreSheet(Theme(mode="light", percent=150), rows, share=10, shares=(5, 10, 25))
    sheets.open(sheet, key="restore")
    bar = sheet.middle.verticalScrollBar()
    assert bar.maximum() > 0, "there is more than room"
    assert sheet.view.hasFocus()
    assert bar.value() == 0


def test_ctrl_and_enter_in_a_line_fill_a_sheet_once(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = Question(theme)
    sheet.line.returnPressed.connect(sheet.submit)
    sheets.open(sheet, key="park")
    qtbot.keyClicks(sheet.line, "Friday")
    filled: list[object] = []
    sheet.filled.connect(filled.append)
    qtbot.keyClick(sheet.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert filled == ["Friday"]
    qtbot.keyClick(sheet.line, Qt.Key.Key_Return)
    assert filled == ["Friday", "Friday"]
