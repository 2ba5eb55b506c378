"""What is typed into a sheet is in the file within a second, and is given back with a line that says so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk.domain.errors import CrmError
from crmdesk.services import drafts as stored
from crmdesk.storage import drafts as storage
from crmdesk.storage import failures
from crmdesk.ui.drafts import Drafts
from crmdesk.ui.fields import LineField
from crmdesk.ui.line_drafts import BoardDrafts
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.quick_add import QuickAdd
from crmdesk.ui.views.strip import Strip
from tests.support.statements import heard


class Question(Sheet):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, title="Park Henrik until?")
        self.line = LineField(theme, name="Until")
        self.body.addWidget(self.line)
        self.set_footer("Put back", "Park")

    def draft(self) -> Draft:
        return {"line": self.line.text()}

    def restore(self, draft: Draft) -> None:
        self.line.setText(draft["line"])


@pytest.fixture
def sheets(window: QMainWindow, db) -> Sheets:
    return Sheets(window, db)


def opened(sheets: Sheets, theme: Theme, key: str = "park") -> Question:
    sheet = Question(theme)
    sheets.open(sheet, key=key)
    return sheet


def test_what_is_typed_is_in_the_file_within_a_second(sheets, theme, qtbot: QtBot, db):
    sheet = opened(sheets, theme)
    qtbot.keyClicks(sheet.line, "january")
    qtbot.waitUntil(lambda: stored.take(db, "sheet:park") is not None, timeout=3000)
    assert stored.take(db, "sheet:park").text == '{"line": "january"}'


def test_esc_writes_the_draft_at_once(sheets, theme, qtbot, db):
    sheet = opened(sheets, theme)
    qtbot.keyClicks(sheet.line, "january")
    qtbot.keyClick(sheet.line, Qt.Key.Key_Escape)
    assert stored.take(db, "sheet:park").text == '{"line": "january"}'


def test_another_window_gives_it_back_and_says_from_when_it_is(sheets, window, theme, qtbot, db):
    stored.keep(db, {"sheet:park": '{"line": "january"}'})
    sheet = opened(sheets, theme)
    assert sheet.line.text() == "january"
    assert sheet.draft_line is not None
    assert sheet.draft_line.isVisible()
    at = stored.take(db, "sheet:park").at.astimezone()
    assert sheet.draft_line.label.text() == f"A draft from {at:%H:%M} is here."


def test_discard_empties_the_form_and_the_file(sheets, theme, qtbot, db):
    stored.keep(db, {"sheet:park": '{"line": "january"}'})
    sheet = opened(sheets, theme)
    qtbot.mouseClick(sheet.draft_line.discard, Qt.MouseButton.LeftButton)
    assert sheet.line.text() == ""
    assert sheet.line.hasFocus()
    assert not sheet.draft_line.isVisible()
    assert stored.take(db, "sheet:park") is None
    sheet.dismiss()
    assert stored.take(db, "sheet:park") is None


def test_a_form_nobody_touched_leaves_no_draft_and_says_nothing(sheets, theme, qtbot, db):
    opened(sheets, theme).dismiss()
    assert stored.take(db, "sheet:park") is None
    assert opened(sheets, theme).draft_line is None


def test_what_was_typed_and_deleted_again_leaves_no_draft(sheets, theme, qtbot, db):
    sheet = opened(sheets, theme)
    qtbot.keyClicks(sheet.line, "x")
    sheets.keep_now()
    qtbot.keyClick(sheet.line, Qt.Key.Key_Backspace)
    sheet.dismiss()
    assert stored.take(db, "sheet:park") is None


def test_what_is_written_down_is_not_written_again(sheets, theme, qtbot, db, monkeypatch):
    sheet = opened(sheets, theme)
    qtbot.keyClicks(sheet.line, "january")
    sheets.keep_now()
    monkeypatch.setattr(storage, "put", None)
    sheets.keep_now()
    sheet.dismiss()


def test_what_was_saved_leaves_no_draft(sheets, theme, qtbot, db):
    sheet = opened(sheets, theme)
    qtbot.keyClicks(sheet.line, "january")
    sheets.drafts.keep("sheet:park", "x")
    sheets.drafts.flush()
    sheets.done()
    assert stored.take(db, "sheet:park") is None


@pytest.mark.parametrize("text", ['{"day": 3}', '{"line": 3}', "[]", "no json", '{"line": null, "x": [}'])
def test_a_draft_that_does_not_fit_any_more_is_let_go(sheets, theme, db, text):
    stored.keep(db, {"sheet:park": text})
    sheet = opened(sheets, theme)
    assert sheet.line.text() == ""
    assert stored.take(db, "sheet:park") is None


def test_on_a_full_disk_the_draft_stays_in_memory_and_says_so_once(sheets, theme, qtbot, db, monkeypatch):
    def full(*_given: object, **_named: object) -> None:
        raise failures.disk_full(db.path)

    monkeypatch.setattr(storage, "put", full)
    told: list[CrmError] = []
    sheets.drafts.failed.connect(told.append)
    sheet = opened(sheets, theme)
    for letter in "jan":
        qtbot.keyClicks(sheet.line, letter)
        sheets._on_look()
        sheets.drafts.flush()
    assert len(told) == 1
    assert "its disk is full" in sheet.error.text
    sheet.dismiss()
    again = opened(sheets, theme)
    assert again.line.text() == "jan"
    monkeypatch.undo()
    sheets.drafts.flush()
    assert stored.take(db, "sheet:park").text == '{"line": "jan"}'


def test_while_somebody_else_writes_the_sheet_says_that_and_the_draft_is_written_after_it(
    sheets, theme, qtbot, db, monkeypatch
):
    def busy(*_given: object, **_named: object) -> None:
        raise failures.held()

    monkeypatch.setattr(storage, "put", busy)
    sheet = opened(sheets, theme)
    qtbot.keyClicks(sheet.line, "jan")
    qtbot.waitUntil(sheet.error.isVisible, timeout=3000)
    assert sheet.error.text == "A long step is being taken back or done again. Wait until it is finished."
    monkeypatch.undo()
    qtbot.waitUntil(sheet.error.isHidden, timeout=5000)
    assert stored.take(db, "sheet:park").text == '{"line": "jan"}'


def test_typing_without_a_pause_is_written_down_all_the_same(qtbot, db):
    kept = Drafts()
    kept.use(db)
    for at in range(60):
        kept.keep("line", "x" * (at + 1))
        qtbot.wait(50)
        if stored.take(db, "line") is not None:
            return
    raise AssertionError("nothing was written")


def test_a_text_of_any_place_is_kept_and_taken(qtbot, db):
    kept = Drafts()
    kept.use(db)
    kept.keep("record:1:note", "half a sentence")
    assert kept.take("record:1:note") == "half a sentence"
    kept.flush()
    other = Drafts()
    other.use(db)
    assert other.take("record:1:note") == "half a sentence"
    assert other.kept_at("record:1:note") is not None
    other.drop("record:1:note")
    assert other.take("record:1:note") == ""
    assert stored.take(db, "record:1:note") is None


def test_what_is_typed_at_the_foot_of_a_column_outlives_the_column(theme, qtbot, db):
    kept = Drafts()
    kept.use(db)
    strip = Strip(theme)
    qtbot.addWidget(strip)
    columns = [SimpleNamespace(stage="lead", quick_add=QuickAdd(theme, strip), show=strip.show) for _ in range(2)]
    strip.lay_out = lambda: None
    strip.show_columns(columns[:1])
    watching = BoardDrafts(strip, kept, "board", strip)
    qtbot.keyClicks(columns[0].quick_add.line, "Anna 0461")
    strip.show_columns(columns[1:])
    assert columns[1].quick_add.line.text() == "Anna 0461"
    assert watching.parent() is strip
    kept.flush()
    assert stored.take(db, "board:lead").text == "Anna 0461"
    qtbot.keyClick(columns[1].quick_add.line, Qt.Key.Key_Return)
    kept.flush()
    assert stored.take(db, "board:lead") is None, "what was added leaves no draft"


def test_fields_without_a_draft_ask_the_file_once_for_all(db):
    stored.keep(db, {"record:A:name": "Anna"})
    kept = Drafts()
    kept.use(db)
    with heard() as asked:
        found = [kept.take(f"record:A:{field}") for field in ("name", "job", "note", "phone")]
    assert found == ["Anna", "", "", ""]
    assert len([each for each in asked if "draft" in each]) == 2
