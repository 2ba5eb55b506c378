"""The page of one record: read in one go, whatever of the four it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from crmdesk.domain.activity_kinds import moment
from crmdesk.domain.profile import Profile
from crmdesk.domain.records import (
    Activity,
    BuyingPart,
    Consent,
    ContactPoint,
    Event,
    Id,
    Lead,
    Member,
    Opportunity,
    Organisation,
    Person,
    Record,
    Task,
)
from crmdesk.services import about as abouts
from crmdesk.services import tags
from crmdesk.services.verbs import question
from crmdesk.storage import lists, records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database

R = TypeVar("R", bound=Record)


@question
def read(db: Database, record: Id) -> Profile:
    """Everything the page of a person, an organisation, a lead or an opportunity shows. Raises NotFound.

    Some twenty reads; an organisation with thousands of people reads them all.
    """
    with db.read() as connection:
        found = abouts.record(connection, record)
        person, organisation = _parties(connection, found)
        deals = _deals(connection, found)
        parts = _all(connection, BuyingPart, "opportunity_id", [each.id for each in deals])
        people = _people(connection, found, person, parts)
        points = _points(connection, found, person, organisation)
        theirs = _all(connection, ContactPoint, "person_id", [each.id for each in people])
        every = {each.id for each in (*points, *theirs)}
        return Profile(
            record=found,
            person=person,
            organisation=organisation,
            owner=_one(connection, Member, found.owner_id or lists.owner(connection, found.id)),
            event=_event(connection, found),
            points=points,
            people=people,
            people_points=theirs,
            consents=_all(connection, Consent, "contact_point_id", every),
            leads=_leads(connection, found, person),
            deals=deals,
            parts=parts,
            tasks=_tasks(connection, deals, found),
            tags=tuple(tags.of(db, record)),
            last_contact=_last_contact(connection, people),
        )


@question
def kind(db: Database, record: Id) -> str:
    """What a record is: person, organisation, lead or opportunity. Raises NotFound when it is none of them."""
    with db.read() as connection:
        return abouts.record(connection, record).table


@question
def name(db: Database, record: Id) -> str:
    """How a sentence calls a person, an organisation, a lead or an opportunity. Raises NotFound."""
    with db.read() as connection:
        found = abouts.record(connection, record)
        points = _points(connection, found, *_parties(connection, found))
        return abouts.resolve(connection, record).name or next((each.value for each in points if each.value), found.ref)


def referred_to(db: Database, ref: str) -> Id:
    """The record with a reference. Raises NotFound."""
    with db.read() as connection:
        return records.by_ref(connection, ref)[1]


def _parties(
    connection: Connection, found: Person | Organisation | Lead | Opportunity
) -> tuple[Person | None, Organisation | None]:
    if isinstance(found, Organisation):
        return None, found
    person = found if isinstance(found, Person) else _one(connection, Person, found.person_id)
    return person, _one(connection, Organisation, found.organisation_id)


def _deals(connection: Connection, found: Record) -> tuple[Opportunity, ...]:
    if isinstance(found, Opportunity):
        return (found,)
    if isinstance(found, Organisation):
        return tuple(records.where(connection, Opportunity, organisation_id=found.id))
    if isinstance(found, Lead):
        return tuple(records.where(connection, Opportunity, lead_id=found.id))
    own = records.where(connection, Opportunity, person_id=found.id)
    in_part = [each.opportunity_id for each in records.where(connection, BuyingPart, person_id=found.id)]
    more = records.many(connection, Opportunity, [each for each in in_part if each])
    return tuple({each.id: each for each in (*own, *more.values())}.values())


def _leads(connection: Connection, found: Record, person: Person | None) -> tuple[Lead, ...]:
    """All attempts: of an organisation those with any of its people, of a lead those before and after it too."""
    if isinstance(found, Organisation):
        return tuple(records.where(connection, Lead, organisation_id=found.id))
    if person is not None:
        return tuple(records.where(connection, Lead, person_id=person.id))
    if isinstance(found, Lead) and found.organisation_id:
        return tuple(records.where(connection, Lead, person_id=None, organisation_id=found.organisation_id))
    return ()


def _people(
    connection: Connection, found: Record, person: Person | None, parts: Iterable[BuyingPart]
) -> tuple[Person, ...]:
    listed = {person.id: person} if person is not None and not isinstance(found, Person) else {}
    if isinstance(found, Organisation):
        listed |= {each.id: each for each in records.where(connection, Person, organisation_id=found.id)}
    if not isinstance(found, Person):
        listed |= records.many(connection, Person, [each.person_id for each in parts if each.person_id])
    return tuple(listed[each] for each in sorted(listed))


def _points(
    connection: Connection, found: Record, person: Person | None, organisation: Organisation | None
) -> tuple[ContactPoint, ...]:
    own = records.where(connection, ContactPoint, person_id=person.id) if person is not None else []
    if organisation is not None and not isinstance(found, Person):
        own += records.where(connection, ContactPoint, organisation_id=organisation.id)
    return tuple(own)


def _event(connection: Connection, found: Record) -> Event | None:
    return _one(connection, Event, found.event_id) if isinstance(found, Lead | Opportunity) else None


def _tasks(connection: Connection, deals: Iterable[Opportunity], found: Record) -> tuple[Task, ...]:
    column = f"{found.table}_id"
    listed = {each.id: each for each in records.where(connection, Task, done_at="", **{column: found.id})}
    for each in _all(connection, Task, "opportunity_id", [deal.id for deal in deals]):
        if not each.done_at:
            listed[each.id] = each
    return tuple(sorted(listed.values(), key=_due))


def _last_contact(connection: Connection, people: Iterable[Person]) -> dict[Id, str]:
    latest: dict[Id, str] = {}
    for each in _all(connection, Activity, "person_id", [person.id for person in people]):
        if each.person_id is not None:
            latest[each.person_id] = max(latest.get(each.person_id, ""), moment(each))
    return latest


def _all(connection: Connection, kind: type[R], column: str, ids: Iterable[Id]) -> tuple[R, ...]:
    wanted = list(ids)
    return tuple(records.where_in(connection, kind, column, wanted)) if wanted else ()


def _one(connection: Connection, kind: type[R], record: Id | None) -> R | None:
    return records.find(connection, kind, record) if record is not None else None


def _due(task: Task) -> tuple[str, str, Id]:
    return task.due_on or "9", task.due_time, task.id
