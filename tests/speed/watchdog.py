"""A Qt application that notes how long each event holds the event loop: what takes over 50 ms is felt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter_ns, thread_time_ns

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

FELT_MS = 50.0


@dataclass(frozen=True, slots=True)
class Gap:
    """One event that took long: how long in ms, its type, and whose it was; `during` is the act under way.

    `cpu` are the ms in which it really worked: the rest it waited, for a disk, or for others who use the machine.
    """

    ms: float
    cpu: float
    event: str
    receiver: str
    during: str


class WatchedApplication(QApplication):
    """Measures each event of the loop, those inside it counted with it."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.longest: dict[str, Gap] = {}
        self.during = ""
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Passes the event on, and notes it when it took longer than any before in this act."""
        if self._depth:
            return super().notify(receiver, event)
        kind, name = event.type(), type(receiver).__name__
        with self._measured(kind.name, name):
            return super().notify(receiver, event)

    def act(self, what: str, act: Callable[[], object]) -> None:
        """Does something as if it came from one event, and counts what follows it to this act too."""
        self.during = what
        with self._measured("act", what):
            act()

    @contextmanager
    def _measured(self, event: str, receiver: str) -> Iterator[None]:
        self._depth += 1
        start, worked = perf_counter_ns(), thread_time_ns()
        try:
            yield
        finally:
            self._depth -= 1
            took, work = (perf_counter_ns() - start) / 1e6, (thread_time_ns() - worked) / 1e6
            known = self.longest.get(self.during)
            if known is None or took > known.ms:
                self.longest[self.during] = Gap(took, work, event, receiver, self.during)

    def held(self) -> list[Gap]:
        """The longest event of each act, the worst first."""
        return sorted((gap for what, gap in self.longest.items() if what), key=_worst_first)


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
