"""What stands in a workspace's schema: the full text of every table and index, compared with what we make.

What a format holds is what the statements of its migrations make of an empty database; they are read, not imported.
Derived tables, and the indexes on them, are compared with what this program makes of them today. That takes some tens
of milliseconds, so what an up-to-date file is known to hold stands in `resources/schema.txt` as one checksum, which
`packaging/schema.py` writes; while that one is out of date, opening is slower and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlcipher3 import dbapi2

from crmdesk.storage import derived, migrations, shape
from crmdesk.storage.shape import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is `odd` in a file (names), what it lacks, and whether its derived tables are those of this program."""

    odd: tuple[str, ...]
    missing: tuple[str, ...]
    derived_fit: bool


def compare(things: Iterable[Thing], number: int) -> Comparison:
    """The things in a file's schema beside those of format `number`; of a format there never was everything is odd."""
    things = list(things)
    if number == migrations.HEAD and shape.fingerprint(things) == shape.known():
        return Comparison(odd=(), missing=(), derived_fit=True)
    expected, ours, today = _made_of(number), _derived_names(), _derived_today()
    odd, of_records, of_derived = [], set(), set()
    for kind, name, table, text in things:
        if table in ours or name in ours:
            of_derived.add((kind, name, table, shape.plain(text)))
            if kind not in ("table", "index") or table not in ours or _is_odd_virtual(name, text):
                odd.append(name)
        elif shape.is_others(name, text):
            continue  # as SQLite's own index of a primary key: it follows from its table
        elif (kind, name, table, shape.plain(text)) in expected:
            of_records.add((kind, name, table, shape.plain(text)))
        else:
            odd.append(name)
    missing = sorted(name for _kind, name, _table, _text in expected - of_records)
    return Comparison(odd=tuple(odd), missing=tuple(missing), derived_fit=of_derived == today)


def up_to_date() -> str:
    """The fingerprint of a file that this program makes."""
    return shape.fingerprint([*_made_of(migrations.HEAD), *_derived_today()])


def _is_odd_virtual(name: str, text: str) -> bool:
    """Whether it is a virtual table where we have none."""
    return shape.plain(text).upper().startswith("CREATE VIRTUAL TABLE") and name not in derived.FULL_TEXT


@cache
def _made_of(number: int) -> frozenset[Thing]:
    made = _made_by(migrations.statements(number))
    return frozenset(each for each in made if not each[1].startswith("sqlite_"))


@cache
def _derived_today() -> frozenset[Thing]:
    """The derived tables as this program makes them, with their indexes and what lies behind the full text."""
    return frozenset(_made_by(derived.layout()))


@cache
def _derived_names() -> frozenset[str]:
    return frozenset(name for kind, name, _table, _text in _derived_today() if kind == "table")


def _made_by(statements: Iterable[str]) -> list[Thing]:
    connection: Any = dbapi2.connect(":memory:", isolation_level=None)
    try:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
        made = connection.execute(shape.THINGS).fetchall()
    finally:
        connection.close()
    return [(kind, name, table, shape.plain(text)) for kind, name, table, text in made]
