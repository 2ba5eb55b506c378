"""Settings, bus, work and announcements."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from threading import Event, get_ident
from weakref import ref

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crmdesk.domain.changes import ALL, Change
from crmdesk.domain.errors import Cancelled
from crmdesk.ui import live
from crmdesk.ui.bus import Bus
from crmdesk.ui.collecting import Collecting
from crmdesk.ui.settings import Settings
from crmdesk.ui.work import Job, Work
from crmdesk.words import Label


class Database:
    def __init__(self) -> None:
        self.callback: Callable[[Change], None] | None = None

    def subscribe(self, callback: Callable[[Change], None], /) -> Callable[[], None]:
        self.callback = callback
        return self.leave

    def leave(self) -> None:
        self.callback = None


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.thread_of_call = 0

    def hear(self, what: object = None) -> None:
        self.heard.append(what)
        self.thread_of_call = get_ident()

    def hear_two(self, one: object, two: object) -> None:
        self.heard.append((one, two))

    def stopped(self) -> None:
        self.heard.append("stopped")


@pytest.fixture
def ear(qapp: object) -> Ear:
    return Ear()


def test_settings_come_back_after_a_restart(tmp_path: Path) -> None:
    first = Settings(tmp_path / "window.ini")
    first.mode, first.percent = "dark", 125
    first.fold_columns("board", ("customer", "lead"))
    first.panel_shown, first.reduced_motion, first.panel_width = False, True, 400
    first.geometry = QByteArray(b"\x01\x02")
    first.opened(tmp_path / "a.crmdesk")
    first.opened(tmp_path / "b.crmdesk")
    first.opened(tmp_path / "a.crmdesk")
    first.save()
    again = Settings(tmp_path / "window.ini")
    assert (again.mode, again.percent) == ("dark", 125)
    assert again.folded_columns("board") == ("customer", "lead")
    assert (again.panel_shown, again.reduced_motion, again.panel_width) == (False, True, 400)
    assert again.geometry == QByteArray(b"\x01\x02")
    assert [Path(each).name for each in again.recent] == ["a.crmdesk", "b.crmdesk"]


def test_a_damaged_settings_file_gives_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[look]\npercent=huge\nmode=\n\x00\x01", "utf-8")
    settings = Settings(tmp_path / "window.ini")
    assert settings.percent == 100
    assert settings.folded_columns("board") is None
    assert settings.geometry.isEmpty()


def test_a_change_becomes_a_signal_until_the_bus_is_closed(qtbot: QtBot, ear: Ear) -> None:
    database = Database()
    bus = Bus(database)
    bus.changed.connect(ear.hear)
    change = Change(1, Label("Move"), {"lead": ALL})
    assert database.callback is not None
    database.callback(change)
    assert ear.heard == [change]
    bus.close()
    assert database.callback is None


def test_work_is_done_elsewhere_and_answered_here(qtbot: QtBot, ear: Ear) -> None:
    work = Work()
    threads: list[int] = []

    def count(job: Job) -> int:
        threads.append(get_ident())
        job.report(1, 2)
        return 42

    job = work.start("count", count, finished=ear.hear, failed=ear.hear, progressed=ear.hear_two)
    with qtbot.waitSignal(job.over):
        pass
    assert ear.heard == [(1, 2), 42]
    assert ear.thread_of_call == get_ident() != threads[0]
    assert not work.running("count")
    work.close()


def test_a_late_answer_loses_to_a_newer_question(qtbot: QtBot, ear: Ear) -> None:
    work, go = Work(), Event()

    def slow(_job: Job) -> str:
        go.wait(5)
        return "old"

    def quick(_job: Job) -> str:
        return "new"

    old = work.start("search", slow, finished=ear.hear, failed=ear.hear)
    new = work.start("search", quick, finished=ear.hear, failed=ear.hear)
    with qtbot.waitSignals([old.over, new.over]):
        go.set()
    assert ear.heard == ["new"]
    assert old.cancelled()
    work.close()


def test_cancelled_work_says_that_it_stopped(qtbot: QtBot, ear: Ear) -> None:
    work = Work()

    def patient(job: Job) -> None:
        while not job.cancelled():
            pass
        raise Cancelled("Stopped.")

    job = work.start("import", patient, finished=ear.hear, failed=ear.hear, stopped=ear.stopped)
    with qtbot.waitSignal(job.over):
        job.cancel()
    assert ear.heard == ["stopped"]
    work.close()


def test_work_that_was_done_is_not_kept(qtbot: QtBot, ear: Ear) -> None:
    work = Work()
    jobs = [ref(work.start(str(each), _none, finished=ear.hear, failed=ear.hear)) for each in range(100)]
    qtbot.waitUntil(lambda: len(ear.heard) == 100)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [each for each in jobs if each() is not None] == []
    work.close()


def _none(_job: Job) -> None:
    """Does nothing."""


def test_work_that_fails_hands_over_its_error(qtbot: QtBot, ear: Ear) -> None:
    work, error = Work(), ValueError("x")

    def broken(_job: Job) -> None:
        raise error

    job = work.start("x", broken, finished=ear.hear, failed=ear.hear)
    with qtbot.waitSignal(job.over):
        pass
    assert ear.heard == [error]
    work.close()


def test_announcements_reach_screen_readers(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    widget = QWidget()
    qtbot.addWidget(widget)
    live.announce(widget, "3 leads moved.", urgent=True)
    live.announce(widget, "")
    assert said == ["3 leads moved."]


def test_the_collector_stays_off_after_a_program_ended_for_its_workers_may_end_later(qapp):
    collecting = Collecting(qapp)
    collecting.stop()
    assert not gc.isenabled()
    collecting.deleteLater()
