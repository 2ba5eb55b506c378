"""What is opened, and what is refused and left exactly as it was."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crmdesk.domain.errors import BadFile, Busy, Damaged, Foreign, NewerFile, NotFound, ReadOnly
from crmdesk.domain.records import Person
from crmdesk.storage import backup, copying, derived, migrations, opening, records, undo
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
from tests.support.first_format import write_first_format


def tamper(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    for statement in statements:
        connection.executescript(statement)
    connection.close()


def traces(path: Path) -> tuple[bytes, int, list[str]]:
    """The file's bytes and time, and what lies beside it."""
    return path.read_bytes(), path.stat().st_mtime_ns, sorted(os.listdir(path.parent))


@pytest.fixture
def refused(workspace, clock, ids):
    """Opens the workspace, for writing and for reading: refused both times with the error, and untouched."""

    def refuse(error: type[Exception], words: str, path: Path = workspace) -> None:
        before = traces(path)
        for read_only in (False, True):
            with pytest.raises(error, match=words) as caught:
                open_database(path, clock=clock, ids=ids, read_only=read_only)
            assert caught.type is error
            assert caught.value.remedy
        assert traces(path) == before

    return refuse


def test_a_newer_file_is_refused_with_both_numbers_and_not_touched(workspace, refused):
    tamper(workspace, f"PRAGMA user_version = {migrations.HEAD + 6}")
    refused(NewerFile, rf"its format is {migrations.HEAD + 6}, this one reads {migrations.HEAD}\.")


def test_full_text_whose_words_are_garbled_is_damage_and_the_file_stays_as_it_was(workspace, clock, ids):
    workspace.write_bytes(workspace.read_bytes().replace(b"contentless_delete", b"contentless_dalete"))
    before = traces(workspace)
    with pytest.raises(Damaged):
        open_database(workspace, clock=clock, ids=ids)
    assert traces(workspace) == before
    with pytest.raises(Damaged):
        backup.make(workspace, reason="restore", now=clock.now())


def test_a_newer_file_that_was_cut_off_keeps_its_log(workspace, tmp_path, clock, ids):
    running = opening.connect(workspace, mode="rw")
    running.execute("PRAGMA wal_autocheckpoint = 0")
    running.execute(f"PRAGMA user_version = {migrations.HEAD + 6}")
    (tmp_path / "crashed").mkdir()
    files = [tmp_path / "crashed" / name for name in ("example.crmdesk", "example.crmdesk-wal")]
    for file in files:
        shutil.copy(workspace.with_name(file.name), file)
    running.close()
    before = [(file.read_bytes(), file.stat().st_mtime_ns) for file in files]
    for read_only in (False, True):
        with pytest.raises(NewerFile):
            open_database(files[0], clock=clock, ids=ids, read_only=read_only)
        assert [(file.read_bytes(), file.stat().st_mtime_ns) for file in files] == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER friendly AFTER INSERT ON person BEGIN DELETE FROM consent; END",
        "CREATE TRIGGER search_index_x AFTER INSERT ON person BEGIN DELETE FROM consent; END",
        "CREATE VIEW card_view AS SELECT * FROM person",
        "CREATE VIRTUAL TABLE spy USING fts5(a)",
        "CREATE VIRTUAL TABLE spy USING fts5vocab('search_index', 'row')",
        "CREATE TABLE spy (a)",
        "CREATE INDEX ix_spy ON person (family)",
        "CREATE TABLE card_spy (a)",
        "DROP INDEX ix_person_owner_id; CREATE INDEX ix_person_owner_id ON person (given)",
        "DROP TABLE tag; CREATE TABLE tag (id INTEGER NOT NULL, ref TEXT, created_at TEXT, name TEXT)",
        "ALTER TABLE person ADD COLUMN spy TEXT NOT NULL DEFAULT ''",
        "CREATE TRIGGER friendly AFTER INSERT ON card BEGIN DELETE FROM consent; END",
        "CREATE TRIGGER card AFTER INSERT ON person BEGIN DELETE FROM consent; END",
        "DROP TABLE list_row; CREATE VIEW list_row AS SELECT * FROM person",
        "DROP TABLE list_row; CREATE VIRTUAL TABLE list_row USING fts5vocab('search_index', 'row')",
    ],
)
def test_what_we_never_put_into_a_file_is_refused(workspace, refused, statement):
    tamper(workspace, statement)
    refused(Foreign, "something this program never puts there")


def test_another_programs_database_is_refused(workspace, refused):
    workspace.unlink()
    tamper(workspace, "CREATE TABLE notes (a)")
    refused(Foreign, "another program made it")


def test_a_workspace_without_one_of_its_tables_is_damaged(workspace, refused):
    tamper(workspace, "DROP TABLE conversion")
    refused(Damaged, "damaged, or is not a workspace")


def test_an_empty_file_is_called_empty(workspace, refused):
    workspace.write_bytes(b"")
    refused(Damaged, "“example.crmdesk” is empty")


def test_who_has_it_open_is_said(db, workspace, clock, ids):
    with pytest.raises(Busy, match=f"process {os.getpid()} on "):
        open_database(workspace, clock=clock, ids=ids)


@pytest.mark.parametrize("content", [b"given,family\nAnna,M\n", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_of_another_kind_is_refused(workspace, refused, content):
    workspace.write_bytes(content)
    refused(Damaged, "damaged, or is not a workspace")


def test_a_cut_off_file_is_refused_or_reports_its_damage(workspace, clock, ids):
    whole = workspace.read_bytes()
    workspace.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadFile):
        open_database(workspace, clock=clock, ids=ids)
    assert workspace.read_bytes() == whole[: len(whole) // 2]


def test_a_file_that_is_not_there_is_not_made(tmp_path, clock, ids):
    with pytest.raises(NotFound, match=r"There is no file “x\.crmdesk”"):
        open_database(tmp_path / "x.crmdesk", clock=clock, ids=ids)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_a_workspace(tmp_path, clock, ids):
    with pytest.raises(BadFile, match=r"is a folder\. Choose a file in it"):
        open_database(tmp_path, clock=clock, ids=ids)


def test_opening_a_second_time_is_busy_but_reading_is_free(db, workspace, clock, ids):
    with db.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    with pytest.raises(Busy, match="open in another window"):
        open_database(workspace, clock=clock, ids=ids)
    reader = open_database(workspace, clock=clock, ids=ids, read_only=True)
    with reader.read() as connection:
        assert [person.given for person in records.where(connection, Person)] == ["Anna"]
    with pytest.raises(ReadOnly), reader.write(Label("Add")):
        pass
    reader.close()
    with db.write(Label("Still works")) as tx:
        tx.add(Person(given="Bert"))


def test_a_reader_leaves_the_file_and_its_lock_alone(workspace, clock, ids):
    before = workspace.read_bytes()
    reader = open_database(workspace, clock=clock, ids=ids, read_only=True)
    with reader.read() as connection:
        assert records.where(connection, Person) == []
    open_database(workspace, clock=clock, ids=ids).close()
    reader.close()
    assert workspace.read_bytes() == before


def test_media_that_cannot_be_written_are_read_as_they_lie(workspace, clock, ids, monkeypatch):
    monkeypatch.setattr(opening, "_can_write", lambda path: False)
    before = traces(workspace)
    reader = open_database(workspace, clock=clock, ids=ids, read_only=True)
    with reader.read() as connection:
        assert records.where(connection, Person) == []
        assert sorted(os.listdir(workspace.parent)) == before[2]
    reader.close()
    assert traces(workspace) == before


def test_a_log_beside_the_file_is_read_too(db, workspace, monkeypatch):
    with db.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    monkeypatch.setattr(opening, "_can_write", lambda path: False)
    assert opening.reading_mode(workspace) == "ro"


@pytest.fixture
def left_by_a_crash(workspace, tmp_path) -> Path:
    """A workspace that is not in WAL mode, with the journal of a change that was cut off."""
    running = opening.connect(workspace, mode="rw")
    for pragma in ("journal_mode = DELETE", "synchronous = OFF"):
        running.execute(f"PRAGMA {pragma}")
    running.execute("BEGIN")
    running.execute("UPDATE meta SET undo_floor = 7")
    (tmp_path / "crashed").mkdir()
    for name in ("example.crmdesk", "example.crmdesk-journal"):
        shutil.copy(tmp_path / name, tmp_path / "crashed" / name)
    running.close()
    return tmp_path / "crashed" / "example.crmdesk"


@pytest.mark.parametrize("read_only", [False, True])
def test_a_rollback_journal_left_by_a_crash_is_no_question(left_by_a_crash, clock, ids, read_only):
    reopened = open_database(left_by_a_crash, clock=clock, ids=ids, read_only=read_only)
    assert reopened.problems() == []
    assert not opening.beside(left_by_a_crash, "-journal").exists()
    reopened.close()


def test_a_rollback_journal_left_by_a_crash_is_in_no_copy(left_by_a_crash, tmp_path, clock, ids):
    copying.copy(left_by_a_crash, tmp_path / "copy.crmdesk")
    copied = open_database(tmp_path / "copy.crmdesk", clock=clock, ids=ids)
    assert copied.problems() == []
    copied.close()


def test_an_older_file_is_copied_and_brought_up_to_date(workspace, clock, ids, monkeypatch):
    with_anna = open_database(workspace, clock=clock, ids=ids)
    with with_anna.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    with_anna.close()
    brought = []
    monkeypatch.setattr(opening, "HEAD", migrations.HEAD + 1)
    monkeypatch.setattr(opening.migrations, "upgrade", brought.append)
    with pytest.raises(ReadOnly, match="older version"):
        open_database(workspace, clock=clock, ids=ids, read_only=True)
    open_database(workspace, clock=clock, ids=ids).close()
    assert len(brought) == 1
    [made] = backup.listed(workspace)
    assert (made.reason, made.format, backup.verify(made)) == ("migration", migrations.HEAD, True)
    copy = made.path
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    monkeypatch.undo()
    kept = open_database(copy, clock=clock, ids=ids, read_only=True)
    with kept.read() as connection:
        assert [person.given for person in records.where(connection, Person)] == ["Anna"]
    kept.close()


def test_derived_tables_of_another_version_are_made_anew_and_undo_stays_open(workspace, clock, ids):
    database = open_database(workspace, clock=clock, ids=ids)
    with database.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    database.close()
    tamper(workspace, "DROP TABLE tally", "CREATE INDEX card_by_luck ON card (kind)")
    with pytest.raises(ReadOnly, match="older version"):
        open_database(workspace, clock=clock, ids=ids, read_only=True)
    database = open_database(workspace, clock=clock, ids=ids)
    with database.read() as connection:
        assert derived.check(connection) == []
    assert undo.undo_last(database).undone == 1
    assert database.problems() == []
    database.close()
    assert opening.look(workspace).is_today


@pytest.mark.parametrize("number", [1, migrations.HEAD])
def test_every_format_there_was_is_known_by_its_full_text(workspace, tmp_path, number):
    if number == 1:
        write_first_format(workspace)
    assert opening.look(workspace).number == number


def test_garbled_names_in_the_schema_are_damage(workspace, refused):
    content = workspace.read_bytes()
    assert b"CREATE INDEX ix_person_organisation_id ON person" in content
    workspace.write_bytes(
        content.replace(b"INDEX ix_person_organisation_id ON person", b"INDEX ix_person_organisation_id ON p\xa0rson")
    )
    refused(Damaged, "is damaged")


def test_garbled_text_in_a_row_is_damage(workspace, clock, ids):
    database = open_database(workspace, clock=clock, ids=ids)
    with database.write(Label("Add")) as tx:
        tx.add(Person(given="Garbledhere"))
    database.close()
    workspace.write_bytes(workspace.read_bytes().replace(b"Garbledhere", b"Garbled\xff\xfe\xa0e"))
    database = open_database(workspace, clock=clock, ids=ids)
    with pytest.raises(Damaged), database.read() as connection:
        records.where(connection, Person)
    with pytest.raises(Damaged), database.read() as connection:
        derived.check(connection)
    database.close()


def add(database, given: str) -> None:
    with database.write(Label("Add")) as tx:
        tx.add(Person(given=given))


def test_an_edit_is_refused_while_the_file_is_not_in_its_place(workspace, clock, ids):
    database = open_database(workspace, clock=clock, ids=ids)
    add(database, "Before")
    elsewhere = workspace.rename(workspace.with_name("elsewhere.crmdesk"))
    with pytest.raises(BadFile, match="moved, renamed or replaced"):
        add(database, "Lost")
    elsewhere.rename(workspace)
    add(database, "Back")
    database.close()
    again = open_database(workspace, clock=clock, ids=ids)
    with again.read() as connection:
        assert [each.given for each in records.where(connection, Person)] == ["Before", "Back"]
    again.close()


def test_what_replaced_an_open_file_stays_whole(workspace, clock, ids):
    other = Path(shutil.copy(workspace, workspace.with_name("other.crmdesk")))
    database = open_database(workspace, clock=clock, ids=ids)
    for number in range(50):
        add(database, f"Before {number}")
    other.replace(workspace)
    with pytest.raises(BadFile, match="moved, renamed or replaced"):
        add(database, "Lost")
    database.close()
    again = open_database(workspace, clock=clock, ids=ids)
    assert again.problems() == []
    with again.read() as connection:
        assert records.where(connection, Person) == []
    again.close()


def test_on_a_mac_a_commit_waits_for_the_disk_itself(workspace, monkeypatch):
    monkeypatch.setattr(opening.sys, "platform", "darwin")
    connection = opening._for_writing(workspace)
    told = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("fullfsync", "checkpoint_fullfsync")]
    connection.close()
    assert told == [1, 1]
