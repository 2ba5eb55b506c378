"""The first start in the real program: a vocabulary is chosen, files are made, the board opens in these words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crmdesk import words
from crmdesk.app import Program
from crmdesk.domain.errors import DiskFull
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.driver import Driver
from crmdesk.services import workspace
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.views.first_start import FirstStart
from tests.flows.conftest import Fair


@pytest.fixture
def program(
    qapp: QApplication, tmp_path: Path, clock: FixedClock, ids: IdSource, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setattr("crmdesk.paths.data_folder", lambda: tmp_path)
    settings = Settings(tmp_path / "window.ini")
    settings.mode, settings.reduced_motion = "light", True
    made = Program(qapp, settings=settings, clock=clock, ids=ids)
    yield made
    made.leave()
    qapp.processEvents()
    qapp.setStyleSheet("")
    words.use("en")


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Driver:
    return Driver(qapp, tmp_path)


def page_of(program: Program) -> FirstStart:
    assert program.window is not None
    page = program.window.sheets.current
    assert isinstance(page, FirstStart)
    return page


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.glob("*.crmdesk"))


def test_where_nothing_was_opened_before_the_page_shows_at_once(program: Program) -> None:
    program.open_last()
    assert isinstance(program.window, StartWindow)
    assert page_of(program).isVisible()


def test_two_keys_make_a_workspace_with_sample_people_in_their_own_file(
    program: Program, driver: Driver, tmp_path: Path
) -> None:
    program.open_last()
    driver.key(page_of(program).cards.current, Qt.Key.Key_4)
    driver.key(page_of(program).cards.current, Qt.Key.Key_Return)
    driver.until(lambda: isinstance(program.window, MainWindow), "no workspace opens")
    assert names(tmp_path) == ["My customers – sample data.crmdesk", "My customers.crmdesk"]
    shown = program.window.context
    assert shown.db.path.name == "My customers – sample data.crmdesk"
    assert shown.vocabulary.key == "dialogue"
    assert workspace.info(shown.db).people > 75
    assert shown.notify.toast is not None
    assert "My customers.crmdesk" in shown.notify.toast.text
    own = workspace.open(tmp_path / "My customers.crmdesk", read_only=True)
    assert workspace.info(own).people == 0
    assert workspace.is_sample(shown.db)
    assert not workspace.is_sample(own)
    assert workspace.vocabulary(own).key == "dialogue"
    own.close()
    assert [Path(each).name for each in program.settings.recent] == names(tmp_path)


def test_without_sample_data_there_is_one_file_with_the_name_that_was_typed(
    program: Program, driver: Driver, tmp_path: Path
) -> None:
    program.open_last()
    page = page_of(program)
    driver.click(page.cards.cards[1])
    driver.click(page.foot.sample)
    page.foot.place.name.selectAll()
    driver.write(page.foot.place.name, "Lindner: Spanntechnik")
    driver.click(page.foot.start)
    driver.until(lambda: isinstance(program.window, MainWindow), "no workspace opens")
    assert names(tmp_path) == ["Lindner Spanntechnik.crmdesk"]
    assert workspace.settings(program.window.context.db).name == "Lindner: Spanntechnik"
    assert program.window.context.vocabulary.key == "contact-lead"


def test_when_the_sample_people_find_no_room_no_file_stays(
    program: Program, driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_db: object, **_how: object) -> None:
        raise DiskFull("The disk is full.", "Free some space.")

    monkeypatch.setattr("crmdesk.services.samples.fill", full)
    program.open_last()
    page = page_of(program)
    driver.key(page.cards.current, Qt.Key.Key_Return)
    driver.until(lambda: "The disk is full." in page.error.text, "nothing is said")
    assert page.isVisible()
    assert page.foot.start.isEnabled()
    assert names(tmp_path) == []


def test_another_language_is_on_the_page_at_once_and_what_was_chosen_stays(program: Program, driver: Driver) -> None:
    program.open_last()
    page = page_of(program)
    driver.key(page.cards.current, Qt.Key.Key_5)
    driver.click(page.cards.another)
    driver.click(page.foot.sample)
    driver.write(page.foot.place.name, " AG")
    before = page.draft()
    driver.click(page.foot.languages.segment("de"))
    again = page_of(program)
    assert again is not page
    assert again.draft() == before
    assert again.cards.current.name.text() == "Interesse zuerst"
    assert again.foot.languages.value == "de"
    driver.click(again.foot.languages.segment("en"))
    assert page_of(program).cards.current.name.text() == "Interest first"
    assert page_of(program).draft() == before


def test_a_window_that_was_made_as_large_as_the_screen_stays_so_in_another_language_and_with_a_workspace(
    program: Program, driver: Driver
) -> None:
    program.open_last()
    assert program.window is not None
    program.window.showMaximized()
    driver.settle()
    driver.click(page_of(program).foot.languages.segment("de"))
    assert program.window.isMaximized()
    driver.key(page_of(program).cards.current, Qt.Key.Key_Return)
    driver.until(lambda: isinstance(program.window, MainWindow), "no workspace opens")
    assert program.window.isMaximized()


def test_in_a_running_window_the_same_page_lies_over_the_board_and_esc_goes_back(fair: Fair) -> None:
    fair.driver.key(fair.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = fair.wait_for_sheet(FirstStart)
    assert page.geometry().width() == fair.window.width()
    fair.driver.key(page.cards.current, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert fair.db.path == fair.path
