"""A window over a workspace of a size, driven by keys as a person does, with the time until it is painted again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter_ns, sleep

from PySide6.QtCore import QEvent

from crmdesk.app import Program
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.driver import Driver
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from tests.speed.watchdog import watched
from tests.speed.world import NOW


class SpeedDesk:
    """The program with one window, on the day of the workspaces."""

    def __init__(self, path: Path) -> None:
        self.app = watched()
        clock = FixedClock(NOW, timedelta(milliseconds=1))
        settings = Settings(path.with_suffix(".ini"))
        settings.mode, settings.reduced_motion = "light", True
        self.program = Program(self.app, settings=settings, clock=clock, ids=IdSource(clock))
        self.program.open(path)
        self.driver = Driver(self.app, path.parent)
        self.window.resize(1440, 900)
        self.window.activateWindow()
        self.rest()

    @property
    def window(self) -> MainWindow:
        """The one window."""
        assert isinstance(self.program.window, MainWindow)
        return self.program.window

    def rest(self) -> None:
        """Until nothing waits any more, other threads' answers included."""
        self.driver.settle()
        while self.window.context.work.busy:
            self.app.processEvents()
            sleep(0.005)
        self.driver.settle()

    def painted(self, act: Callable[[], object]) -> float:
        """The time in ms from an act until everything it asked to be painted is, without waiting for other threads."""
        start = perf_counter_ns()
        act()
        for _each in range(4):
            self.app.processEvents()
        return (perf_counter_ns() - start) / 1e6

    def settled(self, act: Callable[[], object]) -> float:
        """The same, with the answers of other threads."""
        start = perf_counter_ns()
        act()
        self.app.processEvents()
        while self.window.context.work.busy:
            self.app.processEvents()
        self.app.processEvents()
        return (perf_counter_ns() - start) / 1e6

    def end(self) -> None:
        """Closes the window and lets go of the file."""
        self.program.leave()
        self.driver.settle()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def speed_desk(path: Path) -> Iterator[SpeedDesk]:
    """A desk that is closed again."""
    if "DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    desk = SpeedDesk(path)
    try:
        yield desk
    finally:
        desk.end()
