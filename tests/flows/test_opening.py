"""What is opened how: for reading only, in use elsewhere, used last, or nothing yet."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication

from crmdesk.app import Program
from crmdesk.domain.errors import Busy, Damaged
from crmdesk.services import workspace
from crmdesk.storage import opening
from crmdesk.ui import status_words
from crmdesk.ui.dialogs.unopened import UnopenedSheet
from crmdesk.ui.settings import Settings


def test_what_cannot_be_written_opens_for_reading_and_says_so(fair, monkeypatch):
    fair.window.close()
    monkeypatch.setattr(opening, "_can_write", lambda path: False)
    fair.program.open(fair.path)
    fair.window.go("board")
    fair.driver.settle()
    assert fair.db.read_only
    assert fair.window.frame.bar.isVisible()
    assert "Birgit Hansen" in fair.names("lead")
    assert not fair.window.actions_.get("new_contact").isEnabled()


def test_a_file_in_use_is_refused_and_the_window_stays(fair, tmp_path):
    other = tmp_path / "other.crmdesk"
    holding = workspace.create(other, vocabulary="qualified", country="DE")
    with pytest.raises(Busy):
        fair.program.open(other)
    assert fair.window.isVisible()
    holding.close()


@pytest.fixture
def program(qapp, tmp_path, clock, ids):
    settings = Settings(tmp_path / "window.ini")
    settings.mode, settings.reduced_motion = "light", True
    made = Program(qapp, settings=settings, clock=clock, ids=ids)
    yield made
    made.leave()
    qapp.processEvents()
    qapp.setStyleSheet("")


def test_the_workspace_used_last_opens_again(program, fair):
    program.settings.opened(fair.path)
    fair.window.close()
    program.open_last()
    assert program.window.context.db.path == fair.path.resolve()


@pytest.fixture
def second(tmp_path):
    path = tmp_path / "second.crmdesk"
    workspace.create(path, vocabulary="qualified", country="DE").close()
    return path


def test_the_workspace_that_is_open_is_seen_until_the_other_one_is_there(fair, second):
    window, db = fair.window, fair.db
    fair.program.opening.choose(str(second))
    QCoreApplication.processEvents()
    assert fair.program.window is window
    assert window.isVisible()
    assert db.path == fair.path.resolve()
    workspace.settings(db)
    fair.driver.until(lambda: fair.program.window is not window, "no new window")
    assert fair.db.path == second.resolve()
    workspace.open(fair.path).close()


def test_the_window_can_be_closed_before_the_other_workspace_is_there(fair, second):
    fair.program.opening.choose(str(second))
    QCoreApplication.processEvents()
    fair.window.close()
    fair.driver.settle()
    assert fair.program.window is None
    for path in (fair.path, second):
        workspace.open(path).close()


def test_what_was_open_stays_where_the_other_one_is_found_damaged_only_while_its_window_is_made(
    fair, second, monkeypatch
):
    window = fair.window

    def damaged(_db, *_rest):
        raise Damaged("It is damaged.", "Use a backup.")

    monkeypatch.setattr("crmdesk.services.today.listed", damaged)
    fair.program.opening.choose(str(second))
    fair.wait_for_sheet(UnopenedSheet)
    assert fair.window is window
    assert fair.db.path == fair.path.resolve()
    workspace.open(second).close()


def test_the_status_bar_says_the_day_of_what_was_saved_on_an_earlier_one(fair, clock, monkeypatch):
    def saved():
        return next(text for key, text in status_words.parts(fair.window.context, "")[0] if key == "saved")

    with fair.db.read() as connection:
        (at,) = connection.exec_driver_sql("SELECT max(at) FROM step").one()
    day = datetime.fromisoformat(at).astimezone()
    monkeypatch.setattr(clock, "today", day.date)
    assert saved() == f"Saved {day:%H:%M}"
    monkeypatch.setattr(clock, "today", lambda: day.date() + timedelta(days=1))
    assert saved() == f"Saved {day.day} {day:%b}, {day:%H:%M}"
