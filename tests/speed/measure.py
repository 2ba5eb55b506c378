"""Figures: times in milliseconds of many runs, the floor they stand on, and how they are printed."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from crmdesk.storage import opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one thing costs: `times` and `floor` in ms, or what `unit` says. `goal` is what shared figures ask for."""

    what: str
    times: tuple[float, ...]
    floor: float | None = None
    floor_is: str = ""
    goal: str = ""
    unit: str = "ms"
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.times)

    @property
    def least(self) -> float:
        """The shortest: what it costs while nobody else works on the machine."""
        return min(self.times)

    @property
    def p99(self) -> float:
        """All but one in a hundred are not longer."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]

    @property
    def ratio(self) -> float | None:
        """To the floor."""
        return self.median / self.floor if self.floor else None

    def as_json(self, part: str, size: str) -> dict[str, Any]:
        """For `--json`."""
        return {
            "part": part, "size": size, "what": self.what, "unit": self.unit, "median": round(self.median, 3),
            "least": round(self.least, 3),
            "p99": round(self.p99, 3), "floor": self.floor and round(self.floor, 3), "floor_is": self.floor_is,
            "ratio": self.ratio and round(self.ratio, 2), "goal": self.goal, "runs": len(self.times), **self.notes,
        }  # fmt: skip

    def line(self) -> str:
        """One line of the table."""
        floor = f"{self.floor:9.2f}" if self.floor else " " * 9
        ratio = f"{self.ratio:7.1f} x" if self.ratio else " " * 9
        notes = "".join(f"  {name} {value:.1f}" for name, value in self.notes.items())
        return (
            f"  {self.what:<38} {self.least:9.2f} {self.median:9.2f} {self.p99:9.2f} {self.unit:<4}{floor}{ratio}"
            f"  {self.goal:<18}{self.floor_is}{notes}"
        )


HEAD = f"  {'':<38} {'least':>9} {'median':>9} {'p99':>9} {'':<4}{'floor':>9}{'ratio':>9}  {'goal':<18}floor is"


def timed(act: Callable[[], object]) -> float:
    """How long it takes, in ms."""
    start = perf_counter_ns()
    act()
    return (perf_counter_ns() - start) / 1e6


def times(act: Callable[[Any], object], over: Iterable[Any], *, warm: int = 3) -> tuple[float, ...]:
    """How long it takes for each, in ms; the first `warm` are done once before and not counted then."""
    given = list(over)
    for each in given[:warm]:
        act(each)
    return tuple(timed(_Bound(act, each)) for each in given)


class _Bound:
    def __init__(self, act: Callable[[Any], object], each: Any) -> None:
        self._act, self._each = act, each

    def __call__(self) -> None:
        self._act(self._each)


def raw(path: Path, *, reading: bool = False) -> Any:
    """The driver's own connection, with the pragmas of ours and nothing else."""
    connection = opening.connect(path, mode="ro" if reading else "rwc")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def one_sync(folder: Path, *, count: int = 60) -> float:
    """One small commit in the write-ahead log with nothing but the driver: a write and an fdatasync; the median."""
    connection = raw(folder / "sync.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT)")
    connection.isolation_level = None
    found = times(lambda each: connection.execute("INSERT INTO one (value) VALUES (?)", (str(each),)), range(count))
    connection.close()
    for beside in folder.glob("sync.db*"):
        beside.unlink()
    return statistics.median(found)
