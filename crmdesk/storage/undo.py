"""Undo and redo of steps, in any order and across restarts. An undo is a step too, and redo takes the undo back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain.errors import NotFound, RuleBroken
from crmdesk.storage.reverting import Kept, revert
from crmdesk.storage.stepping import Stepping
from crmdesk.words import Label, _


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoResult:
    """What an undo or redo did: to which step, how many rows it changed, and what stayed as it was and why.

    `again` says that the step is in effect again, else it was taken back.
    """

    step: int
    label: Label
    again: bool
    undone: int
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    label: Label
    kind: str
    state: str
    part_of: int | None
    undoes: int | None
    undone_by: int | None


BIG = 2000  # rows that are taken back in the time of a few frames

_COLUMNS = "s.id, s.label, s.kind, s.state, s.part_of, s.undoes, s.undone_by"
_ACTS = "s.kind IN ('act', 'long')"


def undo_last(db: Stepping) -> UndoResult:
    """Take back the step in effect that wrote last; NotFound when there is none (a migration closes those there are).

    An import that went on while others wrote comes before what was written since it began. RuleBroken while one goes on
    and nothing was written since: who wants that one undone does not mean what came before it.
    """
    with db.read() as connection:
        found = _last(connection)
        going_on = _first(connection, "s.state = 'open' AND s.id > ?", (found.id if found else 0,))
    if going_on is not None:
        raise RuleBroken(
            _("{what} goes on still.").format(what=going_on.label.text()),
            _("Stop it, or wait until it is finished. What came before it can be taken back in the history."),
        )
    if found is None:
        raise NotFound(_("There is nothing to undo."))
    return _undo(db, found)


def redo_last(db: Stepping) -> UndoResult:
    """Bring back what was undone last; NotFound when there is nothing, or something else was done since."""
    with db.read() as connection:
        found = _last_undone(connection)
    if found is None:
        raise NotFound(_("There is nothing to redo."))
    return _redo(db, found)


Check = Callable[[Connection, Sequence[Kept], int], None]
"""Raises when a step must not be taken back but for these rows, leaving so many changed; nothing is changed then."""


def undo_step(db: Stepping, step: int, *, check: Check | None = None) -> UndoResult:
    """Take back one step of the history, whatever came after it; of an undo, redo it.

    `check` looks at what was taken back before it stands. NotFound when there is no such step; RuleBroken when it is
    undone already, goes on still, was cancelled, or stands before a migration.
    """
    with db.read() as connection:
        found = _by_id(connection, step)
        while found.kind in ("slice", "redo"):
            found = _by_id(connection, found.part_of if found.kind == "slice" else _root(connection, found))
        _check(connection, found)
    return _redo(db, found) if found.kind == "undo" else _undo(db, found, check=check)


def refusal(db: Stepping, step: int) -> RuleBroken | None:
    """What stands against taking back a step of the history; None when nothing does. NotFound without such a step."""
    with db.read() as connection:
        try:
            _check(connection, _by_id(connection, step))
        except RuleBroken as error:
            return error
    return None


@dataclass(frozen=True, slots=True)
class Big:
    """A step that takes long to take back, or with `again` to do again."""

    label: Label
    again: bool


def big(db: Stepping, *, step: int = 0, redo: bool = False) -> Big | None:
    """What `undo_last`, `redo_last` or, given a step, `undo_step` would work on for long; None when it is soon done."""
    with db.read() as connection:
        if step:
            found = _first(connection, "s.id = ?", (step,))
        else:
            found = _last_undone(connection) if redo else _last(connection)
    return Big(found.label, found.kind == "undo") if found is not None and _is_big(db, found) else None


def take_back(db: Stepping, step: int) -> None:
    """Take back an unfinished long step: it stays in the history as cancelled and cannot be redone."""
    with db.read() as connection:
        found = _by_id(connection, step)
    _undo(db, found, state="cancelled")


def is_unfinished(db: Stepping) -> bool:
    """Whether an end of the program cut off a long step."""
    with db.read() as connection:
        return connection.exec_driver_sql("SELECT 1 FROM step WHERE state = 'open' LIMIT 1").first() is not None


def take_back_unfinished(db: Stepping) -> int:
    """Take back the long steps that an end of the program cut off; returns how many there were."""
    with db.read() as connection:
        open_steps = connection.exec_driver_sql("SELECT id FROM step WHERE state = 'open' ORDER BY id DESC").fetchall()
    for (step,) in open_steps:
        take_back(db, step)
    return len(open_steps)


def parts(connection: Connection, step: int) -> list[int]:
    """A step with its slices, oldest first."""
    rows = connection.exec_driver_sql("SELECT id FROM step WHERE part_of = ? ORDER BY id", (step,))
    return [step, *(int(row[0]) for row in rows)]


def _undo(db: Stepping, found: _Found, *, state: str = "done", check: Check | None = None) -> UndoResult:
    with db.step(found.label, kind="undo", undoes=found.id, long=_is_big(db, found)) as tx:
        kept = revert(tx.connection, parts(tx.connection, found.id))
        undone = _count(tx.connection, tx.step)
        if check is not None:
            check(tx.connection, kept, undone)
        tx.connection.exec_driver_sql(
            "UPDATE step SET undone_by = ?, state = ? WHERE id = ?", (tx.step, state, found.id)
        )
    return UndoResult(step=found.id, label=found.label, again=False, undone=undone, kept=kept)


def _redo(db: Stepping, found: _Found) -> UndoResult:
    with db.step(found.label, kind="redo", undoes=found.id, long=_is_big(db, found)) as tx:
        kept = revert(tx.connection, [found.id])
        tx.connection.exec_driver_sql("UPDATE step SET undone_by = ? WHERE id = ?", (tx.step, found.id))
        tx.connection.exec_driver_sql("UPDATE step SET undone_by = NULL WHERE id = ?", (found.undoes,))
        undone = _count(tx.connection, tx.step)
    return UndoResult(step=found.undoes or 0, label=found.label, again=True, undone=undone, kept=kept)


def _is_big(db: Stepping, found: _Found) -> bool:
    with db.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT count(*) FROM (SELECT 1 FROM step s JOIN journal j ON j.step = s.id"
            " WHERE s.id = ?1 OR s.part_of = ?1 LIMIT ?2)",
            (found.id, BIG),
        ).scalar_one()
    return bool(rows == BIG)


def _count(connection: Connection, step: int) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM journal WHERE step = ?", (step,)).scalar_one())


def _check(connection: Connection, found: _Found) -> None:
    if found.kind == "final":
        raise RuleBroken(_("This step was done for good and cannot be taken back."))
    if found.undone_by is not None:
        raise RuleBroken(_("This step is undone already."))
    if found.state == "open":
        raise RuleBroken(_("This step goes on still."), _("Wait until it is finished, or cancel it."))
    if found.kind == "undo" and _by_id(connection, found.undoes).state == "cancelled":
        raise RuleBroken(_("This step was cancelled and cannot be brought back."))
    if found.id <= connection.exec_driver_sql("SELECT undo_floor FROM meta").scalar_one():
        if found.id == 1:
            raise RuleBroken(_("The workspace begins with this step; it cannot be taken back."))
        raise RuleBroken(
            _("This step is older than the present form of the file and cannot be undone."),
            _("Its values stay readable in the history."),
        )


def _root(connection: Connection, redo: _Found) -> int | None:
    """The step that a redo brought back: what the undo it took back had undone."""
    return _by_id(connection, redo.undoes).undoes


def _last(connection: Connection) -> _Found | None:
    """The step in effect that wrote last: what a long one wrote stands in its slices."""
    row = connection.exec_driver_sql(
        "SELECT s.id FROM step w JOIN step s ON s.id = coalesce(w.part_of, w.id)"
        f" WHERE {_ACTS} AND s.state = 'done' AND s.undone_by IS NULL AND s.id > (SELECT undo_floor FROM meta)"
        " ORDER BY w.id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else _by_id(connection, row[0])


def _last_undone(connection: Connection) -> _Found | None:
    """The undo that nothing came after."""
    return _first(
        connection,
        "s.kind = 'undo' AND s.undone_by IS NULL AND s.id > (SELECT undo_floor FROM meta)"
        f" AND s.id > (SELECT coalesce(max(id), 0) FROM step s WHERE {_ACTS})"
        " AND (SELECT u.state FROM step u WHERE u.id = s.undoes) = 'done'",
    )


def _by_id(connection: Connection, step: int | None) -> _Found:
    found = _first(connection, "s.id = ?", (step,))
    if found is None:
        raise NotFound(_("There is no such step in the history."))
    return found


def _first(connection: Connection, condition: str, values: Sequence[Any] = ()) -> _Found | None:
    query = f"SELECT {_COLUMNS} FROM step s WHERE {condition} ORDER BY s.id DESC LIMIT 1"
    row = connection.exec_driver_sql(query, tuple(values)).fetchone()
    return None if row is None else _Found(row[0], Label.load(row[1]), *row[2:])
