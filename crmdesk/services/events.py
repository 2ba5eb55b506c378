"""Trade shows and other occasions where people are met."""

from __future__ import annotations

from crmdesk.domain import points
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Event, Id
from crmdesk.services.subjects import day
from crmdesk.services.verbs import question, verb
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _


@verb
def add(db: Database, name: str, *, place: str = "", starts_on: str = "", ends_on: str = "") -> Id:
    """Adds an event; of one that has this name already, its id. Days are ISO text or ""."""
    cleaned = _name(name)
    found = find(db, cleaned)
    if found is not None:
        return found.id
    with db.write(Label(N_("Add the event {name}"), args={"name": cleaned})) as tx:
        event = Event(name=cleaned, place=points.one_line(place), starts_on=day(starts_on), ends_on=day(ends_on))
        return tx.add(event).id


@question
def find(db: Database, name: str) -> Event | None:
    """The event of that name, in any case; None when there is none."""
    wanted = points.one_line(name).casefold()
    return next((each for each in listed(db) if each.name.casefold() == wanted), None)


@question
def listed(db: Database) -> list[Event]:
    """All events, the latest first."""
    return list(db.kept(_latest_first, Event.table))


def put(tx: Transaction, name: str) -> Event:
    """The event of that name, added inside a step that is open already when it is not there."""
    cleaned = _name(name)
    for each in records.where(tx.connection, Event):
        if each.name.casefold() == cleaned.casefold():
            return each
    return tx.add(Event(name=cleaned))


def _name(text: str) -> str:
    cleaned = points.one_line(text)
    if not cleaned:
        raise BadInput(_("The event has no name yet."), _("Name it, as in “Spring Fair 2026”."))
    return cleaned


def _latest_first(connection: Connection) -> list[Event]:
    return sorted(records.where(connection, Event), key=_when, reverse=True)


def _when(event: Event) -> tuple[str, str]:
    return event.starts_on or event.created_at, event.created_at
