"""The small questions: parking, reasons, logging, the next step, consent, a channel, a name."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk.domain.records import Id, Person
from crmdesk.ui.dialogs.consent import Agreed, ConsentSheet
from crmdesk.ui.dialogs.exits import Exit, ParkSheet, lost_sheet, not_a_fit_sheet
from crmdesk.ui.dialogs.history import HistorySheet, PastStep
from crmdesk.ui.dialogs.keys import KeysSheet
from crmdesk.ui.dialogs.later import LaterSheet
from crmdesk.ui.dialogs.log import LogSheet
from crmdesk.ui.dialogs.next_step import NextStepSheet, Planned
from crmdesk.ui.dialogs.point import NewPoint, PointSheet
from crmdesk.ui.dialogs.rename import RenameSheet
from crmdesk.ui.dialogs.trash import TrashRow, TrashSheet
from crmdesk.ui.row_list import Worded
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed

REASONS = [("no_problem", "No problem to solve"), ("no_value", "No value they would notice"), ("own", "Our own")]


def today() -> date:
    return date(2026, 5, 5)


TYPED = Typed(today, "EUR")


@pytest.fixture
def sheets(window: QMainWindow) -> Sheets:
    window.activateWindow()
    return Sheets(window)


def save(sheet: Sheet, qtbot: QtBot) -> object:
    assert sheet.primary is not None
    with qtbot.waitSignal(sheet.filled) as heard:
        qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    return heard.args[0]


def ready(sheet: Sheet) -> bool:
    assert sheet.primary is not None
    return sheet.primary.isEnabled()


def test_parking_takes_a_typed_day_and_enter(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = ParkSheet(theme, TYPED, name="Henrik Sandvoss")
    sheets.open(sheet, key="park")
    assert sheet.title.text() == "Park Henrik Sandvoss until?"
    assert not ready(sheet)
    qtbot.keyClicks(sheet.day.line, "in 2 weeks")
    assert sheet.day.sentence.label.text() == "Tuesday, 19 May 2026"
    with qtbot.waitSignal(sheet.filled) as heard:
        qtbot.keyClick(sheet.day.line, Qt.Key.Key_Return)
    assert heard.args == ["2026-05-19"]


def test_several_cards_are_parked_or_rejected_at_once(theme: Theme, sheets: Sheets) -> None:
    sheet = ParkSheet(theme, TYPED, name="", count=3)
    sheets.open(sheet, key="park")
    assert sheet.title.text() == "Park 3 cards until?"
    assert not_a_fit_sheet(theme, REASONS, name="", count=3).title.text() == "Why are 3 cards not a fit?"


def test_a_reason_is_chosen_by_its_digit_only_while_the_list_has_the_focus(
    sheets: Sheets, theme: Theme, qtbot: QtBot
) -> None:
    sheet = not_a_fit_sheet(theme, REASONS, name="Henrik Sandvoss")
    sheets.open(sheet, key="fit")
    assert sheet.title.text() == "Why is Henrik Sandvoss not a fit?"
    assert not ready(sheet)
    assert sheet.reasons.rows[0].hasFocus()
    qtbot.keyClick(sheet.reasons.rows[0], "2")
    qtbot.keyClicks(sheet.line, "3 times asked")
    assert save(sheet, qtbot) == Exit("no_value", "3 times asked")


def test_the_reason_an_answer_suggests_is_chosen_already(sheets: Sheets, theme: Theme) -> None:
    sheet = not_a_fit_sheet(theme, REASONS, name="Henrik Sandvoss", reason="no_problem")
    sheets.open(sheet, key="fit")
    assert sheet.value() == Exit("no_problem", "")


def test_arrow_keys_go_through_the_reasons(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = lost_sheet(theme, REASONS, name="Hall 3")
    sheets.open(sheet, key="lost")
    sheet.reasons.rows[0].click()
    qtbot.keyClick(sheet.reasons.rows[0], Qt.Key.Key_Down)
    assert sheet.reasons.value == "no_value"
    assert sheet.title.text() == "Why was Hall 3 lost?"


def test_logging_says_who_turned_to_whom_and_when(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = LogSheet(theme, TYPED, name="Katrin Bauer")
    sheets.open(sheet, key="log")
    qtbot.mouseClick(sheet.direction.segment("in"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(sheet.subject, "asked for a quote")
    qtbot.keyClicks(sheet.day.line, "yesterday")
    logged = save(sheet, qtbot)
    assert (logged.kind, logged.direction, logged.subject, logged.at) == (  # type: ignore[attr-defined]
        "call", "in", "asked for a quote", "2026-05-04",
    )  # fmt: skip


def test_a_talk_goes_both_ways_and_only_a_stand_talk_has_a_depth(sheets: Sheets, theme: Theme) -> None:
    sheet = LogSheet(theme, TYPED, name="Katrin Bauer", kind="stand_talk")
    sheets.open(sheet, key="log")
    assert sheet.talk.isVisible()
    assert not sheet.direction.isVisible()
    value = sheet.value()
    assert value is not None
    assert (value.direction, value.depth) == ("both", "short")
    sheet.kind.set_value("meeting")
    assert not sheet.talk.isVisible()
    value = sheet.value()
    assert value is not None
    assert (value.direction, value.depth) == ("both", "")


def test_a_note_has_no_direction(sheets: Sheets, theme: Theme) -> None:
    sheet = LogSheet(theme, TYPED, name="Katrin Bauer", kind="note")
    sheets.open(sheet, key="log")
    value = sheet.value()
    assert value is not None
    assert value.direction == ""


def test_a_next_step_needs_words_and_a_day(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = NextStepSheet(theme, TYPED, name="Katrin Bauer")
    sheets.open(sheet, key="step")
    qtbot.keyClicks(sheet.step, "Call about hall 3")
    assert not ready(sheet)
    qtbot.keyClicks(sheet.day.line, "fri")
    qtbot.keyClicks(sheet.time, "9:30")
    qtbot.mouseClick(sheet.promise, Qt.MouseButton.LeftButton)
    assert save(sheet, qtbot) == Planned(
        title="Call about hall 3", due_on="2026-05-08", due_time="9:30", kind="call", promise=True
    )


def test_the_words_of_a_next_step_say_its_kind_until_one_is_chosen(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = NextStepSheet(theme, TYPED, name="Katrin Bauer")
    sheets.open(sheet, key="step")
    qtbot.keyClicks(sheet.step, "Besuch ")
    assert sheet.kind.value == "visit"
    top = sheet.words.geometry(), sheet.day.y()
    qtbot.keyClicks(sheet.step, "Mittwoch 14 Uhr")
    assert (sheet.words.geometry(), sheet.day.y()) == top, "nothing moves under the hand"
    value = sheet.value()
    assert value is not None
    assert (value.kind, value.due_on, value.due_time) == ("visit", "2026-05-06", "14:00")
    qtbot.mouseClick(sheet.kind.segment("meeting"), Qt.MouseButton.LeftButton)
    assert sheet.kind.value == "meeting"
    qtbot.keyClicks(sheet.step, " anrufen")
    assert sheet.kind.value == "meeting"
    assert NextStepSheet(theme, TYPED, name="Anna").draft()["kind"] == "", "an unchosen kind is no draft"


def test_a_day_that_is_past_is_told_while_it_is_typed(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = LaterSheet(theme, TYPED, title="Call back")
    sheets.open(sheet, key="later")
    qtbot.keyClicks(sheet.day.line, "yesterday")
    assert sheet.day.sentence.label.text() == "“yesterday” lies in the past: Monday, 4 May 2026."
    assert sheet.day.line.accessibleDescription() == sheet.day.sentence.label.text()
    step = NextStepSheet(theme, TYPED, name="Katrin Bauer")
    sheets.open(step, key="step")
    qtbot.keyClicks(step.step, "send offer 4.5.")
    assert step.words.sentence.label.text() == "“4.5.” lies in the past: Monday, 4 May 2026."


def test_a_day_at_the_end_of_the_words_of_a_next_step_is_enough(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = NextStepSheet(theme, TYPED, name="Katrin Bauer")
    sheets.open(sheet, key="step")
    qtbot.keyClicks(sheet.step, "send catalogue")
    qtbot.keyClick(sheet.step, Qt.Key.Key_Return)
    assert sheet.words.sentence.label.text().startswith("The day is missing.")
    qtbot.keyClicks(sheet.step, " wed 9:30")
    assert sheet.words.sentence.label.text() == "Send catalogue on Wednesday, 6 May 2026, 09:30"
    planned = Planned(title="Send catalogue", due_on="2026-05-06", due_time="09:30", kind="mail", promise=False)
    assert sheet.value() == planned
    qtbot.keyClicks(sheet.day.line, "fri")
    assert sheet.words.sentence.isHidden(), "a day that is typed where it belongs is the one"
    value = sheet.value()
    assert value is not None
    assert (value.title, value.due_on) == ("send catalogue wed 9:30", "2026-05-08")
    sheet.day.line.clear()
    with qtbot.waitSignal(sheet.filled) as told:
        qtbot.keyClick(sheet.step, Qt.Key.Key_Return)
    assert told.args == [planned]


def test_consent_is_recorded_for_one_address_and_one_purpose(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    points = [(Id(5), "k@bauer.example"), (Id(6), "0171 39200 17")]
    sheet = ConsentSheet(theme, points, name="Katrin Bauer", point=Id(6))
    sheets.open(sheet, key="consent")
    assert not ready(sheet)
    qtbot.keyClick(sheet.state.rows[0], "4")
    qtbot.keyClicks(sheet.proof, "said so on the phone")
    assert save(sheet, qtbot) == Agreed(
        point=Id(6), purpose="offers", state="declined", wording="", evidence="said so on the phone"
    )


def test_a_channel_that_cannot_be_one_is_named_below_the_field(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = PointSheet(theme, name="Katrin Bauer")
    sheets.open(sheet, key="point")
    qtbot.keyClicks(sheet.address, "anna(at)mueller")
    assert save(sheet, qtbot) == NewPoint(kind="email", value="anna(at)mueller", label="")
    sheet.refuse("An @ is missing.", "Write it like anna@example.org.")
    assert sheet.address.bad
    assert sheet.address_field.sentence.isVisible()
    qtbot.keyClicks(sheet.address, "x")
    assert not sheet.address.bad


def test_a_name_is_shown_as_it_will_be_read(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = RenameSheet(theme, Person(id=Id(2), given="Minh Anh", middle="Thị", family="Nguyễn"))
    sheets.open(sheet, key="name")
    assert not ready(sheet)
    qtbot.mouseClick(sheet.family_first, Qt.MouseButton.LeftButton)
    assert sheet.echo.label.text() == "Nguyễn Thị Minh Anh"
    saved = save(sheet, qtbot)
    assert isinstance(saved, Person)
    assert saved.family_first == 1


@pytest.mark.parametrize("which", range(7))
def test_what_is_typed_into_any_small_sheet_survives_esc(
    sheets: Sheets, theme: Theme, qtbot: QtBot, which: int
) -> None:
    def make() -> Sheet:
        return (
            lambda: ParkSheet(theme, TYPED, name="A"),
            lambda: not_a_fit_sheet(theme, REASONS, name="A"),
            lambda: LogSheet(theme, TYPED, name="A"),
            lambda: NextStepSheet(theme, TYPED, name="A"),
            lambda: ConsentSheet(theme, [(Id(5), "x@y.example")], name="A"),
            lambda: PointSheet(theme, name="A"),
            lambda: RenameSheet(theme, Person(id=Id(2), given="A")),
        )[which]()

    from PySide6.QtWidgets import QLineEdit

    first = make()
    sheets.open(first, key="k")
    for line in first.findChildren(QLineEdit):
        line.setText("tomorrow")
    typed = first.draft()
    first.dismiss()
    again = make()
    sheets.open(again, key="k")
    assert again.draft() == typed
    assert "tomorrow" in str(again.draft())


def test_the_keys_are_read_to_their_end_by_key(sheets: Sheets, theme: Theme, window: QMainWindow, qtbot: QtBot) -> None:
    sheet = KeysSheet(theme)
    sheets.open(sheet, key="keys")
    bar = sheet.middle.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    keys = QApplication.focusWidget()
    assert keys is not None
    qtbot.keyClick(keys, Qt.Key.Key_Down)
    assert bar.value() > 0
    qtbot.keyClick(keys, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(keys, Qt.Key.Key_Return)
    assert sheets.current is None


def test_the_last_step_stays_in_sight_when_why_it_cannot_be_taken_back_needs_room(
    sheets: Sheets, theme: Theme, qtbot: QtBot
) -> None:
    steps = [PastStep(each, "5 May", "Import", "Jana", False, each > 1) for each in range(40, 0, -1)]
    sheet = HistorySheet(theme, steps, why_not=lambda _step: "It cannot be taken back, for a reason. " * 6)
    sheets.open(sheet, key="history")
    qtbot.keyClick(sheet.view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: sheet.reason.height() >= 2 * sheet.reason.laid.line, timeout=1000)
    last = sheet.view.visualRect(sheet.view.currentIndex())
    assert sheet.view.currentIndex().row() == 39
    assert sheet.view.viewport().rect().contains(last)


def test_a_trash_of_thousands_words_the_rows_that_are_seen(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    worded: set[int] = set()

    def row(number: int) -> TrashRow:
        worded.add(number)
        return TrashRow(removal=Id(number), kind="person", name=f"Person {number}", when="5 May", left="60 days left")

    sheet = TrashSheet(theme, Worded(range(5000), row))
    sheets.open(sheet, key="trash")
    sheet.grab()
    assert worded
    assert len(worded) < 50
    qtbot.keyClick(sheet.view, Qt.Key.Key_End)
    assert save(sheet, qtbot) == 4999
