"""Hours of use in minutes: memory, handles and objects stay as they were after the first rounds."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from crmdesk.app import Program
from crmdesk.driver import Driver
from crmdesk.services import backups, boards, moves, people, undo
from crmdesk.ui.screens import SCREENS
from crmdesk.ui.settings import Settings
from tests.torture import acts, judging

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="handles are counted in /proc"),
    pytest.mark.timeout(7200),
]

SHEETS = ("new_contact", "quick_add", "next_step", "log", "consent", "add_channel", "not_now", "not_a_fit", "history")
BACKUP_EVERY = 25  # rounds
PAUSE = timedelta(seconds=10)  # between two acts of a person who is quick
HOURS = 8
MOST_HOURS = 24  # what a fast machine does in the time
SAMPLES = 12
# Readers at the same moment open connections, of which five are kept, each with the file and its log.
# What grows all day is SQLite's: each connection keeps up to 64 MiB of the pages it read, and the history grows.
MOST = {"handles": 10, "widgets": 4, "objects": 16, "dead": 0, "megabytes": 24}


class Use:
    """A person at the window; each round does the same, and takes it back."""

    def __init__(self, program: Program, driver: Driver, amount) -> None:
        self.window, self._driver, self._clock = program.window, driver, program.window.context.db.clock
        self._db = self.window.context.db
        self._pages = amount.of([each.key for each in SCREENS if each.group], 2)
        self._sheets = amount.of(SHEETS, 3)
        self.rounds = self.acts = 0

    @property
    def hours(self) -> float:
        """How long a person would have sat there."""
        return self.acts * PAUSE / timedelta(hours=1)

    def round(self) -> None:
        for key in (*self._pages, "board"):
            self._act(lambda key=key: self.window.go(key))
        leads = acts.leads(self._db, "lead")
        card = leads[self.rounds % len(leads)]  # else it is the history of one that grows
        self._act(lambda: self.window.journey.show_card(card))
        for action in self._sheets:
            self._sheet(action)
        self._search("müller")
        self._edits(card)
        self._act(lambda: self.window.open_record(card))
        if self.rounds % BACKUP_EVERY == 0:
            self._back_up()
        self.rounds += 1

    def _act(self, act: Callable[[], object]) -> None:
        act()
        self._driver.settle()
        self._clock.advance(PAUSE)
        self.acts += 1

    def _sheet(self, action: str) -> None:
        """Opens one and types, then leaves it: what was typed is given back at the next opening."""
        self._act(self.window.actions_.get(action).trigger)
        sheet = self.window.sheets.current
        assert sheet is not None, f"no sheet for {action}"
        if (field := QApplication.focusWidget()) is not None and action == "new_contact":
            self._act(lambda: self._driver.write(field, "Ab"))
        self._act(lambda: self._driver.key(sheet, Qt.Key.Key_Escape))

    def _search(self, text: str) -> None:
        self._act(self.window.actions_.get("search").trigger)
        field = QApplication.focusWidget()
        assert field is not None
        for letter in text:
            self._act(lambda letter=letter: self._driver.write(field, letter))
        for _each in range(2):  # what was typed goes first, then the list
            self._act(lambda: self._driver.key(field, Qt.Key.Key_Escape))

    def _edits(self, card) -> None:
        person = next(each.person_id for each in boards.cards(self._db, [card]))
        self._act(lambda: moves.move(self._db, [card], "prospect", because=acts.ANYWAY))
        self._act(lambda: people.edit(self._db, person, note=f"Round {self.rounds}"))
        for _each in range(2):
            self._act(lambda: undo.undo(self._db))

    def _back_up(self) -> None:
        before = self._backups()
        self._act(self.window.actions_.get("backup").trigger)
        self._driver.until(lambda: self._backups() - before, "no backup was made")
        self._driver.until(lambda: not self.window.context.work.running("backup"), "it still runs")

    def _backups(self) -> set[Path]:
        """Those there are; their number may stay, as an old one goes when a new one comes."""
        return {each.path for each in backups.listed(self._db.path)}


def held() -> dict[str, int]:
    """What the process holds: megabytes, open handles, widgets, Qt objects that Python knows, and those that died."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = int(file.read().split()[1])
    known = [isValid(each) for each in gc.get_objects() if isinstance(each, QObject)]
    return {
        "megabytes": pages * os.sysconf("SC_PAGE_SIZE") >> 20,
        "handles": len(os.listdir("/proc/self/fd")),
        "widgets": len(QApplication.allWidgets()),
        "objects": known.count(True),
        "dead": known.count(False),
    }


def grown(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """What is held that was not, more of it than may be."""
    return [name for name, most in MOST.items() if after[name] > before[name] + most]


@contextmanager
def at_the_window(qapp, folder, tmp_path, *, clock, ids, amount) -> Iterator[Use]:
    """Somebody who sits before an open workspace."""
    settings = Settings(tmp_path / "window.ini")
    settings.mode, settings.reduced_motion = "light", True
    program = Program(qapp, settings=settings, clock=clock, ids=ids)
    driver = Driver(qapp, tmp_path)
    try:
        program.open(folder / acts.FILE)
        program.window.resize(1280, 800)
        driver.settle()
        yield Use(program, driver, amount)
    finally:
        program.leave()
        driver.settle()
        qapp.setStyleSheet("")


def test_long_use_keeps_memory_handles_and_objects_flat(qapp, ground, at_home, amount, tmp_path, clock, ids, tell):
    folder = at_home(ground("move").fresh())
    with at_the_window(qapp, folder, tmp_path, clock=clock, ids=ids, amount=amount) as use:
        for _each in range(amount.times(8, 3)):
            use.round()
        begun, curve = monotonic(), [held()]
        tell(f"{use.rounds} rounds: {curve[0]}")
        for sample in range(1, amount.times(SAMPLES, 1) + 1):
            end = begun + amount.seconds * sample / SAMPLES
            use.round()
            while monotonic() < end and use.hours < MOST_HOURS:
                use.round()
            curve.append(held())
            tell(f"{use.rounds} rounds, {use.acts} acts, {use.hours:.1f} hours of a person: {curve[-1]}")
    assert [grown(curve[0], each) for each in curve[1:]] == [[]] * (len(curve) - 1)
    assert use.hours >= HOURS or amount.seconds < 1200
    assert judging.judge(folder) == []
