"""How a derived table follows the records: rows are marked stale as records change, and made anew when the step ends.

Each writing connection keeps small TEMP tables of stale ids, filled by TEMP triggers. When the step closes (it clears
`meta.current_step`, still inside the transaction), one more trigger makes all stale rows anew, set by set: an import
pays once for a person, whatever came to them in the step, and undo is as fast as the import.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """Changes of a record `table` make rows stale: `ids` are SQL for their ids over {row}, the row before or after.

    An update counts when it writes one of `columns`.
    """

    stale: str
    table: str
    columns: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derived thing: its tables, what makes it stale, the statements that make it anew, and how it is checked.

    `everything` are the ids to mark for a rebuild: (stale table, SELECT). `compared` are the tables a check compares:
    (table, SELECT of what it should hold). `working` makes the TEMP tables that its statements need besides.
    """

    name: str
    tables: tuple[str, ...]
    empty: tuple[str, ...]
    stale: tuple[str, ...]
    marks: tuple[Mark, ...]
    refresh: tuple[str, ...]
    everything: tuple[tuple[str, str], ...]
    compared: tuple[tuple[str, str], ...]
    working: tuple[str, ...] = ()

    def temp_tables(self) -> Iterator[str]:
        """The TEMP tables: of stale ids, and those that the statements work with."""
        for name in self.stale:
            yield f"CREATE TEMP TABLE IF NOT EXISTS {name} (id INTEGER PRIMARY KEY)"
        yield from self.working

    def triggers(self) -> Iterator[str]:
        """The TEMP triggers that mark, and the one that makes the stale rows anew when a step ends."""
        for mark in self.marks:
            name = f"{mark.stale}_by_{mark.table}"
            yield _trigger(f"{name}_insert", f"INSERT ON main.{mark.table}", _marking(mark, "NEW"))
            yield _trigger(f"{name}_delete", f"DELETE ON main.{mark.table}", _marking(mark, "OLD"))
            update = f"UPDATE OF {', '.join(mark.columns)} ON main.{mark.table}"
            yield _trigger(f"{name}_update", update, _marking(mark, "OLD") + _marking(mark, "NEW"))
        body = "".join(f"{statement};" for statement in self.refresh)
        ended = "UPDATE OF current_step ON main.meta WHEN NEW.current_step IS NULL"
        yield _trigger(f"settle_{self.name}", ended, body)


def stale_only(column: str, stale: str) -> str:
    """A condition that keeps a SELECT to the stale rows."""
    return f"{column} IN (SELECT id FROM {stale})"


def _trigger(name: str, event: str, body: str) -> str:
    return f"CREATE TEMP TRIGGER {name} AFTER {event} BEGIN {body} END"


def _marking(mark: Mark, row: str) -> str:
    ids = (expression.format(row=row) for expression in mark.ids)
    return "".join(f"INSERT OR IGNORE INTO {mark.stale} SELECT {each} WHERE {each} IS NOT NULL;" for each in ids)
