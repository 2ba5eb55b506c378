"""Imports: one step in the history, written in slices, and taken back whole when they do not finish."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from crmdesk.domain.changes import Change
from crmdesk.domain.errors import NotFound, RuleBroken
from crmdesk.domain.records import ContactPoint, Person
from crmdesk.storage import derived, journal, records, undo
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
from tests.support.dump import dump

IMPORT = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.records import Person
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
clock = FixedClock(datetime(2026, 5, 5, 13, tzinfo=UTC))
db = open_database(Path(sys.argv[1]), clock=clock, ids=IdSource(clock, random.Random(9)))
step = db.long_write(Label("Import"))
for number in range(3):
    with step.slice() as tx:
        tx.add_many(Person(given=f"{number}-{row}") for row in range(50))
        old = tx.connection.exec_driver_sql("UPDATE person SET note = ? WHERE given = 'Anna'", (str(number),))
with step.slice() as tx:
    tx.add(Person(given="never committed"))
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def state(db: Database) -> dict[str, list[tuple[object, ...]]]:
    with db.read() as connection:
        return dump(connection)


def names(db: Database) -> list[str]:
    with db.read() as connection:
        return [person.given for person in records.where(connection, Person)]


def add(db: Database, name: str) -> Person:
    with db.write(Label("Add")) as tx:
        return tx.add(Person(given=name))


def labels(db: Database) -> list[tuple[str, str, str]]:
    with db.read() as connection:
        return [(step.label.one, step.kind, step.state) for step in journal.steps(connection)][:-1]


def imported(db: Database, *slices: str) -> int:
    long = db.long_write(Label("Import"))
    for name in slices:
        with long.slice() as tx:
            person = tx.add(Person(given=name))
            tx.add(ContactPoint(person_id=person.id, kind="email", value=name))
    long.finish()
    return long.step


def test_slices_are_one_step_in_history_and_one_undo(db):
    before = state(db)
    step = imported(db, "a", "b", "c")
    after = state(db)
    assert labels(db) == [("Import", "long", "done")]
    result = undo.undo_last(db)
    assert (result.step, result.undone, result.kept) == (step, 6, ())
    assert state(db) == before
    assert undo.redo_last(db).step == step
    assert state(db) == after
    with pytest.raises(NotFound, match="nothing to redo"):
        undo.redo_last(db)


def test_a_long_step_is_told_once_at_its_end(db):
    told: list[Change] = []
    db.subscribe(told.append)
    long = db.long_write(Label("Import"))
    for name in "ab":
        with long.slice() as tx:
            tx.add(Person(given=name))
    assert told == []
    long.finish()
    assert [(change.step, len(change.tables["person"])) for change in told] == [(long.step, 2)]


def test_a_long_step_without_slices_leaves_no_trace(db):
    long = db.long_write(Label("Import"))
    long.finish()
    db.long_write(Label("Import")).cancel()
    assert labels(db) == []


def test_cancelling_takes_all_slices_back_for_good(db):
    anna = add(db, "Anna")
    before = state(db)
    long = db.long_write(Label("Import"))
    for note in "ab":
        with long.slice() as tx:
            tx.add(Person(given=note))
            tx.put(replace(records.get(tx.connection, Person, anna.id), note=note))
    long.cancel()
    assert state(db) == before
    assert labels(db)[:2] == [("Import", "undo", "done"), ("Import", "long", "cancelled")]
    with pytest.raises(NotFound, match="nothing to redo"):
        undo.redo_last(db)
    with db.read() as connection:
        undone = journal.steps(connection)[0].id
    with pytest.raises(RuleBroken, match="cancelled"):
        undo.undo_step(db, undone)
    assert undo.undo_last(db).label == Label("Add")


def test_what_was_edited_during_an_import_survives_its_cancelling(db):
    long = db.long_write(Label("Import"))
    with long.slice() as tx:
        anna = tx.add(Person(given="Anna"))
        tx.add(Person(given="Bert"))
    with db.write(Label("Edit")) as tx:
        tx.put(replace(anna, note="met her"))
    with long.slice() as tx:
        tx.add(Person(given="Cem"))
    long.cancel()
    assert names(db) == ["Anna"]


def test_a_slice_that_fails_takes_only_itself_back(db):
    def fail(name: str) -> None:
        with long.slice() as tx:
            tx.add(Person(given=name))
            raise ZeroDivisionError

    long = db.long_write(Label("Import"))
    with pytest.raises(ZeroDivisionError):
        fail("first of all")
    with long.slice() as tx:
        tx.add(Person(given="a"))
    with pytest.raises(ZeroDivisionError):
        fail("b")
    long.finish()
    assert names(db) == ["a"]


def test_a_step_that_goes_on_cannot_be_undone_yet(db):
    long = db.long_write(Label("Import"))
    with long.slice() as tx:
        tx.add(Person(given="a"))
    with pytest.raises(RuleBroken, match="goes on"):
        undo.undo_last(db)
    with pytest.raises(RuleBroken, match="goes on"):
        undo.undo_step(db, long.step)
    long.finish()
    undo.undo_last(db)


def test_while_a_step_goes_on_undo_takes_back_what_was_done_since_and_nothing_older(db):
    older = imported(db, "a", "b")
    long = db.long_write(Label("Import {file}", args={"file": "new.csv"}))
    with long.slice() as tx:
        tx.add(Person(given="c"))
    before = state(db)
    with pytest.raises(RuleBroken, match="goes on still"):
        undo.undo_last(db)
    assert state(db) == before
    with db.write(Label("Add d")) as tx:
        tx.add(Person(given="d"))
    undo.undo_last(db)
    assert state(db) == before
    with pytest.raises(RuleBroken, match="goes on still"):
        undo.undo_last(db)
    assert undo.undo_step(db, older).undone
    long.cancel()
    assert names(db) == []


def test_an_edit_goes_before_the_next_slice(db):
    order: list[str] = []
    inside, waiting = threading.Event(), threading.Event()

    def edit() -> None:
        inside.wait()
        waiting.set()
        with db.write(Label("Edit")):
            order.append("edit")

    person = threading.Thread(target=edit)
    person.start()
    long = db.long_write(Label("Import"))
    with long.slice():
        inside.set()
        waiting.wait()
        while not db._turns._waiting:
            pass
    with long.slice():
        order.append("slice")
    person.join()
    long.cancel()
    assert order == ["edit", "slice"]


def test_an_import_killed_in_the_middle_is_taken_back_at_the_next_start(db, workspace, clock, ids):
    add(db, "Anna")
    before = state(db)
    db.close()
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(workspace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"in the middle\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    reader = open_database(workspace, clock=clock, ids=ids, read_only=True)
    assert len(names(reader)) == 151
    reader.close()
    again = open_database(workspace, clock=clock, ids=ids)
    assert state(again) == before
    assert ("Import", "long", "cancelled") in labels(again)
    assert again.problems() == []
    with again.read() as connection:
        assert derived.check(connection) == []
    again.close()


def test_an_import_that_ended_last_is_undone_before_an_edit_made_while_it_went_on(db):
    anna = add(db, "Anna")
    long = db.long_write(Label("Import"))
    with long.slice() as tx:
        tx.add(Person(given="Bert"))
    with db.write(Label("Edit")) as tx:
        tx.put(replace(anna, note="met her"))
    with long.slice() as tx:
        tx.add(Person(given="Cem"))
    assert undo.undo_last(db).label == Label("Edit")  # what goes on still is not undone by it
    undo.redo_last(db)
    long.finish()
    assert [undo.undo_last(db).label for _each in range(3)] == [Label("Import"), Label("Edit"), Label("Add")]
    assert [undo.redo_last(db).label for _each in range(3)] == [Label("Add"), Label("Edit"), Label("Import")]
    assert names(db) == ["Anna", "Bert", "Cem"]
