"""What is opened how: for reading only, in use elsewhere, used last, or nothing yet."""

from __future__ import annotations

import pytest

from crmdesk.app import Program
from crmdesk.domain.errors import Busy
from crmdesk.services import workspace
from crmdesk.storage import opening
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
