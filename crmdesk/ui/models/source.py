"""Where a board gets its cards from: the few questions it asks, as one interface.

The window hands in the board services over the open workspace; nothing here knows where the answers come from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from crmdesk.domain.cards import BoardFilter, Card, Column
from crmdesk.domain.records import Id

Key = tuple[str, Id]


def key_of(card: Card) -> Key:
    """A card's place in its column: columns are ascending in this key."""
    return card.due_key, card.id


class Forecast(Protocol):
    """What a drop of certain cards on one stage would do, in cards."""

    @property
    def at_once(self) -> int: ...  # noqa: D102
    @property
    def ask(self) -> int: ...  # noqa: D102
    @property
    def here(self) -> int: ...  # noqa: D102
    @property
    def converts(self) -> int: ...  # noqa: D102
    @property
    def takes_back(self) -> int: ...  # noqa: D102
    @property
    def blocked(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Drop:
    """Cards that a person let go on a stage: `before` is the card they go before by hand, None for their own order."""

    ids: tuple[Id, ...]
    stage: str
    before: Id | None = None
    door: str = "drag"  # drag, key, menu


class BoardSource(Protocol):
    """What a board asks. Every answer is a plain read of the workspace as it is now."""

    def columns(self, shown: BoardFilter) -> Sequence[Column]:
        """The heads, in the order of the path."""

    def page(self, stage: str, shown: BoardFilter, *, after: Key | None, limit: int) -> Sequence[Card]:
        """The next cards of a column after a key, or the first ones."""

    def anchor(self, stage: str, shown: BoardFilter, *, offset: int) -> Key | None:
        """The key after which the card at `offset` (from 0) comes; None before the first card."""

    def position(self, card: Id, shown: BoardFilter) -> tuple[str, int] | None:
        """The stage and row where a card lies, or None when it is not shown."""

    def stages(self, ids: Collection[Id]) -> set[str]:
        """The columns where cards lie, and the deals that leads among them became."""

    def forecast(self, ids: Sequence[Id]) -> Mapping[str, Forecast]:
        """What dropping these cards would do, by stage."""
