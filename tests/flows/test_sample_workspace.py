"""A sample workspace says so, and leads to one's own or goes, with one click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crmdesk.app import Program
from crmdesk.driver import Driver
from crmdesk.services import capture, samples, undo, workspace
from crmdesk.ui.dialogs.list_sheets import RemoveSheet
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow


@pytest.fixture
def sample(qapp, qtbot, tmp_path: Path, clock, ids):
    own, beside = tmp_path / "own.crmdesk", tmp_path / "sample.crmdesk"
    workspace.create(own, name="Own", clock=clock, ids=ids).close()
    made = workspace.create(beside, name="Sample", sample=True, clock=clock, ids=ids)
    samples.fill(made)
    made.close()
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


def test_what_a_person_added_to_the_sample_does_not_go_unasked(sample) -> None:
    program, driver, _own, beside = sample
    capture.add(program.window.context.db, name="Anna Berg")
    driver.click(program.window.sampling.bar.remove)
    driver.until(lambda: isinstance(program.window.sheets.current, RemoveSheet), "nothing asks")
    sheet = program.window.sheets.current
    driver.key(sheet, Qt.Key.Key_Escape)
    driver.until(lambda: program.window.sheets.current is None, "the sheet stays")
    assert beside.exists()
    driver.click(program.window.sampling.bar.remove)
    driver.until(lambda: isinstance(program.window.sheets.current, RemoveSheet), "nothing asks")
    driver.click(program.window.sheets.current.primary)
    driver.until(lambda: isinstance(program.window, MainWindow) and "Own" in title(program), "nothing opens")
    assert not beside.exists()


def test_the_mark_of_the_sample_is_no_step_to_take_back(sample) -> None:
    program, _driver, _own, _beside = sample
    db = program.window.context.db
    undo.undo(db)
    assert workspace.is_sample(db)


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
