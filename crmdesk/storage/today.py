"""Reading what is to be done on a day: who, by ids first, then what the rows shown say. Nothing is written.

Every question reads one index in its order and stops at its limit, however many records there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from typing import Any, NamedTuple

from crmdesk.domain import names
from crmdesk.domain.ids import Id
from crmdesk.domain.names import Name
from crmdesk.storage.reading import Reading


class Found(NamedTuple):
    """Somebody on the day, by ids. `card` is what was found, before a converted lead is followed to its deal."""

    task: Id | None
    card: Id | None
    person_id: Id | None
    organisation_id: Id | None
    since: str = ""  # the day of the last contact of a card without next step
    source: str = ""
    no_step: bool = False


class Who(NamedTuple):
    """How somebody is shown, and where the card stands."""

    name: str
    organisation: str
    stage: str
    source: str


_TASKS = """
    SELECT task.id,
        coalesce(task.opportunity_id,
            (SELECT conversion.opportunity_id FROM conversion WHERE conversion.lead_id = task.lead_id
             ORDER BY conversion.id DESC LIMIT 1),
            task.lead_id),
        task.person_id, task.organisation_id
    FROM task WHERE task.done_at = '' AND task.due_on <> '' AND {scope}
    ORDER BY {order} LIMIT :limit
"""
_WAKING = """
    SELECT NULL, id, person_id, organisation_id FROM (
        SELECT * FROM (SELECT id, person_id, organisation_id, wake_on FROM lead
            WHERE exit = 'not_now' AND wake_on > '' AND wake_on <= :today ORDER BY wake_on LIMIT :limit)
        UNION ALL
        SELECT * FROM (SELECT id, person_id, organisation_id, wake_on FROM opportunity
            WHERE exit = 'not_now' AND wake_on > '' AND wake_on <= :today ORDER BY wake_on LIMIT :limit)
    ) ORDER BY wake_on DESC, id LIMIT :limit
"""
_WITHOUT_STEP = """
    SELECT NULL, some.id, coalesce(lead.person_id, opportunity.person_id),
        coalesce(lead.organisation_id, opportunity.organisation_id), some.quiet_since,
        coalesce(lead.source, opportunity.source), coalesce(lead.no_step, opportunity.no_step)
    FROM (SELECT id, quiet_since FROM card WHERE task_id IS NULL AND stage = :stage AND quiet_since <= :until
          ORDER BY quiet_since DESC, id DESC LIMIT :limit) AS some
        LEFT JOIN lead ON lead.id = some.id LEFT JOIN opportunity ON opportunity.id = some.id
"""  # the outer loop keeps the inner order
_WHO = """
    SELECT asked.value ->> 0, asked.value ->> 1, asked.value ->> 2, lead.stage, opportunity.stage, lead.source,
        opportunity.source, opportunity.name, organisation.name,
        CASE WHEN coalesce(person.given || person.family || person.nickname, '') || coalesce(organisation.name, '') = ''
        THEN (SELECT value FROM contact_point WHERE value <> '' AND person_id = person.id
              ORDER BY preferred DESC, id LIMIT 1) END,
        {person}
    FROM json_each(:asked) AS asked
        LEFT JOIN lead ON lead.id = asked.value ->> 0
        LEFT JOIN opportunity ON opportunity.id = asked.value ->> 0
        LEFT JOIN person ON person.id = asked.value ->> 1
        LEFT JOIN organisation ON organisation.id = coalesce(asked.value ->> 2, person.organisation_id)
""".format(person=", ".join(f"person.{column}" for column in Name._fields))
_LAST_CONTACTS = """
    SELECT asked.value ->> 0, activity.kind, activity.direction, activity.depth, activity.at
    FROM json_each(:asked) AS asked JOIN activity ON activity.id = (
        SELECT around.id FROM activity AS around WHERE around.direction <> '' AND (
            around.lead_id = asked.value ->> 0 OR around.opportunity_id = asked.value ->> 0
            OR around.person_id = asked.value ->> 1
            OR (asked.value ->> 1 IS NULL AND around.organisation_id = asked.value ->> 2 AND around.person_id IS NULL))
        ORDER BY around.at DESC, around.id DESC LIMIT 1)
"""
_DONE = """
    WITH ticked AS (SELECT * FROM task WHERE done_at <> '' AND done_at >= :start AND done_at < :end)
    SELECT (SELECT count(*) FROM ticked) + count(DISTINCT coalesce(person_id, organisation_id, lead_id, opportunity_id))
    FROM activity
    WHERE id >= :first AND created_at >= :start AND created_at < :end AND (at >= :start OR at = :day)
        AND kind IN ('call', 'mail', 'meeting', 'visit')
        AND NOT EXISTS (SELECT 1 FROM ticked WHERE ticked.person_id = activity.person_id
            OR ticked.lead_id = activity.lead_id OR ticked.opportunity_id = activity.opportunity_id
            OR ticked.organisation_id = activity.organisation_id)
"""
_PARKED = """
    SELECT {table}.id, {table}.wake_on, {table}.exit_note, coalesce(nullif({table}.exit_on, ''),
        (SELECT max(stage_move.at) FROM stage_move
         WHERE stage_move.{table}_id = {table}.id AND stage_move.kind = 'exit'), '')
    FROM {table} WHERE {table}.id IN (SELECT value FROM json_each(:ids))
"""


def overdue(connection: Reading, *, today: str, limit: int) -> list[Found]:
    """Open tasks due before `today` (ISO day), the latest first."""
    order = "task.due_on DESC, task.due_time DESC, task.id DESC"
    return _found(connection, _TASKS.format(scope="task.due_on < :today", order=order), today=today, limit=limit)


def due(connection: Reading, *, today: str, limit: int) -> list[Found]:
    """Open tasks due on `today`, by time, those for any time after them."""
    order = "task.due_time = '', task.due_time, task.id"
    return _found(connection, _TASKS.format(scope="task.due_on = :today", order=order), today=today, limit=limit)


def promised(connection: Reading, *, today: str, limit: int) -> list[Found]:
    """Open promises due after `today`, the next ones first."""
    scope = "task.promise = 1 AND task.due_on > :today"
    order = "task.due_on, task.due_time, task.id"
    return _found(connection, _TASKS.format(scope=scope, order=order), today=today, limit=limit)


def waking(connection: Reading, *, today: str, limit: int) -> list[Found]:
    """Parked leads and opportunities whose day has come, the latest first."""
    return _found(connection, _WAKING, today=today, limit=limit)


def without_step(connection: Reading, stage: str, *, until: str, limit: int) -> list[Found]:
    """Cards of a stage without an open task, quiet since `until` (ISO day) or longer, the latest contact first."""
    return _found(connection, _WITHOUT_STEP, stage=stage, until=until, limit=limit)


def who(connection: Reading, found: Sequence[Found]) -> list[Who]:
    """How each of them is shown, in the order asked for."""
    asked = [(each.card, each.person_id, each.organisation_id) for each in found]
    rows = connection.exec_driver_sql(_WHO, {"asked": json.dumps(asked)}).fetchall()
    told = {tuple(row[:3]): _shown(row[3:]) for row in rows}
    return [told[each] for each in asked]


def last_contacts(connection: Reading, found: Sequence[Found]) -> dict[Id, tuple[str, str, str, str]]:
    """Kind, direction, depth and time of the last contact of each card; those without any are left out."""
    asked = [(each.card, each.person_id, each.organisation_id) for each in found]
    rows = connection.exec_driver_sql(_LAST_CONTACTS, {"asked": json.dumps(asked)}).fetchall()
    return {Id(row[0]): (row[1], row[2], row[3], row[4]) for row in rows}


def planned(connection: Reading, ids: Iterable[Id]) -> dict[Id, tuple[str, str, str, str, bool]]:
    """Of tasks: title, kind, day, time, and whether they are promised."""
    rows = connection.exec_driver_sql(
        "SELECT id, title, kind, due_on, due_time, promise FROM task WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    return {Id(row[0]): (row[1], row[2], row[3], row[4], bool(row[5])) for row in rows}


def parked(connection: Reading, ids: Iterable[Id]) -> Mapping[Id, tuple[str, str, str]]:
    """Of parked cards: the day to wake, the note, the day or time they were parked ("" when nobody noted it)."""
    given = {"ids": json.dumps(list(ids))}
    rows = [
        row
        for table in ("lead", "opportunity")
        for row in connection.exec_driver_sql(_PARKED.format(table=table), given).fetchall()
    ]
    return {Id(row[0]): (row[1], row[2], row[3]) for row in rows}


def done_between(connection: Reading, start: str, end: str, *, day: str, first: Id) -> int:
    """How many tasks were ticked off from one moment (UTC text) up to another, and who was contacted besides.

    `day` is the ISO day of those moments, `first` the least id that can have been made then.
    """
    given = {"start": start, "end": end, "day": day, "first": first}
    return int(connection.exec_driver_sql(_DONE, given).scalar_one())


def next_day(connection: Reading, *, today: str) -> tuple[str, int]:
    """The first day after `today` with an open task, and how many are due then; "" and 0 when there is none."""
    row = connection.exec_driver_sql(
        "SELECT due_on, count(*) FROM task WHERE done_at = '' AND due_on = (SELECT min(due_on) FROM task"
        " WHERE done_at = '' AND due_on > ?) GROUP BY due_on",
        (today,),
    ).fetchone()
    return ("", 0) if row is None else (str(row[0]), int(row[1]))


def nobody(connection: Reading) -> bool:
    """Whether there are neither people nor organisations."""
    sql = "SELECT NOT EXISTS (SELECT 1 FROM person) AND NOT EXISTS (SELECT 1 FROM organisation)"
    return bool(connection.exec_driver_sql(sql).scalar_one())


def _found(connection: Reading, sql: str, **values: str | int) -> list[Found]:
    return list(starmap(Found, connection.exec_driver_sql(sql, values).fetchall()))


def _shown(row: Sequence[Any]) -> Who:
    lead_stage, deal_stage, lead_source, deal_source, deal, organisation, point, *person = row
    own = names.display(Name(*person)) if person[0] is not None else ""
    name = own or organisation or deal or point or ""
    return Who(
        name=name,
        organisation=(organisation or "") if name != organisation else "",
        stage=deal_stage or lead_stage or "",
        source=deal_source or lead_source or "",
    )
