"""Which rows of a list are ticked: these, or all but these, so that all of a million cost no more than one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import filterfalse, islice

from crmdesk.domain.records import Id


@dataclass(frozen=True, slots=True)
class Ticks:
    """The records of `ids`, or, with `others`, all of the list that are not in `ids`."""

    ids: frozenset[Id] = frozenset()
    others: bool = False

    def __contains__(self, record: Id) -> bool:
        return (record in self.ids) != self.others

    def count(self, listed: Sequence[Id]) -> int:
        """How many of the list are ticked."""
        return len(listed) - len(self.ids) if self.others else len(self.ids)

    def of(self, listed: Sequence[Id]) -> Sequence[Id]:
        """The ticked ones in the order of the list; a walk down to the last of them, some 35 ns a row."""
        if not self.others:
            return list(islice(filter(self.ids.__contains__, listed), len(self.ids)))
        return list(filterfalse(self.ids.__contains__, listed)) if self.ids else listed

    def turned(self, ids: frozenset[Id]) -> Ticks:
        """With these the other way round."""
        return Ticks(self.ids ^ ids, self.others)

    def joined(self, ids: frozenset[Id]) -> Ticks:
        """With these ticked, too."""
        return Ticks(self.ids - ids, others=True) if self.others else Ticks(self.ids | ids)

    def stretched(self, listed: Sequence[Id], first: int, last: int) -> Ticks:
        """With all rows from the first to the last; named by whichever are fewer, they or the others."""
        if self.others:
            return Ticks(self.ids.difference(listed[first : last + 1]), others=True)
        if 2 * (last - first) < len(listed):
            return Ticks(self.ids.union(listed[first : last + 1]))
        outside = frozenset(listed[:first]).union(listed[last + 1 :])
        return Ticks(outside - self.ids, others=True)

    def kept(self, before: Sequence[Id], now: Sequence[Id]) -> Ticks:
        """The same records in another list; what is gone is ticked no more, and nothing that came is.

        Linear in both lists unless nothing is ticked.
        """
        if not self.ids and not self.others:
            return self
        ticked = frozenset(self.of(before)).intersection(now)
        return Ticks(others=True) if ticked and len(ticked) == len(now) else Ticks(ticked)
