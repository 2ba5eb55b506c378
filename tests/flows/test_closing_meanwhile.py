"""A window that is closed by hand while a list comes in asks first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crmdesk.domain.records import Person
from crmdesk.storage import records
from crmdesk.storage.existing import open_database
from crmdesk.ui.dialogs.closing import ClosingSheet
from tests.flows.conftest import Fair
from tests.support.coming_in import let_a_list_come_in

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def coming_in(fair: Fair, tmp_path: Path) -> Fair:
    """A list is coming in, behind the window."""
    let_a_list_come_in(fair, tmp_path)
    return fair


def people(fair: Fair) -> int:
    with fair.db.read() as connection:
        return len(records.where(connection, Person))


def test_the_list_goes_on_coming_in_when_that_is_chosen(coming_in: Fair) -> None:
    window = coming_in.window
    coming_in.driver.key(window, Qt.Key.Key_W, CTRL)
    sheet = coming_in.wait_for_sheet(ClosingSheet)
    assert window.isVisible()
    coming_in.driver.key(sheet, Qt.Key.Key_Escape)
    coming_in.driver.until(lambda: not window.importer.running, "it never ends")
    assert people(coming_in) == 3003


def test_the_question_goes_once_nothing_is_left_to_be_asked(coming_in: Fair) -> None:
    window = coming_in.window
    coming_in.driver.key(window, Qt.Key.Key_Q, CTRL)
    coming_in.wait_for_sheet(ClosingSheet)
    coming_in.driver.until(lambda: not window.importer.running, "it never ends")
    coming_in.driver.settle()
    assert window.sheets.current is None
    assert people(coming_in) == 3003


def test_the_list_is_taken_back_and_the_window_closes_when_that_is_chosen(coming_in: Fair, clock, ids) -> None:
    coming_in.window.close()
    sheet = coming_in.wait_for_sheet(ClosingSheet)
    coming_in.driver.click(sheet.primary)
    assert coming_in.program.window is None
    coming_in.program.leave()
    db = open_database(coming_in.path, clock=clock, ids=ids)
    try:
        with db.read() as connection:
            assert len(records.where(connection, Person)) == 3
    finally:
        db.close()


def test_the_end_of_the_program_asks_nobody(coming_in: Fair) -> None:
    coming_in.program.leave()
    assert coming_in.program.window is None
