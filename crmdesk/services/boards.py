"""What the boards show: heads, pages of cards, places. Plain reads; nothing is counted twice.

There are two over the same cards, told apart by `lane`: the journey's by stage, and that of the open deals, where a
card's `stage` is its deal stage.
"""

from __future__ import annotations

from crmdesk.domain.cards import BoardFilter, Card, Column
from crmdesk.domain.records import Id
from crmdesk.services import deals, workspace
from crmdesk.services.subjects import one_of
from crmdesk.services.verbs import question
from crmdesk.storage import board, card_rows
from crmdesk.storage.board import Lane
from crmdesk.storage.database import Database

ANYTHING = BoardFilter()
JOURNEY, DEALS = "journey", "deals"

_LANES = {JOURNEY: board.JOURNEY, DEALS: board.DEALS}


@question
def columns(db: Database, shown: BoardFilter = ANYTHING, *, lane: str = JOURNEY) -> list[Column]:
    """The heads of a board, in the order of the path or of the deal stages; sums of deals are weighted too."""
    _lane(lane)
    own = workspace.settings(db).currency
    if lane == DEALS:
        stages = deals.stages(db)
        with db.read() as connection:
            return board.deal_columns(connection, stages, shown, own)
    words = workspace.vocabulary(db)
    with db.read() as connection:
        return board.columns(connection, words, shown, own)


@question
def count(db: Database, *, lane: str = JOURNEY) -> int:
    """How many cards a board has. From ready sums."""
    with db.read() as connection:
        return board.count(connection, _lane(lane))


@question
def page(
    db: Database,
    stage: str,
    shown: BoardFilter = ANYTHING,
    *,
    after: tuple[str, Id] | None = None,
    limit: int = 64,
    lane: str = JOURNEY,
) -> list[Card]:
    """The next cards of a column after a key (due key and card), or the first ones."""
    with db.read() as connection:
        return board.page(connection, stage, shown, after=after, limit=limit, lane=_lane(lane))


@question
def anchor(
    db: Database, stage: str, shown: BoardFilter = ANYTHING, *, offset: int, lane: str = JOURNEY
) -> tuple[str, Id] | None:
    """The key after which the card at `offset` (from 0) comes; None before the first card."""
    with db.read() as connection:
        return board.anchor(connection, stage, shown, offset, lane=_lane(lane))


@question
def position(db: Database, card: Id, shown: BoardFilter = ANYTHING, *, lane: str = JOURNEY) -> tuple[str, int] | None:
    """The stage and row where a card lies, or None when it is not shown."""
    with db.read() as connection:
        return board.position(connection, card, shown, lane=_lane(lane))


@question
def stages(db: Database, ids: list[Id], *, lane: str = JOURNEY) -> set[str]:
    """The stages where certain cards lie, and the deals that leads among them became; one question for all of them."""
    with db.read() as connection:
        return board.stages(connection, ids, lane=_lane(lane))


@question
def cards(db: Database, ids: list[Id]) -> list[Card]:
    """Certain cards, in the order asked for; those that are not on the board are left out."""
    with db.read() as connection:
        found = card_rows.by_ids(connection, ids)
    return [found[each] for each in ids if each in found]


@question
def every_card(db: Database, stage: str, shown: BoardFilter = ANYTHING) -> list[Card]:
    """All cards of a stage in their order, read page by page."""
    found: list[Card] = []
    while True:
        after = (found[-1].due_key, found[-1].id) if found else None
        more = page(db, stage, shown, after=after, limit=1000)
        found.extend(more)
        if len(more) < 1000:
            return found


def _lane(name: str) -> Lane:
    return _LANES[one_of(name, tuple(_LANES), "lane")]
