"""A list goes on coming in while the window is used: its line in the status bar, the way back to it, and its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crmdesk.domain.records import Event, Person
from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.sheet import Sheet
from tests.support.import_desk import Desk


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A list that takes a moment, and is written by the process beside the window."""
    path = tmp_path / "long.csv"
    rows = [f"Given{number},Family{number},g{number}@long.example" for number in range(3000)]
    path.write_text("\n".join(["First name,Last name,E-mail", *rows]), encoding="utf-8")
    return path


def begin(desk: Desk, sheet: ImportSheet) -> ImportSheet:
    """Its list has begun to come in."""
    desk.qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: sheet.progress.bar.value() > 0, timeout=20_000)
    return sheet


def test_stopping_takes_everything_back(desk: Desk, long: Path) -> None:
    before = desk.dump()
    sheet = begin(desk, desk.open(long))
    assert not sheet.page.isEnabled()
    assert sheet.progress.text.text().startswith("Importing ")
    desk.qtbot.mouseClick(sheet.progress.stop, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(sheet.progress.isHidden, timeout=20_000)
    assert desk.dump() == before
    assert desk.context.sheets.current is sheet
    assert sheet.page.isEnabled()
    assert sheet.error.isVisible()
    assert sheet.error.text == "The import was stopped. Everything it had written was taken back."
    assert sheet.primary is not None
    assert sheet.primary.isEnabled()
    begin(desk, sheet)
    assert not sheet.error.isVisible()
    desk.qtbot.waitUntil(lambda: desk.context.sheets.current is None, timeout=20_000)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_way_back_leaves_a_list_coming_in_and_the_toast_tells_its_end(desk: Desk, long: Path, key: Qt.Key) -> None:
    sheet = desk.open(long)
    sheet.side.event_name.setFocus()
    desk.qtbot.keyClicks(sheet.side.event_name, "Autumn Fair")
    begin(desk, sheet)
    assert sheet.footer is not None
    assert sheet.footer.back.words() == "Go on working"
    assert sheet.footer.back.hasFocus()
    with desk.qtbot.waitSignal(desk.importer.imported, timeout=20_000):
        desk.qtbot.keyClick(sheet.footer.back, key)
        assert desk.context.sheets.current is None
        assert desk.importer.line.isVisible()
        assert desk.importer.line.course.accessibleName().endswith(" of 3,000")
    assert desk.importer.line.isHidden()
    toast = desk.context.notify.toast
    assert toast is not None
    assert toast.text == "3,000 new, 0 merged, 0 unchanged."
    assert toast.link is not None
    assert len(desk.all(Person)) == 3000
    assert desk.context.sheets.draft(f"import:{long}") == {}


def test_the_line_brings_the_sheet_back_as_it_was_left(desk: Desk, long: Path) -> None:
    sheet = desk.open(long)
    sheet.side.event_name.setFocus()
    desk.qtbot.keyClicks(sheet.side.event_name, "Autumn Fair")
    begin(desk, sheet)
    desk.qtbot.keyClick(sheet.footer.back, Qt.Key.Key_Escape)  # type: ignore[union-attr]
    with desk.qtbot.waitSignal(desk.importer.imported, timeout=20_000) as caught:
        desk.qtbot.mouseClick(desk.importer.line.course, Qt.MouseButton.LeftButton)
        again = desk.sheet
        assert again is not sheet
        assert desk.importer.line.isHidden()
        assert again.working
        assert again.side.event_name.text == "Autumn Fair"
        assert again.draft_line is None
        assert not again.page.isEnabled()
        assert again.progress.bar.value() > 0
    (event,) = desk.all(Event)
    assert caught.args == [event.id]
    assert desk.context.sheets.current is None


def test_a_list_that_was_left_is_stopped_from_its_line(desk: Desk, long: Path) -> None:
    before = desk.dump()
    sheet = begin(desk, desk.open(long))
    desk.qtbot.keyClick(sheet.footer.back, Qt.Key.Key_Escape)  # type: ignore[union-attr]
    desk.qtbot.mouseClick(desk.importer.line.stop, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(desk.importer.line.isHidden, timeout=20_000)
    assert desk.dump() == before
    toast = desk.context.notify.toast
    assert toast is not None
    assert toast.text == "The import was stopped. Everything it had written was taken back."
    assert toast.link is None


def test_what_else_is_done_meanwhile_stays(desk: Desk, long: Path) -> None:
    sheet = begin(desk, desk.open(long))
    desk.qtbot.keyClick(sheet.footer.back, Qt.Key.Key_Escape)  # type: ignore[union-attr]
    other = Sheet(desk.context.theme, title="Another")
    with desk.qtbot.waitSignal(desk.importer.imported, timeout=20_000):
        desk.context.sheets.open(other, key="another")
    assert desk.context.sheets.current is other


def test_another_list_waits_for_the_one_that_comes_in(desk: Desk, long: Path, fair: Path) -> None:
    sheet = begin(desk, desk.open(long))
    desk.qtbot.keyClick(sheet.footer.back, Qt.Key.Key_Escape)  # type: ignore[union-attr]
    with desk.qtbot.waitSignal(desk.importer.imported, timeout=20_000):
        desk.importer.import_file(str(fair))
        assert desk.sheet.look.name == "long.csv"
