"""All records of a workspace, looked through row by row: the slow and plain way to the answers of the lists."""

from __future__ import annotations

from typing import Any

from crmdesk.domain import consent, names
from crmdesk.domain.records import (
    Activity,
    Consent,
    ContactPoint,
    Id,
    Lead,
    Member,
    Opportunity,
    Organisation,
    Person,
    Task,
)
from crmdesk.services import workspace
from crmdesk.storage import records
from crmdesk.storage.database import Database


def everything(db: Database, kind: type[Any]) -> list[Any]:
    with db.read() as connection:
        return records.where(connection, kind)


class World:
    """All records of a workspace."""

    def __init__(self, db: Database) -> None:
        self.people: dict[Id, Person] = {each.id: each for each in everything(db, Person)}
        self.firms: dict[Id, Organisation] = {each.id: each for each in everything(db, Organisation)}
        self.leads: list[Lead] = [each for each in everything(db, Lead) if each.exit != "converted"]
        self.deals: list[Opportunity] = everything(db, Opportunity)
        self.tasks: list[Task] = [each for each in everything(db, Task) if not each.done_at]
        self.activities: list[Activity] = [each for each in everything(db, Activity) if each.direction]
        self.points: list[ContactPoint] = everything(db, ContactPoint)
        self.consents: list[Consent] = everything(db, Consent)
        self.members: dict[Id, Member] = {each.id: each for each in everything(db, Member)}
        self.words = workspace.vocabulary(db)

    def ids(self, place: str) -> list[Id]:
        found = {"people": self.people.values(), "organisations": self.firms.values(), "leads": self.leads}
        return [each.id for each in found.get(place, self.deals)]

    def card(self, record: Id) -> Lead | Opportunity | None:
        own = [each for each in [*self.leads, *self.deals] if record == each.id]
        column = "person_id" if record in self.people else "organisation_id"
        around = [each for each in [*self.leads, *self.deals] if getattr(each, column) == record]
        return max(own or around, key=lambda each: (each.exit == "", each.id), default=None)

    def person(self, record: Id) -> Person | None:
        if record in self.people:
            return self.people[record]
        card = None if record in self.firms else self.card(record)
        return self.people.get(card.person_id) if card and card.person_id else None

    def firm(self, record: Id) -> Organisation | None:
        around = self.people.get(record) or (None if record in self.firms else self.card(record))
        found = around.organisation_id if around else None
        return self.firms.get(found) if found else None

    def name(self, record: Id) -> str:
        last = chr(0x10FFFF)
        if record in self.firms:
            return names.text_key(self.firms[record].name) or last
        deal = next((each.name for each in self.deals if each.id == record), "")
        person, firm = self.person(record), self.firm(record)
        own = names.text_key(deal) or (names.sort_key(person) if person else "")
        if record in self.people:
            return own or last
        return own or (names.text_key(firm.name) if firm else "") or last

    def owner(self, record: Id) -> str | None:
        card, held = self.card(record), self.people.get(record) or self.firms.get(record)
        found = (held.owner_id if held else None) or (card.owner_id if card else None)
        return self.members[found].name.lower() if found else None

    def step(self, record: Id) -> str | None:
        mine = [each for each in self.tasks if self._is_about(each, record)]
        first = min(mine, key=lambda each: (each.due_on == "", each.due_on, each.due_time, each.id), default=None)
        return None if first is None else (first.due_on + first.due_time if first.due_on else "~")

    def contact(self, record: Id) -> str | None:
        about = [each for each in self.activities if self._is_about(each, record) or self._is_in(each, record)]
        return max((each.at[:10] for each in about), default=None)

    def consent(self, record: Id) -> str | None:
        person = self.person(record)
        mails = [each for each in self.points if person and each.person_id == person.id and each.kind == "email"]
        if not mails:
            return None
        mail = min(mails, key=lambda each: (each.broken, -each.preferred, each.id))
        force = consent.in_force(self.consents).get((mail.id, "offers"))
        return force.state if force else "not_asked"

    def _is_in(self, each: Activity, firm: Id) -> bool:
        person = self.people.get(each.person_id) if each.person_id else None
        return firm in self.firms and person is not None and person.organisation_id == firm

    def _is_about(self, each: Task | Activity, record: Id) -> bool:
        if record in self.people:
            return each.person_id == record
        if record in self.firms:
            return each.organisation_id == record
        card = self.card(record)
        assert card is not None
        if isinstance(card, Lead) and each.lead_id == card.id:
            return True
        if isinstance(card, Opportunity) and (
            each.opportunity_id == card.id or (each.lead_id and each.lead_id == card.lead_id)
        ):
            return True
        if isinstance(each, Activity):
            if card.person_id:
                return each.person_id == card.person_id
            return bool(card.organisation_id) and each.organisation_id == card.organisation_id and not each.person_id
        if each.lead_id or each.opportunity_id:
            return False
        if card.person_id:
            return each.person_id == card.person_id
        return bool(card.organisation_id) and each.organisation_id == card.organisation_id and not each.person_id
