"""What happened around somebody, and what was changed, by whom: the timeline and the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import RECORD_TYPES, Id, Member
from crmdesk.domain.timeline import Moment
from crmdesk.services.verbs import question
from crmdesk.storage import counting, journal, records
from crmdesk.storage import timeline as storage
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.journal import ColumnChange
from crmdesk.words import Label, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A line of the history. `label` is the step's, `at` UTC text, `member` a name or "".

    `action` is added, changed or removed for the history of one record, "" for that of the workspace. `undone` says
    that the step is not in effect now.
    """

    step: int
    label: Label
    at: str
    member: str
    kind: str
    action: str = ""
    undone: bool = False
    undoable: bool = False
    changes: tuple[ColumnChange, ...] = ()


@question
def timeline(
    db: Database, about: Id, *, before: tuple[str, Id] | None = None, limit: int = 50, alone: bool = False
) -> list[Moment]:
    """What happened around a lead, an opportunity, a person or an organisation, newest first.

    `before` is the key of the last moment shown; `alone` keeps to what names the lead or opportunity. Raises NotFound.
    """
    with db.read() as connection:
        return storage.timeline(connection, about, before=before, limit=limit, alone=alone)


@question
def history(db: Database, record: Id | None = None, *, limit: int = 100, before: int | None = None) -> list[Past]:
    """The steps that changed one record, oldest first, with each value before and after (links as references).

    Without a record the steps of the workspace, newest first, older than the step `before`. Raises NotFound for a
    record there never was.
    """
    with db.read() as connection:
        if record is None:
            return [
                Past(
                    step=each.id, label=each.label, at=each.at, kind=each.kind,
                    member=_member(connection, each.member_id), undone=each.undone, undoable=each.undoable,
                )
                for each in journal.steps(connection, limit, before)
            ]  # fmt: skip
        return [
            Past(
                step=each.step, label=each.label, at=each.at, kind=each.kind,
                member=_member(connection, each.member_id), action=each.action,
                changes=tuple(_with_reference(connection, change) for change in each.changes),
            )
            for each in journal.history(connection, _table(connection, record), record)
        ]  # fmt: skip


def worded(past: Past, stage_word: Callable[[str], str]) -> str:
    """A line of the history in words; an undo and a redo say so, and what was undone since is told apart."""
    what = past.label.text(stage_word)
    if past.kind == "undo":
        return _("Undone: {what}").format(what=what)
    if past.kind == "redo":
        return _("Done again: {what}").format(what=what)
    return _("{what} (undone)").format(what=what) if past.undone else what


def _table(connection: Connection, record: Id) -> str:
    found = counting.table_of(connection, record)
    if found is None:
        raise NotFound(
            _("This record is not there any more."), _("It was removed meanwhile, or its making was undone.")
        )
    return found


def _with_reference(connection: Connection, change: ColumnChange) -> ColumnChange:
    """What a link pointed at, as the reference that people can say; "" for a record that is not there any more."""
    if not change.column.endswith("_id"):
        return change
    return replace(change, before=_reference(connection, change.before), after=_reference(connection, change.after))


def _reference(connection: Connection, value: int | str | None) -> str | None:
    if not isinstance(value, int):
        return None
    table = counting.table_of(connection, value)
    kind = next((each for each in RECORD_TYPES if each.table == table), None)
    found = records.find(connection, kind, Id(value)) if kind is not None else None
    return found.ref if found is not None else ""


def _member(connection: Connection, member: Id | None) -> str:
    found = records.find(connection, Member, member) if member is not None else None
    return found.name if found is not None else ""
