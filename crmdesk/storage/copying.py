"""A verified copy of a workspace: read through SQLite on a connection of its own, checked, put in place whole or not.

The source is read in one snapshot and in steps: an edit waits for none of them. What is copied is opened again, its
pages are checked and the rows of every table counted on both sides, before it gets its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crmdesk.domain.errors import Cancelled
from crmdesk.storage import failures, opening
from crmdesk.words import _

PAGES = 256  # a step: a megabyte, some milliseconds
SYNCED = 16  # steps: the disk is given them at once, or an edit meanwhile waits for all of them
SPARE = 1024 * 1024
BLOCK = 1024 * 1024
UNFINISHED = ".part"
COMING = ".coming"
UNNAMED = ".new"  # a whole copy whose note is not written yet
STATE = "SELECT id || ' ' || at FROM step ORDER BY id DESC LIMIT 1"

Asked = Callable[[], bool]
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy holds: its format, the newest step ("" without one), the rows of each table, bytes, checksum."""

    format: int
    state: str
    rows: dict[str, int]
    size: int
    sha256: str


def nothing_asked() -> bool:
    """Nobody stops it."""
    return False


def untold(_done: int, _total: int) -> None:
    """Nobody watches."""


def copy(
    source: Path, target: Path, *, live: Any = None, cancelled: Asked = nothing_asked, told: Told = untold
) -> Copied:
    """A verified copy of the workspace `source` as `target`, readable for its owner alone; one there is replaced.

    With `live`, a bare connection, what that one has open is copied, wherever it lies by now.

    Raises Damaged for a source that is not whole, DiskFull with the free space, ReadOnly, Cancelled. Nothing half is
    ever called `target`.
    """
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        copied = _verified(source, unfinished, live=live, cancelled=cancelled, told=told)
        take_name(unfinished, target)
    except OSError as error:
        raise failures.of_system(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return copied


def _verified(source: Path, unfinished: Path, *, live: Any, cancelled: Asked, told: Told) -> Copied:
    with failures.worded(source), _snapshot(source, live, cancelled) as live:
        number, state, counted = format_of(live), state_of(live), rows_of(live)
        size = live.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
        make_room(unfinished, size)
        make_private(unfinished)
        _copy_pages(live, unfinished, cancelled=cancelled, told=told)
    with failures.worded(source), reading(unfinished, cancelled, mode="immutable") as made, failures.making_sense():
        if made.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)] or rows_of(made) != counted:
            raise failures.damaged(source)
    sync(unfinished)
    checksum = checksum_of(unfinished, cancelled)
    return Copied(format=number, state=state, rows=counted, size=unfinished.stat().st_size, sha256=checksum)


@contextlib.contextmanager
def _snapshot(source: Path, live: Any, cancelled: Asked) -> Iterator[Any]:
    """A connection that sees one state of what is copied: one of its own, or `live` for a while."""
    if live is not None:
        live.execute("BEGIN")
        try:
            yield live
        finally:
            live.execute("ROLLBACK")
        return
    opening.roll_back(source)
    with reading(source, cancelled) as own:
        own.execute("BEGIN")
        yield own


def _copy_pages(live: Any, unfinished: Path, *, cancelled: Asked, told: Told) -> None:
    def step(_status: int, remaining: int, total: int) -> None:
        told(total - remaining, total)
        if cancelled():
            raise stopped()
        if (total - remaining) % (PAGES * SYNCED) == 0:
            sync(unfinished)

    with failures.worded(unfinished):
        target = opening.connect(unfinished, mode="rw")
        try:
            target.execute("PRAGMA synchronous = OFF")  # the finished file is synced as a whole
            target.execute("PRAGMA journal_mode = MEMORY")  # and what is not finished is thrown away
            live.backup(target, pages=PAGES, progress=step, sleep=0.0)
        finally:
            target.close()


@contextlib.contextmanager
def reading(path: Path, cancelled: Asked = nothing_asked, *, mode: str = "") -> Iterator[Any]:
    """A bare connection that only reads `path` and stops when asked; Cancelled then."""
    connection = opening.connect(path, mode=mode or opening.reading_mode(path))
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.set_progress_handler(cancelled, opening.OPERATIONS)
        yield connection
    except Exception as error:
        if cancelled():
            raise stopped() from error
        raise
    finally:
        connection.close()


def stopped() -> Cancelled:
    """Somebody stopped the copy."""
    return Cancelled(_("The backup was stopped."))


def format_of(connection: Any) -> int:
    """The number of the file's format."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def state_of(connection: Any) -> str:
    """What tells one state of the records from another: the newest step, "" when there is none."""
    row = connection.execute(STATE).fetchone()
    return str(row[0]) if row else ""


def rows_of(connection: Any) -> dict[str, int]:
    """How many rows each table has; those of the full text by the tables they lie in."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    names = [row[0] for row in connection.execute(query)]
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}


def checksum_of(path: Path, cancelled: Asked = nothing_asked) -> str:
    """The SHA-256 of a file that is not open anywhere, never of a live workspace. Raises OSError, Cancelled."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if cancelled():
                raise stopped()
            total.update(block)
    return total.hexdigest()


def make_room(path: Path, size: int) -> None:
    """DiskFull, with the free space, when `size` bytes and a little more do not fit where `path` is to be."""
    free = free_space(path.parent)
    if free < size + SPARE:
        name = path.name.removesuffix(UNFINISHED).removesuffix(UNNAMED).removesuffix(COMING)
        raise failures.no_room(path.with_name(name), free=free, needed=size)


def free_space(folder: Path) -> int:
    """Bytes a person can still write there."""
    return shutil.disk_usage(folder).free


def make_private(path: Path) -> None:
    """An empty file in place of any there is, readable for its owner alone."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, opening.PRIVATE))


def sweep(workspace: Path) -> None:
    """Removes what a making, restore or salvage that was cut off left beside the workspace; its lock is held."""
    for one in (COMING, UNFINISHED):
        for beside in ("", *opening.BESIDE, "-journal", ".lock"):
            with contextlib.suppress(OSError):
                workspace.with_name(workspace.name + one + beside).unlink(missing_ok=True)


def take_name(whole: Path, name: Path) -> None:
    """Gives a file that is whole its name, in place of what has it; returns once that is on the disk."""
    os.replace(whole, name)
    sync_folder(name.parent)


def sync(path: Path) -> None:
    """Returns once the file is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Returns once the names in the folder are on the disk, where the system can do that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
