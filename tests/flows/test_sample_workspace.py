"""A sample workspace says so, and leads to one's own or goes, with one click."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.app import Program
from crmdesk.driver import Driver
from crmdesk.services import workspace
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow


@pytest.fixture
def sample(qapp, qtbot, tmp_path: Path, clock, ids):
    own, beside = tmp_path / "own.crmdesk", tmp_path / "sample.crmdesk"
    workspace.create(own, name="Own", clock=clock, ids=ids).close()
    workspace.create(beside, name="Sample", sample=True, clock=clock, ids=ids).close()
    program = Program(qapp, settings=Settings(tmp_path / "window.ini"), clock=clock, ids=ids)
    program.open(own)
    program.open(beside)
    driver = Driver(qapp, tmp_path)
    driver.settle()
    yield program, driver, own, beside
    program.leave()
    driver.settle()
    qapp.setStyleSheet("")


def title(program: Program) -> str:
    assert isinstance(program.window, MainWindow)
    return program.window.windowTitle()


def test_one_click_removes_the_sample_and_opens_one_s_own(sample) -> None:
    program, driver, own, beside = sample
    driver.click(program.window.sampling.bar.remove)
    driver.until(lambda: isinstance(program.window, MainWindow) and "Own" in title(program), "nothing opens")
    assert not beside.exists()
    assert own.exists()
    assert program.window.sampling.bar is None
    assert [Path(each).name for each in program.settings.recent] == ["own.crmdesk"]


def test_one_s_own_is_a_click_away_and_the_sample_stays(sample) -> None:
    program, driver, _own, beside = sample
    driver.click(program.window.sampling.bar.start)
    driver.until(lambda: isinstance(program.window, MainWindow) and "Own" in title(program), "nothing opens")
    assert beside.exists()


def test_without_one_of_one_s_own_the_first_start_asks(sample) -> None:
    program, driver, own, _beside = sample
    own.unlink()
    driver.click(program.window.sampling.bar.remove)
    driver.until(lambda: isinstance(program.window, StartWindow) and program.window.sheets.current, "nothing asks")
