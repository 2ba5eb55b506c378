"""A workspace that does not open: from the start window to a working program in at most three clicks."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sqlcipher3 import dbapi2

from crmdesk.services import backups, capture, undo, workspace
from crmdesk.storage import failures, migrations, opening, places
from crmdesk.storage.lock import WorkspaceLock
from crmdesk.ui.controls import Button
from crmdesk.ui.dialogs.restoring import RestoreSheet
from crmdesk.ui.dialogs.unopened import SalvagedSheet
from crmdesk.ui.notify import ErrorBar
from tests.support.first_format import write_first_format
from tests.support.start_desk import back_up, overwrite

PAGE = 4096


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def overwrite_table(path, table: str) -> None:
    connection = opening.connect(path, mode="ro")
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = b"\x55" * PAGE
    path.write_bytes(content)


def tamper(path, statement: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_a_damaged_file_goes_on_with_its_newest_good_backup_in_two_clicks(start, file, clock, ids):
    back_up(file, clock, ids)
    back_up(file, clock, ids)
    newest = backups.listed(file)[0].path
    newest.write_bytes(newest.read_bytes()[:-1] + b"?")
    overwrite(file)
    before = file.read_bytes()
    on = start()
    on.click_recent("fair")
    assert "is damaged" in on.said
    on.way("backup")
    on.until_works()
    assert on.clicks == 2
    assert on.people() == ["Birgit Hansen"]
    assert file.with_name("fair (set aside 1).crmdesk").read_bytes() == before
    assert undo.undo(on.window.context.db).undone


def test_a_damaged_file_without_a_backup_is_salvaged_and_says_what_came_back(start, file):
    overwrite_table(file, "task")
    overwrite_table(file, "step")
    on = start()
    on.click_recent("fair")
    assert on.sheet.buttons.keys() == {"salvage", "choose"}
    on.way("salvage")
    on.driver.until(lambda: isinstance(on.sheet, SalvagedSheet), "nothing came back")
    on.click(on.sheet.primary)
    on.until_works()
    assert on.people() == ["Birgit Hansen"]
    assert workspace.check(on.window.context.db) == []


@pytest.mark.parametrize(
    ("statement", "odd"),
    [
        ("CREATE TRIGGER friendly AFTER INSERT ON person BEGIN DELETE FROM consent; END", "friendly"),
        ("CREATE INDEX ix_luck ON person (given)", "ix_luck"),
        ("ALTER TABLE consent ADD COLUMN luck TEXT", "consent"),
        ("PRAGMA application_id = 7", "another program"),
    ],
)
def test_a_foreign_file_is_refused_by_name_and_another_is_two_clicks_away(start, file, statement, odd):
    tamper(file, statement)
    before = file.read_bytes()
    on = start()
    on.click_recent("fair")
    assert odd in on.said
    on.click(on.sheet.footer.back)
    on.click_recent("good")
    on.until_works()
    assert file.read_bytes() == before


def test_a_newer_file_says_both_numbers_and_another_one_can_be_chosen(start, file, good):
    tamper(file, f"PRAGMA user_version = {migrations.HEAD + 3}")
    on = start()
    on.click_recent("fair")
    assert f"its format is {migrations.HEAD + 3}, this one reads {migrations.HEAD}" in on.said
    on.way("choose")
    [dialog] = on.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(good))  # a click on the file and its button
    dialog.close()
    on.clicks += 1
    on.until_works()


def test_a_locked_file_says_who_has_it_and_is_tried_again(start, file):
    held = WorkspaceLock(file)
    on = start()
    on.click_recent("fair")
    assert "process " in on.said
    held.release()
    on.way("again")
    on.until_works()
    assert on.people() == ["Birgit Hansen"]


def test_a_locked_file_opens_for_reading_meanwhile(start, file):
    held = WorkspaceLock(file)
    on = start()
    on.click_recent("fair")
    on.way("read")
    on.until_works()
    assert on.window.context.db.read_only
    assert on.people() == ["Birgit Hansen"]
    on.window.close()
    held.release()


@pytest.mark.parametrize("how", ["empty", "missing"])
def test_an_empty_or_lost_file_comes_back_from_its_backup(start, file, clock, ids, how):
    back_up(file, clock, ids)
    on = start()
    if how == "empty":
        file.write_bytes(b"")
    else:
        file.unlink()
    on.click_recent("fair")
    on.way("backup")
    on.until_works()
    assert on.people() == ["Birgit Hansen"]


def test_the_workspace_used_last_is_offered_from_its_backup_at_the_next_start_when_it_is_gone(start, file, clock, ids):
    back_up(file, clock, ids)
    on = start()
    file.unlink()
    on.program.open_last()
    on.driver.settle()
    assert "There is no file" in on.said
    on.way("backup")
    on.until_works()
    assert on.people() == ["Birgit Hansen"]


def test_an_older_file_that_cannot_be_written_goes_on_as_a_copy(start, file, tmp_path, monkeypatch):
    write_first_format(file)
    real = opening._can_write
    monkeypatch.setattr(opening, "_can_write", lambda path: path != file and real(path))
    on = start()
    on.click_recent("fair")
    on.way("copy")
    [dialog] = on.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "mine.crmdesk"))
    dialog.close()
    on.clicks += 1
    on.until_works()
    assert not on.window.context.db.read_only
    assert workspace.info(on.window.context.db).people > 10


def test_a_lost_file_without_a_backup_is_taken_off_the_list(start, file):
    on = start()
    file.unlink()
    on.click_recent("fair")
    on.way("forget")
    assert [each.text() for each in on.window.page.findChildren(Button) if each.text() == "fair"] == []
    on.click_recent("good")
    on.until_works()


def test_what_can_only_be_read_goes_on_as_a_copy(start, file, tmp_path, monkeypatch):
    real = opening._can_write
    monkeypatch.setattr(opening, "_can_write", lambda path: path != file and real(path))
    on = start()
    on.click_recent("fair")
    on.until_works()
    assert on.window.context.db.read_only
    bar = on.window.frame.bar
    assert "can be read but not changed" in bar.text
    on.click(bar.action_button)
    [dialog] = on.window.findChildren(QFileDialog)
    target = tmp_path / "mine.crmdesk"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    on.driver.until(lambda: on.works and on.window.context.db.path == target, "the copy is not opened")
    assert not on.window.context.db.read_only
    assert on.people() == ["Birgit Hansen"]


def test_a_cloud_folder_is_warned_of_once(start, file, tmp_path):
    cloud = tmp_path / "Nextcloud"
    cloud.mkdir()
    path = cloud / "fair.crmdesk"
    shutil.copy(file, path)
    on = start()
    on.program.open(path)
    on.driver.settle()
    bar = on.window.frame.bar
    assert bar.isVisible()
    assert "Nextcloud" in bar.text
    on.program.open(file)
    assert not on.window.frame.bar.isVisible()
    on.program.open(path)
    on.driver.settle()
    assert not on.window.frame.bar.isVisible()
    assert places.of(path) is not None


def test_a_backup_is_restored_from_the_file_menu_and_the_window_comes_back(start, file, clock, ids):
    back_up(file, clock, ids)
    on = start()
    on.click_recent("fair")
    on.until_works()
    capture.add(on.window.context.db, name="Later Person", source="business_card_short")
    on.window.actions_.get("restore").trigger()
    on.driver.settle()
    sheet = on.sheet
    assert isinstance(sheet, RestoreSheet)
    on.driver.until(lambda: sheet.model.state(1) == "good", "the backup is not checked")
    old = on.window
    on.driver.click(sheet.primary)
    on.driver.until(lambda: on.works and on.window is not old, "the window does not come back")
    assert on.people() == ["Birgit Hansen"]
    assert "backup of" in on.window.context.notify.toast.text
    assert [(each.number, each.kept, each.reason) for each in backups.listed(file)] == [
        (2, True, "restore"), (1, False, "asked"),
    ]  # fmt: skip


def test_where_the_chosen_backup_is_damaged_the_next_older_one_is_chosen(start, file, clock, ids):
    back_up(file, clock, ids)
    back_up(file, clock, ids)
    newest = backups.listed(file)[0].path
    newest.write_bytes(newest.read_bytes()[:-1] + b"?")
    on = start()
    on.click_recent("fair")
    on.until_works()
    on.window.actions_.get("restore").trigger()
    sheet = on.sheet
    on.driver.until(lambda: sheet.model.state(2) == "bad" and sheet.model.state(1) == "good", "not checked")
    assert sheet.value() == 1
    sheet.view.setCurrentIndex(sheet.model.index(0, 0))
    assert not sheet.primary.isEnabled()


def test_the_window_backs_up_when_something_changed_and_says_when(start, file):
    on = start()
    on.click_recent("fair")
    on.until_works()
    window = on.window
    backing_up = window.backing_up
    backing_up._due.timeout.emit()
    on.driver.until(lambda: backing_up.status, "no backup was made")
    assert "Backup " in window.status.accessibleDescription()
    assert len(backups.listed(file)) == 1
    backing_up._due.timeout.emit()
    on.driver.until(lambda: not window.context.work.running("backup"), "it still runs")
    assert len(backups.listed(file)) == 1, "nothing changed"
    capture.add(window.context.db, name="Later Person", source="business_card_short")
    backing_up._due.timeout.emit()
    on.driver.until(lambda: len(backups.listed(file)) == 2, "the change is not backed up")
    on.driver.until(lambda: not window.context.work.running("backup"), "it still runs")
    assert [each.reason for each in backups.listed(file)] == ["timer", "timer"]
    window.actions_.get("backup").trigger()
    on.driver.until(lambda: len(backups.listed(file)) == 3, "Back up now does nothing")
    on.driver.until(lambda: window.context.notify.toast is not None, "nothing is said")


def reminders(on) -> list[ErrorBar]:
    """The lines above the page that tell of damage found before."""
    lines = on.window.frame.findChildren(ErrorBar)
    return [each for each in lines if each.isVisible() and "was found damaged" in each.text]


def test_a_file_that_was_found_damaged_says_so_at_each_opening_until_a_way_is_taken(start, file, good, clock, ids):
    back_up(file, clock, ids)
    on = start()
    on.click_recent("fair")
    assert reminders(on) == []
    on.program.opening.refused(failures.damaged(file))
    on.driver.settle()
    on.driver.key(on.sheet, Qt.Key.Key_Escape)
    on.click_recent("fair")
    on.until_works()
    [line] = reminders(on)
    assert line.text.startswith("“fair.crmdesk” was found damaged on 5 May")
    on.window.context.notify.done("Something was done.")
    assert reminders(on) == [line], "it is not over by that"
    on.driver.click(line.action_button)
    on.driver.settle()
    on.way("backup")
    on.until_works()
    on.driver.settle()
    assert reminders(on) == [], "another file lies there now"


def test_esc_leaves_the_sheet_and_nothing_is_done(start, file):
    overwrite(file)
    before = file.read_bytes()
    on = start()
    on.click_recent("fair")
    on.driver.key(on.sheet, Qt.Key.Key_Escape)
    assert on.sheet is None
    assert file.read_bytes() == before
