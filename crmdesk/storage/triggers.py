"""The TEMP triggers that keep the journal: made from the schema, on each writing connection, so the file holds none.

They write what a row was before the step in `meta` first touched it, and refuse a write outside a step.
"""

from __future__ import annotations

from collections.abc import Iterator

from crmdesk.storage import schema

_CURRENT = "(SELECT current_step FROM meta)"


def row_as_json(table: str, alias: str) -> str:
    """SQL that makes one JSON text of all columns of a row of `table`, known in the statement as `alias`."""
    pairs = ", ".join(f"'{name}', {alias}.\"{name}\"" for name in schema.column_names[table])
    return f"json_object({pairs})"


def statements() -> Iterator[str]:
    """The statements that make the triggers of every record table."""
    for table in schema.tables:
        names = schema.column_names[table]
        old, new = (", ".join(f'{alias}."{name}"' for name in names) for alias in ("OLD", "NEW"))
        refuse = f"SELECT RAISE(ABORT, 'a write outside a step') WHERE {_CURRENT} IS NULL;"
        moved = "SELECT RAISE(ABORT, 'an id never changes') WHERE OLD.id IS NOT NEW.id;"
        before = _entry(table, "OLD.id", row_as_json(table, "OLD"))
        yield _trigger(table, "INSERT", "", body=f"{refuse} {_entry(table, 'NEW.id', 'NULL')}")
        yield _trigger(table, "UPDATE", f"WHEN ({old}) IS NOT ({new})", body=f"{refuse} {moved} {before}")
        yield _trigger(table, "DELETE", "", body=f"{refuse} {before}")


def _trigger(table: str, event: str, when: str, *, body: str) -> str:
    name = f"journal_{table}_{event.lower()}"
    return f'CREATE TEMP TRIGGER {name} AFTER {event} ON main."{table}" FOR EACH ROW {when} BEGIN {body} END'


def _entry(table: str, row: str, before: str) -> str:
    # The first touch of a step counts: later ones meet its entry and do nothing.
    return (
        f"INSERT INTO journal (step, tbl, row_id, before) VALUES ({_CURRENT}, '{table}', {row}, {before})"
        " ON CONFLICT DO NOTHING;"
    )
