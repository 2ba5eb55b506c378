"""Timelines: what happened around somebody, newest first."""

from __future__ import annotations

import pytest

from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import Activity, Conversion, Id, Opportunity, Organisation, Task
from crmdesk.domain.timeline import Moment
from crmdesk.storage import timeline
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.support.invented import Meddler, add_lead, add_person

STEP = Label("Change something")


def around(db: Database, about: Id) -> list[Moment]:
    with db.read() as connection:
        return timeline.timeline(connection, about)


def test_a_person_has_activities_moves_done_tasks_and_conversions_newest_first(db: Database) -> None:
    with db.write(STEP) as tx:
        person = add_person(tx, "Anna")
        lead = add_lead(tx, person)
        talk = tx.add(Activity(person_id=person.id, kind="stand_talk", at="2026-04-21"))
        done = tx.add(Task(person_id=person.id, title="Call", done_at="2026-05-04T10:00:00.000Z"))
        tx.add(Task(person_id=person.id, title="Open"))
        deal = tx.add(Opportunity(lead_id=lead.id, person_id=person.id, stage="opportunity"))
        conversion = tx.add(Conversion(lead_id=lead.id, opportunity_id=deal.id, at="2026-05-06T10:00:00.000Z"))
        elsewhere = add_person(tx, "Bernd")
        tx.add(Activity(person_id=elsewhere.id, kind="call", at="2026-05-01"))
    found = around(db, person.id)
    assert [moment.record.id for moment in found if moment.record.table != "stage_move"] == [
        conversion.id,
        done.id,
        talk.id,
    ]
    assert [moment.at for moment in found] == sorted((moment.at for moment in found), reverse=True)
    assert around(db, lead.id) == around(db, deal.id) == found


def test_an_organisation_has_what_happened_with_its_people(db: Database) -> None:
    with db.write(STEP) as tx:
        firm = tx.add(Organisation(name="Firm"))
        person = add_person(tx, "Anna", organisation_id=firm.id)
        call = tx.add(Activity(person_id=person.id, kind="call", at="2026-05-01"))
        visit = tx.add(Activity(organisation_id=firm.id, kind="visit", at="2026-05-02"))
        of_person, of_firm = add_lead(tx, person, organisation_id=firm.id), add_lead(tx, organisation_id=firm.id)
    records = [moment.record for moment in around(db, firm.id)]
    assert {visit, call} < set(records)
    assert len(records) == 4
    assert call in {moment.record for moment in around(db, of_person.id)}
    assert visit not in {moment.record for moment in around(db, of_person.id)}
    assert visit in {moment.record for moment in around(db, of_firm.id)}


def test_page_by_page_is_the_whole(db: Database) -> None:
    with db.write(STEP) as tx:
        Meddler(9).meddle(tx, 300)
    with db.read() as connection:
        ids = [Id(row[0]) for table in ("person", "organisation", "lead", "opportunity")
               for row in connection.exec_driver_sql(f"SELECT id FROM {table}")]  # fmt: skip
        longest: list[Moment] = []
        for about in ids:
            whole = timeline.timeline(connection, about, limit=1000)
            longest = max(longest, whole, key=len)
            read: list[Moment] = []
            while page := timeline.timeline(connection, about, before=read[-1].key if read else None, limit=2):
                read += page
            assert read == whole
            assert [moment.key for moment in whole] == sorted({moment.key for moment in whole}, reverse=True)
    assert len(longest) > 4


def test_what_is_not_there_is_not_found(db: Database) -> None:
    with db.read() as connection, pytest.raises(NotFound):
        timeline.timeline(connection, Id(5))
