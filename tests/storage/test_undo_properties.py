"""Undo and redo against a plain model of what they promise, on random steps."""

from __future__ import annotations

import random
import shutil
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.records import Activity, ContactPoint, Lead, Organisation, Person, Record
from crmdesk.storage import derived, journal, records, undo
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
from tests.support.dump import dump
from tests.support.undo_model import UndoModel

QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def anew(workspace_template: Path, tmp_path: Path, clock: FixedClock):
    """Makes a fresh workspace each time it is called."""
    opened: list[Database] = []

    def make() -> Database:
        path = Path(shutil.copy(workspace_template, tmp_path / f"{uuid.uuid4().hex}.crmdesk"))
        opened.append(open_database(path, clock=clock, ids=IdSource(clock, random.Random(5))))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


class Story:
    """Random steps over a handful of records that point at one another."""

    def __init__(self, db: Database, seed: int) -> None:
        self.db = db
        self.random = random.Random(seed)

    def step(self) -> None:
        with self.db.write(Label("Something")) as tx:
            for _ in range(self.random.randint(1, 4)):
                self._act(tx)

    def long_step(self, *, between: bool) -> None:
        long = self.db.long_write(Label("Import"))
        for _ in range(self.random.randint(1, 3)):
            with long.slice() as tx:
                for _ in range(self.random.randint(1, 3)):
                    self._act(tx)
            if between:
                self.step()
        long.finish()

    def _pick(self, tx: Any, record_type: type[Record]) -> Any:
        there = records.where(tx.connection, record_type)
        return self.random.choice(there) if there else None

    def _act(self, tx: Any) -> None:
        kind = self.random.choice(("add", "add", "add", "edit", "edit", "edit", "remove", "point"))
        getattr(self, f"_{kind}")(tx)

    def _word(self) -> str:
        return self.random.choice(("", "a", "b'\"", "Nguyễn", "陳", "12", "null", "\\", "\n{}"))

    def _add(self, tx: Any) -> None:
        person, firm, lead = (self._pick(tx, kind) for kind in (Person, Organisation, Lead))
        tx.add(
            self.random.choice(
                (
                    Organisation(name=self._word()),
                    Person(given=self._word(), organisation_id=firm and firm.id),
                    Lead(person_id=person and person.id, stage="lead", amount_cents=self.random.choice((None, 5))),
                    ContactPoint(person_id=person and person.id, kind="email", value=self._word()),
                    Activity(lead_id=lead and lead.id, person_id=person and person.id, kind="call"),
                )
            )
        )

    def _edit(self, tx: Any) -> None:
        if person := self._pick(tx, Person):
            column = self.random.choice(("given", "family", "note"))
            tx.put(replace(person, **{column: self._word(), "family_first": self.random.randint(0, 1)}))
        if lead := self._pick(tx, Lead):
            tx.put(replace(lead, amount_cents=self.random.choice((None, 0, 7, 2**60)), rank=self._word()))

    def _point(self, tx: Any) -> None:
        person, firm = self._pick(tx, Person), self._pick(tx, Organisation)
        if person:
            tx.put(replace(person, organisation_id=firm and firm.id))

    def _remove(self, tx: Any) -> None:
        if activity := self._pick(tx, Activity):
            tx.remove(Activity, activity.id)
        for firm in records.where(tx.connection, Organisation):
            if not records.where(tx.connection, Person, organisation_id=firm.id):
                tx.remove(Organisation, firm.id)
                return


def state(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    with db.read() as connection:
        return dump(connection)


def undoable(connection: Connection) -> list[journal.Step]:
    return [step for step in journal.steps(connection) if step.undoable]


def is_sound(db: Database) -> None:
    assert db.problems() == []
    with db.read() as connection:
        assert derived.check(connection) == []


@QUICK
@given(seed=st.integers(0, 10**6), count=st.integers(1, 7))
def test_undoing_all_steps_newest_first_and_redoing_them_passes_through_every_state(anew, seed, count):
    db = anew()
    story = Story(db, seed)
    states = [state(db)]
    for number in range(count):
        if number % 3 == 2:
            story.long_step(between=False)
        else:
            story.step()
        if state(db) != states[-1]:
            states.append(state(db))
    # A step may have done and undone the same thing: then it is in the history but changes nothing.
    passed = [state(db)]
    undone = 0
    with db.read() as connection:
        acts = len(undoable(connection))
    for _ in range(acts):
        assert undo.undo_last(db).kept == ()
        undone += 1
        if state(db) != passed[-1]:
            passed.append(state(db))
    assert passed == states[::-1]
    is_sound(db)
    passed = [state(db)]
    for _ in range(undone):
        assert undo.redo_last(db).kept == ()
        if state(db) != passed[-1]:
            passed.append(state(db))
    assert passed == states
    is_sound(db)


@QUICK
@given(seed=st.integers(0, 10**6), count=st.integers(2, 7), data=st.data())
def test_undo_out_of_order_takes_back_just_what_nobody_touched_since(anew, seed, count, data):
    db = anew()
    story = Story(db, seed)
    for number in range(count):
        if number % 3 == 1:
            story.long_step(between=number % 2 == 1)
        else:
            story.step()
    with db.read() as connection:
        candidates = undoable(connection)
    if not candidates:
        return
    step = data.draw(st.sampled_from(candidates)).id
    with db.read() as connection:
        expected = UndoModel(connection, step)
    result = undo.undo_step(db, step)
    after = state(db)
    assert after == expected.rows()
    assert {(kept.table, kept.id) for kept in result.kept} == expected.kept
    is_sound(db)
    undo.redo_last(db)
    assert state(db) == expected.before
    is_sound(db)
