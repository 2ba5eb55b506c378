"""Which backups are kept: two days whole, then one a day, one a week, one a month, within a share of the free disk.

The order is the sequence they were made in. Their times only say how far apart they are, and a clock that went back
says nothing: then no time has passed, and nothing is thinned away.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WHOLE = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A backup as far as keeping it goes: its place in the sequence, when it was made, its bytes.

    `kept` ones, made before a restore, are never thinned away and take nothing of the share.
    """

    number: int
    at: datetime
    size: int
    kept: bool = False


def to_remove(backups: Sequence[Stored], *, room: int) -> list[int]:
    """The numbers of those that go: what the calendar no longer keeps, then the oldest beyond `room` bytes.

    The newest one never goes, however large it is.
    """
    thinnable = sorted((each for each in backups if not each.kept), key=_number, reverse=True)
    staying = _by_calendar(thinnable)
    left = room
    kept: set[int] = set()
    for place, each in enumerate(staying):
        left -= each.size
        if left < 0 and place:
            break
        kept.add(each.number)
    return sorted(each.number for each in thinnable if each.number not in kept)


def _by_calendar(newest_first: Sequence[Stored]) -> list[Stored]:
    if not newest_first:
        return []
    moments = list(zip(newest_first, _moments(newest_first), strict=True))
    start = moments[0][1]
    whole = [each for each, at in moments if start - at < WHOLE]
    staying, rest = list(whole), moments[len(whole) :]
    for name_of, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        kept, rest = _newest_of_each(rest, name_of, count)
        staying += kept
    return staying


def _moments(newest_first: Sequence[Stored]) -> Iterator[datetime]:
    """When each was made, going back from the newest; where the clock was set back no time has passed."""
    at = newest_first[0].at
    yield at
    for newer, older in itertools.pairwise(newest_first):
        at -= max(newer.at - older.at, timedelta())
        yield at


def _newest_of_each(
    moments: list[tuple[Stored, datetime]], name_of: Callable[[datetime], tuple[int, ...]], count: int
) -> tuple[list[Stored], list[tuple[Stored, datetime]]]:
    """The newest of each of the first `count` days, weeks or months there are, and what is older than those."""
    seen: list[tuple[int, ...]] = []
    kept: list[Stored] = []
    for place, (each, at) in enumerate(moments):
        name = name_of(at)
        if seen and seen[-1] == name:
            continue
        if len(seen) == count:
            return kept, moments[place:]
        seen.append(name)
        kept.append(each)
    return kept, []


def _number(stored: Stored) -> int:
    return stored.number


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    return tuple(at.isocalendar()[:2])


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month
