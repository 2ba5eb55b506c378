"""The write-ahead log goes into the file without anybody waiting, and the end leaves nothing beside it."""

from __future__ import annotations

import threading
import time

from crmdesk.domain.records import Person
from crmdesk.storage.checkpoints import Checkpoints
from crmdesk.storage.database import Database
from crmdesk.words import Label


def add(db: Database, *names: str) -> None:
    with db.write(Label("Add people")) as tx:
        tx.add_many(Person(given=name) for name in names)


def test_a_checkpoint_moves_the_log_into_the_file(db, workspace):
    add(db, *("x" * 100 for _ in range(100)))
    before = workspace.stat().st_size
    db.checkpoint()
    assert workspace.stat().st_size > before


def test_a_long_log_is_not_left_lying_and_no_commit_waits_for_it(db, monkeypatch, workspace):
    monkeypatch.setattr("crmdesk.storage.checkpoints.LOG_BYTES", 0)
    before = workspace.stat().st_size
    with db._checkpoints._lock:  # as long as it cannot go on, commits can
        add(db, *("x" * 100 for _ in range(100)))
        add(db, "Anna")
        assert workspace.stat().st_size == before
    db._checkpoints._thread.join()
    assert workspace.stat().st_size > before


def test_a_log_that_was_long_once_is_not_moved_at_every_commit(db, monkeypatch):
    moved = []
    run = Checkpoints.run

    def counted(self):
        moved.append(1)
        run(self)

    monkeypatch.setattr(Checkpoints, "run", counted)
    monkeypatch.setattr("crmdesk.storage.checkpoints.LOG_BYTES", 5 * 1024 * 1024)
    while not moved:
        add(db, *("x" * 1000 for _ in range(1000)))
    db._checkpoints._thread.join()
    for _ in range(3):
        add(db, "Anna")
    assert len(moved) == 1


def test_the_end_of_a_workspace_waits_for_its_checkpoint(db, monkeypatch, workspace):
    monkeypatch.setattr("crmdesk.storage.checkpoints.LOG_BYTES", 0)
    add(db, *("x" * 1000 for _ in range(1000)))
    db.close()
    assert [path.name for path in workspace.parent.iterdir()] == ["example.crmdesk"]
    assert not any(thread.name == "checkpoint" for thread in threading.enumerate())


def test_a_step_that_outlasts_the_end_begins_no_checkpoint(db, monkeypatch, workspace):
    monkeypatch.setattr("crmdesk.storage.checkpoints.LOG_BYTES", 0)
    written, go_on = threading.Event(), threading.Event()

    def undo_of_many() -> None:
        with db.write(Label("Long")) as tx:
            tx.add(Person(given="Anna"))
            written.set()
            assert go_on.wait(20)

    thread = threading.Thread(target=undo_of_many)
    thread.start()
    assert written.wait(20)
    empty = db._empty_log

    def commit_first(writer) -> None:
        go_on.set()
        thread.join()
        while any(each.name == "checkpoint" for each in threading.enumerate()):
            time.sleep(0.01)
        empty(writer)

    monkeypatch.setattr(db, "_empty_log", commit_first)
    db.close()
    assert [path.name for path in workspace.parent.iterdir()] == ["example.crmdesk"]
