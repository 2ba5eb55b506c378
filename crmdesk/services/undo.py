"""Taking back and doing again, across restarts and out of order."""

from __future__ import annotations

from crmdesk.domain.errors import RuleBroken
from crmdesk.services.verbs import verb
from crmdesk.storage import undo as storage
from crmdesk.storage.database import Database
from crmdesk.storage.undo import Big, UndoResult


@verb
def undo(db: Database) -> UndoResult:
    """Takes back the step in effect that wrote last; what was changed since stays and is listed in `kept`.

    Raises NotFound when there is nothing left to undo.
    """
    return storage.undo_last(db)


@verb
def redo(db: Database) -> UndoResult:
    """Does again what was taken back last. Raises NotFound when there is nothing to redo."""
    return storage.redo_last(db)


def big(db: Database, *, step: int = 0, redo: bool = False) -> Big | None:
    """What `undo`, `redo` or `undo_step` would take back or do again, when that takes long, as after an import."""
    return storage.big(db, step=step, redo=redo)


def refusal(db: Database, step: int) -> RuleBroken | None:
    """What `undo_step` would refuse a step for; None when it would not. Raises NotFound."""
    return storage.refusal(db, step)


@verb
def undo_step(db: Database, step: int) -> UndoResult:
    """Takes back one step of the history, whatever came after it (of an undo: redo). Raises NotFound, RuleBroken."""
    return storage.undo_step(db, step)
