"""What the boards show: heads, pages of cards, places. Plain reads; nothing is counted twice.

The deals board shows the same cards by deal stage: there a card's `stage` is its deal stage.
"""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain.cards import BoardFilter, Card, Column
from crmdesk.domain.records import Id
from crmdesk.services import deals, workspace
from crmdesk.services.verbs import question
from crmdesk.storage import board
from crmdesk.storage.database import Database

ANYTHING = BoardFilter()


@question
def columns(db: Database, shown: BoardFilter = ANYTHING) -> list[Column]:
    """The heads of the board, in the order of the path."""
    words, own = workspace.vocabulary(db), workspace.settings(db).currency
    with db.read() as connection:
        return board.columns(connection, words, shown, own)


@question
def page(
    db: Database,
    stage: str,
    shown: BoardFilter = ANYTHING,
    *,
    after: tuple[str, Id] | None = None,
    limit: int = 64,
) -> list[Card]:
    """The next cards of a column after a key (due key and card), or the first ones."""
    with db.read() as connection:
        return board.page(connection, stage, shown, after=after, limit=limit)


@question
def anchor(db: Database, stage: str, shown: BoardFilter = ANYTHING, *, offset: int) -> tuple[str, Id] | None:
    """The key after which the card at `offset` (from 0) comes; None before the first card."""
    with db.read() as connection:
        return board.anchor(connection, stage, shown, offset)


@question
def position(db: Database, card: Id, shown: BoardFilter = ANYTHING) -> tuple[str, int] | None:
    """The stage and row where a card lies, or None when it is not shown."""
    with db.read() as connection:
        return board.position(connection, card, shown)


@question
def cards(db: Database, ids: list[Id]) -> list[Card]:
    """Certain cards, in the order asked for; those that are not on the board are left out."""
    with db.read() as connection:
        found = board.by_ids(connection, ids)
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


@question
def deal_columns(db: Database, shown: BoardFilter = ANYTHING) -> list[Column]:
    """The heads of the deals board, in the order of the workspace's deal stages; sums are weighted too."""
    own, stages = workspace.settings(db).currency, deals.stages(db)
    with db.read() as connection:
        return board.deal_columns(connection, stages, shown, own)


@question
def deal_page(
    db: Database,
    stage: str,
    shown: BoardFilter = ANYTHING,
    *,
    after: tuple[str, Id] | None = None,
    limit: int = 64,
) -> list[Card]:
    """The next open deals of a deal stage after a key (due key and card), or the first ones."""
    with db.read() as connection:
        found = board.page(connection, stage, shown, after=after, limit=limit, lane=board.DEALS)
    return [replace(each, stage=each.deal_stage) for each in found]


@question
def deal_anchor(db: Database, stage: str, shown: BoardFilter = ANYTHING, *, offset: int) -> tuple[str, Id] | None:
    """The key after which the deal at `offset` (from 0) comes; None before the first one."""
    with db.read() as connection:
        return board.anchor(connection, stage, shown, offset, lane=board.DEALS)


@question
def deal_position(db: Database, card: Id, shown: BoardFilter = ANYTHING) -> tuple[str, int] | None:
    """The deal stage and row where an open deal lies, or None when it is not shown."""
    with db.read() as connection:
        return board.position(connection, card, shown, lane=board.DEALS)


@question
def open_deals(db: Database) -> int:
    """How many deals are open. From ready sums."""
    with db.read() as connection:
        return board.count(connection, board.DEALS)
