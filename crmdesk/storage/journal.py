"""Reading the journal: what a step touched, the list of steps, the history of one record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain.changes import ALL, Ids
from crmdesk.domain.records import Id
from crmdesk.storage import schema, triggers
from crmdesk.words import Label

NAMED_IDS = 1000  # a change names up to so many ids a table, more are ALL

_STEP_COLUMNS = "s.id, s.label, s.at, s.member_id, s.device, s.kind, s.state, s.undoes, s.undone_by"
# An act, or the undo of one: what was cancelled cannot be brought back.
_UNDOABLE = (
    "s.id > (SELECT undo_floor FROM meta) AND s.undone_by IS NULL AND s.state = 'done' AND (s.kind IN ('act', 'long')"
    " OR s.kind = 'undo' AND (SELECT u.state FROM step u WHERE u.id = s.undoes) = 'done')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step as the history lists it. `undoable` is false for what a migration closed, and for a redo.

    Taking back an undo does again what it took back.
    """

    id: int
    label: Label
    at: str  # UTC
    member_id: Id | None
    device: str
    kind: str  # act, long, undo, redo
    state: str  # open (still being written), done, cancelled
    undoes: int | None
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """One column of a record before and after a step; None stands for nothing."""

    column: str
    before: int | str | None
    after: int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one step did to one record: added it, removed it, or changed these columns."""

    step: int
    label: Label
    at: str  # UTC
    member_id: Id | None
    kind: str  # act, long, undo, redo
    action: str  # added, changed, removed
    changes: tuple[ColumnChange, ...]


def touched(cursor: Any, steps: Sequence[int]) -> Mapping[str, Ids]:
    """Which rows `steps` touched, by table: ALL over 1,000 a table. A driver's cursor, since every commit asks."""
    found: dict[str, set[Id]] = {}
    for step in steps:
        query = "SELECT tbl, row_id FROM journal WHERE step = ? LIMIT ?"
        rows = cursor.execute(query, (step, NAMED_IDS + 1)).fetchall()
        if len(rows) > NAMED_IDS:
            rows = list(_touched_by_table(cursor, step))
        for table, row in rows:
            found.setdefault(table, set()).add(row)
    return {table: ALL if len(ids) > NAMED_IDS else frozenset(ids) for table, ids in found.items()}


def _touched_by_table(cursor: Any, step: int) -> Iterator[tuple[str, Id]]:
    for table in schema.tables:
        query = "SELECT tbl, row_id FROM journal WHERE step = ? AND tbl = ? LIMIT ?"
        yield from cursor.execute(query, (step, table, NAMED_IDS + 1)).fetchall()


def steps(connection: Connection, limit: int = 100, before: int | None = None) -> list[Step]:
    """The newest `limit` steps (older than step `before`, if given), newest first; the slices of an import are one."""
    rows = connection.exec_driver_sql(
        f"SELECT {_STEP_COLUMNS}, {_UNDOABLE} FROM step s"
        " WHERE s.kind <> 'slice' AND s.id < ? ORDER BY s.id DESC LIMIT ?",
        (before if before is not None else 2**62, limit),
    )
    return [_step(row) for row in rows]


def _step(row: Sequence[Any]) -> Step:
    number, label, at, member, device, kind, state, undoes, undone_by, undoable = row
    return Step(
        id=number,
        label=Label.load(label),
        at=at,
        member_id=member,
        device=device,
        kind=kind,
        state=state,
        undoes=undoes,
        undone=undone_by is not None,
        undoable=bool(undoable),
    )


def history(connection: Connection, table: str, record_id: Id) -> list[Entry]:
    """What happened to one record, oldest first, each column before and after: enough to bring a value back.

    Steps that left it as it was are not listed. A record that is not there (any more) has its history all the same.
    """
    rows = connection.exec_driver_sql(
        "SELECT coalesce(s.part_of, s.id), s.label, s.at, s.member_id, s.kind, j.before FROM journal j"
        " JOIN step s ON s.id = j.step WHERE j.tbl = ? AND j.row_id = ? ORDER BY j.step",
        (table, record_id),
    ).fetchall()
    images = [_image(row[-1]) for row in rows] + [_image(_now(connection, table, record_id))]
    entries = []
    for row, before, after in zip(rows, images, images[1:], strict=False):
        if before != after:
            entries.append(_entry(row, before, after))
    return entries


_Image = dict[str, int | str | None]


def _now(connection: Connection, table: str, record_id: Id) -> str | None:
    query = f'SELECT {triggers.row_as_json(table, "t")} FROM "{schema.tables[table].name}" t WHERE t.id = ?'
    return connection.exec_driver_sql(query, (record_id,)).scalar()


def _image(text: str | None) -> _Image | None:
    return None if text is None else json.loads(text)


def _entry(row: Sequence[Any], before: _Image | None, after: _Image | None) -> Entry:
    step, label, at, member, kind, _before = row
    old, new = before or {}, after or {}
    action = "added" if before is None else "removed" if after is None else "changed"
    changes = tuple(
        ColumnChange(column=name, before=old.get(name), after=new.get(name))
        for name in (new or old)
        if name != "id" and old.get(name) != new.get(name)
    )
    return Entry(
        step=step,
        label=Label.load(label),
        at=at,
        member_id=member,
        kind="long" if kind == "slice" else kind,
        action=action,
        changes=changes,
    )
