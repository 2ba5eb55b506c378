"""A file after a torture, judged by another process than the one that wrote it."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import RECORD_TYPES
from crmdesk.services import backups, workspace
from crmdesk.storage import opening
from tests.torture import acts


def digest_of(path: Path) -> str:
    """What stands in all records of a file of any format, in short, read on a connection of its own."""
    with contextlib.closing(opening.connect(path, mode="ro")) as connection:
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        names = [each.table for each in RECORD_TYPES if each.table in there]
        rows = [connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in names]
    return hashlib.sha256(repr((names, rows)).encode()).hexdigest()


def state(folder: Path) -> str:
    """What stands in all records of a workspace that is open nowhere; it is brought up to date first."""
    acts.opened(folder, seed=3).close()
    return digest_of(folder / acts.FILE)


def judge(folder: Path, allowed: list[str] | None = None) -> list[str]:
    """What is wrong with a file: it must open without a question, be sound, and stand in an allowed state, if told."""
    try:
        db = acts.opened(folder, seed=3)
    except CrmError as error:
        return [f"does not open: {error.what}"]
    wrong = []
    try:
        wrong += workspace.check(db)
        if allowed is not None and digest_of(db.path) not in allowed:
            wrong.append("an acknowledged edit is lost, or one is half done")
    finally:
        db.close()
    for each in backups.listed(folder / acts.FILE):
        if not backups.verify(each):
            wrong.append(f"backup {each.number} is not whole")
    return wrong
