"""What cards show, read for some ids at a time: as plain values, whichever board they lie on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain import names, stored_lists
from crmdesk.domain.cards import Card
from crmdesk.domain.records import NO_ID, Id, Person

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


def by_ids(connection: Connection, ids: Iterable[Id]) -> dict[Id, Card]:
    """Those of the cards that are on the board."""
    # The driver's own cursor: of a page that is seen a third would be SQLAlchemy looking at its 28 columns.
    rows = connection.connection.cursor().execute(_READ_CARDS, {"ids": json.dumps(list(ids))}).fetchall()
    cards = {Id(row[0]): _card(row) for row in rows}
    nameless = [card for card in cards.values() if not card.name]
    return cards | _named_by_channel(connection, nameless) if nameless else cards


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
        if ids:
            rows = connection.exec_driver_sql(_FIRST_POINTS.format(column=column), (json.dumps(ids),))
            values.update((row[0], row[1]) for row in rows)
    return {
        card.id: replace(
            card, name=values.get(card.person_id or NO_ID) or values.get(card.organisation_id or NO_ID, "")
        )
        for card in cards
    }
