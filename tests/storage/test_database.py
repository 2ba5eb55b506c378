"""Creating, reading and writing a workspace: steps, changes, threads, interrupted reads."""

from __future__ import annotations

import stat
import threading

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from crmdesk.domain.changes import ALL, Change
from crmdesk.domain.errors import BadFile, Busy, Cancelled, DiskFull, NotFound
from crmdesk.domain.records import Id, Organisation, Person, Setting
from crmdesk.storage import failures, journal, opening, records, undo
from crmdesk.storage.creating import create
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
from tests.support.dump import dump


def people(db: Database) -> list[str]:
    with db.read() as connection:
        return [person.given for person in records.where(connection, Person)]


def add(db: Database, *names: str) -> list[Person]:
    with db.write(Label("Add people")) as tx:
        return tx.add_many(Person(given=name) for name in names)


def add_and_fail(db: Database, name: str) -> None:
    with db.write(Label("Fails")) as tx:
        tx.add(Person(given=name))
        raise ZeroDivisionError


def test_what_is_written_is_read_also_after_opening_again(db, workspace, clock, ids):
    with db.write(Label("Add")) as tx:
        firm = tx.add(Organisation(name="Müller GmbH"))
        anna = tx.add(Person(given="Anna", organisation_id=firm.id))
    db.close()
    again = open_database(workspace, clock=clock, ids=ids)
    with again.read() as connection:
        assert records.get(connection, Person, anna.id) == anna
    again.close()


def test_a_new_workspace_has_its_settings_and_nothing_to_undo(db):
    with db.read() as connection:
        stored = {setting.key: setting.value for setting in records.where(connection, Setting)}
        assert not any(step.undoable for step in journal.steps(connection))
    assert stored == {"name": "Example", "country": "DE", "currency": "EUR", "language": "en"}


def test_the_file_is_durable_and_distrusts_its_schema(db):
    with db.aside() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "recursive_triggers")
        }
        kept = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").scalar()
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
    }
    assert kept == 0


def test_file_log_and_shared_memory_are_private(db, workspace):
    add(db, "Anna")
    for path in (workspace, *workspace.parent.glob("example.crmdesk-*")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert len(list(workspace.parent.glob("example.crmdesk-*"))) == 2


def test_a_file_that_others_could_read_is_private_after_opening(workspace, clock, ids):
    workspace.chmod(0o644)
    open_database(workspace, clock=clock, ids=ids).close()
    assert stat.S_IMODE(workspace.stat().st_mode) == 0o600


def test_closing_leaves_nothing_beside_the_file(db, workspace):
    add(db, "Anna")
    db.close()
    db.close()
    assert [path.name for path in workspace.parent.iterdir()] == ["example.crmdesk"]


def test_late_work_on_a_closed_workspace_is_cancelled_and_opens_nothing(db, workspace):
    db.close()
    with pytest.raises(Cancelled, match="was closed"):
        people(db)
    with pytest.raises(Cancelled, match="was closed"):
        add(db, "Anna")
    assert [path.name for path in workspace.parent.iterdir()] == ["example.crmdesk"]


def test_creating_over_a_file_is_refused_and_leaves_it(workspace, clock, ids):
    before = workspace.read_bytes()
    with pytest.raises(BadFile, match="is there already"):
        create(workspace, clock=clock, ids=ids, settings={})
    assert workspace.read_bytes() == before


def test_creating_in_a_folder_that_is_not_there_leaves_nothing(tmp_path, clock, ids):
    with pytest.raises(NotFound, match="folder"):
        create(tmp_path / "nowhere" / "x.crmdesk", clock=clock, ids=ids, settings={})
    assert list(tmp_path.iterdir()) == []


def test_a_create_that_fails_leaves_nothing(tmp_path, clock, ids):
    with pytest.raises(IntegrityError):
        create(tmp_path / "x.crmdesk", clock=clock, ids=ids, settings={"name": None})
    assert list(tmp_path.iterdir()) == []


def test_an_exception_takes_the_step_back(db):
    with pytest.raises(ZeroDivisionError):
        add_and_fail(db, "Anna")
    assert people(db) == []
    with db.read() as connection:
        assert [step.label.one for step in journal.steps(connection)] == ["Create the workspace"]


def test_a_write_within_a_write_is_a_part_of_it(db):
    with db.write(Label("Outer")) as outer:
        outer.add(Person(given="Anna"))
        with pytest.raises(ZeroDivisionError):
            add_and_fail(db, "Bert")
        with db.write(Label("Inner")) as inner:
            assert inner is outer
            inner.add(Person(given="Cem"))
    assert people(db) == ["Anna", "Cem"]
    with db.read() as connection:
        assert [step.label.one for step in journal.steps(connection)] == ["Outer", "Create the workspace"]


def test_a_read_within_a_write_sees_what_was_written_others_do_not(db):
    seen: list[list[str]] = []
    with db.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
        assert people(db) == ["Anna"]
        other = threading.Thread(target=lambda: seen.append(people(db)))
        other.start()
        other.join()
    assert seen == [[]]


def test_a_reader_sees_one_state_to_its_end(db):
    with db.read() as connection:
        assert records.where(connection, Person) == []
        writer = threading.Thread(target=add, args=(db, "Anna"))
        writer.start()
        writer.join()
        assert records.where(connection, Person) == []
    assert people(db) == ["Anna"]


def test_each_commit_is_told_once_with_what_it_touched(db):
    told: list[Change] = []
    leave = db.subscribe(told.append)
    anna, bert = add(db, "Anna", "Bert")
    with pytest.raises(ZeroDivisionError):
        add_and_fail(db, "Cem")
    leave()
    leave()
    add(db, "Cem")
    assert [(change.label.one, dict(change.tables)) for change in told] == [
        ("Add people", {"person": frozenset({anna.id, bert.id})})
    ]


def test_a_change_is_told_after_the_commit_and_may_be_answered_with_a_write(db):
    def answer(change: Change) -> None:
        if change.label.one == "Add people":
            with db.write(Label("Answer")) as tx:
                tx.add(Organisation(name=f"saw {len(people(db))}"))

    db.subscribe(answer)
    add(db, "Anna")
    with db.read() as connection:
        assert [firm.name for firm in records.where(connection, Organisation)] == ["saw 1"]


def test_more_than_a_thousand_rows_are_told_as_all(db):
    told: list[Change] = []
    db.subscribe(told.append)
    add(db, *(str(number) for number in range(1001)))
    assert told[0].tables == {"person": ALL}
    add(db, *(str(number) for number in range(1000)))
    assert len(told[1].tables["person"]) == 1000


def test_a_step_that_touches_nothing_leaves_no_trace_and_tells_nothing(db):
    told: list[Change] = []
    db.subscribe(told.append)
    with db.write(Label("Nothing")):
        pass
    anna = add(db, "Anna")[0]
    with db.write(Label("The same again")) as tx:
        tx.put(anna)
    with db.read() as connection:
        assert [step.label.one for step in journal.steps(connection)] == ["Add people", "Create the workspace"]
    assert [change.label.one for change in told] == ["Add people"]


def test_closing_what_was_only_read_leaves_one_file_and_makes_no_writing_connection(workspace, clock, ids, monkeypatch):
    open_database(workspace, clock=clock, ids=ids).close()
    made = []
    real = Engine.raw_connection

    def raw_connection(engine):
        made.append(engine)
        return real(engine)

    monkeypatch.setattr(Engine, "raw_connection", raw_connection)
    db = open_database(workspace, clock=clock, ids=ids)
    with db.read() as connection:
        journal.steps(connection)
    made.clear()
    db.close()
    assert not made
    assert [each.name for each in workspace.parent.iterdir() if each.name.startswith(workspace.name)] == [
        workspace.name
    ]


def test_the_first_step_finds_the_writing_connection_open_once_it_was_warmed_and_nothing_was_written(
    workspace, clock, ids, monkeypatch
):
    made = []
    real = opening.connect

    def connect(path, *, mode):
        made.append(mode)
        return real(path, mode=mode)

    monkeypatch.setattr(opening, "connect", connect)
    db = open_database(workspace, clock=clock, ids=ids)
    told: list[Change] = []
    db.subscribe(told.append)
    db.warm()
    log = opening.beside(workspace, "-wal")
    assert "rw" in made
    assert not log.exists() or log.stat().st_size == 0
    assert not told
    made.clear()
    add(db, "Anna")
    assert "rw" not in made
    with db.read() as connection:
        assert [step.id for step in journal.steps(connection)] == [2, 1]
    db.close()
    db.warm()


def test_a_write_outside_a_step_fails(db):
    for statement in (
        "INSERT INTO setting VALUES (1, 'r', '', 'k', 'v')",
        "UPDATE setting SET value = 'x'",
        "DELETE FROM setting",
    ):
        with pytest.raises(IntegrityError, match="a write outside a step"), db.aside() as connection:
            connection.exec_driver_sql(statement)


def test_an_id_never_changes(db):
    anna = add(db, "Anna")[0]
    with pytest.raises(IntegrityError, match="an id never changes"), db.write(Label("Bad")) as tx:
        tx.connection.exec_driver_sql("UPDATE person SET id = id + 1 WHERE id = ?", (anna.id,))


def test_a_reading_connection_cannot_write(db):
    with pytest.raises(failures.ReadOnly), db.read() as connection:
        connection.exec_driver_sql("DELETE FROM setting")


def test_a_link_to_nothing_is_refused_at_the_end_of_the_step(db):
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), db.write(Label("Bad")) as tx:
        tx.add(Person(organisation_id=Id(5)))
    with db.write(Label("Good, in any order")) as tx:
        tx.add(Person(given="Anna", organisation_id=Id(5)))
        tx.add(Organisation(id=Id(5)))
    assert people(db) == ["Anna"]


def test_threads_write_in_turns_and_nothing_is_lost(db):
    def work(letter: str) -> None:
        for number in range(10):
            add(db, f"{letter}{number}")

    threads = [threading.Thread(target=work, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(people(db)) == sorted(f"{letter}{number}" for letter in "abcd" for number in range(10))


def test_a_read_ends_once_its_thread_is_asked_to_stop_and_the_connection_goes_on(db):
    counting = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000000) SELECT max(i) FROM n"
    looks = iter((False, False))
    with db.stopping(lambda: next(looks, True)), pytest.raises(Cancelled), db.read() as connection:
        connection.exec_driver_sql(counting).fetchall()
    assert next(looks, None) is None, "it was not asked again"
    assert people(db) == []


@pytest.mark.parametrize(("code", "error"), [(13, DiskFull), (5, Busy), (11, BadFile), (10, BadFile), (778, BadFile)])
def test_what_sqlite_refuses_is_said_in_a_persons_words(db, code, error):
    problem = failures.dbapi2.OperationalError("some words of SQLite")
    problem.sqlite_errorcode = code
    with pytest.raises(error, match=r"“example.crmdesk”"), failures.worded(db.path):
        raise DBAPIError("INSERT", (), problem)


def test_a_full_disk_takes_the_step_back_and_says_so(db):
    add(db, "Anna")
    with db.aside() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="is full"):
        add(db, *("x" * 1000 for _ in range(100)))
    assert people(db) == ["Anna"]


def test_drafts_are_written_aside_without_a_step(db):
    with db.aside() as connection:
        connection.exec_driver_sql("INSERT INTO draft VALUES ('note', 'half a sen', '2026-05-05')")
    with db.read() as connection:
        assert connection.exec_driver_sql("SELECT text FROM draft").scalar() == "half a sen"
        assert len(journal.steps(connection)) == 1


def test_a_whole_file_has_no_problems_and_a_damaged_link_is_one(db):
    add(db, "Anna")
    assert db.problems() == []
    with db.aside() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_person_update")
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("UPDATE person SET organisation_id = 5")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    assert any("points at nothing in organisation" in problem for problem in db.problems())


def test_a_file_that_changed_since_it_was_last_checked_is_still_whole(db):
    for number in range(30):
        add(db, f"Anna{number}", f"Bert{number}")
        if number % 3 == 0:
            assert db.problems() == []
        if number % 2 == 0:
            undo.undo_last(db)
    assert db.problems() == []


def test_the_dump_of_a_workspace_holds_every_record(db):
    add(db, "Anna", "Bert")
    with db.read() as connection:
        found = dump(connection)
    assert len(found["person"]) == 2
    assert len(found["setting"]) == 4


def test_what_is_written_in_haste_is_synced_at_the_end(db):
    def synchronous() -> int:
        with db.aside() as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar_one()

    with db.hasty():
        assert synchronous() == 0
        with db.write(Label("Add")) as tx:
            tx.add(Person(given="Anna"))
    assert synchronous() == 2
    with db.read() as connection:
        assert [person.given for person in records.where(connection, Person)] == ["Anna"]
