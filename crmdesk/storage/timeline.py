"""What happened around a person, an organisation, a lead or an opportunity, newest first, in pages."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import Activity, Conversion, Id, Lead, Opportunity, Organisation, Person, StageMove, Task
from crmdesk.domain.timeline import Happening, Moment
from crmdesk.storage import records
from crmdesk.words import _

Key = tuple[str, Id]

# What makes the timeline: record type → its time, the columns that tie it to somebody, and when it counts.
_SOURCES: dict[type[Happening], tuple[str, tuple[str, ...], str]] = {
    Activity: ("at", ("person_id", "organisation_id", "lead_id", "opportunity_id"), "1"),
    Task: ("done_at", ("person_id", "organisation_id", "lead_id", "opportunity_id"), "done_at <> ''"),
    StageMove: ("at", ("lead_id", "opportunity_id"), "1"),
    Conversion: ("at", ("lead_id", "opportunity_id"), "1"),
}
_EVERYTHING = " UNION ".join(
    f"SELECT {time} AS at, id, '{kind.table}' AS kind FROM {kind.table}"
    f" WHERE {column} IN (SELECT value FROM json_each(:{column})) AND {condition}"
    for kind, (time, columns, condition) in _SOURCES.items()
    for column in columns
)
_PAGE = f"""
    SELECT at, id, kind FROM ({_EVERYTHING})
    WHERE :before_at IS NULL OR (at, id) < (:before_at, :before_id) ORDER BY at DESC, id DESC LIMIT :limit
"""


def timeline(
    connection: Connection, about: Id, *, before: Key | None = None, limit: int = 50, alone: bool = False
) -> list[Moment]:
    """The next happenings before a moment's key, or the newest ones; NotFound when `about` is none of the four.

    A person's are those of their leads and opportunities too, an organisation's those of its people as well. `alone`
    leaves out what happened with the people and the organisation of a lead or an opportunity without naming it. All
    that happened there is sorted for each page: a millisecond for a few hundred.
    """
    around = _around(connection, about)
    if alone:
        around = around | _scope(people=[], firms=[], leads=around["lead_id"], deals=around["opportunity_id"])
    values = {column: json.dumps(list(dict.fromkeys(ids))) for column, ids in around.items()}
    at, last = before or (None, None)
    rows = connection.exec_driver_sql(_PAGE, {**values, "before_at": at, "before_id": last, "limit": limit}).fetchall()
    found: dict[Id, Happening] = {}
    for kind in _SOURCES:
        found |= records.many(connection, kind, [row[1] for row in rows if row[2] == kind.table])
    return [Moment(row[0], found[row[1]]) for row in rows]


def _around(connection: Connection, about: Id) -> dict[str, Iterable[Id]]:
    """The ids that what happened around it may be tied to, by column."""
    if (lead := records.find(connection, Lead, about)) is not None:
        deals = _ids(connection, "opportunity", lead_id=lead.id)
        return _scope(people=_some(lead.person_id), firms=_whole(lead), leads=[lead.id], deals=deals)
    if (deal := records.find(connection, Opportunity, about)) is not None:
        return _scope(people=_some(deal.person_id), firms=_whole(deal), leads=_some(deal.lead_id), deals=[deal.id])
    if records.find(connection, Person, about) is not None:
        leads = _ids(connection, "lead", person_id=about)
        return _scope(people=[about], firms=[], leads=leads, deals=_ids(connection, "opportunity", person_id=about))
    if records.find(connection, Organisation, about) is None:
        raise NotFound(
            _("This record is not there any more."), _("It was removed meanwhile, or its making was undone.")
        )
    return _scope(
        people=_ids(connection, "person", organisation_id=about),
        firms=[about],
        leads=_ids(connection, "lead", organisation_id=about),
        deals=_ids(connection, "opportunity", organisation_id=about),
    )


def _scope(
    *, people: Iterable[Id], firms: Iterable[Id], leads: Iterable[Id], deals: Iterable[Id]
) -> dict[str, Iterable[Id]]:
    return {"person_id": people, "organisation_id": firms, "lead_id": leads, "opportunity_id": deals}


def _whole(subject: Lead | Opportunity) -> list[Id]:
    """The organisation, when the attempt is about no person of it."""
    return _some(subject.organisation_id) if subject.person_id is None else []


def _some(each: Id | None) -> list[Id]:
    return [] if each is None else [each]


def _ids(connection: Connection, table: str, **link: Id) -> list[Id]:
    ((column, value),) = link.items()
    rows = connection.exec_driver_sql(f"SELECT id FROM {table} WHERE {column} = ?", (value,))
    return [Id(row[0]) for row in rows]
