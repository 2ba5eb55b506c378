"""What takes long when a workspace is opened: told in what is seen, while the window answers."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from crmdesk.domain.records import Person
from crmdesk.services import workspace
from crmdesk.storage import undo as storage_undo
from crmdesk.ui.controls import Button
from crmdesk.ui.start_window import StartWindow
from crmdesk.words import Label
from tests.support.start_desk import back_up, overwrite


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def cut_off(file, clock, ids):
    """A list was coming in when the program ended."""
    db = workspace.open(file, clock=clock, ids=ids)
    step = db.long_write(Label("Import {file}", args={"file": "list.csv"}))
    with step.slice() as tx:
        tx.add(Person(given="Half"))
    db.close()
    return file


@pytest.fixture
def held(monkeypatch):
    """Taking back goes on until the event is set."""
    go_on, real = threading.Event(), storage_undo.take_back_unfinished

    def slowly(db):
        assert go_on.wait(20)
        return real(db)

    monkeypatch.setattr(storage_undo, "take_back_unfinished", slowly)
    yield go_on
    go_on.set()


def test_what_takes_long_at_the_opening_is_told_and_the_window_answers(start, cut_off, held):
    on = start()
    [button] = [each for each in on.window.page.findChildren(Button) if each.text() == "fair"]
    on.click(button)
    on.driver.until(on.window.page.doing.text, "nothing is said")
    assert on.window.page.doing.text() == "A list that was coming in is being taken back…"
    on.driver.key(on.window, Qt.Key.Key_Tab)
    assert isinstance(on.window, StartWindow)
    held.set()
    on.until_works()
    assert on.people() == ["Birgit Hansen"]


def test_who_opens_another_one_meanwhile_gets_that_and_the_first_is_let_go(start, cut_off, held, good, clock, ids):
    on = start()
    [button] = [each for each in on.window.page.findChildren(Button) if each.text() == "fair"]
    on.click(button)
    on.driver.until(on.window.page.doing.text, "nothing is said")
    threading.Timer(0.2, held.set).start()
    on.program.opening.choose(str(good))
    on.until_works()
    assert on.window.context.db.path == good
    workspace.open(cut_off, clock=clock, ids=ids).close()


def test_a_backup_being_put_back_says_so_until_the_workspace_is_there(start, file, clock, ids, monkeypatch):
    back_up(file, clock, ids)
    overwrite(file)
    on = start()
    on.click_recent("fair")
    asked, go_on, real = threading.Event(), threading.Event(), storage_undo.is_unfinished

    def slowly(db):
        asked.set()
        assert go_on.wait(20)
        return real(db)

    monkeypatch.setattr(storage_undo, "is_unfinished", slowly)
    on.way("backup")
    on.driver.until(asked.is_set, "it is not opened")
    on.driver.settle()
    assert "A backup is being put into its place." in on.said
    go_on.set()
    on.until_works()
