"""The trash: what was removed with all its parts, kept for 60 days, and brought back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import Id, Member, Opportunity, Record, Removal
from crmdesk.domain.schedule import day_of
from crmdesk.services import about as abouts
from crmdesk.services.bringing_back import Returning, body_of
from crmdesk.services.verbs import question, verb
from crmdesk.storage import records, schema
from crmdesk.storage.closure import Closure, closure
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, NN_, Label, _

DAYS = 60
"""So long a removed record is kept."""

_ORDER = ("organisation", "person", "lead", "opportunity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A record in the trash. `kind` is its table, `ref` its reference, `at` UTC text, `member` a name or ""."""

    removal: Id
    kind: str
    name: str
    ref: str
    at: str
    member: str
    days_left: int


@verb
def remove(db: Database, ids: list[Id]) -> list[Id]:
    """Moves people, organisations, leads or deals to the trash with all that is theirs; the entries made there.

    What belongs to others stays and loses its link; a lead that would be left with nobody goes too. Raises NotFound.
    """
    with db.read() as connection:
        roots = sorted((abouts.record(connection, each) for each in dict.fromkeys(ids)), key=_place)
        label = Label(*NN_("Remove {count} record", "Remove {count} records"), count=len(roots))
        if len(roots) == 1:
            label = Label(N_("Remove {name}"), args={"name": name_of(connection, roots[0])})
    with db.write(label) as tx:
        closures = _apart(tx.connection, [abouts.record(tx.connection, each.id) for each in roots])
        entries = [tx.add(_entry(tx, each)) for each in closures]
        _loosen(tx, closures)
        for each in closures:
            for row in each.rows:
                tx.remove(type(row), row.id)
        return [each.id for each in entries]


@question
def listed(db: Database) -> list[Removed]:
    """What is in the trash, removed last first."""
    today = db.clock.today()
    with db.read() as connection:
        members = {each.id: each.name for each in records.where(connection, Member)}
        found = [
            Removed(
                removal=each.id,
                kind=each.kind,
                name=each.name,
                ref=each.removed,
                at=each.at,
                member=members.get(each.member_id, "") if each.member_id else "",
                days_left=max(0, DAYS - (today - (day_of(each.at) or today)).days),
            )
            for each in records.where(connection, Removal)
        ]
    return found[::-1]


@verb
def bring_back(db: Database, removal: Id) -> Id:
    """Brings a removed record back with its parts, its links where they are still free; the record's id.

    Raises NotFound, and RuleBroken while what it belongs to lies in the trash itself.
    """
    with db.read() as connection:
        entry = records.get(connection, Removal, removal)
    with db.write(Label(N_("Bring back {name}"), args={"name": entry.name})) as tx:
        returning = Returning(tx, entry)
        if (missing := returning.missing_for_root) is not None:
            raise RuleBroken(
                _("“{name}” belongs to “{other}”, which lies in the trash itself.").format(
                    name=entry.name, other=missing.name
                )
                if missing.name
                else _("“{name}” belongs to what is not there any more.").format(name=entry.name),
                _("Bring that back first."),
            )
        return returning.finish()


def empty_old(db: Database) -> int:
    """Drops what has been in the trash for more than 60 days; how many records. Cannot be taken back."""
    limit = (db.clock.now() - timedelta(days=DAYS + 1)).isoformat()
    with db.read() as connection:
        old = [each.id for each in records.where(connection, Removal) if each.at < limit]
    if old:
        label = Label(
            *NN_("Empty the trash of {count} record, for good", "Empty the trash of {count} records, for good"),
            count=len(old),
        )
        with db.write_for_good(label) as tx:
            for each in old:
                tx.remove(Removal, each)
    return len(old)


def name_of(connection: Connection, record: Record) -> str:
    """How a person, an organisation, a lead or a deal is called in a list; its reference when it has no name."""
    if isinstance(record, Opportunity) and record.name:
        return record.name
    return abouts.resolve(connection, record.id).name or record.ref


def _place(record: Record) -> tuple[int, Id]:
    return _ORDER.index(record.table), record.id


def _apart(connection: Connection, roots: Sequence[Record]) -> list[Closure]:
    """What goes with each of the records; what goes with several goes with the first, which may take others along."""
    gone: set[Id] = set()
    found: list[Closure] = []
    for root in roots:
        if root.id not in gone:
            whole = closure(connection, root)
            found.append(Closure(tuple(row for row in whole.rows if row.id not in gone), whole.loose))
            gone |= {row.id for row in whole.rows}
    return found


def _entry(tx: Transaction, going: Closure) -> Removal:
    root = going.rows[0]
    return Removal(
        kind=root.table,
        name=name_of(tx.connection, root),
        removed=root.ref,
        at=tx.now,
        body=body_of(going.rows, going.loose),
        member_id=tx.member_id,
    )


def _loosen(tx: Transaction, closures: Sequence[Closure]) -> None:
    gone = {row.id for each in closures for row in each.rows}
    for link in (link for each in closures for link in each.loose if link.row not in gone):
        row = records.get(tx.connection, schema.types[link.table], link.row)
        tx.put(replace(row, **{link.column: None}))  # type: ignore[arg-type]
