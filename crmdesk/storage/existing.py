"""Workspaces that are there already: each is looked at, locked and brought up to date before it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crmdesk.domain.ids import Clock, IdSource
from crmdesk.storage import backup, copying, failures, opening, undo
from crmdesk.storage.database import Database
from crmdesk.storage.lock import WorkspaceLock
from crmdesk.storage.turns import Taking
from crmdesk.words import _


def open_database(
    path: Path,
    *,
    clock: Clock,
    ids: IdSource,
    read_only: bool = False,
    doing: Callable[[str], object] = str,
) -> Database:
    """An existing workspace, for this program alone unless it only reads.

    NotFound, BadFile, NewerFile: the file is not touched. Busy: another program has it. ReadOnly: it cannot be written
    where it lies, or only reading was asked for and it must be brought up to date first. An import that was cut off by
    a crash is taken back. `doing` hears, in a sentence, of each thing that takes long.
    """
    path = path.resolve()  # a link leads to the file itself: one file has one lock, whatever it is called
    found = opening.look(path)
    if opening.roll_back(path):
        found = opening.look(path)
    if read_only:
        if not found.is_today:
            raise failures.older(path)
        reader = opening.reading_engine(path, opening.reading_mode(path))
        return Database(path, clock=clock, ids=ids, reader=reader, writer=None, lock=None)
    if not opening.writable(path):
        raise failures.read_only(path)
    lock = WorkspaceLock(path)
    try:
        opening.keep_private(path)
        copying.sweep(path)
        with failures.worded(path):
            if found.number < opening.HEAD:
                doing(_("A backup is being made first…"))
                backup.make(path, reason="migration", now=clock.now())
            if not found.is_today:
                doing(_("Search and totals are being made anew…"))
                opening.lay_out(path)
            database = attach(path, clock=clock, ids=ids, lock=lock)
            if undo.is_unfinished(database):
                doing(_("A list that was coming in is being taken back…"))
                undo.take_back_unfinished(database)
        return database
    except BaseException:
        lock.release()
        raise


@contextmanager
def open_beside(path: Path, *, clock: Clock, turns: Taking) -> Iterator[Database]:
    """The workspace that another process of this program has open, to write to it beside that one within the block.

    `turns` asks that process, which holds the workspace's lock and looks after the write-ahead log.
    """
    reader, writer = opening.reading_engine(path, "ro"), opening.writing_engine(path)
    try:
        yield Database(path, clock=clock, ids=IdSource(clock), reader=reader, writer=writer, lock=None, turns=turns)
    finally:
        reader.dispose()
        writer.dispose()


def attach(path: Path, *, clock: Clock, ids: IdSource, lock: WorkspaceLock | None) -> Database:
    """A Database over a file of today's format; for this room, which has looked at it and holds its lock."""
    reader, writer = opening.reading_engine(path, "ro"), opening.writing_engine(path)
    return Database(path, clock=clock, ids=ids, reader=reader, writer=writer, lock=lock)
