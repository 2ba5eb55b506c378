"""The derived tables follow the records, whatever happens to those."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from crmdesk.domain.records import Activity, ContactPoint, Lead, Member, Organisation, Person, Task
from crmdesk.storage import derived, records, search, undo
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import Label
from tests.support.invented import Meddler, add_lead, add_person

STEP = Label("Change something")


def tables(db: Database) -> dict[str, list[tuple[object, ...]]]:
    with db.read() as connection:
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}")), key=repr)
            for name in derived.TABLES
        }


@pytest.mark.parametrize("seed", range(8))
def test_after_random_writes_undo_and_redo_they_hold_what_is_computed_anew(db: Database, seed: int) -> None:
    meddler, dice = Meddler(seed), random.Random(seed)
    for _step in range(25):
        with db.write(STEP) as tx:
            meddler.meddle(tx, dice.randrange(1, 8))
        if dice.random() < 0.3:
            undo.undo_last(db)
            if dice.random() < 0.5:
                undo.redo_last(db)
        with db.read() as connection:
            assert derived.check(connection) == []


def test_a_rebuild_makes_the_same_as_following_did(db: Database) -> None:
    with db.write(STEP) as tx:
        Meddler(3).meddle(tx, 120)
    followed = tables(db)
    with db.aside() as connection:
        derived.rebuild(connection)
        assert derived.check(connection) == []
    assert tables(db) == followed
    assert followed["card"]
    assert followed["search_doc"]


def test_tables_made_in_place_of_older_ones_are_filled(db: Database) -> None:
    with db.write(STEP) as tx:
        Meddler(4).meddle(tx, 60)
    followed = tables(db)
    with db.aside() as connection:
        derived.create_tables(connection)
    assert tables(db) == followed


def test_a_row_keeps_its_places_in_the_lists_unless_it_goes_elsewhere(db: Database) -> None:
    with db.write(STEP) as tx:
        anna = add_person(tx, "Anna", "Müller")
        lead = add_lead(tx, anna)
    with db.aside() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE gone (id INTEGER)")
        connection.exec_driver_sql(
            "CREATE TEMP TRIGGER note AFTER DELETE ON main.list_row BEGIN INSERT INTO gone VALUES (OLD.id); END"
        )
    with db.write(STEP) as tx:
        tx.put(replace(lead, stage="prospect"))
    assert listed(db, "gone", "id") == []
    assert set(listed(db, "list_row", "stage")) == {"prospect"}
    with db.write(STEP) as tx:
        tx.put(replace(anna, family="Adler"))
    assert sorted(listed(db, "gone", "id")) == sorted([anna.id, lead.id])
    with db.read() as connection:
        assert derived.check(connection) == []


def listed(db: Database, table: str, column: str) -> list[Any]:
    with db.aside() as connection:
        return [row[0] for row in connection.exec_driver_sql(f"SELECT {column} FROM {table}")]


def meddle_and_fail(db: Database) -> None:
    with db.write(STEP) as tx:
        Meddler(5).meddle(tx, 40)
        raise RuntimeError


def test_what_is_taken_back_leaves_no_trace(db: Database) -> None:
    before = tables(db)
    with pytest.raises(RuntimeError):
        meddle_and_fail(db)
    assert tables(db) == before
    with db.write(STEP) as tx:
        add_person(tx, "Anna", "Müller")
    with db.read() as connection:
        assert derived.check(connection) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE card SET stage = 'elsewhere'", "card"),
        ("UPDATE tally SET cents = cents + 1", "tally"),
        ("DELETE FROM trail", "trail"),
        ("UPDATE trail_tally SET attempts = attempts + 1", "trail_tally"),
        ("UPDATE search_doc SET name = 'somebody else'", "search_doc"),
        ("DELETE FROM search_index WHERE rowid = (SELECT min(id) FROM search_doc)", "search_index"),
        ("INSERT INTO search_index (rowid, name) VALUES (77, 'drift')", "search_index"),
        ("DELETE FROM digit_index WHERE rowid = (SELECT id FROM search_doc WHERE digits <> '')", "digit_index"),
    ],
)
def test_a_check_tells_which_table_drifted(db: Database, damage: str, told: str) -> None:
    with db.write(STEP) as tx:
        add_lead(tx, add_person(tx, "Anna", "Müller", phone="0171 234567"))
    with db.aside() as connection:
        connection.exec_driver_sql(damage)
    with db.read() as connection:
        assert told in {problem.partition(":")[0] for problem in derived.check(connection)}
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
    with db.aside() as connection:
        derived.rebuild(connection)
        assert derived.check(connection) == []


def due_key(db: Database, lead: Lead) -> str:
    with db.read() as connection:
        key = connection.exec_driver_sql("SELECT due_key FROM card WHERE id = ?", (lead.id,)).scalar_one()
    return str(key).rpartition(" ")[0]


def test_a_card_lies_by_its_next_step_else_by_the_last_contact(db: Database) -> None:
    with db.write(STEP) as tx:
        person = add_person(tx, "Anna")
        lead = add_lead(tx, person)
    assert due_key(db, lead) == "22026-05-05"
    with db.write(STEP) as tx:
        tx.add(Activity(person_id=person.id, kind="call", direction="out", at="2026-04-30T10:00:00.000Z"))
        tx.add(Activity(person_id=person.id, kind="note", at="2026-05-04"))
    assert due_key(db, lead) == "22026-04-30"
    with db.write(STEP) as tx:
        tx.add(Task(person_id=person.id, title="Later", due_on="2026-05-09"))
        first = tx.add(Task(lead_id=lead.id, title="Call", due_on="2026-05-08", due_time="09:30"))
    assert due_key(db, lead) == "12026-05-0809:30"
    with db.write(STEP) as tx:
        tx.put(replace(first, done_at=tx.now))
    assert due_key(db, lead) == "12026-05-09"


def test_a_task_that_names_another_lead_does_not_count(db: Database) -> None:
    with db.write(STEP) as tx:
        person = add_person(tx, "Anna")
        first, second = add_lead(tx, person), add_lead(tx, person)
        tx.add(Task(person_id=person.id, lead_id=first.id, title="Call", due_on="2026-05-08"))
    assert due_key(db, first) == "12026-05-08"
    assert due_key(db, second) == "22026-05-05"


def test_a_task_of_an_organisation_counts_for_its_own_lead_alone(db: Database) -> None:
    with db.write(STEP) as tx:
        firm = tx.add(Organisation(name="Firm"))
        of_firm = add_lead(tx, organisation_id=firm.id)
        of_person = add_lead(tx, add_person(tx, "Anna"), organisation_id=firm.id)
        tx.add(Task(organisation_id=firm.id, title="Call", due_on="2026-05-08"))
    assert due_key(db, of_firm) == "12026-05-08"
    assert due_key(db, of_person) == "22026-05-05"


def test_a_step_without_a_day_comes_after_those_with_one(db: Database) -> None:
    with db.write(STEP) as tx:
        lead = add_lead(tx, add_person(tx, "Anna"))
        tx.add(Task(lead_id=lead.id, title="Some day"))
    assert due_key(db, lead) == "19999-12-31"


def test_a_rank_goes_before_the_natural_order(db: Database) -> None:
    with db.write(STEP) as tx:
        lead = add_lead(tx, add_person(tx, "Anna"), rank="12026-05-08M")
    assert due_key(db, lead) == "12026-05-08M"


def test_moving_a_card_does_not_make_it_less_quiet(db: Database) -> None:
    with db.write(STEP) as tx:
        lead = add_lead(tx, add_person(tx, "Anna"))
        tx.put(replace(lead, stage="prospect", stage_since="2026-06-01T08:00:00.000Z"))
    assert due_key(db, lead) == "22026-05-05"


def test_an_owner_is_never_counted_for_another(db: Database) -> None:
    with db.write(STEP) as tx:
        members = [tx.add(Member(name=name)) for name in ("A", "B")]
        for member in (members[0], members[0], members[1], None):
            add_lead(tx, add_person(tx, "Anna"), owner_id=member.id if member else None)
    with db.read() as connection:
        rows = connection.exec_driver_sql("SELECT owner_id, cards FROM tally ORDER BY owner_id").fetchall()
        assert records.where(connection, Person)
    assert [tuple(row) for row in rows] == [(0, 4), (members[0].id, 2), (members[1].id, 1)]


def test_a_talk_with_somebody_of_a_firm_is_the_last_contact_with_the_firm(db: Database) -> None:
    def last_contact() -> str:
        with db.read() as connection:
            rows = connection.exec_driver_sql("SELECT last_contact FROM list_row WHERE id = ?", (firm.id,))
            return str(rows.scalar_one())

    with db.write(STEP) as tx:
        firm, other = (tx.add(Organisation(name=name)) for name in ("Stahlwerk", "Gießerei"))
        person = replace(add_person(tx, "Anna"), organisation_id=firm.id)
        tx.put(person)
        tx.add(Activity(organisation_id=firm.id, kind="call", direction="out", at="2026-03-01"))
    with db.write(STEP) as tx:
        tx.add(Activity(person_id=person.id, kind="call", direction="out", at="2026-04-02"))
    assert last_contact() == "2026-04-02"
    with db.write(STEP) as tx:
        tx.put(replace(person, organisation_id=other.id))
    assert last_contact() == "2026-03-01"


def test_the_full_text_is_merged_in_idle_moments_and_not_in_steps(db: Database) -> None:
    people = []
    for _part in range(12):
        with db.write(STEP) as tx:
            people += [add_person(tx, "Anna", f"Quince{number}", phone=f"0711 {number:06}") for number in range(40)]
    before = parts_of_full_text(db)
    with db.write(STEP) as tx:
        remove_people(tx, people)
    assert before <= parts_of_full_text(db), "what was there lies where it was"
    undo.undo_last(db)
    db.checkpoint()
    merged = parts_of_full_text(db)
    assert len(merged) < len(before)
    db.checkpoint()
    assert parts_of_full_text(db) == merged, "nothing is left to do"
    with db.read() as connection:
        assert derived.check(connection) == []
        assert len(search.find(connection, "anna quince3", limit=1000)) == 12 * 11


def remove_people(tx: Transaction, people: list[Person]) -> None:
    ids = {each.id for each in people}
    for point in records.where_in(tx.connection, ContactPoint, "person_id", ids):
        tx.remove(ContactPoint, point.id)
    for each in ids:
        tx.remove(Person, each)


def parts_of_full_text(db: Database) -> set[tuple[str, int]]:
    """The b-trees of each index: every id of a page begins with its number."""
    found: set[tuple[str, int]] = set()
    with db.read() as connection:
        for name in sorted(derived.FULL_TEXT):
            rows = connection.exec_driver_sql(f"SELECT DISTINCT id >> 37 FROM {name}_data WHERE id > 1000")
            found |= {(name, int(row[0])) for row in rows}
    return found
