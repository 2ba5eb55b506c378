"""Every sheet that a menu opens gives back from the file what was typed, and is empty again after Discard."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import sleep

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from crmdesk.domain.records import Person
from crmdesk.services import profiles
from crmdesk.storage import drafts as storage
from crmdesk.storage import failures, records
from crmdesk.ui.dialogs.closing import UnkeptSheet
from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.main_window import MainWindow
from tests.support.coming_in import LINES, let_a_list_come_in

ACTIONS = (
    "new_contact", "quick_add", "next_step", "log", "consent", "add_channel", "not_now", "not_a_fit", "convert",
)  # fmt: skip


def opened(fair, action: str):
    """The sheet of an action, opened anew, as after another start: nothing is in memory."""
    sheets = fair.window.sheets
    sheets.drafts.flush()
    sheets.drafts._kept.clear()
    fair.window.actions_.get(action).trigger()
    fair.driver.until(lambda: sheets.current is not None, f"no sheet for {action}")
    return sheets.current


def start_again(fair) -> None:
    """The window is made again, as at another start: nobody has put anything aside in it."""
    fair.window.sheets.put_aside.clear()
    fair.window.language_chosen.emit("en")


@pytest.mark.parametrize("action", ACTIONS)
def test_what_was_typed_is_given_back_from_the_file_and_can_be_discarded(fair, action):
    fair.window.go("board")
    fair.driver.settle()
    column = fair.column("lead")
    card = column.model.card(0).id
    fair.window.journey.show_card(card)
    fair.driver.settle()
    sheet = opened(fair, action)
    untouched = sheet.draft()
    lines = [each for each in sheet.page.findChildren(QLineEdit) if each.isVisible() and each.isEnabled()]
    for line in lines:
        fair.driver.write(line, "5")
    typed = sheet.draft()
    assert typed != untouched
    sheet.dismiss()
    fair.driver.settle()
    again = opened(fair, action)
    assert again.draft() == typed
    assert again.draft_line is not None
    again.draft_line.discard.click()
    fair.driver.settle()
    assert again.draft() == untouched
    again.dismiss()
    fair.driver.settle()
    assert opened(fair, action).draft_line is None


def test_a_draft_of_last_time_is_told_of_at_the_start_with_the_way_to_it(fair):
    fair.window.go("board")
    fair.driver.settle()
    card = fair.column("lead").model.card(0)
    fair.window.journey.show_card(card.id)
    sheet = opened(fair, "log")
    fair.driver.write(sheet.subject, "Asked for the drawing")
    sheet.dismiss()
    fair.driver.settle()
    start_again(fair)
    fair.driver.until(lambda: waiting_bar(fair) is not None, "nothing is told")
    bar = waiting_bar(fair)
    assert bar.text == f"A draft of 5 May waits: Log, {card.name}."
    fair.driver.click(bar.action_button)
    fair.driver.until(lambda: fair.window.sheets.current is not None, "no sheet")
    assert fair.window.sheets.current.draft()["subject"] == "Asked for the drawing"
    assert not bar.isVisible()


@pytest.mark.parametrize("action", [each for each in ACTIONS if each not in ("new_contact", "quick_add", "log")])
def test_a_draft_about_somebody_is_told_of_at_the_start_and_its_sheet_opened(fair, action):
    fair.window.go("board")
    fair.driver.settle()
    card = fair.column("lead").model.card(0)
    fair.window.journey.show_card(card.id)
    sheet = opened(fair, action)
    for line in (each for each in sheet.page.findChildren(QLineEdit) if each.isVisible() and each.isEnabled()):
        fair.driver.write(line, "5")
    typed, is_gate = sheet.draft(), isinstance(sheet, QualificationSheet)
    sheet.dismiss()
    fair.driver.settle()
    start_again(fair)
    fair.driver.until(lambda: waiting_bar(fair) is not None, "nothing is told")
    bar = waiting_bar(fair)
    assert bar.text.startswith("A draft of 5 May waits: ")
    assert bar.text.endswith(f", {card.name}.")
    fair.driver.click(bar.action_button)
    fair.driver.settle()
    if is_gate:  # it opens when the card is moved, which nobody asked for yet
        assert fair.window.page is fair.window.switching.page("record")
        fair.driver.key(fair.window, Qt.Key.Key_C)
    fair.driver.until(lambda: fair.window.sheets.current is not None, "no sheet")
    assert fair.window.sheets.current.draft() == typed
    assert not bar.isVisible()


def test_a_list_whose_window_closed_while_it_came_in_is_told_of_at_the_next_start(fair, tmp_path, qapp):
    let_a_list_come_in(fair, tmp_path)
    assert fair.window.status.isAncestorOf(fair.window.importer.line)
    assert fair.window.importer.line.isVisible()
    fair.program.opening.show_start([])
    fair.program.opening.choose(str(fair.path))
    fair.driver.until(lambda: isinstance(fair.program.window, MainWindow), "the workspace does not open")
    fair.driver.until(lambda: waiting_bar(fair) is not None, "nothing is told")
    said = "Import, visitors.csv: The import was stopped. Everything it had written was taken back."
    assert waiting_bar(fair).text == said
    with fair.db.read() as connection:
        assert len(records.where(connection, Person)) == 3, "what had come in is taken back"
    fair.driver.click(waiting_bar(fair).action_button)
    assert fair.wait_for_sheet(ImportSheet).look.name == "visitors.csv"


def test_a_list_that_was_in_before_its_window_closed_is_not_said_to_be_stopped(fair, tmp_path, qapp):
    let_a_list_come_in(fair, tmp_path)
    with closing(sqlite3.connect(fair.path)) as beside:  # nothing else happens in the window meanwhile
        while not beside.execute("SELECT 1 FROM step WHERE kind = 'long' AND state = 'done'").fetchone():
            sleep(0.05)
    fair.program.opening.show_start([])
    fair.program.opening.choose(str(fair.path))
    fair.driver.until(lambda: isinstance(fair.program.window, MainWindow), "the workspace does not open")
    fair.driver.settle()
    assert waiting_bar(fair) is None
    with fair.db.read() as connection:
        assert len(records.where(connection, Person)) > LINES


def test_a_list_that_is_imported_again_by_hand_is_no_longer_told_of(fair, tmp_path, qapp):
    let_a_list_come_in(fair, tmp_path)
    fair.program.opening.show_start([])
    fair.program.opening.choose(str(fair.path))
    fair.driver.until(lambda: isinstance(fair.program.window, MainWindow), "the workspace does not open")
    fair.driver.until(lambda: waiting_bar(fair) is not None, "nothing is told")
    fair.window.importer.import_file(str(tmp_path / "visitors.csv"))  # as after the dialog for files
    fair.wait_for_sheet(ImportSheet)
    assert not waiting_bar(fair).isVisible()


def test_a_sheet_that_is_opened_by_its_key_is_no_longer_told_of_and_the_next_one_is(fair):
    fair.window.go("board")
    first, second = (fair.column("lead").model.card(row).id for row in range(2))
    for lead in (first, second):
        fair.window.recorder.log([lead])
        fair.driver.write(fair.window.sheets.current.subject, "Asked")
        fair.window.sheets.current.dismiss()
        fair.driver.settle()
    start_again(fair)
    fair.driver.until(lambda: waiting_bar(fair) is not None, "nothing is told")
    told = waiting_bar(fair).text
    newest = next(each for each in (first, second) if profiles.name(fair.db, each) in told)
    fair.window.board.show_card(newest)
    fair.driver.key(fair.window, Qt.Key.Key_L)
    fair.driver.until(lambda: fair.window.sheets.current is not None, "no sheet")
    assert waiting_bar(fair).isVisible()
    assert profiles.name(fair.db, newest) not in waiting_bar(fair).text


def test_of_several_drafts_each_is_told_in_turn_those_of_a_page_by_the_page(fair):
    card = fair.column("lead").model.card(0)
    drafts = fair.window.sheets.drafts
    drafts.keep(f"record:{card.ref}:need", "A drawing")
    drafts.flush()
    fair.window.recorder.log([card.id])
    fair.driver.write(fair.window.sheets.current.subject, "Asked")
    fair.window.sheets.current.dismiss()
    fair.driver.settle()
    start_again(fair)
    fair.driver.until(lambda: waiting_bar(fair) is not None, "nothing is told")
    told = []
    for _each in range(2):
        bar = waiting_bar(fair)
        assert bar.isVisible()
        told.append(bar.text)
        fair.driver.click(bar.action_button)
        fair.driver.settle()
    assert told[0].endswith("1 more waits.")
    assert f"A draft of 5 May waits: {card.name}." in " ".join(told)
    assert fair.window.page is fair.window.switching.page("record")
    assert not waiting_bar(fair).isVisible()


def test_closing_asks_before_what_a_full_disk_did_not_take_is_lost(fair, monkeypatch):
    fair.window.actions_.get("new_contact").trigger()
    fair.wait_for_sheet(NewContactSheet)

    def full(*_given, **_named):
        raise failures.disk_full(fair.path)

    monkeypatch.setattr(storage, "put", full)
    fair.driver.write(QApplication.focusWidget(), "Anna Example")
    window = fair.window
    window.close()
    asked = fair.wait_for_sheet(UnkeptSheet)
    fair.driver.key(asked, Qt.Key.Key_Escape)
    window.actions_.get("new_contact").trigger()
    assert "Anna Example" in str(fair.wait_for_sheet(NewContactSheet).draft())
    window.close()
    fair.driver.click(fair.wait_for_sheet(UnkeptSheet).primary)
    assert not isValid(window) or not window.isVisible()


def test_nothing_is_told_at_the_start_when_nothing_waits(fair):
    assert waiting_bar(fair) is None


def waiting_bar(fair):
    return fair.window._waiting.bar
