"""Names in places, found by what decides whether two are the same: by a word of them, each name compared once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from crmdesk.services.import_parties import Words, is_same_name

T = TypeVar("T", bound=Hashable)


class NameIndex(Generic[T]):
    """Whoever has a name in a place: at a firm, or at none."""

    def __init__(self) -> None:
        self._named: dict[tuple[Hashable, Words], dict[T, None]] = {}
        self._by_word: dict[tuple[Hashable, str], dict[Words, None]] = {}

    def add(self, place: Hashable, name: Words, who: T) -> None:
        """One more of that name; nobody is found without one."""
        same = self._named.setdefault((place, name), {})
        if not same:
            for word in name:
                for key in (word, _starting(word)):
                    self._by_word.setdefault((place, key), {})[name] = None
        same[who] = None

    def find(self, place: Hashable, name: Words) -> Iterator[dict[T, None]]:
        """Those of each name in a place that is the same as this one, initials included, in the order of coming."""
        seen: dict[Words, None] = {}
        for word in name:
            for key in (word, word[0], *([_starting(word)] if len(word) == 1 else ())):
                seen |= self._by_word.get((place, key), {})
        for other in seen:
            if is_same_name(other, name):
                yield self._named[place, other]


def _starting(word: str) -> str:
    return f"{word[0]}…"
