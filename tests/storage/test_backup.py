"""Backups as files: verified, whole or not there, checked against bit rot, and never in the way of an edit."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from crmdesk.domain.errors import Busy, Cancelled, Damaged, DiskFull
from crmdesk.domain.records import Person
from crmdesk.storage import backup, copying, opening, records
from crmdesk.storage.existing import open_database
from crmdesk.words import Label


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def add(db, *names: str) -> None:
    with db.write(Label("Add")) as tx:
        tx.add_many(Person(given=name) for name in names)


def names(path: Path, clock, ids) -> list[str]:
    opened = open_database(path, clock=clock, ids=ids, read_only=True)
    try:
        with opened.read() as connection:
            return sorted(person.given for person in records.where(connection, Person))
    finally:
        opened.close()


def make(db, **how):
    return backup.make(db.path, reason="asked", now=db.clock.now(), **how)


def left(path: Path) -> list[str]:
    folder = backup.folder_of(path)
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_a_backup_of_the_open_file_holds_what_is_committed_and_is_private(db, clock, ids):
    add(db, "Anna")
    made = make(db)
    add(db, "Bert")
    assert names(made.path, clock, ids) == ["Anna"]
    assert made.rows["person"] == 1
    assert backup.verify(made)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.note_of(made.path).stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.path.parent.parent.stat().st_mode) == 0o700
    assert backup.listed(db.path) == [made]


def test_the_order_is_the_sequence_whatever_the_clock_says(db, clock):
    first = make(db)
    second = backup.make(db.path, reason="timer", now=clock.now() - timedelta(days=900))
    assert [each.number for each in backup.listed(db.path)] == [second.number, first.number] == [2, 1]
    second.path.unlink()
    assert make(db).number == 2
    make(db).path.unlink()
    assert [each.number for each in backup.listed(db.path)] == [2, 1]


def test_a_flipped_bit_is_noticed_and_the_next_older_good_one_is_offered(db):
    first, second = make(db), make(db)
    content = bytearray(second.path.read_bytes())
    content[len(content) // 2] ^= 4
    second.path.write_bytes(content)
    assert not backup.verify(second)
    assert backup.newest_good(backup.listed(db.path)) == first
    first.path.write_bytes(b"")
    assert backup.newest_good(backup.listed(db.path)) is None


def test_an_edit_waits_for_no_step_of_a_backup(db, monkeypatch):
    add(db, *(f"Person {number}" for number in range(3000)))
    monkeypatch.setattr(copying, "PAGES", 1)
    edited = threading.Event()

    def told(_done: int, _total: int) -> None:
        if not edited.is_set():
            writer = threading.Thread(target=add, args=(db, "While copying"))
            writer.start()
            writer.join(5)
            assert not writer.is_alive(), "the edit waits for the backup"
            edited.set()

    made = make(db, told=told)
    assert edited.is_set()
    assert made.rows["person"] == 3000, "a backup is of one moment"


def test_a_cancelled_backup_leaves_nothing(db):
    with pytest.raises(Cancelled):
        make(db, cancelled=lambda: True)
    assert [name for name in left(db.path) if "crmdesk" in name or "json" in name] == []
    asked = iter([False])  # copied, and stopped while it is read again
    with pytest.raises(Cancelled):
        make(db, cancelled=lambda: next(asked, True))
    assert [name for name in left(db.path) if "crmdesk" in name or "json" in name] == []


def test_a_full_disk_names_the_file_and_the_free_space_and_leaves_nothing(db, monkeypatch):
    monkeypatch.setattr(copying, "free_space", lambda folder: 12_000_000)
    monkeypatch.setattr(copying, "SPARE", 13_000_000)
    with pytest.raises(DiskFull, match=r"0001 2026-05-05 1202Z\.crmdesk”.*12\xa0MB are free"):
        make(db)
    assert [name for name in left(db.path) if "crmdesk" in name or "json" in name] == []


def test_a_disk_that_fills_up_while_pages_are_copied_is_told(db, monkeypatch):
    real = opening.connect

    def small(path: Path, *, mode: str):
        connection = real(path, mode=mode)
        if path.name.endswith(copying.UNFINISHED):
            connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(opening, "connect", small)
    with pytest.raises(DiskFull):
        make(db)


def test_a_damaged_file_gives_no_backup(db, workspace, clock, ids):
    add(db, *(f"Person {number}" for number in range(3000)))
    made = make(db)
    db.close()
    size = workspace.stat().st_size
    with workspace.open("r+b") as file:
        file.seek(size // 4096 // 2 * 4096)
        file.write(b"\x55" * 4096)
    with pytest.raises(Damaged):
        backup.make(workspace, reason="asked", now=clock.now())
    assert backup.listed(workspace) == [made]


def test_only_one_program_makes_a_backup_at_a_time_and_the_next_one_waits(db):
    folder = make(db).path.parent
    lock = backup.WorkspaceLock(folder / "making")
    looks = []

    def cancelled() -> bool:
        looks.append(backup.listed(db.path))
        if len(looks) == 2:
            lock.release()
        return False

    assert make(db, cancelled=cancelled).number == 2
    assert [len(each) for each in looks[:2]] == [1, 1]


def test_who_waits_for_a_backup_can_stop_and_does_not_wait_for_ever(db, monkeypatch):
    lock = backup.WorkspaceLock(make(db).path.parent / "making")
    with pytest.raises(Cancelled):
        make(db, cancelled=lambda: True)
    monkeypatch.setattr(backup, "PATIENCE", 0.0)
    with pytest.raises(Busy, match="being made already"):
        make(db)
    lock.release()


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from crmdesk.storage import backup, copying

at, path = int(sys.argv[1]), Path(sys.argv[2])
count = 0
def here(*_given, **_named):
    global count
    count += 1
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)
def around(real):
    def step(*given, **named):
        here()
        made = real(*given, **named)
        here()
        return made
    return step
copying.PAGES = 20
for module, name in ((copying, "sync"), (copying, "sync_folder"), (copying, "checksum_of"), (os, "replace"),
                     (copying, "rows_of"), (copying, "make_private"), (backup, "thin")):
    setattr(module, name, around(getattr(module, name)))
backup.make(path, reason="asked", now=datetime.now(UTC), told=here)
print("done")
"""


def test_a_program_killed_between_any_two_steps_leaves_no_half_backup(db, workspace, tmp_path, clock):
    add(db, *(f"Person {number}" for number in range(500)))
    good = make(db)
    ends = 0
    for at in range(1, 60):
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-c", KILLED, str(at), str(workspace)]
        ended = subprocess.run(command, env=environment, capture_output=True, check=False)
        for each in backup.listed(workspace):
            assert backup.verify(each), at
            assert opening.look(each.path).is_today
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        ends += 1
    assert ends > 12
    make(db)
    assert good in backup.listed(workspace)
    whole = {each.path.name for each in backup.listed(workspace)}
    notes = {backup.note_of(each.path).name for each in backup.listed(workspace)}
    assert set(left(workspace)) - {"making.lock"} == whole | notes, "what was left is swept"


def test_the_share_of_the_disk_is_remembered_and_kept_to(db, monkeypatch):
    assert backup.share() == backup.SHARE
    backup.set_share(5)
    assert backup.share() == 5
    size = make(db).size
    monkeypatch.setattr(copying, "free_space", lambda folder: size * 40)
    for _each in range(6):
        make(db)
    assert [each.number for each in backup.listed(db.path)] == [7, 6]
    backup._settings().write_text("nonsense", encoding="utf-8")
    assert backup.share() == backup.SHARE


def test_a_copy_is_given_to_the_disk_as_it_grows(db, monkeypatch):
    """Else an edit meanwhile waits until the disk has taken all of it."""
    given, real = [], copying.sync
    monkeypatch.setattr(copying, "PAGES", 4)
    monkeypatch.setattr(copying, "SYNCED", 2)
    monkeypatch.setattr(copying, "sync", lambda path: (given.append(path.stat().st_size), real(path)))
    made = make(db)
    assert given.index(made.size) > 5, "several times before it is whole"
