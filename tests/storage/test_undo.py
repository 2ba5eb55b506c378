"""Undo and redo of steps, what stays and why, and the history of a record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmdesk.domain.errors import Cancelled, NotFound, RuleBroken
from crmdesk.domain.records import (
    Activity,
    ContactPoint,
    Lead,
    Member,
    Organisation,
    Person,
    Task,
)
from crmdesk.storage import journal, records, undo
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_database
from crmdesk.storage.reverting import Kept
from crmdesk.words import Label
from tests.support.small_steps import add, edit, find, remove, state

FIRM = Organisation(id=10, ref="AAAA-2222", created_at="x", name="Müller GmbH")
ANNA = Person(id=20, ref="AAAA-3333", created_at="x", given="Anna", organisation_id=10)
MAIL = ContactPoint(id=30, ref="AAAA-4444", created_at="x", person_id=20, kind="email", value="anna@example.org")
LEAD = Lead(id=40, ref="AAAA-5555", created_at="x", person_id=20, stage="lead")
CALL = Activity(id=50, ref="AAAA-6666", created_at="x", person_id=20, lead_id=40, kind="call")


def test_undo_and_redo_go_step_by_step_across_restarts(db, workspace, clock, ids):
    states = [state(db)]
    for record in (FIRM, ANNA, MAIL):
        add(db, record)
        states.append(state(db))
    for expected in (states[2], states[1]):
        undo.undo_last(db)
        assert state(db) == expected
    db.close()
    again = open_database(workspace, clock=clock, ids=ids)
    undo.redo_last(again)
    assert state(again) == states[2]
    undo.undo_last(again)
    undo.undo_last(again)
    assert state(again) == states[0]
    with pytest.raises(NotFound, match="nothing to undo"):
        undo.undo_last(again)
    for expected in states[1:]:
        undo.redo_last(again)
        assert state(again) == expected
    with pytest.raises(NotFound, match="nothing to redo"):
        undo.redo_last(again)
    again.close()


def test_the_result_names_the_step_and_counts_the_rows(db):
    step = add(db, FIRM, ANNA, label="Import")
    result = undo.undo_last(db)
    assert (result.step, result.label, result.undone, result.kept) == (step, Label("Import"), 2, ())
    assert undo.redo_last(db).step == step


def test_after_a_new_act_there_is_nothing_to_redo(db):
    add(db, FIRM)
    undo.undo_last(db)
    add(db, replace(FIRM, id=11, ref="BBBB-2222"))
    with pytest.raises(NotFound, match="nothing to redo"):
        undo.redo_last(db)


def test_a_step_can_be_undone_after_others(db):
    add(db, FIRM, ANNA)
    first = edit(db, ANNA, given="Anne")
    edit(db, FIRM, name="Meier AG")
    edit(db, ANNA, note="tall")
    assert undo.undo_step(db, first).kept == ()
    assert find(db, ANNA) == replace(ANNA, note="tall")
    assert find(db, FIRM) == replace(FIRM, name="Meier AG")


def test_columns_changed_since_stay_and_are_told(db):
    add(db, FIRM, ANNA)
    step = edit(db, ANNA, given="Anne", note="tall", family="Schmidt")
    edit(db, ANNA, note="small", family="Schmitt")
    assert undo.undo_step(db, step).kept == (Kept(table="person", id=20, reason="changed", columns=("family", "note")),)
    assert find(db, ANNA) == replace(ANNA, note="small", family="Schmitt")


def test_a_column_somebody_set_back_already_is_not_told(db):
    add(db, FIRM, ANNA)
    step = edit(db, ANNA, given="Anne", note="tall")
    edit(db, ANNA, given="Anna")
    assert undo.undo_step(db, step).kept == ()
    assert find(db, ANNA) == ANNA


def test_a_row_changed_since_it_was_added_stays_with_what_it_points_at_and_its_parts(db):
    firm, mail = replace(FIRM, id=11, ref="BBBB-2222"), replace(MAIL, id=31, ref="BBBB-4444", person_id=None)
    step = add(db, FIRM, ANNA, MAIL, firm, mail)
    edit(db, ANNA, note="met her")
    kept = {(one.table, one.id, one.reason) for one in undo.undo_step(db, step).kept}
    assert kept == {("person", 20, "changed"), ("organisation", 10, "linked"), ("contact_point", 30, "part")}
    assert find(db, firm) is None
    assert find(db, mail) is None
    assert find(db, MAIL) == MAIL


def test_what_something_newer_points_at_is_never_deleted(db):
    step = add(db, FIRM, ANNA, MAIL, LEAD)
    add(db, CALL)
    kept = {(one.table, one.id, one.reason) for one in undo.undo_step(db, step).kept}
    assert kept == {
        ("person", 20, "linked"),
        ("lead", 40, "linked"),
        ("organisation", 10, "linked"),
        ("contact_point", 30, "part"),
    }
    undo.redo_last(db)
    undo.undo_last(db)  # the call
    undo.undo_step(db, step)
    assert all(find(db, record) is None for record in (FIRM, ANNA, MAIL, LEAD, CALL))


def test_what_was_removed_comes_back_with_its_parts(db):
    add(db, FIRM, ANNA, MAIL)
    before = state(db)
    remove(db, MAIL, ANNA, FIRM)
    undo.undo_last(db)
    assert state(db) == before
    undo.redo_last(db)
    assert find(db, ANNA) is None
    undo.undo_last(db)
    assert state(db) == before


def test_what_would_point_at_nothing_does_not_come_back(db):
    add(db, FIRM)
    add(db, ANNA, MAIL)
    step = remove(db, MAIL, ANNA)
    remove(db, FIRM)
    kept = undo.undo_step(db, step).kept
    assert {(one.table, one.reason) for one in kept} == {("person", "target_gone"), ("contact_point", "target_gone")}
    assert db.problems() == []


def test_a_link_to_what_is_gone_stays_empty_and_is_told(db):
    add(db, FIRM)
    add(db, ANNA)
    step = edit(db, ANNA, organisation_id=None, note="left")
    remove(db, FIRM)
    kept = undo.undo_step(db, step).kept
    assert kept == (Kept(table="person", id=20, reason="target_gone", columns=("organisation_id",)),)
    assert find(db, ANNA) == replace(ANNA, organisation_id=None)


def test_a_row_removed_since_is_told(db):
    add(db, FIRM)
    step = edit(db, FIRM, name="Meier AG")
    remove(db, FIRM)
    assert undo.undo_step(db, step).kept == (Kept(table="organisation", id=10, reason="removed"),)


def test_a_row_added_and_removed_since_is_just_gone(db):
    step = add(db, FIRM)
    remove(db, FIRM)
    assert undo.undo_step(db, step).kept == ()
    assert find(db, FIRM) is None


def test_rows_that_point_at_each_other_from_one_step_go_together(db):
    add(db, Task(id=60, ref="AAAA-7777", title="old"))
    before = state(db)
    with db.write(Label("Both")) as tx:
        for record in (FIRM, ANNA, LEAD):
            tx.add(record)
        tx.put(replace(records.get(tx.connection, Task, 60), person_id=20, lead_id=40))
    undo.undo_last(db)
    assert state(db) == before


def test_odd_texts_and_numbers_come_back_exactly(db):
    odd = replace(FIRM, name="12", note='\x00\x01\u2028 null \'" \\u0041 {"a": 1}', industry="1e5", size="Nguyễn 陳 🎪")
    lead = replace(LEAD, person_id=None, amount_cents=2**62 + 1)
    add(db, odd, lead)
    before = state(db)
    edit(db, odd, name="", note="", industry="", size="")
    edit(db, lead, amount_cents=None)
    remove(db, odd, lead)
    for _ in range(3):
        undo.undo_last(db)
    assert state(db) == before


def test_undoing_twice_or_what_is_not_there_is_refused(db):
    step = add(db, FIRM)
    undo.undo_step(db, step)
    with pytest.raises(RuleBroken, match="undone already"):
        undo.undo_step(db, step)
    with pytest.raises(NotFound, match="no such step"):
        undo.undo_step(db, 12345)
    with pytest.raises(RuleBroken, match="workspace begins with this step"):
        undo.undo_step(db, 1)


def test_an_undo_can_be_taken_back_from_the_history_though_something_else_was_done_since(db):
    add(db, FIRM)
    undo.undo_last(db)
    add(db, replace(ANNA, organisation_id=None))
    with pytest.raises(NotFound):
        undo.redo_last(db)
    taken_back = next(step for step in steps(db) if step.kind == "undo")
    assert taken_back.undoable
    result = undo.undo_step(db, taken_back.id)
    assert result.again
    assert find(db, FIRM) == FIRM
    assert [(step.kind, step.undoable) for step in steps(db)[:3]] == [("redo", False), ("act", True), ("undo", False)]


def test_undoing_an_undo_is_a_redo_and_undoing_a_redo_an_undo(db):
    add(db, FIRM)
    undo.undo_last(db)
    assert undo.undo_step(db, steps(db)[0].id).step == steps(db)[-2].id
    assert find(db, FIRM) == FIRM
    assert steps(db)[0].kind == "redo"
    undo.undo_step(db, steps(db)[0].id)
    assert find(db, FIRM) is None
    assert [step.kind for step in steps(db)] == ["undo", "redo", "undo", "act", "act"]


def steps(db: Database) -> list[journal.Step]:
    with db.read() as connection:
        return journal.steps(connection)


def test_the_steps_are_listed_newest_first_with_who_and_what_can_be_undone(db):
    with db.write(Label("Members")) as tx:
        member = tx.add(Member(name="Jana Lindner"))
    db.member_id = member.id
    first, second = add(db, FIRM), add(db, ANNA)
    undo.undo_last(db)
    listed = steps(db)
    assert [(step.kind, step.undone, step.undoable, step.member_id) for step in listed[:3]] == [
        ("undo", False, True, member.id),
        ("act", True, False, member.id),
        ("act", False, True, member.id),
    ]
    assert listed[0].undoes == second
    assert listed[0].at == "2026-05-05T12:02:00.000Z"
    with db.read() as connection:
        assert [step.id for step in journal.steps(connection, 1, second)] == [first]


def test_the_history_of_a_record_tells_each_column_before_and_after(db):
    add(db, FIRM, ANNA)
    edit(db, ANNA, given="Anne", organisation_id=None)
    edit(db, FIRM, name="Meier AG")
    undo.undo_step(db, steps(db)[1].id)
    remove(db, ANNA)
    with db.read() as connection:
        entries = journal.history(connection, "person", ANNA.id)
    assert [(entry.label.one, entry.kind, entry.action) for entry in entries] == [
        ("Add", "act", "added"),
        ("Edit", "act", "changed"),
        ("Edit", "undo", "changed"),
        ("Remove", "act", "removed"),
    ]
    changed = {change.column: (change.before, change.after) for change in entries[1].changes}
    assert changed == {"given": ("Anna", "Anne"), "organisation_id": (10, None)}
    assert {change.column: change.after for change in entries[0].changes}["given"] == "Anna"
    assert {change.column: change.before for change in entries[3].changes}["given"] == "Anna"
    assert all(change.column != "id" for entry in entries for change in entry.changes)


def test_a_step_that_left_a_record_as_it_was_is_not_in_its_history(db):
    add(db, FIRM)
    with db.write(Label("There and back")) as tx:
        tx.put(replace(FIRM, name="Meier AG"))
        tx.put(FIRM)
        tx.add(ANNA)
        tx.remove(Person, ANNA.id)
    with db.read() as connection:
        assert [entry.label.one for entry in journal.history(connection, "organisation", FIRM.id)] == ["Add"]
        assert journal.history(connection, "person", ANNA.id) == []


def test_an_undo_is_told_like_any_change(db):
    add(db, FIRM)
    told = []
    db.subscribe(told.append)
    undo.undo_last(db)
    assert [(change.label.one, dict(change.tables)) for change in told] == [("Add", {"organisation": frozenset({10})})]


def test_an_undo_that_is_stopped_leaves_all_as_it_was_and_can_be_done_later(db):
    with db.write(Label("Bring in many")) as tx:
        tx.add_many(Person(family=f"Person {number}") for number in range(500))
    before, looks = state(db), iter((False, False))
    with db.stopping(lambda: next(looks, True)), pytest.raises(Cancelled):
        undo.undo_last(db)
    assert state(db) == before
    assert undo.undo_last(db).undone == 500


def test_an_undo_cannot_begin_inside_a_step(db):
    add(db, FIRM)
    with pytest.raises(AssertionError, match="inside another"), db.write(Label("Outer")):
        undo.undo_last(db)
    assert find(db, FIRM) == FIRM
