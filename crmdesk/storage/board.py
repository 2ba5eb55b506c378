"""Reading a board: heads from ready sums, cards in keyset pages, far jumps by anchors. Nothing is written.

Every question reads one index in its order, whatever the filter and however many cards there are. There are two boards
over the same cards: the journey's, by stage, and that of the open deals, by deal stage.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain import names, stored_lists
from crmdesk.domain.cards import BoardFilter, Card, Column, Sum
from crmdesk.domain.deals import DealStageView
from crmdesk.domain.records import NO_ID, Id, Person
from crmdesk.domain.trails import rates
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.storage import failures
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

_PERSON = ("prefix", "given", "middle", "family", "suffix", "nickname", "family_first")

# The plus keeps SQLite from looking through all moves there ever were to the stage.
_WITHOUT = """
    (SELECT CASE WHEN stage_move.reason = '' THEN '[]' ELSE stage_move.missing END FROM stage_move
     WHERE ({moves}) AND +stage_move.to_stage = card.stage AND stage_move.kind IN ('placed', 'moved', 'converted')
     ORDER BY stage_move.id DESC LIMIT 1)
"""
_CARDS = """
    SELECT card.id, card.kind, subject.ref, card.stage, card.due_key, {name}, organisation.name, member.initials,
        card.amount_cents, card.currency, task.title, task.kind, task.due_on, task.due_time, task.promise,
        card.quiet_since, subject.source, {without}, subject.person_id, subject.organisation_id, card.deal_stage,
        {person}
    FROM card JOIN {table} AS subject ON subject.id = card.id
        LEFT JOIN person ON person.id = subject.person_id
        LEFT JOIN organisation ON organisation.id = subject.organisation_id
        LEFT JOIN member ON member.id = card.owner_id
        LEFT JOIN task ON task.id = card.task_id
    WHERE card.kind = '{table}' AND card.id IN (SELECT value FROM json_each(:ids))
"""
_NAMES = ", ".join(f"person.{column}" for column in _PERSON)
_READ_CARDS = " UNION ALL ".join(
    (
        _CARDS.format(
            table="lead", name="''", person=_NAMES, without=_WITHOUT.format(moves="stage_move.lead_id = subject.id")
        ),
        _CARDS.format(
            table="opportunity",
            name="subject.name",
            person=_NAMES,
            without=_WITHOUT.format(
                moves="stage_move.opportunity_id = subject.id OR stage_move.lead_id = subject.lead_id"
            ),
        ),
    )
)
_FIRST_POINTS = """
    SELECT {column}, value FROM contact_point
    WHERE {column} IN (SELECT value FROM json_each(?)) AND value <> '' ORDER BY preferred, id DESC
"""


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
    """The next cards of a column after a key (due key and id), or the first ones; fewer than `limit` at its end."""
    source, values = _column(lane, stage, shown)
    if after is not None:
        source, values = f"{source} AND (due_key, id) > (?, ?)", (*values, *after)
    rows = connection.exec_driver_sql(f"SELECT id FROM {source} ORDER BY due_key, id LIMIT ?", (*values, limit))
    ids = [Id(row[0]) for row in rows]
    found = by_ids(connection, ids)
    if len(found) < len(set(ids)):
        raise failures.Contradiction("the order of the cards names one that is not there")
    return [found[card] for card in ids]


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


def by_ids(connection: Connection, ids: Iterable[Id]) -> dict[Id, Card]:
    """Those of the cards that are on the board."""
    # The driver's own cursor: of a page that is seen a third would be SQLAlchemy looking at its 28 columns.
    rows = connection.connection.cursor().execute(_READ_CARDS, {"ids": json.dumps(list(ids))}).fetchall()
    cards = {Id(row[0]): _card(row) for row in rows}
    nameless = [card for card in cards.values() if not card.name]
    return cards | _named_by_channel(connection, nameless) if nameless else cards


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


def _card(row: Sequence[Any]) -> Card:
    (
        card_id, kind, ref, stage, due_key, deal, organisation, owner, amount_cents, currency,
        title, step_kind, due_on, due_time, promise, quiet_since, source, without, person_id, organisation_id,
        deal_stage, *person,
    ) = row  # fmt: skip
    has_step = title is not None
    own_name = names.display(Person(**dict(zip(_PERSON, person, strict=True)))) if person_id else ""
    name = own_name or organisation or deal
    return Card(
        id=card_id,
        kind=kind,
        ref=ref,
        stage=stage,
        due_key=due_key,
        name=name,
        organisation=(organisation or "") if name != organisation else "",
        owner=owner or "",
        amount_cents=amount_cents,
        currency=currency,
        step_title=title or "",
        step_kind=step_kind or "",
        step_due=due_on or "",
        step_time=due_time or "",
        step_promise=bool(promise),
        quiet_since="" if has_step else quiet_since,
        source=source,
        without=stored_lists.words(without),
        person_id=person_id,
        organisation_id=organisation_id,
        deal_stage=deal_stage,
        deal=deal,
    )


def _named_by_channel(connection: Connection, cards: Sequence[Card]) -> dict[Id, Card]:
    values: dict[Id, str] = {}
    for column, ids in (
        ("organisation_id", [card.organisation_id for card in cards if card.organisation_id]),
        ("person_id", [card.person_id for card in cards if card.person_id]),
    ):
        rows = connection.exec_driver_sql(_FIRST_POINTS.format(column=column), (json.dumps(ids),))
        values.update((row[0], row[1]) for row in rows)
    return {
        card.id: replace(
            card, name=values.get(card.person_id or NO_ID) or values.get(card.organisation_id or NO_ID, "")
        )
        for card in cards
    }


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
