"""The derived tables: cards and their tallies, trails, the search, the lists. Never journalled, and made anew at will.

They follow the records within each step, before it commits (`derivation` tells how), on every connection that was given
to `install`. The Python functions their SQL calls exist on those connections alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain import names, search
from crmdesk.domain.trails import trail
from crmdesk.storage import failures
from crmdesk.storage.derived_cards import CARDS
from crmdesk.storage.derived_lists import LISTS
from crmdesk.storage.derived_search import DIGIT_INDEX, FILL_DIGIT_INDEX, FILL_SEARCH_INDEX, SEARCH, SEARCH_INDEX
from crmdesk.storage.derived_trails import TRAILS

DERIVATIONS = (CARDS, TRAILS, SEARCH, LISTS)

TABLES = frozenset({"card", "tally", "deal_tally", "place_tally", "trail", "trail_tally", "search_doc", "list_row"})
FULL_TEXT = frozenset({"search_index", "digit_index"})

MERGED_PAGES = 250

_INDEXES = (("search_index", SEARCH_INDEX, FILL_SEARCH_INDEX), ("digit_index", DIGIT_INDEX, FILL_DIGIT_INDEX))


def create_tables(connection: Connection) -> None:
    """Make the derived tables from the records there are, in place of those that an older program made.

    Contradiction where one of those cannot even be dropped: full text whose own words are garbled.
    """
    for name in sorted(TABLES | FULL_TEXT):
        with failures.making_sense():
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for statement in layout():
        connection.exec_driver_sql(statement)
    rebuild(connection)


def layout() -> list[str]:
    """The statements that make the empty derived tables and their indexes, in order."""
    return [statement for derivation in DERIVATIONS for statement in derivation.tables]


def install(dbapi_connection: Any) -> None:
    """Let a driver's writing connection keep the derived tables: once, when the tables are there."""
    _prepare(dbapi_connection)
    for derivation in DERIVATIONS:
        for statement in derivation.triggers():
            dbapi_connection.execute(statement)
    _leave_merging_to_idle_moments(dbapi_connection)


def rebuild(connection: Connection) -> None:
    """Empty all derived tables and make them anew from the records; some 50 µs a record, within the transaction."""
    _prepare(_driver(connection))
    for derivation in DERIVATIONS:
        for table, ids in derivation.everything:
            connection.exec_driver_sql(f"INSERT OR IGNORE INTO {table} {ids}")
        for statement in (*derivation.empty, *derivation.refresh):
            connection.exec_driver_sql(statement)


def merge(connection: Connection) -> bool:
    """Merges a little of each full text that lies in many parts, some ten milliseconds; whether there may be more.

    For idle moments. SQLite would do it within steps: a new person every now and then took six times as long, and a
    long list taken back, where each removed document counts as a page, rewrote the whole index.
    """
    driver = _driver(connection)
    more = False
    for name in sorted(FULL_TEXT):
        before = driver.total_changes
        driver.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)", (MERGED_PAGES,))
        more = more or driver.total_changes - before > 1
    return more


def check(connection: Connection) -> list[str]:
    """What the derived tables hold and should not, or should and do not; nothing when all is well.

    All is computed again and compared, the full text by its own terms (its integrity check calls a drifted index well):
    about a minute at a million people.
    """
    with _room_to_compare(connection):
        found = [
            problem
            for derivation in DERIVATIONS
            for table, expected in derivation.compared
            for problem in _compared(connection, table, expected)
        ]
        for name, layout, fill in _INDEXES:
            found += _drift(connection, name, layout=layout, fill=fill)
    return found


def _prepare(driver: Any) -> None:
    functions: dict[str, tuple[int, Callable[..., str]]] = {
        "crmdesk_name": (4, search.name_terms),
        "crmdesk_start": (3, search.start_terms),
        "crmdesk_other": (1, search.other_terms),
        "crmdesk_numbers": (1, search.numbers),
        "crmdesk_grams": (1, search.grams),
        "crmdesk_trail": (3, _trail),
        "crmdesk_person_key": (4, names.person_key),
        "crmdesk_text_key": (1, names.text_key),
        "crmdesk_casefold": (1, str.casefold),
    }
    for name, (count, function) in functions.items():
        driver.create_function(name, count, function, deterministic=True)
    for derivation in DERIVATIONS:
        for statement in derivation.temp_tables():
            driver.execute(statement)


@lru_cache(maxsize=1024)
def _trail(moves: str | None, stage: str | None, deals: str | None) -> str:
    return trail(moves or "", stage or "", deals or "")


@contextmanager
def _room_to_compare(connection: Connection) -> Iterator[None]:
    # Comparing needs TEMP tables, which a connection that only reads refuses even though they are not in the file.
    reads_only = bool(connection.exec_driver_sql("PRAGMA query_only").scalar())
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    _prepare(_driver(connection))
    try:
        yield
    finally:
        if reads_only:
            connection.exec_driver_sql("PRAGMA query_only = ON")


def _compared(connection: Connection, table: str, expected: str) -> Iterator[str]:
    """What a table holds beside its expected rows, which are computed once, each looked up by its key."""
    columns = connection.exec_driver_sql(f"SELECT name, pk FROM pragma_table_info('{table}')").fetchall()
    names = [name for name, _pk in columns]
    keys = [name for name, pk in columns if pk]
    same = " AND ".join(f"held.{key} = wanted.{key}" for key in keys)
    differs = " OR ".join(f"held.{name} IS NOT wanted.{name}" for name in names)
    wanted, found, different = connection.exec_driver_sql(
        f"WITH wanted ({', '.join(names)}) AS ({expected})"
        f" SELECT count(*), count(held.{keys[0]}), coalesce(sum(held.{keys[0]} IS NOT NULL AND ({differs})), 0)"
        f" FROM wanted LEFT JOIN {table} AS held ON {same}"
    ).one()
    held = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    return _said(table, too_many=held - found + different, missing=wanted - found + different)


def _said(what: str, *, too_many: int, missing: int) -> Iterator[str]:
    for count, words in ((too_many, "should not be there"), (missing, "missing")):
        if count:
            yield f"{what}: {count} {words}"


def _drift(connection: Connection, name: str, *, layout: str, fill: str) -> list[str]:
    made = (f"{name}_anew", f"{name}_terms", f"{name}_anew_terms")
    connection.exec_driver_sql(layout.format(name=f"temp.{made[0]}"))
    connection.exec_driver_sql(fill.format(name=f"temp.{made[0]}"))
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.{made[1]} USING fts5vocab('main', '{name}', 'instance')")
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.{made[2]} USING fts5vocab('temp', '{made[0]}', 'instance')")
    try:
        held, wanted = (
            connection.exec_driver_sql(f"SELECT count(*) FROM temp.{each}").scalar_one() for each in made[1:]
        )
        extra = connection.exec_driver_sql(
            f"SELECT count(*) FROM (SELECT * FROM temp.{made[1]} EXCEPT SELECT * FROM temp.{made[2]})"
        ).scalar_one()
        return list(_said(name, too_many=extra, missing=wanted - held + extra))  # no two rows are the same
    finally:
        for table in reversed(made):
            connection.exec_driver_sql(f"DROP TABLE temp.{table}")


def _leave_merging_to_idle_moments(driver: Any) -> None:
    """The index itself keeps that, so it is written once in the life of a file."""
    for name in sorted(FULL_TEXT):
        kept = driver.execute(f"SELECT v FROM {name}_config WHERE k = 'automerge'").fetchone()
        if kept != (0,):
            driver.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('automerge', 0)")


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
