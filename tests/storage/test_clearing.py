"""The journal of a stopped import: freed at rest, without a trace in what can be undone or read."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from crmdesk.domain.records import ContactPoint, Person
from crmdesk.storage import clearing, journal, records, soundness, undo
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
from tests.support.dump import dump


def entries(db: Database) -> int:
    with db.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())


def never() -> bool:
    return False


@pytest.fixture
def stopped(db: Database) -> Database:
    """A list was stopped: one of it was edited meanwhile, a number was given to another, and Anna was filled."""
    with db.write(Label("Add")) as tx:
        anna = tx.add(Person(given="Anna"))
    long = db.long_write(Label("Import"))
    with long.slice() as tx:
        edited, called = tx.add(Person(given="Edited")), tx.add(Person(given="Called"))
        tx.put(replace(records.get(tx.connection, Person, anna.id), note="filled"))
    for part in range(3):
        with long.slice() as tx:
            tx.add_many(Person(given=f"{part}-{row}") for row in range(50))
    with db.write(Label("Edit")) as tx:
        tx.put(replace(edited, note="met"))
    with db.write(Label("Number")) as tx:
        tx.add(ContactPoint(person_id=called.id, kind="phone", value="0171 1"))
    long.cancel()
    return db


def test_only_what_the_stopped_import_alone_has_touched_is_freed(stopped: Database, monkeypatch) -> None:
    before = entries(stopped)
    monkeypatch.setattr(clearing, "SLICE", 20)
    assert clearing.clear_cancelled(stopped, stopped=never) == 2 * 150
    assert entries(stopped) == before - 2 * 150
    with stopped.read() as connection:
        assert soundness.journal_problems(connection) == []
        left = connection.exec_driver_sql("SELECT given FROM person ORDER BY given").scalars().all()
        history = journal.history(connection, "person", records.where(connection, Person, given="Called")[0].id)
    assert left == ["Anna", "Called", "Edited"]
    assert [each.action for each in history] == ["added"], "who stayed keeps where they came from"
    assert clearing.clear_cancelled(stopped, stopped=never) == 0


def test_everything_else_is_undone_and_done_again_as_without_it(stopped: Database, tmp_path, clock, ids) -> None:
    stopped.checkpoint()
    twin_path = tmp_path / "twin.crmdesk"
    shutil.copy(stopped.path, twin_path)
    twin = open_database(twin_path, clock=clock, ids=ids)
    clearing.clear_cancelled(twin, stopped=never)
    for act in (undo.undo_last, undo.undo_last, undo.redo_last, undo.redo_last, undo.undo_last, undo.undo_last):
        act(stopped), act(twin)
        with stopped.read() as connection, twin.read() as other:
            assert dump(connection) == dump(other)
    twin.close()


def test_an_end_in_the_middle_leaves_a_sound_file_and_the_rest_for_the_next_time(
    stopped: Database, monkeypatch
) -> None:
    monkeypatch.setattr(clearing, "SLICE", 20)
    turns = iter([False] * 5)
    first = clearing.clear_cancelled(stopped, stopped=lambda: next(turns, True))
    assert 0 < first < 300
    with stopped.read() as connection:
        assert soundness.journal_problems(connection) == []
    assert first + clearing.clear_cancelled(stopped, stopped=never) == 300


def test_what_was_undone_and_may_come_again_is_left(db: Database) -> None:
    long = db.long_write(Label("Import"))
    with long.slice() as tx:
        tx.add_many(Person(given=str(row)) for row in range(50))
    long.finish()
    undo.undo_last(db)
    assert clearing.clear_cancelled(db, stopped=never) == 0
    undo.redo_last(db)
    with db.read() as connection:
        assert len(records.where(connection, Person)) == 50
