"""Taking back what a set of steps did, set-based, column by column, and out of order.

A row that the steps added goes, unless it was changed since or something newer points at it; with it stay what it
points at and its own parts. A row that they removed comes back, unless what it points at is gone. A changed row gets
its columns back, except those that were changed again since. What stays is told, with the reason.

A removed row does not come back beside one made since that is the same by its `unique` columns: that one stands in for
it, and what pointed at it points at that one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain.records import Id
from crmdesk.storage import schema, triggers

# What is being taken back, on the writing connection only. `step` is the first of the steps that touched the row,
# `same` whether the row still is as they left it, `act` what is to be done, `keep` why it is not.
WORK_TABLES = (
    "CREATE TEMP TABLE undo_step (step INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE undo_row (tbl TEXT, row_id INTEGER, step INTEGER, added INTEGER, next_step INTEGER,"
    " present INTEGER, same INTEGER, act TEXT, keep TEXT, round INTEGER, PRIMARY KEY (tbl, row_id)) WITHOUT ROWID",
    "CREATE TEMP TABLE undo_stand_in (tbl TEXT, gone INTEGER, there INTEGER, PRIMARY KEY (tbl, gone)) WITHOUT ROWID",
    "CREATE INDEX temp.undo_row_round ON undo_row (round, tbl) WHERE round IS NOT NULL",
)

_TO = {(link.table, link.column): link.to for link in schema.links}
_OF_EVERY_RECORD = {"id", "ref", "created_at"}

_JOURNAL_OF = "j.step = undo_row.step AND j.tbl = undo_row.tbl AND j.row_id = undo_row.row_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A row that was not, or not wholly, taken back.

    `reason` is changed (since, in `columns` when the row existed before), linked (something that stays points at it),
    part (of a row that stays), removed (since), target_gone (what it, or `columns`, pointed at is not there any more).
    """

    table: str
    id: Id
    reason: str
    columns: tuple[str, ...] = ()


def revert(connection: Connection, steps: Sequence[int]) -> tuple[Kept, ...]:
    """Take back the joint effect of `steps` within the current step, which has touched nothing yet; what stayed."""
    _collect(connection, steps)
    tables = [table for table in schema.tables if _any(connection, f"tbl = '{table}'")]
    for table in tables:
        _compare(connection, table)
    _decide(connection)
    _bring_back_rows(connection, tables)
    changed = [kept for table in tables for kept in _bring_back_columns(connection, table)]
    _keep_what_is_needed(connection, tables)
    for table in reversed(tables):
        rows = f"SELECT row_id FROM undo_row WHERE tbl = '{table}' AND act = 'delete' AND keep IS NULL"
        connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE id IN ({rows})')
    stayed = connection.exec_driver_sql("SELECT tbl, row_id, keep FROM undo_row WHERE keep IS NOT NULL").fetchall()
    _clear(connection)
    return (*changed, *(Kept(table=table, id=row, reason=keep) for table, row, keep in stayed))


def _clear(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM undo_row")
    connection.exec_driver_sql("DELETE FROM undo_stand_in")
    connection.exec_driver_sql("DELETE FROM undo_step")


def _any(connection: Connection, condition: str) -> bool:
    return connection.exec_driver_sql(f"SELECT 1 FROM undo_row WHERE {condition} LIMIT 1").fetchone() is not None


def _collect(connection: Connection, steps: Sequence[int]) -> None:
    """The rows the steps touched, each with its first entry and the first entry of another step after that."""
    _clear(connection)
    connection.exec_driver_sql("INSERT INTO undo_step SELECT value FROM json_each(?)", (json.dumps(list(steps)),))
    connection.exec_driver_sql(
        "INSERT INTO undo_row (tbl, row_id, step, added, next_step)"
        " SELECT j.tbl, j.row_id, j.step, j.before IS NULL,"
        "  (SELECT k.step FROM journal k WHERE k.tbl = j.tbl AND k.row_id = j.row_id AND k.step > j.step"
        "   AND k.step NOT IN (SELECT step FROM undo_step) ORDER BY k.step LIMIT 1)"
        " FROM journal j WHERE j.step IN (SELECT step FROM undo_step) ORDER BY j.step ON CONFLICT DO NOTHING"
    )


def _compare(connection: Connection, table: str) -> None:
    """Whether each row is there, and as the steps left it: what the next step found, if there was one."""
    now = f'SELECT {triggers.row_as_json(table, "t")} FROM "{table}" t WHERE t.id = undo_row.row_id'
    left = (
        "SELECT k.before FROM journal k"
        f" WHERE k.step = undo_row.next_step AND k.tbl = '{table}' AND k.row_id = undo_row.row_id"
    )
    connection.exec_driver_sql(
        f'UPDATE undo_row SET present = EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = undo_row.row_id),'
        f" same = CASE WHEN next_step IS NULL THEN 1 ELSE ({left}) IS ({now}) END WHERE tbl = '{table}'"
    )


def _decide(connection: Connection) -> None:
    connection.exec_driver_sql(
        "UPDATE undo_row SET"
        " act = CASE WHEN added AND present THEN 'delete' WHEN NOT added AND present THEN 'update'"
        "  WHEN NOT added AND same THEN 'insert' END,"
        " keep = CASE WHEN added AND present AND NOT same THEN 'changed'"
        "  WHEN NOT added AND NOT present AND NOT same THEN 'removed' END,"
        " round = CASE WHEN added AND present AND NOT same THEN 0 END"
    )


def _value(table: str, column: str) -> str:
    """SQL for a column of the before-image `j`, with its own type: text stays text; a link as it is to be now."""
    assert column in schema.column_names[table]
    value = f"j.before ->> '$.{column}'"
    to = _TO.get((table, column))
    if to is None or not schema.types[to].unique:
        return value
    return f"coalesce((SELECT s.there FROM undo_stand_in s WHERE s.tbl = '{to}' AND s.gone = {value}), {value})"


def _points_at_nothing(link: schema.Link) -> str:
    """SQL: the before-image of an undo_row points at a row that neither is there nor comes back."""
    value = _value(link.table, link.column)
    return (
        f"EXISTS (SELECT 1 FROM journal j WHERE {_JOURNAL_OF} AND {value} IS NOT NULL"
        f' AND NOT EXISTS (SELECT 1 FROM "{link.to}" t WHERE t.id = {value})'
        " AND NOT EXISTS (SELECT 1 FROM undo_row p"
        f" WHERE p.tbl = '{link.to}' AND p.row_id = {value} AND p.act = 'insert'))"
    )


def _bring_back_rows(connection: Connection, tables: Sequence[str]) -> None:
    """Insert the removed rows again; those that would point at nothing stay away, and with them their parts."""
    removed = [table for table in tables if _any(connection, f"tbl = '{table}' AND act = 'insert'")]
    for table in removed:
        _let_stand_in(connection, table)
    again = bool(removed)
    while again:
        again = False
        for link in (link for link in schema.links if link.table in removed):
            lost = connection.exec_driver_sql(
                "UPDATE undo_row SET act = NULL, keep = 'target_gone'"
                f" WHERE tbl = '{link.table}' AND act = 'insert' AND {_points_at_nothing(link)}"
            )
            again = again or lost.rowcount > 0
    for table in removed:
        names = schema.column_names[table]
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(_value(table, name) for name in names)
        connection.exec_driver_sql(
            f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM undo_row JOIN journal j ON {_JOURNAL_OF}'
            f" WHERE undo_row.tbl = '{table}' AND undo_row.act = 'insert'"
        )


def _let_stand_in(connection: Connection, table: str) -> None:
    """Removed rows that others are the same as by now stay away; told where they said more than that they are there."""
    unique = schema.types[table].unique
    if not unique:
        return
    # Found by an index, of the links that tell rows apart: of a tag there may be as many as there are records.
    links = [each for each in unique if (table, each) in _TO]
    telling = [each for each in links if not schema.types[_TO[table, each]].unique]
    for start in telling or [""]:
        same = " AND ".join(_same(table, each, "=" if each == start else "IS") for each in unique)
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO undo_stand_in SELECT undo_row.tbl, undo_row.row_id, min(t.id)"
            f' FROM undo_row JOIN journal j ON {_JOURNAL_OF} JOIN "{table}" t ON {same}'
            f" WHERE undo_row.tbl = '{table}' AND undo_row.act = 'insert' GROUP BY undo_row.row_id"
        )
    says_more = table not in _TO.values() and not set(schema.column_names[table]) <= _OF_EVERY_RECORD | set(unique)
    connection.exec_driver_sql(
        f"UPDATE undo_row SET act = NULL, keep = ? WHERE tbl = '{table}'"
        f" AND row_id IN (SELECT gone FROM undo_stand_in WHERE tbl = '{table}')",
        ("changed" if says_more else None,),
    )


def _same(table: str, column: str, compared: str) -> str:
    """SQL: a row `t` that is there agrees with the before-image `j` in a column."""
    there, before = f't."{column}"', _value(table, column)
    if (table, column) in _TO:
        return f"{there} {compared} {before}"
    return f"crmdesk_casefold({there}) = crmdesk_casefold({before})"


def _bring_back_columns(connection: Connection, table: str) -> list[Kept]:
    """Give changed rows their columns back: those nobody touched since in one statement, the others one by one."""
    if not _any(connection, f"tbl = '{table}' AND act = 'update'"):
        return []
    for link in (link for link in schema.links if link.table == table):
        connection.exec_driver_sql(
            f"UPDATE undo_row SET same = 0 WHERE tbl = '{table}' AND act = 'update' AND same"
            f" AND {_points_at_nothing(link)}"
        )
    names = [name for name in schema.column_names[table] if name != "id"]
    settings = ", ".join(f'"{name}" = {_value(table, name)}' for name in names)
    connection.exec_driver_sql(
        f'UPDATE "{table}" SET {settings} FROM undo_row JOIN journal j ON {_JOURNAL_OF}'
        f" WHERE undo_row.tbl = '{table}' AND undo_row.act = 'update' AND undo_row.same"
        f' AND "{table}".id = undo_row.row_id'
    )
    rows = connection.exec_driver_sql(
        "SELECT undo_row.row_id, j.before,"
        " CASE WHEN next_step IS NULL THEN 'now' ELSE (SELECT k.before FROM journal k WHERE k.step = undo_row.next_step"
        "  AND k.tbl = undo_row.tbl AND k.row_id = undo_row.row_id) END,"
        f" {triggers.row_as_json(table, 't')}"
        f' FROM undo_row JOIN journal j ON {_JOURNAL_OF} JOIN "{table}" t ON t.id = undo_row.row_id'
        f" WHERE undo_row.tbl = '{table}' AND undo_row.act = 'update' AND NOT undo_row.same"
    ).fetchall()
    return [kept for row in rows for kept in _bring_back_some(connection, table, row)]


def _bring_back_some(connection: Connection, table: str, row: Sequence[Any]) -> list[Kept]:
    """The columns of one row that still hold what the steps left in them."""
    row_id, before_text, left_text, now_text = row
    if left_text is None:  # they removed it, and it was made again since
        return [Kept(table=table, id=row_id, reason="changed")]
    before, now = json.loads(before_text), json.loads(now_text)
    left = now if left_text == "now" else json.loads(left_text)
    back: dict[str, int | str | None] = {}
    changed, gone = [], []
    for column in (name for name in before if before[name] != left[name] and before[name] != now[name]):
        if now[column] != left[column]:
            changed.append(column)
        elif _is_gone(connection, table, column, before[column]):
            gone.append(column)
        else:
            back[column] = before[column]
    if back:
        settings = ", ".join(f'"{column}" = ?' for column in back)
        connection.exec_driver_sql(f'UPDATE "{table}" SET {settings} WHERE id = ?', (*back.values(), row_id))
    reasons = (("changed", changed), ("target_gone", gone))
    return [Kept(table=table, id=row_id, reason=why, columns=tuple(columns)) for why, columns in reasons if columns]


def _is_gone(connection: Connection, table: str, column: str, value: int | str | None) -> bool:
    """Whether the column is a link and nothing is at its end any more."""
    for link in schema.links:
        if (link.table, link.column) == (table, column) and value is not None:
            found = connection.exec_driver_sql(f'SELECT 1 FROM "{link.to}" WHERE id = ?', (value,)).fetchone()
            return found is None
    return False


def _keep_what_is_needed(connection: Connection, tables: Sequence[str]) -> None:
    """Of the added rows, keep those that something points at that stays; then, in rounds, what hangs together."""
    stays = "NOT EXISTS (SELECT 1 FROM undo_row g WHERE g.tbl = '{}' AND g.row_id = c.id AND g.act = 'delete')"
    for link in (link for link in schema.links if link.to in tables):
        connection.exec_driver_sql(
            "UPDATE undo_row SET keep = 'linked', round = 0"
            f" WHERE tbl = '{link.to}' AND act = 'delete' AND keep IS NULL"
            f' AND EXISTS (SELECT 1 FROM "{link.table}" c WHERE c."{link.column}" = undo_row.row_id'
            f" AND {stays.format(link.table)})"
        )
    number = 0
    while _any(connection, f"round = {number}"):
        for link in (link for link in schema.links if link.table in tables and link.to in tables):
            _keep_along(connection, link, number)
        number += 1


def _keep_along(connection: Connection, link: schema.Link, number: int) -> None:
    """One round along one link: what a kept row points at stays, and so do the own parts of a kept row."""
    child, parent = f"tbl = '{link.table}'", f"tbl = '{link.to}'"
    keep = "UPDATE undo_row SET keep = '{}', round = {} WHERE {} AND act = 'delete' AND keep IS NULL AND row_id IN ({})"
    pointed_at = (
        f'SELECT c."{link.column}" FROM undo_row k JOIN "{link.table}" c ON c.id = k.row_id'
        f" WHERE k.{child} AND k.round = {number}"
    )
    connection.exec_driver_sql(keep.format("linked", number + 1, parent, pointed_at))
    if link.owned:
        parts = (
            f'SELECT c.id FROM undo_row k JOIN "{link.table}" c ON c."{link.column}" = k.row_id'
            f" WHERE k.{parent} AND k.round = {number}"
        )
        connection.exec_driver_sql(keep.format("part", number + 1, child, parts))
