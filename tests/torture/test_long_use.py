"""Hours of use in minutes: memory, handles and objects stay as they were after the first rounds."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from time import monotonic

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from crmdesk.app import Program
from crmdesk.driver import Driver
from crmdesk.services import boards, moves, people, undo
from crmdesk.ui.screens import SCREENS
from crmdesk.ui.settings import Settings
from tests.torture import acts, judging

SHEETS = ("new_contact", "quick_add", "next_step", "log", "consent", "add_channel", "not_now", "not_a_fit", "history")
WARM = 3
MOST_MEGABYTES = 24


class Use:
    """A person at the window; each round does the same, and takes it back."""

    def __init__(self, program: Program, driver: Driver) -> None:
        self.window, self._driver = program.window, driver
        self._db = self.window.context.db
        self._pages = [each.key for each in SCREENS if each.group]
        self.rounds = 0

    def round(self) -> None:
        for key in self._pages:
            self.window.go(key)
            self._driver.settle()
        self.window.go("board")
        self._driver.settle()
        card = acts.leads(self._db, "lead")[0]
        self.window.journey.show_card(card)
        self._driver.settle()
        for action in SHEETS:
            self._sheet(action)
        self._edits(card)
        self.window.open_record(card)
        self._driver.settle()
        self.rounds += 1

    def _sheet(self, action: str) -> None:
        self.window.actions_.get(action).trigger()
        self._driver.settle()
        sheet = self.window.sheets.current
        assert sheet is not None, f"no sheet for {action}"
        self._driver.key(sheet, Qt.Key.Key_Escape)
        self._driver.settle()

    def _edits(self, card) -> None:
        person = next(each.person_id for each in boards.cards(self._db, [card]))
        tried: list[Callable[[], object]] = [
            lambda: moves.move(self._db, [card], "prospect", because=acts.ANYWAY),
            lambda: people.edit(self._db, person, note=f"Round {self.rounds}"),
        ]
        for each in tried:
            each()
            self._driver.settle()
        for _each in tried:
            undo.undo(self._db)
            self._driver.settle()


def held() -> dict[str, int]:
    """What the process holds: megabytes, open handles, widgets, Qt objects that Python knows."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = int(file.read().split()[1])
    return {
        "megabytes": pages * os.sysconf("SC_PAGE_SIZE") >> 20,
        "handles": len(os.listdir("/proc/self/fd")),
        "widgets": len(QApplication.allWidgets()),
        "objects": sum(isinstance(each, QObject) and isValid(each) for each in gc.get_objects()),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="handles are counted in /proc")
@pytest.mark.timeout(7200)
def test_long_use_keeps_memory_handles_and_objects_flat(qapp, ground, at_home, amount, tmp_path, clock, ids, tell):
    folder = at_home(ground("move").fresh())
    settings = Settings(tmp_path / "window.ini")
    settings.mode, settings.reduced_motion = "light", True
    program = Program(qapp, settings=settings, clock=clock, ids=ids)
    driver = Driver(qapp, tmp_path)
    try:
        program.open(folder / acts.FILE)
        program.window.resize(1280, 800)
        driver.settle()
        use = Use(program, driver)
        for _each in range(WARM):
            use.round()
        first, end = held(), monotonic() + amount.seconds
        while monotonic() < end or use.rounds < WARM + 1:
            use.round()
        last = held()
    finally:
        program.leave()
        driver.settle()
        qapp.setStyleSheet("")
    tell(f"{use.rounds} rounds: {first} → {last}")
    assert last["handles"] <= first["handles"] + 2
    assert last["widgets"] <= first["widgets"] + 4
    assert last["objects"] <= first["objects"] + 16
    assert last["megabytes"] <= first["megabytes"] + MOST_MEGABYTES
    assert judging.judge(folder) == []
