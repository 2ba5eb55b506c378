"""Who has which name, each name once: enough to find the few who may be the one a list speaks of."""

from __future__ import annotations

import json
from collections.abc import Iterable

from crmdesk.domain.records import Id, Person
from crmdesk.storage.connection import Connection

_NAMES = ("given", "middle", "family", "nickname", "family_first")
_OLDEST = f"SELECT min(id), organisation_id, {', '.join(_NAMES)} FROM person WHERE {{}} GROUP BY 2, {', '.join(_NAMES)}"
_AT_FIRMS = "organisation_id IN (SELECT value FROM json_each(?))"
_ALONE = (
    "organisation_id IS NULL AND family IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM contact_point"
    " WHERE person_id = person.id AND kind IN ('email', 'phone') AND match_key <> '')"
)
_MET = (
    "SELECT {column} FROM lead WHERE {column} IN (SELECT value FROM json_each(:owners))"
    " UNION SELECT {column} FROM opportunity WHERE {column} IN (SELECT value FROM json_each(:owners))"
)


def at_firms(connection: Connection, firms: Iterable[Id]) -> list[Person]:
    """The oldest of each name at each of these organisations; only name, id and organisation are read."""
    return _oldest(connection, _AT_FIRMS, list(firms))


def alone(connection: Connection, families: Iterable[str]) -> list[Person]:
    """The oldest of each name among who has one of these family names, no organisation, no address and no number."""
    return _oldest(connection, _ALONE, list(families))


def met(connection: Connection, column: str, owners: Iterable[Id]) -> set[Id]:
    """Those of some people (`person_id`) or organisations (`organisation_id`) who have had a lead or an opportunity."""
    if not (wanted := list(owners)):
        return set()
    rows = connection.connection.cursor().execute(_MET.format(column=column), {"owners": json.dumps(wanted)})
    return {Id(owner) for (owner,) in rows}


def _oldest(connection: Connection, condition: str, values: list[Id] | list[str]) -> list[Person]:
    if not values:
        return []
    rows = connection.connection.cursor().execute(_OLDEST.format(condition), (json.dumps(values, ensure_ascii=False),))
    columns = ("id", "organisation_id", *_NAMES)
    return [Person(**dict(zip(columns, row, strict=True))) for row in rows]
