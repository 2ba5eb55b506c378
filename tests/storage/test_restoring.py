"""A backup in the place of a workspace: whole or not at all, undo still there, and nothing that lay there is lost."""

from __future__ import annotations

import os

import pytest

from crmdesk.domain.errors import BadFile, Busy, Damaged, DiskFull
from crmdesk.domain.records import Person
from crmdesk.storage import backup, copying, opening, records, restoring, undo
from crmdesk.storage.existing import open_database
from crmdesk.words import Label


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def add(db, name: str) -> None:
    with db.write(Label("Add {name}", args={"name": name})) as tx:
        tx.add(Person(given=name))


def given(db) -> list[str]:
    with db.read() as connection:
        return [person.given for person in records.where(connection, Person)]


@pytest.fixture
def backed_up(db, workspace, clock, ids):
    """Anna is in the backup; Bert came later and is in the file alone, which is closed."""
    add(db, "Anna")
    made = backup.make(workspace, reason="asked", now=clock.now())
    add(db, "Bert")
    db.close()
    return made


def test_what_was_comes_back_with_its_undo_and_what_is_becomes_a_backup_that_stays(backed_up, workspace, clock, ids):
    replaced = restoring.restore(workspace, backed_up, now=clock.now())
    assert replaced.aside is None
    assert replaced.kept is not None
    assert replaced.kept.kept
    restored = open_database(workspace, clock=clock, ids=ids)
    assert given(restored) == ["Anna"]
    assert restored.problems() == []
    assert undo.undo_last(restored).label.args["name"] == "Anna"
    assert given(restored) == []
    restored.close()
    again = restoring.restore(workspace, replaced.kept, now=clock.now())
    later = open_database(workspace, clock=clock, ids=ids)
    assert given(later) == ["Anna", "Bert"]
    later.close()
    assert again.kept is not None
    backup.set_share(5)
    kept = [each.number for each in backup.listed(workspace) if each.kept]
    assert kept == [3, 2]
    assert backup.thin(backup.folder_of(workspace), share=0) == []


def test_a_write_ahead_log_left_behind_is_part_of_what_is_kept_and_not_of_what_comes(backed_up, workspace, clock, ids):
    running = opening.connect(workspace, mode="rw")
    running.execute("PRAGMA wal_autocheckpoint = 0")
    running.execute("UPDATE person SET given = 'Berta' WHERE given = 'Bert'")
    log = opening.beside(workspace, "-wal")
    left = log.read_bytes()
    running.close()
    log.write_bytes(left)
    replaced = restoring.restore(workspace, backed_up, now=clock.now())
    restored = open_database(workspace, clock=clock, ids=ids, read_only=True)
    assert given(restored) == ["Anna"]
    restored.close()
    assert replaced.kept is not None
    kept = open_database(replaced.kept.path, clock=clock, ids=ids, read_only=True)
    assert given(kept) == ["Anna", "Berta"]
    kept.close()


def test_a_damaged_file_is_set_aside_bit_for_bit(backed_up, workspace, clock, ids):
    broken = b"SQLite format 3\x00" + b"\x55" * 8000
    workspace.write_bytes(broken)
    opening.beside(workspace, "-wal").write_bytes(b"half a log")
    replaced = restoring.restore(workspace, backed_up, now=clock.now())
    assert replaced.kept is None
    assert replaced.aside is not None
    assert replaced.aside.read_bytes() == broken
    assert opening.beside(replaced.aside, "-wal").read_bytes() == b"half a log"
    assert not opening.beside(workspace, "-wal").exists()
    restored = open_database(workspace, clock=clock, ids=ids)
    assert given(restored) == ["Anna"]
    restored.close()


def test_an_open_workspace_is_not_replaced(backed_up, workspace, clock, ids):
    database = open_database(workspace, clock=clock, ids=ids)
    with pytest.raises(Busy):
        restoring.restore(workspace, backed_up, now=clock.now())
    assert given(database) == ["Anna", "Bert"]
    database.close()


@pytest.mark.parametrize("what", ["damaged backup", "full disk", "replace fails", "garbled on the way"])
def test_when_it_cannot_be_done_the_file_is_as_it_was(backed_up, workspace, clock, ids, monkeypatch, what):
    error: type[Exception] = Damaged
    if what == "damaged backup":
        backed_up.path.write_bytes(backed_up.path.read_bytes()[:-1] + b"x")
    elif what == "full disk":
        monkeypatch.setattr(copying, "free_space", lambda folder: 1000)
        error = DiskFull
    elif what == "garbled on the way":
        monkeypatch.setattr(copying, "sync", lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"))
        error = BadFile
    else:
        error = DiskFull
        real = os.replace

        def full(source, target):
            if str(target) == str(workspace):
                raise OSError(28, "No space left on device")
            real(source, target)

        monkeypatch.setattr(os, "replace", full)
    with pytest.raises(error):
        restoring.restore(workspace, backed_up, now=clock.now())
    monkeypatch.undo()
    beside = {each.name for each in workspace.parent.iterdir() if each.is_file()}
    assert beside == {workspace.name}
    database = open_database(workspace, clock=clock, ids=ids)
    assert given(database) == ["Anna", "Bert"]
    database.close()


def test_what_a_restore_or_salvage_cut_off_left_behind_goes_at_the_next_opening(workspace, clock, ids):
    name = workspace.name
    others = [workspace.with_name("notes.part"), workspace.with_name(f"{name}.old")]
    left = [workspace.with_name(name + end) for end in (".coming", ".part", ".part-wal", ".part-shm", ".part.lock")]
    for each in others + left:
        each.write_bytes(b"x")
    open_database(workspace, clock=clock, ids=ids, read_only=True).close()
    assert all(each.exists() for each in left)
    open_database(workspace, clock=clock, ids=ids).close()
    assert not any(each.exists() for each in left)
    assert all(each.exists() for each in others)
