"""Getting and putting records of any type."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest

from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import NO_ID, RECORD_TYPES, ContactPoint, Id, Lead, Member, Organisation, Person
from crmdesk.storage import records, schema
from crmdesk.words import Label


@pytest.fixture
def tx(db):
    with db.write(Label("Test")) as transaction:
        yield transaction


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda kind: kind.table)
def test_a_record_of_any_type_comes_back_as_it_was_put(tx, record_type):
    empty = record_type()
    stored = tx.add(empty)
    assert stored.id != NO_ID
    assert (stored.created_at, len(stored.ref)) == ("2026-05-05T12:02:00.000Z", 9)
    assert replace(stored, id=NO_ID, ref="", created_at="") == empty
    assert records.get(tx.connection, record_type, stored.id) == stored
    edited = replace(stored, **{text_column(record_type): "陳怡君 'Müller' \\ \n"})
    tx.put(edited)
    assert records.find(tx.connection, record_type, stored.id) == edited
    tx.remove(record_type, stored.id)
    assert records.find(tx.connection, record_type, stored.id) is None


def text_column(record_type: type) -> str:
    own = [field for field in dataclasses.fields(record_type)[3:] if field.type == "str"]
    return own[0].name if own else "ref"


def test_what_an_edit_leaves_alone_is_not_written(tx):
    stored = tx.add(Person(given="Anna", note="tall"))
    tx.connection.exec_driver_sql("CREATE TEMP TABLE written (what TEXT)")
    tx.connection.exec_driver_sql(
        "CREATE TEMP TRIGGER watch AFTER UPDATE OF note ON main.person BEGIN INSERT INTO written VALUES ('note'); END"
    )
    tx.put(replace(stored, given="Anne"))
    assert tx.connection.exec_driver_sql("SELECT count(*) FROM written").scalar() == 0
    tx.put(replace(stored, note="small"))
    assert tx.connection.exec_driver_sql("SELECT count(*) FROM written").scalar() == 1


def test_what_is_not_there_is_not_found(tx):
    with pytest.raises(NotFound, match="not there any more"):
        records.get(tx.connection, Person, Id(1))
    with pytest.raises(NotFound):
        tx.put(Person(id=Id(1)))
    with pytest.raises(NotFound):
        tx.remove(Person, Id(1))


def test_records_are_found_by_their_columns_oldest_first(tx):
    firm = tx.add(Organisation(name="Müller GmbH"))
    people = tx.add_many(Person(given=name, organisation_id=firm.id) for name in ("Zoe", "Anna", "Mia"))
    alone = tx.add(Person(given="Anna"))
    where = records.where
    assert where(tx.connection, Person, organisation_id=firm.id) == people
    assert where(tx.connection, Person, organisation_id=None) == [alone]
    assert where(tx.connection, Person, given="Anna", organisation_id=firm.id) == [people[1]]
    assert where(tx.connection, Person) == [*people, alone]
    assert where(tx.connection, Person, given="anna") == []


def test_many_are_found_at_once_whatever_their_number(tx):
    people = tx.add_many(Person(given=f"'{number}\"") for number in range(2500))
    ids = [person.id for person in people]
    assert records.many(tx.connection, Person, [*reversed(ids), Id(1)]) == dict(zip(ids, people, strict=True))
    assert records.where_in(tx.connection, Person, "given", ["'7\"", "'5\"", "no"]) == [people[5], people[7]]
    assert records.where_in(tx.connection, Person, "given", []) == []


def test_a_column_that_is_not_there_is_a_bug(tx):
    with pytest.raises(ValueError, match="person has no column name"):
        records.where(tx.connection, Person, name="x")
    with pytest.raises(ValueError, match="no column"):
        records.where_in(tx.connection, Person, "1; --", ["x"])


def test_a_reference_is_found_however_it_is_typed(tx):
    lead = tx.add(Lead(ref="K7Q2-9FXD"))
    for typed in ("K7Q2-9FXD", "k7q2-9fxd", " k7q29fxd ", "K7Q2 9FXD"):
        assert records.by_ref(tx.connection, typed) == ("lead", lead.id)
    member = tx.add(Member())
    assert records.by_ref(tx.connection, member.ref) == ("member", member.id)
    for typed in ("K7Q2-9FXE", "", "%"):
        with pytest.raises(NotFound, match="no record with the reference"):
            records.by_ref(tx.connection, typed)


def test_a_reference_that_is_taken_is_drawn_again(tx, ids, monkeypatch):
    drawn = iter(["AAAA-AAAA", "BBBB-BBBB", "AAAA-AAAA", "CCCC-CCCC", "BBBB-BBBB", "DDDD-DDDD"])
    monkeypatch.setattr(ids, "new_ref", lambda: next(drawn))
    first = tx.add(Person(given="first"))
    others = tx.add_many(Person(given=name) for name in ("one", "two", "three"))
    assert [first.ref, *(other.ref for other in others)] == ["AAAA-AAAA", "BBBB-BBBB", "DDDD-DDDD", "CCCC-CCCC"]
    assert records.where(tx.connection, Person) == sorted([first, *others], key=lambda person: person.id)


def test_rows_are_stored_like_records_with_some_columns_of_their_own(tx):
    people = tx.add_many([Person(given="Anna"), Person(given="Bert")])
    owners = [people[1].id, people[0].id, None]
    stored = tx.add_rows([Lead(stage="lead", source="referral")] * 3, person_id=owners)
    leads = records.where(tx.connection, Lead)
    assert [lead.id for lead in leads] == stored
    assert [lead.person_id for lead in leads] == owners
    assert {(lead.stage, lead.source, lead.created_at) for lead in leads} == {("lead", "referral", tx.now)}
    assert len({lead.ref for lead in leads}) == 3
    assert tx.add_rows([]) == []


def test_a_reference_of_a_row_that_is_taken_is_drawn_again(tx, ids, monkeypatch):
    monkeypatch.setattr(ids, "new_refs", lambda count: ["AAAA-AAAA"] * count)
    monkeypatch.setattr(ids, "new_ref", lambda: "BBBB-BBBB")
    tx.add_rows([Person(given="first"), Person(given="second")])
    assert [person.ref for person in records.where(tx.connection, Person)] == ["AAAA-AAAA", "BBBB-BBBB"]


def test_what_a_new_record_has_already_is_kept(tx):
    given = Person(id=Id(77), ref="K7Q2-9FXD", created_at="2020-01-01T00:00:00.000Z", given="Anna")
    assert tx.add(given) == given
    assert records.get(tx.connection, Person, Id(77)) == given
    assert tx.add_many([]) == []


def test_large_and_missing_numbers_survive(tx):
    lead = tx.add(Lead(amount_cents=2**62, currency="EUR"))
    assert records.get(tx.connection, Lead, lead.id).amount_cents == 2**62
    tx.put(replace(lead, amount_cents=None))
    assert records.get(tx.connection, Lead, lead.id).amount_cents is None


def test_every_link_is_found_by_an_index(tx):
    for link in schema.links:
        plan = tx.connection.exec_driver_sql(
            f'EXPLAIN QUERY PLAN SELECT id FROM "{link.table}" WHERE "{link.column}" = ?', (1,)
        ).fetchall()
        assert f"ix_{link.table}_{link.column}" in plan[0][3]


@pytest.mark.parametrize(("table", "column"), [("contact_point", "match_key"), ("lead", "person_id"), ("person", "id")])
def test_many_values_are_found_by_an_index(tx, table, column):
    plan = tx.connection.exec_driver_sql(
        f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY id",
        ("[]",),
    ).fetchall()
    assert plan[0][3].startswith(f"SEARCH {table} USING"), plan


def test_points_are_found_by_their_keys(tx):
    point = tx.add(ContactPoint(kind="email", match_key="anna@example.org"))
    assert records.where_in(tx.connection, ContactPoint, "match_key", ["anna@example.org", "x"]) == [point]
