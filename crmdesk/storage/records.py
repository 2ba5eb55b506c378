"""Getting and putting records of any type. Readers take a connection, writers a connection within a step.

The statements are made from the record types' fields; names come from there alone, values are always bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection

from crmdesk.domain import lengths
from crmdesk.domain.errors import NotFound
from crmdesk.domain.ids import IdSource
from crmdesk.domain.records import NO_ID, Id, Record
from crmdesk.storage import schema
from crmdesk.words import _

R = TypeVar("R", bound=Record)

# A reference is looked for in the tables people name things from first.
_BY_REF = ("lead", "opportunity", "person", "organisation", "event", "contact_point", "task", "activity")


def find(connection: Connection, record_type: type[R], record_id: Id) -> R | None:
    """The record of that id, or None."""
    found = _read(connection, record_type, "WHERE id = ?", (record_id,))
    return found[0] if found else None


def get(connection: Connection, record_type: type[R], record_id: Id) -> R:
    """The record of that id; NotFound when it is not there."""
    record = find(connection, record_type, record_id)
    if record is None:
        raise _gone()
    return record


def many(connection: Connection, record_type: type[R], ids: Iterable[Id]) -> dict[Id, R]:
    """Those of the records that are there, by id."""
    return {record.id: record for record in where_in(connection, record_type, "id", ids)}


def where(connection: Connection, record_type: type[R], **equals: int | str | None) -> list[R]:
    """The records whose columns equal these values (None: is empty), oldest first; all of them without any."""
    return _read(connection, record_type, f"{_condition(record_type, equals)} ORDER BY id", tuple(equals.values()))


def ids_where(connection: Connection, record_type: type[Record], **equals: int | str | None) -> list[Id]:
    """The ids alone of those records: of hundreds of thousands the rest would hold up all threads."""
    statement = f'SELECT id FROM "{record_type.table}" {_condition(record_type, equals)} ORDER BY id'
    return [Id(row[0]) for row in connection.exec_driver_sql(statement, tuple(equals.values()))]


def where_in(connection: Connection, record_type: type[R], column: str, values: Iterable[int | str]) -> list[R]:
    """The records whose column holds one of these values, oldest first; as many values as you like."""
    condition = f"{_column(record_type, column)} IN (SELECT value FROM json_each(?))"
    wanted = list(values)
    if not wanted:
        return []
    return _read(connection, record_type, f"WHERE {condition} ORDER BY id", (json.dumps(wanted, ensure_ascii=False),))


def pointing(connection: Connection, record_type: type[R], pointers: Mapping[str, Iterable[Id | None]]) -> list[R]:
    """The records any of whose columns points at one of its ids, oldest first; None points at nothing. One read."""
    wanted = {_column(record_type, name): [each for each in ids if each] for name, ids in pointers.items()}
    wanted = {column: ids for column, ids in wanted.items() if ids}
    if not wanted:
        return []
    condition = " OR ".join(f"{column} IN (SELECT value FROM json_each(?))" for column in wanted)
    return _read(connection, record_type, f"WHERE {condition} ORDER BY id", tuple(map(json.dumps, wanted.values())))


def by_ref(connection: Connection, ref: str) -> tuple[str, Id]:
    """The table and id of the record with that reference, typed in any case and with or without the dash; NotFound."""
    letters = ref.strip().upper().replace("-", "").replace(" ", "")
    known = f"{letters[:4]}-{letters[4:]}"
    for table in (*_BY_REF, *(name for name in schema.tables if name not in _BY_REF)):
        row = connection.exec_driver_sql(f'SELECT id FROM "{table}" WHERE ref = ?', (known,)).fetchone()
        if row is not None:
            return table, Id(row[0])
    raise NotFound(
        _("There is no record with the reference {ref}.").format(ref=ref), _("Check its eight letters and digits.")
    )


def add(connection: Connection, record: R, *, ids: IdSource, now: str) -> R:
    """Store a new record; comes back with its id, reference and time of making (those it has already are kept)."""
    return add_many(connection, [record], ids=ids, now=now)[0]


def add_many(connection: Connection, records: Iterable[R], *, ids: IdSource, now: str) -> list[R]:
    """Store new records of one type at the driver's own speed; they come back in the same order with ids."""
    listed = list(records)
    rows = _stored(connection, listed, {}, iter(ids.new_ref, ""), ids=ids, now=now)
    return [_filled(record, *row[:3]) for record, row in zip(listed, rows, strict=True)]


def add_rows(
    connection: Connection,
    records: Sequence[Record],
    *,
    ids: IdSource,
    now: str,
    columns: Mapping[str, Iterable[int | str | None]],
) -> list[Id]:
    """Like `add_many` for many records of which the ids are all that is wanted, at half the cost.

    `columns` are stored in place of what the records hold: for each a value a record.
    """
    refs = iter(ids.new_refs(len(records)))
    return [row[0] for row in _stored(connection, records, columns, refs, ids=ids, now=now)]


def put(connection: Connection, record: Record) -> None:
    """Store an edited record: only the columns that differ are written. NotFound when it is not there any more.

    BadInput when a new text of it is too long.
    """
    kind = type(record)
    stored = get(connection, kind, record.id)
    changed = [name for name in schema.column_names[kind.table] if getattr(stored, name) != getattr(record, name)]
    if not changed:
        return
    lengths.check(record, stored)
    settings = ", ".join(f'"{name}" = ?' for name in changed)
    values = (*(getattr(record, name) for name in changed), record.id)
    connection.exec_driver_sql(f'UPDATE "{kind.table}" SET {settings} WHERE id = ?', values)


def remove(connection: Connection, record_type: type[Record], record_id: Id) -> None:
    """Delete the record; NotFound when it is not there. What points at it must be gone by the end of the step."""
    deleted = connection.exec_driver_sql(f'DELETE FROM "{record_type.table}" WHERE id = ?', (record_id,))
    if not deleted.rowcount:
        raise _gone()


def _gone() -> NotFound:
    return NotFound(_("This record is not there any more."), _("It was removed meanwhile, or its making was undone."))


@cache
def _select(table: str) -> str:
    columns = ", ".join(f'"{name}"' for name in schema.column_names[table])
    return f'SELECT {columns} FROM "{table}"'


@cache
def _insert_statement(table: str) -> str:
    names = schema.column_names[table]
    columns = ", ".join(f'"{name}"' for name in names)
    places = ", ".join("?" * len(names))
    return f'INSERT INTO "{table}" ({columns}) VALUES ({places}) ON CONFLICT (ref) DO NOTHING'


@cache
def _values(table: str) -> attrgetter[tuple[Any, ...]]:
    return attrgetter(*schema.column_names[table])


def _stored(
    connection: Connection,
    records: Sequence[Record],
    columns: Mapping[str, Iterable[int | str | None]],
    refs: Iterator[str],
    *,
    ids: IdSource,
    now: str,
) -> list[tuple[Any, ...]]:
    """The rows as they are stored, column after column: id, reference and time of making first."""
    if not records:
        return []
    table = records[0].table
    fresh = iter(ids.new_ids(sum(not record.id for record in records)))
    own = (
        [record.id or next(fresh) for record in records],
        [record.ref or next(refs) for record in records],
        [record.created_at or now for record in records],
    )
    others = schema.column_names[table][len(own) :]
    values = (columns[name] if name in columns else map(attrgetter(name), records) for name in others)
    rows: list[tuple[Any, ...]] = list(zip(*own, *values, strict=True))
    taken = _insert(connection, table, rows)
    while taken:  # a reference was drawn that somebody has: about once in a million
        rows = [(row[0], ids.new_ref(), *row[2:]) if row[0] in taken else row for row in rows]
        taken = _insert(connection, table, [row for row in rows if row[0] in taken])
    return rows


def _column(record_type: type[Record], name: str) -> str:
    if name not in schema.column_names[record_type.table]:
        raise ValueError(f"{record_type.table} has no column {name}")
    return f'"{name}"'


def _condition(record_type: type[Record], equals: Mapping[str, int | str | None]) -> str:
    tests = [f"{_column(record_type, name)} {'IS' if value is None else '='} ?" for name, value in equals.items()]
    return f"WHERE {' AND '.join(tests)}" if tests else ""


def _read(connection: Connection, record_type: type[R], rest: str, values: Sequence[Any]) -> list[R]:
    # The driver's own cursor: SQLAlchemy's way to a row or two costs three times as much as reading them, and what
    # lies around one card are fifteen such reads.
    rows = connection.connection.cursor().execute(f"{_select(record_type.table)} {rest}", values)
    return [_made(record_type, row) for row in rows]


def _made(record_type: type[R], row: Sequence[Any]) -> R:
    return record_type(**dict(zip(schema.column_names[record_type.table], row, strict=True)))


def _filled(record: R, record_id: Id, ref: str, created_at: str) -> R:
    """A copy with these three; four times as fast as `replace`, which an import of many rows notices."""
    if record.id == record_id != NO_ID and record.ref == ref and record.created_at == created_at:
        return record
    kind = type(record)
    copy = object.__new__(kind)
    for name, value in zip(schema.column_names[kind.table], _values(kind.table)(record), strict=True):
        object.__setattr__(copy, name, value)
    object.__setattr__(copy, "id", record_id)
    object.__setattr__(copy, "ref", ref)
    object.__setattr__(copy, "created_at", created_at)
    return copy


def _insert(connection: Connection, table: str, rows: list[tuple[Any, ...]]) -> set[Id]:
    """Insert; returns the ids of those whose reference was taken, which were left out."""
    # One row goes in as such, several by the driver's executemany; both count what was really inserted.
    parameters: Any = rows[0] if len(rows) == 1 else rows
    inserted = connection.exec_driver_sql(_insert_statement(table), parameters).rowcount
    if inserted == len(rows):
        return set()
    stored = many(connection, schema.types[table], (row[0] for row in rows))
    return {row[0] for row in rows if row[0] not in stored}
