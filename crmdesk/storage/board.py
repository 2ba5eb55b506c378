"""Reading a board: heads from ready sums, cards in keyset pages, far jumps by anchors. Nothing is written.

Every question reads one index in its order, whatever the filter and however many cards there are. There are two boards
over the same cards: the journey's, by stage, and that of the open deals, by deal stage.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain.cards import BoardFilter, Card, Column, Sum
from crmdesk.domain.deals import DealStageView
from crmdesk.domain.records import NO_ID, Id
from crmdesk.domain.trails import rates
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.storage import card_rows, failures
from crmdesk.storage.derived_cards import PART

Key = tuple[str, Id]


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the boards: the card's column it goes by, its indexes (by stage, owner, event), its table of sums."""

    column: str
    index: str
    tally: str
    only: str = ""  # what its partial indexes hold, said again so that they may be used


JOURNEY = Lane("stage", "card", "tally")
DEALS = Lane("deal_stage", "deal", "deal_tally", " AND deal_stage <> ''")


def columns(connection: Connection, vocabulary: Vocabulary, shown: BoardFilter, own_currency: str) -> list[Column]:
    """The heads of the path's stages in its order, all counts exact; below a millisecond at a million cards.

    Amounts without a currency count as `own_currency`.
    """
    counts, sums = _totals(connection, shown, own_currency, lane=JOURNEY)
    ways = connection.exec_driver_sql(
        "SELECT path, attempts FROM trail_tally WHERE owner_id = ? AND event_id = ?", _keys(shown)
    )
    further = rates(((path, attempts) for path, attempts in ways), vocabulary.path)
    return [
        Column(
            stage=stage.key,
            role=stage.role,
            label=vocabulary.word(stage.key),
            count=counts.get(stage.key, 0),
            exact=True,
            sums=sums.get(stage.key, ()),
            entered=further[stage.key][0],
            went_on=further[stage.key][1],
            deal=vocabulary.is_deal(stage.key),
            terminal=vocabulary.is_customer(stage.key),
        )
        for stage in vocabulary.stages
    ]


def deal_columns(
    connection: Connection, stages: Sequence[DealStageView], shown: BoardFilter, own_currency: str
) -> list[Column]:
    """The heads of the deals board in the order of its stages; as fast as `columns`."""
    counts, sums = _totals(connection, shown, own_currency, lane=DEALS)
    return [
        Column(
            stage=stage.key,
            role="in_deal",
            label=stage.label,
            count=counts.get(stage.key, 0),
            exact=True,
            sums=sums.get(stage.key, ()),
            entered=0,
            went_on=0,
            deal=True,
            terminal=False,
            by_deal_stage=True,
        )
        for stage in stages
    ]


def count(connection: Connection, lane: Lane) -> int:
    """How many cards a board has."""
    found = connection.exec_driver_sql(
        f"SELECT coalesce(sum(cards), 0) FROM {lane.tally} WHERE owner_id = 0 AND event_id = 0"
    )
    return int(found.scalar_one())


def page(
    connection: Connection,
    stage: str,
    shown: BoardFilter,
    *,
    after: Key | None = None,
    limit: int = 64,
    lane: Lane = JOURNEY,
) -> list[Card]:
    """The next cards of a column after a key (due key and id), or the first ones; fewer than `limit` at its end.

    Over the deals the `stage` of each is its deal stage.
    """
    source, values = _column(lane, stage, shown)
    if after is not None:
        source, values = f"{source} AND (due_key, id) > (?, ?)", (*values, *after)
    rows = connection.exec_driver_sql(f"SELECT id FROM {source} ORDER BY due_key, id LIMIT ?", (*values, limit))
    ids = [Id(row[0]) for row in rows]
    found = card_rows.by_ids(connection, ids)
    if len(found) < len(set(ids)):
        raise failures.Contradiction("the order of the cards names one that is not there")
    return [found[each] if lane == JOURNEY else replace(found[each], stage=found[each].deal_stage) for each in ids]


def anchor(connection: Connection, stage: str, shown: BoardFilter, offset: int, *, lane: Lane = JOURNEY) -> Key | None:
    """The key after which the card at `offset` (from 0) comes: None before the first, the last key beyond the end.

    Walks from the nearer end, some 20 ns a card; over the whole journey, only through the cards of one day.
    """
    if lane == JOURNEY and shown == BoardFilter():
        return _anchor_by_places(connection, stage, offset)
    count = _count(connection, lane, stage, shown)
    offset = min(offset, count)
    if offset <= 0:
        return None
    source, values = _column(lane, stage, shown)
    order, skipped = ("ASC", offset - 1) if offset <= count // 2 else ("DESC", count - offset)
    row = connection.exec_driver_sql(
        f"SELECT due_key, id FROM {source} ORDER BY due_key {order}, id {order} LIMIT 1 OFFSET ?", (*values, skipped)
    ).fetchone()
    return None if row is None else (row[0], Id(row[1]))


def position(connection: Connection, card: Id, shown: BoardFilter, *, lane: Lane = JOURNEY) -> tuple[str, int] | None:
    """The stage and the row (from 0) where a card lies; None when it is not on the board or not shown.

    Counts the cards before it, some 20 ns each; over the whole journey, only those of its day.
    """
    row = connection.exec_driver_sql(
        f"SELECT {lane.column}, due_key, owner_id, event_id FROM card WHERE id = ?", (card,)
    ).fetchone()
    if row is None or not row[0] or shown.owner_id not in (None, row[2]) or shown.event_id not in (None, row[3]):
        return None
    source, values = _column(lane, row[0], shown)
    if lane == JOURNEY and shown == BoardFilter():
        return str(row[0]), _before_by_places(connection, row[0], row[1])
    before = connection.exec_driver_sql(
        f"SELECT count(*) FROM {source} AND (due_key, id) < (?, ?)", (*values, row[1], card)
    ).scalar_one()
    return str(row[0]), int(before)


def stages(connection: Connection, ids: Sequence[Id], *, lane: Lane = JOURNEY) -> set[str]:
    """The columns where certain cards lie, and the deals that leads among them became; those off the board in none."""
    rows = connection.exec_driver_sql(
        f"""
        WITH asked (id) AS (SELECT value FROM json_each(?))
        SELECT DISTINCT {lane.column} FROM card WHERE {lane.column} <> '' AND id IN (
            SELECT id FROM asked UNION SELECT opportunity.id FROM asked JOIN opportunity ON lead_id = asked.id
        )
        """,
        (json.dumps(list(ids)),),
    )
    return {row[0] for row in rows}


def _before_by_places(connection: Connection, stage: str, key: str) -> int:
    """How many cards of a stage come before a key, which no two have in common."""
    part = key[:PART]
    earlier = connection.exec_driver_sql(
        "SELECT coalesce(sum(cards), 0) FROM place_tally WHERE stage = ? AND part < ?", (stage, part)
    ).scalar_one()
    source, values = _column(JOURNEY, stage, BoardFilter())
    same = connection.exec_driver_sql(
        f"SELECT count(*) FROM {source} AND due_key >= ? AND due_key < ?", (*values, part, key)
    ).scalar_one()
    return int(earlier + same)


def _anchor_by_places(connection: Connection, stage: str, offset: int) -> Key | None:
    if offset <= 0:
        return None
    rows = connection.exec_driver_sql("SELECT part, cards FROM place_tally WHERE stage = ? ORDER BY part", (stage,))
    skipped, start = 0, ""
    for part, cards in rows:
        if skipped + cards >= offset:
            start = part
            break
        skipped += cards
    else:
        offset = skipped + 1  # beyond the end: the last key there is
    source, values = _column(JOURNEY, stage, BoardFilter())
    order = "ASC" if start else "DESC"
    row = connection.exec_driver_sql(
        f"SELECT due_key, id FROM {source} AND due_key >= ? ORDER BY due_key {order}, id {order} LIMIT 1 OFFSET ?",
        (*values, start, offset - 1 - skipped),
    ).fetchone()
    return None if row is None else (row[0], Id(row[1]))


def around(connection: Connection, stage: str, card: Id, *, lane: Lane = JOURNEY) -> tuple[str, str] | None:
    """The keys of the card above one of a stage ("" for the first one) and of that one; None when it is not there."""
    key = connection.exec_driver_sql(
        f"SELECT due_key FROM card WHERE id = ? AND {lane.column} = ?", (card, stage)
    ).scalar()
    if key is None:
        return None
    source, values = _column(lane, stage, BoardFilter())
    above = connection.exec_driver_sql(
        f"SELECT due_key FROM {source} AND due_key < ? ORDER BY due_key DESC LIMIT 1", (*values, key)
    ).scalar()
    return above or "", key


def _totals(
    connection: Connection, shown: BoardFilter, own_currency: str, *, lane: Lane
) -> tuple[dict[str, int], dict[str, tuple[Sum, ...]]]:
    """How many cards each stage has, and their sums in showing order."""
    counts: dict[str, int] = {}
    sums: dict[str, dict[str, Sum]] = {}
    for stage, currency, cards, priced, cents, weighted in connection.exec_driver_sql(
        f"SELECT stage, currency, cards, priced, cents, weighted FROM {lane.tally} WHERE owner_id = ? AND event_id = ?",
        _keys(shown),
    ):
        counts[stage] = counts.get(stage, 0) + cards
        if priced:
            new = Sum(currency=currency or own_currency, cents=cents, cards=priced, weighted=weighted)
            _add(sums.setdefault(stage, {}), new)
    return counts, {stage: _in_showing_order(each, own_currency) for stage, each in sums.items()}


def _keys(shown: BoardFilter) -> tuple[Id, Id]:
    return shown.owner_id or NO_ID, shown.event_id or NO_ID


def _column(lane: Lane, stage: str, shown: BoardFilter) -> tuple[str, tuple[Any, ...]]:
    """The cards of a column as SQL over the index that holds them in order.

    Those of one event are few enough to be looked through for one owner's.
    """
    index, where = f"card INDEXED BY {lane.index}_by", f"WHERE {lane.column} = ?{lane.only}"
    if shown.event_id is None and shown.owner_id is None:
        return f"{index}_stage {where}", (stage,)
    if shown.event_id is None:
        return f"{index}_owner {where} AND owner_id = ?", (stage, shown.owner_id)
    of_event = f"{index}_event {where} AND event_id = ?"
    if shown.owner_id is None:
        return of_event, (stage, shown.event_id)
    return f"{of_event} AND owner_id = ?", (stage, shown.event_id, shown.owner_id)


def _count(connection: Connection, lane: Lane, stage: str, shown: BoardFilter) -> int:
    found = connection.exec_driver_sql(
        f"SELECT coalesce(sum(cards), 0) FROM {lane.tally} WHERE owner_id = ? AND event_id = ? AND stage = ?",
        (*_keys(shown), stage),
    )
    return int(found.scalar_one())


def _add(sums: dict[str, Sum], new: Sum) -> None:
    old = sums.get(new.currency, Sum(currency=new.currency, cents=0, cards=0))
    sums[new.currency] = Sum(
        currency=new.currency,
        cents=old.cents + new.cents,
        cards=old.cards + new.cards,
        weighted=old.weighted + new.weighted,
    )


def _in_showing_order(sums: Mapping[str, Sum], own_currency: str) -> tuple[Sum, ...]:
    return tuple(sorted(sums.values(), key=lambda each: (each.currency != own_currency, -each.cards, each.currency)))
