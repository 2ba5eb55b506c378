"""A window over a real workspace with three people, as a person has it before them after the fair."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.app import Program
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.driver import Driver
from crmdesk.services import activities, capture, samples, workspace
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow
from tests.conftest import TUESDAY
from tests.support.start_desk import Start

PEOPLE = (
    ("Birgit Hansen", "Hansen Antriebstechnik GmbH", "b.hansen@hansen.example", "0461 5550112"),
    ("Nguyễn Thu Hà", "Công ty TNHH Cơ khí An Phát", "ha@anphat.example", ""),
    ("吳佳蓉", "佳鴻精密股份有限公司", "jr.wu@jiahong.example", ""),
)


class Fair:
    """The window, a driver for mouse and keys, and the file as another reader sees it."""

    def __init__(self, program: Program, driver: Driver, path: Path) -> None:
        self.program, self.driver, self.path = program, driver, path

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.program.window, MainWindow)
        return self.program.window

    @property
    def db(self):
        return self.window.context.db

    def column(self, stage: str):
        column = self.window.board.strip.column_of(stage)
        assert column is not None
        return column

    def names(self, stage: str) -> list[str]:
        """The names on the cards of a column, as the model shows them."""
        model = self.column(stage).model
        return [model.card(row).name for row in range(model.rowCount())]

    def wait_for_sheet(self, kind: type):
        self.driver.until(lambda: isinstance(self.window.sheets.current, kind), f"no {kind.__name__}")
        return self.window.sheets.current

    def wait_for_no_sheet(self) -> None:
        self.driver.until(lambda: self.window.sheets.current is None, "the sheet stays")


@pytest.fixture(scope="session")
def fair_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of three people that tests copy, which is faster than making one."""
    path = tmp_path_factory.mktemp("fair") / "fair.crmdesk"
    clock = FixedClock(TUESDAY)
    ids = IdSource(FixedClock(TUESDAY - timedelta(seconds=1)), random.Random(6))  # before those of a test
    db = workspace.create(path, vocabulary="dialogue", me="Jana Lindner", country="DE", clock=clock, ids=ids)
    for name, firm, email, phone in PEOPLE:
        made = capture.add(
            db, name=name, organisation=firm, email=email, phone=phone, source="business_card_short", door="capture"
        )
        activities.log(db, made.lead_id, kind="stand_talk", direction="both", depth="deep", at="2026-04-22")
    db.close()
    return path


@pytest.fixture
def fair(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, fair_template: Path, clock: FixedClock, ids: IdSource
) -> Iterator[Fair]:
    yield from _opened(qapp, Path(shutil.copy(fair_template, tmp_path / "fair.crmdesk")), clock, ids)


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample people that tests copy, which is faster than filling one."""
    path = tmp_path_factory.mktemp("sample") / "sample.crmdesk"
    clock = FixedClock(TUESDAY)
    ids = IdSource(clock, random.Random(7))
    db = workspace.create(path, vocabulary="lead-first", me="Jana Lindner", country="DE", clock=clock, ids=ids)
    samples.fill(db)
    db.close()
    return path


@pytest.fixture
def sampled(
    qapp: QApplication, tmp_path: Path, sample_template: Path, clock: FixedClock, ids: IdSource
) -> Iterator[Fair]:
    """The window over the sample people."""
    yield from _opened(qapp, Path(shutil.copy(sample_template, tmp_path / "sample.crmdesk")), clock, ids)


def _opened(qapp: QApplication, path: Path, clock: FixedClock, ids: IdSource) -> Iterator[Fair]:
    settings = Settings(path.with_name("window.ini"))
    settings.mode, settings.reduced_motion = "light", True
    program = Program(qapp, settings=settings, clock=clock, ids=ids)
    program.open(path)
    program.window.resize(1280, 800)
    program.window.go("board")
    program.window.activateWindow()
    driver = Driver(qapp, path.parent)
    driver.settle()
    yield Fair(program, driver, path)
    program.leave()
    program.deleteLater()
    driver.settle()
    qapp.setStyleSheet("")


@pytest.fixture
def file(tmp_path, clock, ids):
    """A closed workspace with Birgit in it."""
    path = tmp_path / "fair.crmdesk"
    db = workspace.create(path, vocabulary="dialogue", me="Jana Lindner", country="DE", clock=clock, ids=ids)
    capture.add(db, name="Birgit Hansen", email="b@hansen.example", source="business_card_short")
    db.close()
    return path


@pytest.fixture
def good(tmp_path, clock, ids):
    """Another workspace used lately, which is sound."""
    path = tmp_path / "good.crmdesk"
    workspace.create(path, vocabulary="dialogue", country="DE", clock=clock, ids=ids).close()
    return path


@pytest.fixture
def start(qapp, tmp_path, clock, ids, file, good):
    settings = Settings(tmp_path / "window.ini")
    settings.mode, settings.reduced_motion = "light", True
    settings.opened(good)
    settings.opened(file)
    program = Program(qapp, settings=settings, clock=clock, ids=ids)
    driver = Driver(qapp, tmp_path)

    def begin() -> Start:
        program.opening.show_start([file, good])
        driver.settle()
        assert isinstance(program.window, StartWindow)
        return Start(program, driver)

    yield begin
    program.leave()
    driver.settle()
    qapp.setStyleSheet("")
