"""What a workspace holds once only, a tag of one name say, stays so whatever is done again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmdesk.domain.records import (
    Answer,
    DealStage,
    Event,
    ExitReason,
    Lead,
    Member,
    Organisation,
    Person,
    Record,
    SavedView,
    Setting,
    Tag,
    Tagging,
)
from crmdesk.storage import records, undo
from crmdesk.storage.database import Database
from tests.support.small_steps import add, find

FIRM = Organisation(id=10, ref="AAAA-2222", created_at="x", name="Müller GmbH")
ANNA = Person(id=20, ref="AAAA-3333", created_at="x", given="Anna", organisation_id=10)
LEAD = Lead(id=40, ref="AAAA-5555", created_at="x", person_id=20, stage="lead")


def twice(db: Database, first: list[Record], second: list[Record]) -> int:
    """What was made, undone and made again; the first step, which is undone still."""
    made = add(db, *first)
    undo.undo_step(db, made)
    add(db, *second)
    return made


def test_a_tag_made_again_stands_in_for_the_one_that_comes_back(db):
    add(db, FIRM, ANNA)
    gold, again = (
        Tag(id=60, ref="AAAA-7777", created_at="x", name="Gold"),
        Tag(id=61, ref="AAAA-8888", created_at="x", name="GOLD"),
    )
    made = twice(
        db,
        [gold, Tagging(id=70, created_at="x", tag_id=60, person_id=20)],
        [again, Tagging(id=71, created_at="x", tag_id=61, organisation_id=10)],
    )
    assert undo.undo_step(db, made + 1).kept == ()
    with db.read() as connection:
        assert [each.id for each in records.where(connection, Tag)] == [61]
        taggings = records.where(connection, Tagging)
    assert {(each.tag_id, each.person_id, each.organisation_id) for each in taggings} == {
        (61, 20, None),
        (61, None, 10),
    }
    undo.undo_last(db)
    assert db.problems() == []


def test_a_record_is_not_tagged_twice_by_what_comes_back(db):
    add(db, FIRM, Tag(id=60, ref="AAAA-7777", created_at="x", name="Gold"))
    made = twice(
        db,
        [Tagging(id=70, created_at="x", tag_id=60, organisation_id=10)],
        [Tagging(id=71, created_at="x", tag_id=60, organisation_id=10)],
    )
    undo.undo_step(db, made + 1)
    with db.read() as connection:
        assert [each.id for each in records.where(connection, Tagging)] == [71]


@pytest.mark.parametrize(
    "record",
    [
        Setting(key="name", value="A"),
        ExitReason(kind="lost", key="price", text="Price"),
        DealStage(key="pilot", text="Pilot"),
        SavedView(place="people", name="Mine"),
        Member(name="Jana"),
        Event(name="Fair"),
        Answer(lead_id=40, fact="need"),
    ],
    ids=lambda record: record.table,
)
def test_what_services_keep_unique_stays_so_whatever_is_done_again(db, record):
    add(db, FIRM, ANNA, LEAD)
    made = twice(db, [replace(record, id=80, created_at="x")], [replace(record, id=81, created_at="x")])
    undo.undo_step(db, made + 1)
    with db.read() as connection:
        kept = {each.id for each in records.where(connection, type(record))} & {80, 81}
    assert kept == {81}


def test_a_lead_whose_event_was_made_again_comes_back_with_that_one(db):
    made = twice(
        db,
        [Event(id=60, created_at="x", name="Fair"), replace(LEAD, person_id=None, event_id=60)],
        [Event(id=61, created_at="x", name="fair")],
    )
    assert undo.undo_step(db, made + 1).kept == ()
    assert find(db, LEAD).event_id == 61
