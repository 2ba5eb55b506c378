"""All that the page of a person, an organisation, a lead or an opportunity shows, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crmdesk.domain.records import (
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
    Tag,
    Task,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One record with what lies around it, each list oldest first.

    `person` and `organisation` are those it is about. `points` are its own, of a lead or a deal those of its person and
    organisation; `consents` are those of all people shown. `people` are those who belong to it: of an organisation its
    people and who has a part in its deals. `leads` are all attempts, `deals` all deals around it, `tasks` open steps.
    """

    record: Person | Organisation | Lead | Opportunity
    person: Person | None = None
    organisation: Organisation | None = None
    owner: Member | None = None
    event: Event | None = None
    points: tuple[ContactPoint, ...] = ()
    people: tuple[Person, ...] = ()
    people_points: tuple[ContactPoint, ...] = ()
    consents: tuple[Consent, ...] = ()
    leads: tuple[Lead, ...] = ()
    deals: tuple[Opportunity, ...] = ()
    parts: tuple[BuyingPart, ...] = ()
    tasks: tuple[Task, ...] = ()
    tags: tuple[Tag, ...] = ()
    last_contact: Mapping[Id, str] = field(default_factory=dict)
