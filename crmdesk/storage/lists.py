"""Reading the lists: ids in their order, counts, and the rows of some ids. Nothing is written.

All filters are conditions over `list_row`, whose indexes serve the order by name, also of one owner or one event. What
the workspace orders by its own words (stages, sources) is handed in as `Orders`.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any, cast

from sqlalchemy import Connection

from crmdesk.domain.list_columns import COLUMNS
from crmdesk.domain.lists import COUNTED, Count, ListFilter, ListQuery
from crmdesk.domain.records import NO_ID, Id
from crmdesk.storage import search

Term = tuple[str, list[Any]]

LOOKED_AT = 50_000  # rows, among which the first that meet a filter are found if one in a hundred does

_BASE = {"people": "person", "organisations": "organisation", "leads": "lead", "opportunities": "opportunity"}
_ON_PATH = "row.card_id IS NOT NULL AND row.exit IN ('', 'won')"
_LEFT = {"open": "row.card_id IS NOT NULL AND row.exit = ''"}
_NO_STEP = "row.card_id IS NOT NULL AND row.exit = '' AND row.task_id IS NULL AND row.no_step = 0"

_LEADS_OF_FOUND = """
    CROSS JOIN lead ON lead.person_id = found.id OR (lead.person_id IS NULL AND lead.organisation_id = found.id)
"""
_TO_BASE = "JOIN {base} AS base ON base.id = row.id"
_TO_OWNER = "LEFT JOIN member ON member.id = row.owner_id"
_TO_EVENT = "LEFT JOIN event ON event.id = row.event_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Keys in the order of the workspace's words, and the days after which what is where counts as quiet.

    `words` is sort key → keys; a card that has left sorts behind the stages, in the order of `left`. `quiet` is the
    usual number of days, then those of certain stages, then those of certain sources.
    """

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    left: Sequence[str] = ()
    quiet: int = 14
    quiet_stages: Mapping[str, int] = field(default_factory=dict)
    quiet_sources: Mapping[str, int] = field(default_factory=dict)


def ids(
    connection: Connection, query: ListQuery, orders: Orders, *, today: date, most: int | None = None
) -> Sequence[Id]:
    """The ids of a list in its order, or the first of them. An unknown sort key is the name.

    Some two seconds for a million; the first by name, or by when they came, at once, by another column or when few meet
    the filter a third of one.
    """
    where, values = _where(query, orders, today=today)
    if most is not None and (order := _among_the_next(query)):
        near = f"SELECT * FROM list_row AS row WHERE row.place = ? ORDER BY {order} LIMIT {LOOKED_AT}"
        # The outer loop keeps the inner order and stops when it has enough; sorting again would look at all.
        statement = f"SELECT row.id FROM ({near}) AS row WHERE {where} LIMIT ?"
        first = _listed(connection, statement, [query.place, *values, most])
        if len(first) == most or not reaches(connection, query.place, LOOKED_AT + 1):
            return first
    source, found = _source(query)
    join, order, more = _order(query, orders)
    by = _way(query, order, whole=most is None)
    statement = f"SELECT row.id FROM {source} {by} {join} WHERE {where} ORDER BY {order} LIMIT ?"
    return _listed(connection, statement, [*found, *values, *more, -1 if most is None else most])


def _listed(connection: Connection, statement: str, values: Sequence[Any]) -> Sequence[Id]:
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
        listed: Any = array("q", chain.from_iterable(cast("Iterable[tuple[int]]", cursor)))
        return cast("Sequence[Id]", listed)
    finally:
        cursor.close()


@dataclass(frozen=True, slots=True)
class Whole:
    """The question how many rows a place has, from an index: 7 ms for a million, 40 for leads, as some have no row."""

    place: str

    @property
    def table(self) -> str:
        """What it counts."""
        return _BASE[self.place]

    def __call__(self, connection: Connection) -> Count:
        """Counts."""
        of = "list_row WHERE place = 'leads'" if self.place == "leads" else self.table
        return Count(count=int(connection.exec_driver_sql(f"SELECT count(*) FROM {of}").scalar_one()))


def reaches(connection: Connection, place: str, rows: int) -> bool:
    """Whether a place has so many rows, at least one; it walks over that many."""
    found = connection.exec_driver_sql("SELECT 1 FROM list_row WHERE place = ? LIMIT 1 OFFSET ?", (place, rows - 1))
    return found.first() is not None


def count(connection: Connection, query: ListQuery, orders: Orders, *, today: date) -> Count:
    """How many rows a list has, up to a thousand."""
    source, found_by = _source(query)
    where, values = _where(query, orders, today=today)
    by = "" if _is_indexed(query) or not reaches(connection, query.place, LOOKED_AT + 1) else "NOT INDEXED"
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {source} {by} WHERE {where} LIMIT {COUNTED + 1})"
    found = int(connection.exec_driver_sql(counted, (*found_by, *values)).scalar_one())
    return Count(count=min(found, COUNTED), exact=found <= COUNTED)


def cards(connection: Connection, ids: Sequence[Id]) -> list[Id]:
    """The leads and opportunities that these rows tell of, each once, in the order asked for."""
    found = dict(_of_rows(connection, "row.id, row.card_id", ids, "row.card_id IS NOT NULL"))
    return list(dict.fromkeys(Id(found[each]) for each in ids if each in found))


def with_consent(connection: Connection, ids: Sequence[Id], allowing: Sequence[str]) -> int:
    """How many of these rows have one of these states of the consent to offers."""
    condition = f"row.consent IN (SELECT value FROM json_each('{json.dumps(list(allowing))}'))"
    return int(_of_rows(connection, "count(*)", ids, condition)[0][0])


def open_cards(connection: Connection, place: str, ids: Sequence[Id]) -> list[Id]:
    """The leads and opportunities on the path that these rows tell of; all of those that people have."""
    if place != "people":
        rows = _of_rows(connection, "row.card_id", ids, "row.card_id IS NOT NULL AND row.exit = ''")
        return [Id(row[0]) for row in rows]
    chosen = "person_id IN (SELECT value FROM json_each(:ids)) AND exit = ''"
    statement = f"SELECT id FROM lead WHERE {chosen} UNION ALL SELECT id FROM opportunity WHERE {chosen}"
    return [Id(row[0]) for row in connection.exec_driver_sql(statement, {"ids": json.dumps(list(ids))})]


def not_owned_by(connection: Connection, ids: Sequence[Id], member: Id | None) -> list[Id]:
    """Those of these records for whom lists name another owner, or nobody: a person without one has their card's."""
    statement = f"SELECT id FROM list_row WHERE {_OWNED}"
    return [Id(row[0]) for row in connection.exec_driver_sql(statement, _owned(ids, member))]


def owner(connection: Connection, record: Id) -> Id | None:
    """Whom lists name as the owner of a record: a person or an organisation without one has their newest card's."""
    rows = _of_rows(connection, "row.owner_id", [record], "1")
    return Id(rows[0][0]) if rows and rows[0][0] is not None else None


def give(connection: Connection, places: Sequence[str], ids: Sequence[Id], member: Id | None) -> None:
    """Makes a member, or nobody, the owner of these records; within a step. Some 20 µs each."""
    for place in places:
        statement = f"UPDATE {_BASE[place]} SET owner_id = :member WHERE {_OWNED}"
        connection.exec_driver_sql(statement, _owned(ids, member))


def tagged(connection: Connection, place: str, ids: Sequence[Id], name: str) -> int:
    """How many of these records carry the tag of that name, in any case of its letters."""
    about = f"{_BASE[place]}_id"
    statement = f"""
    SELECT count(DISTINCT tagging.{about}) FROM tagging JOIN tag ON tag.id = tagging.tag_id
    WHERE tag.name = :name COLLATE NOCASE AND tagging.{about} IN (SELECT value FROM json_each(:ids))
    """
    return int(connection.exec_driver_sql(statement, {"name": name, "ids": json.dumps(list(ids))}).scalar_one())


_OWNED = "id IN (SELECT value FROM json_each(:ids)) AND owner_id IS NOT :member"


def _owned(ids: Sequence[Id], member: Id | None) -> dict[str, Any]:
    return {"ids": json.dumps(list(ids)), "member": member}


def _of_rows(connection: Connection, what: str, ids: Sequence[Id], condition: str) -> list[Any]:
    statement = f"SELECT {what} FROM list_row AS row WHERE row.id IN (SELECT value FROM json_each(?)) AND {condition}"
    return list(connection.exec_driver_sql(statement, (json.dumps(list(ids)),)).fetchall())


def _source(query: ListQuery) -> Term:
    """Where rows come from: those with the words first, so that counting can stop and few are found at once.

    Leads are found by their person, or by their organisation when there is nobody.
    """
    if not _found_first(query):
        return "list_row AS row", []
    found, values = search.documents(query.filter.text)
    leads, row = (_LEADS_OF_FOUND, "lead") if query.place == "leads" else ("", "found")
    return f"({found}) AS found {leads} CROSS JOIN list_row AS row ON row.id = {row}.id", list(values)


def _found_first(query: ListQuery) -> bool:
    return bool(query.filter.text.strip())


def _is_indexed(query: ListQuery) -> bool:
    """Whether an index leads to those that meet the filter, or to some that few do not."""
    return _found_first(query) or bool(query.filter.owners or query.filter.events)


def _among_the_next(query: ListQuery) -> str:
    """The order by name, for a filter whose first rows are looked for among those that come first in it; else "".

    Most filters are met by many. Where they are not, the index of names leads to each of a million somewhere else: ten
    times as long as reading all of them one after the other.
    """
    plain = query.filter == ListFilter() or _is_sorted(query)
    return "" if plain or _is_indexed(query) or query.filter.tags else _by_name(query)


def _is_sorted(query: ListQuery) -> bool:
    """Whether it is in the order of another column than the name."""
    return query.sort in {column.sort for column in COLUMNS[query.place]} - {"", "name"}


def _by_name(query: ListQuery) -> str:
    way = "DESC" if query.descending else "ASC"
    return f"row.name {way}, row.id {way}"


def _way(query: ListQuery, order: str, *, whole: bool) -> str:
    """How SQLite goes through the rows when it would choose badly: it takes any index for a place, and then each row

    of a million from somewhere else.
    """
    wanted = query.filter
    if _is_indexed(query):
        return ""
    if order.startswith("row.name "):
        stays = wanted == ListFilter() or (bool(wanted.tags) and not whole)
    else:
        stays = wanted == ListFilter() and query.sort in ("owner", "event")  # an index has all of it
    return "" if stays else "NOT INDEXED"


def _where(query: ListQuery, orders: Orders, *, today: date) -> Term:
    terms: list[Term] = [("row.place = ?", [query.place]), *_conditions(query, orders, today=today)]
    return " AND ".join(f"({sql})" for sql, _values in terms), [value for _sql, values in terms for value in values]


def _conditions(query: ListQuery, orders: Orders, *, today: date) -> Iterator[Term]:
    wanted = query.filter
    for column, keys in (("event_id", wanted.events), ("source", wanted.sources), ("consent", wanted.consents)):
        if keys:
            yield _among(f"row.{column}", keys)
    if wanted.owners == (NO_ID,):
        yield "row.owner_id IS NULL", []  # alone, an index has them in their order
    elif wanted.owners:
        nobody = " OR row.owner_id IS NULL" if NO_ID in wanted.owners else ""
        sql, values = _among("row.owner_id", wanted.owners)
        yield sql + nobody, values
    if wanted.stages:
        sql, values = _among("row.stage", wanted.stages)
        yield f"{sql} AND {'row.card_id IS NOT NULL' if wanted.left else _ON_PATH}", values
    if wanted.left:
        yield _left(wanted.left)
    if wanted.tags:
        tagged, values = _among("tagging.tag_id", wanted.tags)
        about = f"{_BASE[query.place]}_id"
        yield f"row.id IN (SELECT tagging.{about} FROM tagging WHERE {tagged} AND tagging.{about} IS NOT NULL)", values
    if wanted.no_step:
        yield _NO_STEP, []
    if wanted.quiet:
        yield _quiet(orders, today)
    if wanted.contacts:
        yield "row.contact = 1", []


def _among(column: str, keys: Sequence[Any]) -> Term:
    return f"{column} IN ({', '.join('?' * len(keys))})", list(keys)


def _left(kinds: Sequence[str]) -> Term:
    terms = [_LEFT.get(kind, "row.exit = ?") for kind in kinds]
    return " OR ".join(f"({term})" for term in terms), [kind for kind in kinds if kind not in _LEFT]


def _quiet(orders: Orders, today: date) -> Term:
    """Quiet for as long as the card's own chip says: by stage first, then by source."""
    cases, values = "", []
    for column, days in (("stage", orders.quiet_stages), ("source", orders.quiet_sources)):
        for key, limit in days.items():
            cases += f" WHEN row.{column} = ? THEN ?"
            values += [key, _before(today, limit)]
    usual = _before(today, orders.quiet)
    limit_sql, values = (f"CASE{cases} ELSE ? END", [*values, usual]) if cases else ("?", [usual])
    return f"{_ON_PATH} AND row.task_id IS NULL AND row.quiet_since <> '' AND row.quiet_since <= {limit_sql}", values


def _before(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def _order(query: ListQuery, orders: Orders) -> tuple[str, str, list[Any]]:
    """What to join, the ORDER BY and its values. What has no value comes last, whichever way."""
    if not _is_sorted(query):
        return "", _by_name(query), []
    way = "DESC" if query.descending else "ASC"
    if query.sort in _BY_WORDS:
        join, column = _BY_WORDS[query.sort]
        expression, values = _by_words(column, orders, query.sort)
    else:
        (join, expression), values = _SORTS[query.sort], []
    return join.format(base=_BASE[query.place]), f"{expression} {way} NULLS LAST, row.name, row.id", values


def _by_words(column: str, orders: Orders, sort: str) -> Term:
    """A number for each key, in the order of its words."""
    keys = list(orders.words.get(sort, ()))
    cases = " ".join("WHEN ? THEN ?" for _key in keys) or "WHEN NULL THEN 0"
    values = [part for place, key in enumerate(keys) for part in (key, place)]
    ranked = f"CASE {column} {cases} END"
    if sort not in _ON_PATH_AS:
        return ranked, values
    gone = " ".join("WHEN ? THEN ?" for _key in orders.left) or "WHEN NULL THEN 0"
    after = [part for place, key in enumerate(orders.left) for part in (key, len(keys) + place)]
    off = f"CASE row.exit {gone} END"
    state = f"CASE WHEN row.card_id IS NULL THEN NULL WHEN row.exit IN {_ON_PATH_AS[sort]} THEN coalesce({ranked}, -1)"
    return f"{state} ELSE {off} END", [*values, *after]


def _text(column: str) -> str:
    return f"nullif({column}, '') COLLATE NOCASE"


_SORTS: dict[str, tuple[str, str]] = {
    "organisation": ("", "nullif(row.organisation, '')"),
    "job": (_TO_BASE, _text("base.job_title")),
    "step": ("", "nullif(row.due, '')"),
    "last_contact": ("", "nullif(row.last_contact, '')"),
    "owner": (_TO_OWNER, _text("member.name")),
    "event": (_TO_EVENT, _text("event.name")),
    "created": ("", "row.id"),
    "industry": (_TO_BASE, _text("base.industry")),
    "size": (_TO_BASE, _text("base.size")),
    "people": ("", "row.people"),
    "deals": ("", "row.deals"),
    "won": ("", "row.won"),
    "since": (_TO_BASE, "nullif(base.stage_since, '')"),
    "amount": (_TO_BASE, "base.amount_cents"),
    "left": (_TO_BASE, "nullif(base.exit_on, '')"),
    "attempt": (_TO_BASE, "base.attempt"),
    "chance": (_TO_BASE, "base.probability"),
    "close": (_TO_BASE, "nullif(base.expected_close, '')"),
}
_ON_PATH_AS = {"stage": "('', 'won')", "deal_stage": "('')"}
_BY_WORDS: dict[str, tuple[str, str]] = {
    "stage": ("", "row.stage"),
    "source": ("", "row.source"),
    "consent": ("", "row.consent"),
    "deal_stage": (_TO_BASE, "base.deal_stage"),
}
