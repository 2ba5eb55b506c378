"""Taking back and doing again, across restarts and out of order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import Lead, Opportunity
from crmdesk.services import about as abouts
from crmdesk.services.verbs import verb
from crmdesk.storage import clearing, records
from crmdesk.storage import undo as storage
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.reverting import Kept
from crmdesk.storage.undo import Big, UndoResult
from crmdesk.words import _


@verb
def undo(db: Database) -> UndoResult:
    """Takes back the step in effect that wrote last; what was changed since stays and is listed in `kept`.

    Raises NotFound when there is nothing left to undo, RuleBroken while a list comes in and nothing was done since.
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
    """Takes back one step of the history, whatever came after it (of an undo: redo). Raises NotFound, RuleBroken.

    Not a step of which all was changed since. A conversion goes back whole or not at all: whose opportunity was changed
    since would stand on the board twice.
    """
    return storage.undo_step(db, step, check=_check)


def clear_stopped(db: Database, *, stopped: Callable[[], bool]) -> int:
    """Frees what the journal keeps of imports that were stopped, which nothing can bring back; how many rows."""
    return clearing.clear_cancelled(db, stopped=stopped)


def _check(connection: Connection, kept: Sequence[Kept], undone: int) -> None:
    _refuse_twice(connection, kept)
    if kept and not undone:
        raise RuleBroken(
            _("Nothing was taken back: all of it was changed since."),
            _("Take back first what came after it, the newest first."),
        )


def _refuse_twice(connection: Connection, kept: Sequence[Kept]) -> None:
    for each in kept:
        deal = records.find(connection, Opportunity, each.id) if each.table == Opportunity.table else None
        lead = records.find(connection, Lead, deal.lead_id) if deal is not None and deal.lead_id is not None else None
        if lead is not None and lead.exit != "converted":
            name = abouts.card(connection, lead.id).name
            closed = deal is not None and deal.exit
            raise RuleBroken(
                _("The opportunity of {name} was changed since.").format(name=name),
                _("Bring it back, then drag its card to an earlier stage.")
                if closed
                else _("Drag its card back to an earlier stage instead."),
            )
