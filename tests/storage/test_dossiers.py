"""Dossiers: all around a lead or an opportunity, in one read for each kind of record."""

from __future__ import annotations

from typing import Any

import pytest

from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import (
    Activity,
    Answer,
    BuyingPart,
    Consent,
    Conversion,
    Event,
    Id,
    Member,
    Opportunity,
    Organisation,
    Task,
)
from crmdesk.storage import dossiers
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.support.invented import Meddler, add_lead, add_person

STEP = Label("Change something")

KINDS = 15  # leads, deals, their people, firms, owners, events, and nine kinds that point at these


def test_a_lead_comes_with_everything_around_it(db: Database) -> None:
    with db.write(STEP) as tx:
        owner, fair, firm = tx.add(Member(name="A")), tx.add(Event(name="Fair")), tx.add(Organisation(name="Firm"))
        person = add_person(tx, "Anna", organisation_id=firm.id, email="a@b.de")
        lead = add_lead(tx, person, organisation_id=firm.id, owner_id=owner.id, event_id=fair.id)
        answer = tx.add(Answer(lead_id=lead.id, fact="need", value="yes"))
        call = tx.add(Activity(person_id=person.id, kind="call", direction="out"))
        mail = tx.add(Activity(lead_id=lead.id, kind="mail", direction="out"))
        purchase = tx.add(Activity(organisation_id=firm.id, kind="purchase"))
        somebody = add_person(tx, "Bernd", organisation_id=firm.id)
        tx.add(Activity(person_id=somebody.id, organisation_id=firm.id, kind="call", direction="out"))
        task = tx.add(Task(person_id=person.id, title="Call"))
        other = add_lead(tx, person)
        tx.add(Task(person_id=person.id, lead_id=other.id, title="Not this one's"))
    with db.read() as connection:
        found = dossiers.read(connection, lead.id)
        assert dossiers.read(connection, other.id).tasks != found.tasks
    assert (found.lead, found.opportunity, found.person, found.organisation) == (lead, None, person, firm)
    assert (found.owner, found.event, found.answers, found.tasks) == (owner, fair, (answer,), (task,))
    assert found.activities == (call, mail, purchase)
    assert [point.value for point in found.points] == ["a@b.de"]
    assert [move.to_stage for move in found.moves] == ["lead"]


def test_an_opportunity_brings_what_belongs_to_its_lead(db: Database) -> None:
    with db.write(STEP) as tx:
        firm = tx.add(Organisation(name="Firm"))
        person = add_person(tx, "Anna", email="a@b.de")
        lead = add_lead(tx, person)
        earlier = tx.add(Answer(lead_id=lead.id, fact="need", value="yes"))
        deal = tx.add(Opportunity(lead_id=lead.id, person_id=person.id, organisation_id=firm.id, stage="opportunity"))
        later = tx.add(Answer(opportunity_id=deal.id, fact="terms", value="yes"))
        part = tx.add(BuyingPart(opportunity_id=deal.id, person_id=person.id, role="decides"))
        conversion = tx.add(Conversion(lead_id=lead.id, opportunity_id=deal.id))
        won = tx.add(Opportunity(organisation_id=firm.id, stage="customer", exit="won"))
        tx.add(Opportunity(person_id=person.id, stage="customer", exit="won"))
    with db.read() as connection:
        found = dossiers.read_many(connection, [deal.id, lead.id])
    assert found[deal.id].answers == (earlier, later)
    assert (found[deal.id].parts, found[deal.id].won, found[deal.id].conversion) == ((part,), (won,), conversion)
    assert [move.lead_id for move in found[deal.id].moves] == [lead.id]
    assert found[lead.id].conversion == conversion
    assert [each.organisation_id for each in found[lead.id].won] == [None]


def test_consents_are_those_of_the_contact_points(db: Database) -> None:
    with db.write(STEP) as tx:
        first, second = add_person(tx, email="a@b.de"), add_person(tx, email="c@d.de")
        leads = [add_lead(tx, first), add_lead(tx, second)]
    with db.read() as connection:
        points = [dossiers.read(connection, lead.id).points[0] for lead in leads]
    with db.write(STEP) as tx:
        consents = [tx.add(Consent(contact_point_id=point.id, state="given")) for point in points]
    with db.read() as connection:
        found = dossiers.read_many(connection, [lead.id for lead in leads])
    assert [found[lead.id].consents for lead in leads] == [(consent,) for consent in consents]


def test_many_take_one_read_for_each_kind_of_record_and_come_in_the_order_asked_for(db: Database) -> None:
    with db.write(STEP) as tx:
        Meddler(2).meddle(tx, 300)
    asked: list[str] = []

    with db.read() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM lead UNION ALL SELECT id FROM opportunity ORDER BY id DESC")
        ids = [Id(row[0]) for row in rows]
        assert len(ids) > 20
        single = {each: dossiers.read(connection, each) for each in ids}
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        many = dossiers.read_many(connection, ids)
        driver.set_trace_callback(None)
    assert len(asked) == KINDS
    assert list(many) == ids
    assert many == single


def test_who_is_neither_is_not_found(db: Database) -> None:
    with db.write(STEP) as tx:
        person = add_person(tx, "Anna")
    with db.read() as connection, pytest.raises(NotFound):
        dossiers.read(connection, person.id)
    with db.read() as connection:
        assert dossiers.read_many(connection, []) == {}
