"""The open workspace is never opened as a plain file: closing that would drop the locks that SQLite has on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crmdesk.domain.errors import BadFile, Busy
from crmdesk.services import backups, capture, workspace
from crmdesk.services.import_process import ImportProcess
from crmdesk.storage.database import Database

_OPENED: list[str] = []
_HEARING: list[bool] = []


def _hear(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and _HEARING and isinstance(given[0], str | bytes):
        _OPENED.append(os.path.realpath(os.fsdecode(given[0])))


@pytest.fixture(scope="module", autouse=True)
def hook():
    sys.addaudithook(_hear)  # for as long as the process lives, so it is told when to listen


@pytest.fixture
def opened(db: Database):
    """Which of the workspace and what lies beside it Python opened since."""
    _OPENED.clear()
    _HEARING.append(True)
    theirs = {os.path.realpath(f"{db.path}{suffix}") for suffix in ("", "-wal", "-shm")}
    yield lambda: [path for path in _OPENED if path in theirs]
    _HEARING.clear()


Opened = Callable[[], list[str]]


def test_nothing_the_program_does_opens_what_is_open(db: Database, opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Name,E-mail\nAnna,anna@list.example\n", encoding="utf-8")
    capture.add(db, name="Anna Berg")
    lists = ImportProcess(db)
    lists.apply(lists.plan(lists.look(tmp_path / "list.csv")))
    backups.make(db)
    backups.save_copy(db, tmp_path / "copy.crmdesk")
    db.checkpoint()
    assert workspace.check(db) == []
    with pytest.raises(Busy):
        workspace.open(db.path)
    workspace.open(db.path, read_only=True).close()
    assert str(tmp_path / "list.csv") in _OPENED
    assert opened() == []


@pytest.mark.parametrize("beside", [False, True])
def test_who_chooses_the_open_file_as_a_list_is_refused_before_it_is_opened(
    db: Database, opened: Opened, tmp_path: Path, beside: bool
) -> None:
    lists = ImportProcess(db, beside=beside)
    (tmp_path / "link.csv").symlink_to(db.path)
    for path in (db.path, tmp_path / "link.csv", Path(f"{db.path}-shm"), Path(f"{db.path}-wal")):
        with pytest.raises(BadFile, match="is a database"):
            lists.look(path)
    assert opened() == []
    assert lists._process is None
