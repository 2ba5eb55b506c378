"""When a backup is due, what is made before an import, and what is said where one cannot be made."""

from __future__ import annotations

import pytest

from crmdesk.domain.errors import BadFile, DiskFull, NotFound
from crmdesk.services import backups, capture, importing, undo, workspace
from crmdesk.storage import copying, existing
from crmdesk.storage.lock import WorkspaceLock
from tests.support.import_lists import planned


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_a_backup_is_due_once_something_changed_and_not_again(db):
    assert backups.is_due(db)
    backups.make(db)
    assert not backups.is_due(db)
    capture.add(db, name="Anna Neu", source="business_card_short")
    assert backups.is_due(db)
    backups.make(db)
    undo.undo(db)
    assert backups.is_due(db)


def test_an_import_is_preceded_by_a_backup_unless_the_newest_holds_all(db, organiser):
    plan = planned(db, organiser)
    importing.apply(db, plan)
    [made] = backups.listed(db.path)
    assert made.reason == "import"
    undo.undo(db)
    backups.make(db)
    importing.apply(db, plan)
    assert [each.reason for each in backups.listed(db.path)] == ["asked", "import"]


def test_no_second_backup_is_made_of_what_one_holds_that_was_waited_for(db):
    folder = backups.make(db).path.parent
    capture.add(db, name="Anna Neu", source="business_card_short")
    lock = WorkspaceLock(folder / "making")
    waited = []

    def cancelled() -> bool:
        if not waited:
            waited.append(True)
            lock.release()
            backups.make(db, "timer")
        return False

    assert backups.make_if_due(db, "import", cancelled=cancelled) is None
    assert [each.reason for each in backups.listed(db.path)] == ["timer", "asked"]


def test_an_import_that_cannot_be_backed_up_writes_nothing(db, organiser, monkeypatch):
    plan = planned(db, organiser)
    monkeypatch.setattr(copying, "free_space", lambda folder: 5)
    with pytest.raises(DiskFull, match="1\xa0KB are free"):
        importing.apply(db, plan)
    with db.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM lead").scalar() == 0


def test_a_restored_workspace_has_its_history_and_its_undo(db, clock, ids):
    capture.add(db, name="Anna Neu", source="business_card_short")
    made = backups.make(db)
    path = db.path
    capture.add(db, name="Later", source="business_card_short")
    db.close()
    replaced = backups.restore(path, made.number, clock=clock)
    assert replaced.kept is not None
    assert replaced.kept.at.startswith("2026-05-05")
    restored = existing.open_database(path, clock=clock, ids=ids)
    assert undo.undo(restored).undone
    restored.close()
    with pytest.raises(NotFound, match="no backup 9"):
        backups.restore(path, 9, clock=clock)


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_a_copy_replaces_nothing_that_lies_there(db, tmp_path, suffix):
    there = tmp_path / f"copy.crmdesk{suffix}"
    there.write_bytes(b"somebody's")
    with pytest.raises(BadFile, match="is there already"):
        backups.save_copy(db, tmp_path / "copy.crmdesk")
    assert there.read_bytes() == b"somebody's"
    assert {each.name for each in tmp_path.glob("copy*")} == {there.name}


@pytest.mark.parametrize("way", ["moved", "replaced", "removed"])
def test_a_copy_is_saved_of_what_is_open_also_when_its_file_lost_its_place(db, tmp_path, clock, ids, way):
    capture.add(db, name="Anna Neu", source="business_card_short")
    if way == "moved":
        db.path.rename(tmp_path / "elsewhere.crmdesk")
    elif way == "replaced":
        other = workspace.create(tmp_path / "other.crmdesk", vocabulary="dialogue", clock=clock, ids=ids)
        other.close()
        other.path.replace(db.path)
    else:
        db.path.unlink()
    with pytest.raises(BadFile, match="moved, renamed or replaced"):
        capture.add(db, name="Late", source="business_card_short")
    target = tmp_path / "saved.crmdesk"
    backups.save_copy(db, target)
    saved = workspace.open(target, clock=clock, ids=ids)
    with saved.read() as connection:
        assert connection.exec_driver_sql("SELECT given FROM person").scalars().all() == ["Anna"]
    saved.close()
