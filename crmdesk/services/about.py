"""Whom something is about: an id of a lead, a deal, a person or an organisation, with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import ContactPoint, Id, Lead, Opportunity, Organisation, Person
from crmdesk.services.subjects import called
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an entry of the timeline is tied to; `name` is how a sentence calls it."""

    name: str
    person_id: Id | None = None
    organisation_id: Id | None = None
    lead_id: Id | None = None
    opportunity_id: Id | None = None
    event_id: Id | None = None


def resolve(connection: Connection, record_id: Id) -> About:
    """What `record_id` is. An opportunity brings its lead along. Raises NotFound when it is none of the four."""
    person = records.find(connection, Person, record_id)
    if person is not None:
        return About(name=_name(connection, person.id, None), person_id=person.id)
    organisation = records.find(connection, Organisation, record_id)
    if organisation is not None:
        return About(name=organisation.name, organisation_id=organisation.id)
    return card(connection, record_id)


def card(connection: Connection, record_id: Id) -> About:
    """The same for an id that can only be a lead's or an opportunity's; a few reads, where a dossier takes fifteen."""
    return _of_subject(connection, subject(connection, record_id))


def subject(connection: Connection, record_id: Id) -> Lead | Opportunity:
    """The lead or opportunity of that id. Raises NotFound."""
    found = records.find(connection, Lead, record_id) or records.find(connection, Opportunity, record_id)
    if found is None:
        raise NotFound(_("There is no such lead or opportunity."), _("It may have been undone meanwhile."))
    return found


def record(connection: Connection, record_id: Id) -> Person | Organisation | Lead | Opportunity:
    """The person, organisation, lead or opportunity of that id. Raises NotFound when it is none of the four."""
    return (
        records.find(connection, Person, record_id)
        or records.find(connection, Organisation, record_id)
        or subject(connection, record_id)
    )


def _of_subject(connection: Connection, found: Lead | Opportunity) -> About:
    deal = isinstance(found, Opportunity)
    return About(
        name=_name(connection, found.person_id, found.organisation_id) or found.ref,
        person_id=found.person_id,
        organisation_id=found.organisation_id,
        lead_id=found.lead_id if isinstance(found, Opportunity) else found.id,
        opportunity_id=found.id if deal else None,
        event_id=found.event_id,
    )


def _name(connection: Connection, person_id: Id | None, organisation_id: Id | None) -> str:
    person = records.find(connection, Person, person_id) if person_id else None
    organisation = records.find(connection, Organisation, organisation_id) if organisation_id else None
    name = called(person, organisation)
    if name:
        return name
    whose = {"person_id": [person_id], "organisation_id": [organisation_id]}
    return called(None, None, records.pointing(connection, ContactPoint, whose))
