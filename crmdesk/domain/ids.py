"""The clock and the source of ids and references, both handed in, so that tests and samples live on a fixed day."""

from __future__ import annotations

import random
import threading
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NewType, Protocol

Id = NewType("Id", int)
NO_ID = Id(0)

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
LOW_BITS = 22
REF_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # 31: without 0 O 1 I L, which people mix up
PAIRS = tuple(one + other for one in REF_LETTERS for other in REF_LETTERS)
REF_HALF = 31**4
REF_COUNT = 31**8
REFS_TOGETHER = 1000


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The day it is where the person is."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day it is in the system's time zone."""
        return datetime.now().astimezone().date()


class FixedClock:
    """A clock that stands at `start` (aware) and goes on by `step` each time it is read; its person lives in `zone`."""

    def __init__(self, start: datetime, step: timedelta = timedelta(0), *, zone: tzinfo = UTC) -> None:
        self._now = start.astimezone(UTC)
        self._step = step
        self._zone = zone

    def now(self) -> datetime:
        """The moment it stands at, aware, in UTC; the next reading is one step later."""
        now = self._now
        self._now += self._step
        return now

    def today(self) -> date:
        """The day it stands at, in its zone; reading it does not move the clock."""
        return self._now.astimezone(self._zone).date()

    def advance(self, by: timedelta) -> None:
        """Go on (or back) by hand."""
        self._now += by


class IdSource:
    """Makes ids and references; the same `randomness` and clock make the same ones. May be used from any thread."""

    def __init__(self, clock: Clock, randomness: random.Random | None = None) -> None:
        self._clock = clock
        self._random = randomness if randomness is not None else random.Random()
        self._last = 0
        self._lock = threading.Lock()

    def new_id(self) -> Id:
        """The next id: 41 bits of milliseconds since 2020 over 22 bits of chance; always larger than the last one.

        Ids asked for within the same millisecond, or after the clock was set back, count on from the last.
        """
        with self._lock:
            return Id(self._next())

    def new_ids(self, count: int) -> list[Id]:
        """`count` ids in ascending order, at the cost of one reading of the clock."""
        if count <= 0:
            return []
        with self._lock:
            first = self._next()
            self._last += count - 1
        return [Id(value) for value in range(first, first + count)]

    def new_ref(self) -> str:
        """A reference people can say, "K7Q2-9FXD"; who stores it draws again when it is taken."""
        number = REF_COUNT
        while number >= REF_COUNT:
            number = self._random.getrandbits(40)
        first, second = divmod(number, REF_HALF)
        return f"{_letters(first)}-{_letters(second)}"

    def new_refs(self, count: int) -> list[str]:
        """`count` different references, of which up to a thousand share their first half.

        For what comes in together: then it lies together in the index, of which it would else touch a page each.
        """
        found: list[str] = []
        while len(found) < count:
            first = _letters(self._random.randrange(REF_HALF))
            halves = self._random.sample(range(REF_HALF), min(count - len(found), REFS_TOGETHER))
            found += [f"{first}-{_letters(half)}" for half in halves]
        return found

    def _next(self) -> int:
        first = least_id(self._clock.now())
        self._last = self._last + 1 if self._last >= first else first | self._random.getrandbits(LOW_BITS)
        return self._last


def _letters(half: int) -> str:
    return PAIRS[half // 961] + PAIRS[half % 961]


def least_id(moment: datetime) -> Id:
    """The least id that can be made from an aware moment on."""
    return Id(max(0, (moment - EPOCH) // timedelta(milliseconds=1)) << LOW_BITS)


def utc(moment: datetime) -> str:
    """An aware moment as it is stored: UTC ISO text to the millisecond, "2026-05-05T12:02:00.000Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
