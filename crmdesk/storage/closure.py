"""What goes with a record when it goes: its own parts and theirs, and which links elsewhere are loosened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from crmdesk.domain.records import Id, Record
from crmdesk.storage import records, schema

# What means nothing without one of these: an attempt to win nobody, the part of nobody in a deal.
_NEEDS_ONE = {"lead": ("person_id", "organisation_id"), "buying_part": ("person_id",)}


@dataclass(frozen=True, slots=True)
class Loose:
    """A link of a row that stays, to a row that goes."""

    table: str
    row: Id
    column: str
    target: Id


@dataclass(frozen=True, slots=True)
class Closure:
    """All rows that go, the record itself first, and the links that are loosened."""

    rows: tuple[Record, ...]
    loose: tuple[Loose, ...]


def closure(connection: Connection, root: Record) -> Closure:
    """What goes with `root`; one look-up for each linking column and depth."""
    gone: dict[Id, Record] = {root.id: root}
    touched: dict[Id, Record] = {}
    loose: dict[tuple[Id, str], Loose] = {}
    frontier: list[Record] = [root]
    while frontier:
        found: dict[Id, Record] = {}
        for row, link in _pointing_at(connection, frontier):
            if belongs(row, link):
                found[row.id] = row
            else:
                touched[row.id] = row
                loose[row.id, link.column] = Loose(link.table, row.id, link.column, getattr(row, link.column))
        found |= {each.id: each for each in touched.values() if _means_nothing(each, without=loose)}
        frontier = [each for each in found.values() if each.id not in gone]
        gone |= found
    return Closure(tuple(gone.values()), tuple(each for each in loose.values() if each.row not in gone))


def belongs(row: Record, link: schema.Link) -> bool:
    """Whether a row is a part of what this link of it points at. What names a person is the person's alone."""
    return link.owned and not (link.to == "organisation" and getattr(row, "person_id", None) is not None)


def links_of(row: Record) -> Iterator[tuple[schema.Link, Id]]:
    """The links of a row that point at something, each with the id it points at."""
    for link in schema.links:
        if link.table == row.table and (target := getattr(row, link.column)) is not None:
            yield link, target


def means_something(row: Record) -> bool:
    """Whether a row has what it cannot be without."""
    return not _means_nothing(row, without=())


def exists(connection: Connection, table: str, record: Id) -> bool:
    """Whether the record is there."""
    return records.find(connection, schema.types[table], record) is not None


def _pointing_at(connection: Connection, targets: Iterable[Record]) -> Iterator[tuple[Record, schema.Link]]:
    ids: dict[str, list[Id]] = {}
    for each in targets:
        ids.setdefault(each.table, []).append(each.id)
    for link in schema.links:
        if link.to in ids:
            for row in records.where_in(connection, schema.types[link.table], link.column, ids[link.to]):
                yield row, link


def _means_nothing(row: Record, *, without: Iterable[tuple[Id, str]]) -> bool:
    columns = _NEEDS_ONE.get(row.table, ())
    return bool(columns) and all(getattr(row, column) is None or (row.id, column) in without for column in columns)
