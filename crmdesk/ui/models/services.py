"""The board's questions, answered by the services over the open workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crmdesk.domain.cards import BoardFilter, Card, Column
from crmdesk.domain.records import Id
from crmdesk.services import boards, moves
from crmdesk.storage.database import Database
from crmdesk.ui.models.source import Forecast, Key


class BoardServices:
    """A `BoardSource` over one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def columns(self, shown: BoardFilter) -> Sequence[Column]:
        """The heads, in the order of the path."""
        return boards.columns(self._db, shown)

    def page(self, stage: str, shown: BoardFilter, *, after: Key | None, limit: int) -> Sequence[Card]:
        """The next cards of a column after a key, or the first ones."""
        return boards.page(self._db, stage, shown, after=after, limit=limit)

    def anchor(self, stage: str, shown: BoardFilter, *, offset: int) -> Key | None:
        """The key after which the card at `offset` comes."""
        return boards.anchor(self._db, stage, shown, offset=offset)

    def position(self, card: Id, shown: BoardFilter) -> tuple[str, int] | None:
        """The stage and row where a card lies, or None."""
        return boards.position(self._db, card, shown)

    def forecast(self, ids: Sequence[Id]) -> Mapping[str, Forecast]:
        """What dropping these cards would do, by stage."""
        return moves.forecast(self._db, list(ids))
