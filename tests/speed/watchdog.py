"""A Qt application that notes how long its event loop is held: what takes over 50 ms is felt.

It measures each pass of the loop and each event of a hand, nothing inside them: a `notify` in Python, which sees every
event, costs more than most of them do (200 buttons were built and shown in 8 ms without it, in 17 with it).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter_ns, thread_time_ns
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk import driver

FELT_MS = 50.0


@dataclass(frozen=True, slots=True)
class Gap:
    """What held the event loop long: how many ms, and by what; `during` is the act under way.

    `cpu` are the ms in which it really worked: the rest it waited, for a disk, or for others who use the machine.
    """

    ms: float
    cpu: float
    what: str
    during: str


class WatchedApplication(QApplication):
    """Measures each pass of the loop that somebody asks of it, and each event that is sent to it."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.longest: dict[str, Gap] = {}
        self.during = ""
        self._measuring = False

    def processEvents(self, *arguments: Any) -> None:  # noqa: N802
        """One pass of the loop: all that waits, and all that follows from it at once."""
        with self.measured("a pass of the loop"):
            super().processEvents(*arguments)

    def sendPostedEvents(self, *arguments: Any) -> None:  # noqa: N802
        """What waits in the queue."""
        with self.measured("posted events"):
            super().sendPostedEvents(*arguments)

    def sendEvent(self, receiver: QObject, event: QEvent) -> bool:  # noqa: N802
        """One event."""
        with self.measured(f"{event.type().name} of {type(receiver).__name__}"):
            return super().sendEvent(receiver, event)

    def act(self, what: str, act: Callable[[], object]) -> None:
        """Does something as if it came from one event, and counts what follows it to this act too."""
        self.during = what
        with self.measured("the act itself"):
            act()

    @contextmanager
    def measured(self, what: str) -> Iterator[None]:
        """Notes how long the loop is held in here, if that is longer than ever before in this act."""
        if self._measuring:
            yield
            return
        self._measuring = True
        start, worked = perf_counter_ns(), thread_time_ns()
        try:
            yield
        finally:
            self._measuring = False
            took, work = (perf_counter_ns() - start) / 1e6, (thread_time_ns() - worked) / 1e6
            known = self.longest.get(self.during)
            if known is None or took > known.ms:
                self.longest[self.during] = Gap(took, work, what, self.during)

    def held(self) -> list[Gap]:
        """The longest hold of each act, the worst first."""
        return sorted((gap for what, gap in self.longest.items() if what), key=_worst_first)


class _WatchedHands:
    """QTest as the driver uses it, each of its events measured."""

    def __init__(self, app: WatchedApplication) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Callable[..., object]:
        def measured(target: QObject, *arguments: Any) -> object:
            with self._app.measured(f"{name} on {type(target).__name__}"):
                return getattr(QTest, name)(target, *arguments)

        return measured


@contextmanager
def watched_hands(app: WatchedApplication) -> Iterator[None]:
    """The driver's mouse and keys are measured while this lasts."""
    driver.QTest = _WatchedHands(app)  # type: ignore[misc, assignment]
    try:
        yield
    finally:
        driver.QTest = QTest  # type: ignore[misc]


def watched() -> WatchedApplication:
    """The application of this process, made once."""
    app = QApplication.instance()
    if app is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        app = WatchedApplication(["crmdesk"])
    assert isinstance(app, WatchedApplication)
    return app


def _worst_first(gap: Gap) -> float:
    return -gap.ms
