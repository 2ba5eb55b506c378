"""The questions of the two boards, answered by the services over the open workspace."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from crmdesk.domain.cards import BoardFilter, Card, Column
from crmdesk.domain.records import Id
from crmdesk.services import boards, deals, moves
from crmdesk.services.moves import Forecast
from crmdesk.storage.database import Database
from crmdesk.ui.models.source import Key
from crmdesk.words import _


class ServiceSource:
    """A `BoardSource` over a database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def columns(self, shown: BoardFilter) -> Sequence[Column]:
        """The heads, in the order of the path."""
        return boards.columns(self._db, shown)

    def page(self, stage: str, shown: BoardFilter, *, after: Key | None, limit: int) -> Sequence[Card]:
        """The next cards of a column."""
        return boards.page(self._db, stage, shown, after=after, limit=limit)

    def anchor(self, stage: str, shown: BoardFilter, *, offset: int) -> Key | None:
        """The key before a far row."""
        return boards.anchor(self._db, stage, shown, offset=offset)

    def position(self, card: Id, shown: BoardFilter) -> tuple[str, int] | None:
        """Where a card lies."""
        return boards.position(self._db, card, shown)

    def stages(self, ids: Collection[Id]) -> set[str]:
        """The columns where cards lie."""
        return boards.stages(self._db, list(ids))

    def forecast(self, ids: Sequence[Id]) -> Mapping[str, Forecast]:
        """What a drop would do."""
        return moves.forecast(self._db, list(ids))


class DealSource:
    """The same over the open deals, by deal stage."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def columns(self, shown: BoardFilter) -> Sequence[Column]:
        """The heads, in the order of the deal stages."""
        return boards.columns(self._db, shown, lane=boards.DEALS)

    def page(self, stage: str, shown: BoardFilter, *, after: Key | None, limit: int) -> Sequence[Card]:
        """The next deals of a column, each under its own name."""
        found = boards.page(self._db, stage, shown, after=after, limit=limit, lane=boards.DEALS)
        return [_named(card) for card in found]

    def anchor(self, stage: str, shown: BoardFilter, *, offset: int) -> Key | None:
        """The key before a far row."""
        return boards.anchor(self._db, stage, shown, offset=offset, lane=boards.DEALS)

    def position(self, card: Id, shown: BoardFilter) -> tuple[str, int] | None:
        """Where a deal lies."""
        return boards.position(self._db, card, shown, lane=boards.DEALS)

    def stages(self, ids: Collection[Id]) -> set[str]:
        """The columns where deals lie."""
        return boards.stages(self._db, list(ids), lane=boards.DEALS)

    def forecast(self, ids: Sequence[Id]) -> Mapping[str, Forecast]:
        """What a drop would do: from any deal stage to any."""
        return deals.forecast(self._db, list(ids))


def _named(card: Card) -> Card:
    """A deal's card says which deal it is, and below that with whom."""
    if not card.deal:
        return card
    whom = _("{person}, {organisation}") if card.organisation and card.name else ""
    with_whom = whom.format(person=card.name, organisation=card.organisation) or card.name or card.organisation
    return replace(card, name=card.deal, organisation=with_whom)
