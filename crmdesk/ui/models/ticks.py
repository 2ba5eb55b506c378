"""Which rows of a list are ticked: these, or all but these, so that all of a million cost no more than one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse, islice

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
        outside = frozenset(chain(listed[:first], listed[last + 1 :]))
        return Ticks(outside - self.ids if self.ids else outside, others=True)  # half a million are not copied for none

    def kept(self, before: Sequence[Id], now: Sequence[Id], change: Difference | None = None) -> Ticks:
        """The same records in another list; what is gone is ticked no more, and nothing that came is.

        `change` is what tells the two lists apart, where that is known: of all but some it takes long to find out.
        """
        if not self.others:
            return Ticks(frozenset(self.of(now)) if change is None else self.ids - change.gone)
        change = change or Difference.between(before, now)
        if len(change.came) > len(before):
            return Ticks(frozenset(self.of(before)) - change.gone)
        return Ticks((self.ids - change.gone) | change.came, others=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """What came into a list and what is gone from it."""

    came: frozenset[Id] = frozenset()
    gone: frozenset[Id] = frozenset()

    @staticmethod
    def between(before: Sequence[Id], now: Sequence[Id]) -> Difference:
        """What tells one list from another; some 300 ns a row, in pieces, so that other threads go on meanwhile."""
        if before == now:
            return Difference()
        came: set[Id] = set()
        gone: set[Id] = set()
        for piece in _pieces(before):
            gone.update(piece)
        for piece in _pieces(now):
            here = set(piece)
            came |= here - gone
            gone -= here
        return Difference(frozenset(came), frozenset(gone))


def _pieces(listed: Sequence[Id]) -> Iterator[Sequence[Id]]:
    return (listed[start : start + _PIECE] for start in range(0, len(listed), _PIECE))


_PIECE = 10_000
