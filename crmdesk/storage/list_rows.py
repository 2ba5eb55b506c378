"""The rows of a list, read for some ids at a time: what each column shows, as plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain import names
from crmdesk.domain.lists import Row
from crmdesk.domain.records import Id, Person

_PERSON = ("prefix", "given", "middle", "family", "suffix", "nickname", "family_first")
_POINT = """
    coalesce((SELECT {what} FROM contact_point AS point WHERE {of} AND {what} <> '' AND {kind}
              ORDER BY point.broken, point.preferred DESC, point.id LIMIT 1), '')
"""
_TAGS = """
    (SELECT group_concat(name, char(10)) FROM (
        SELECT tag.name AS name FROM tagging JOIN tag ON tag.id = tagging.tag_id
        WHERE tagging.{table}_id = row.id ORDER BY tag.name))
"""
_WAKES = """
    coalesce((SELECT lead.wake_on FROM lead WHERE lead.id = row.card_id),
             (SELECT deal.wake_on FROM opportunity AS deal WHERE deal.id = row.card_id), '')
"""
_ALL = {
    "id": "row.id", "place": "row.place", "ref": "base.ref", "created_at": "base.created_at",
    "organisation": "coalesce(organisation.name, '')", "card_id": "row.card_id", "stage": "row.stage",
    "exit": "row.exit", "wake_on": _WAKES, "source": "row.source", "event": "coalesce(event.name, '')",
    "owner": "coalesce(member.name, '')", "has_step": "row.task_id IS NOT NULL",
    "step_title": "coalesce(task.title, '')", "step_kind": "coalesce(task.kind, '')",
    "step_due": "coalesce(task.due_on, '')", "step_time": "coalesce(task.due_time, '')",
    "step_promise": "coalesce(task.promise, 0)", "no_step": "row.no_step", "quiet_since": "row.quiet_since",
    "last_contact": "row.last_contact", "consent": "row.consent", "people": "row.people", "deals": "row.deals",
    "won": "row.won",
}  # fmt: skip
_OF_CARD = {
    name: f"base.{name}"
    for name in ("stage_since", "amount_cents", "currency", "exit_reason", "exit_on", "attempt", "person_id",
                 "organisation_id")
}  # fmt: skip
_OWN: Mapping[str, Mapping[str, str]] = {
    "people": {"person_id": "row.id", "organisation_id": "base.organisation_id", "job_title": "base.job_title"},
    "organisations": {"organisation_id": "row.id", "industry": "base.industry", "size": "base.size"},
    "leads": {**_OF_CARD, "job_title": "coalesce(person.job_title, '')"},
    "opportunities": {
        **_OF_CARD,
        "job_title": "coalesce(person.job_title, '')",
        "deal_stage": "base.deal_stage",
        "probability": "base.probability",
        "probability_from": "base.probability_from",
        "expected_close": "base.expected_close",
    },
}
_TABLES = {
    "people": ("person", "row.id", "base.organisation_id"),
    "organisations": ("organisation", "NULL", "row.id"),
    "leads": ("lead", "base.person_id", "base.organisation_id"),
    "opportunities": ("opportunity", "base.person_id", "base.organisation_id"),
}
_OWN_NAME = {"organisations": "base.name", "opportunities": "base.name"}
_FLAGS = ("has_step", "step_promise", "no_step")


def rows(connection: Connection, place: str, ids: Sequence[Id]) -> list[Row]:
    """The rows of these ids in the order asked for; those that are not there any more are left out."""
    columns, statement = _statement(place)
    found: dict[Id, Row] = {}
    for values in connection.exec_driver_sql(statement, {"ids": json.dumps(list(ids))}):
        row = _row(dict(zip(columns, values, strict=True)))
        found[row.id] = row
    return [found[each] for each in ids if each in found]


def _statement(place: str) -> tuple[tuple[str, ...], str]:
    table, person, organisation = _TABLES[place]
    of = f"point.organisation_id = {organisation}" if person == "NULL" else f"point.person_id = {person}"
    selected = {
        **_ALL,
        **_OWN[place],
        "own_name": _OWN_NAME.get(place, "''"),
        "tags": _TAGS.format(table=table),
        "email": _POINT.format(what="point.value", of=of, kind="point.kind = 'email'"),
        "phone": _POINT.format(what="point.value", of=of, kind="point.kind = 'phone'"),
        "town": _POINT.format(what="point.town", of=of, kind="1"),
        **{name: f"person.{name}" for name in _PERSON},
    }
    return (
        tuple(selected),
        f"""
    SELECT {", ".join(selected.values())} FROM list_row AS row
        JOIN {table} AS base ON base.id = row.id
        LEFT JOIN person ON person.id = {person}
        LEFT JOIN organisation ON organisation.id = {organisation}
        LEFT JOIN member ON member.id = row.owner_id
        LEFT JOIN event ON event.id = row.event_id
        LEFT JOIN task ON task.id = row.task_id
    WHERE row.id IN (SELECT value FROM json_each(:ids))
    """,
    )


def _row(values: dict[str, Any]) -> Row:
    parts = {name: values.pop(name) for name in _PERSON}
    person = names.listed(Person(**parts)) if parts["family"] is not None else ""
    own, tags = values.pop("own_name"), values.pop("tags")
    firm = values["organisation"] if values["place"] == "leads" else ""
    name = own or person or firm or values["email"] or values["phone"]
    if values["place"] == "organisations":
        values["organisation"] = ""
    values |= {flag: bool(values[flag]) for flag in _FLAGS}
    return Row(**values, name=name, tags=tuple(tags.split("\n")) if tags else ())
