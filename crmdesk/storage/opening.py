"""Connections to a workspace file: looking at it before use, the pragmas, the two engines.

One driver for all: sqlcipher3. A file is looked at through SQLite itself and never opened as a plain file, since
closing that would drop SQLite's locks.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from crmdesk.storage import derived, driver, failures, formats, migrations, reverting, schema, shape, triggers

HEAD = migrations.HEAD
PRIVATE = 0o600
PAGE_SIZE = 4096
OPERATIONS = 20_000  # of SQLite, between two looks whether to stop: a few milliseconds

beside, connect = driver.beside, driver.connect

BESIDE = ("-wal", "-shm", driver.ROLLBACK)


def reading_mode(path: Path) -> str:
    """How to open for reading: immutable where nothing can be written and no write-ahead log lies beside it."""
    return "ro" if writable(path) or beside(path, "-wal").exists() else "immutable"


def writable(path: Path) -> bool:
    """Whether the file and the folder it lies in can be written."""
    return _can_write(path) and _can_write(path.parent)


def _can_write(path: Path) -> bool:
    return os.access(path, os.W_OK)


def keep_private(path: Path) -> None:
    """Mode 0600 for the file and what lies beside it; SQLite gives new companions the file's own mode."""
    for one in (path, *(beside(path, suffix) for suffix in BESIDE)):
        with contextlib.suppress(FileNotFoundError):
            if stat.S_IMODE(one.stat().st_mode) != PRIVATE:
                one.chmod(PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A file before use: its format, and whether its derived tables are those that this program makes."""

    number: int
    derived_fit: bool

    @property
    def is_today(self) -> bool:
        """Whether it can be used as it is."""
        return self.number == HEAD and self.derived_fit


def look(path: Path) -> Look:
    """What a file is, without touching it.

    Refused: NotFound; Damaged; Foreign when it is another program's or its schema is not what we make; NewerFile.
    """
    if not path.exists():
        raise failures.missing(path)
    if path.is_dir():
        raise failures.folder(path)
    if not path.is_file():
        raise failures.damaged(path)
    if path.stat().st_size == 0:
        raise failures.empty(path)
    with failures.worded(path):
        # Without a log beside it nobody works on the file, and looking must not make one.
        connection = connect(path, mode="ro" if beside(path, "-wal").exists() else "immutable")
        try:
            return _looked(connection, path)
        finally:
            connection.close()


def _looked(connection: Any, path: Path) -> Look:
    connection.execute("PRAGMA trusted_schema = OFF")
    if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise failures.foreign(path)
    number = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if number > migrations.HEAD:
        raise failures.newer(path, file=number, program=migrations.HEAD)
    found = formats.compare(connection.execute(shape.THINGS).fetchall(), number)
    if found.odd:
        raise failures.planted(path, found.odd)
    if number < 1 or found.missing:
        raise failures.damaged(path)
    return Look(number=number, derived_fit=found.derived_fit)


def roll_back(path: Path) -> bool:
    """Takes back what a crash left half done in the file itself, which who only reads cannot; whether there was any."""
    if not beside(path, driver.ROLLBACK).exists() or not writable(path):
        return False
    with failures.worded(path):
        connection = connect(path, mode="rw")
        try:
            connection.execute("PRAGMA user_version").fetchone()  # SQLite does it before the first page is read
        finally:
            connection.close()
    return True


def lay_out(path: Path) -> None:
    """Make the empty tables in a file that is new, or bring an older one up to date, in one transaction.

    Only the derived tables are made anew in a file whose records are up to date: what was done can still be undone.
    """
    engine = _engine(lambda: _for_layout(path), begin="BEGIN IMMEDIATE", pool=StaticPool)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            if connection.exec_driver_sql("PRAGMA user_version").scalar() != HEAD:
                migrations.upgrade(connection)
            derived.create_tables(connection)
    finally:
        engine.dispose()


def lay_out_records(path: Path, number: int) -> Any:
    """Make the empty tables of format `number` in a file that is new; a bare connection to fill them.

    It is for the caller to close. Foreign keys are off and no trigger runs.
    """
    engine = _engine(lambda: _for_layout(path), begin="BEGIN IMMEDIATE", pool=StaticPool)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            migrations.upgrade(connection, to=number)
    finally:
        engine.dispose()
    return _for_layout(path)


def _for_layout(path: Path) -> Any:
    """Foreign keys off and no triggers: a migration may have to rebuild a table."""
    connection = connect(path, mode="rw")
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def _for_writing(path: Path) -> Any:
    connection = connect(path, mode="rw")
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "recursive_triggers = ON",
        "cache_size = -65536",  # in KiB: an import and its undo touch every index at random places
        "wal_autocheckpoint = 0",  # Checkpoints does it when nobody waits
        "journal_size_limit = 4194304",  # or the log would stay as long as it once was
        *(("fullfsync = ON", "checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
    ):
        connection.execute(f"PRAGMA {pragma}")
    for statement in (*reverting.WORK_TABLES, *triggers.statements()):
        connection.execute(statement)
    derived.install(connection)
    return connection


def _for_reading(path: Path, mode: str) -> Any:
    connection = connect(path, mode=mode)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def reading_engine(path: Path, mode: str) -> Engine:
    """Readers from any thread, each with a snapshot of its own from its first statement on."""
    return _engine(lambda: _for_reading(path, mode), begin="BEGIN", pool=QueuePool)


def writing_engine(path: Path) -> Engine:
    """The one writing connection; who uses it takes turns."""
    return _engine(lambda: _for_writing(path), begin="BEGIN IMMEDIATE", pool=StaticPool)


def _engine(creator: Callable[[], Any], *, begin: str, pool: type[QueuePool] | type[StaticPool]) -> Engine:
    engine = create_engine("sqlite+pysqlite://", module=dbapi2, creator=creator, poolclass=pool)

    def _begin(connection: Connection) -> None:
        # The driver's own cursor: half of what a small read costs would be SQLAlchemy's way to this statement.
        connection.connection.cursor().execute(begin)

    event.listen(engine, "begin", _begin)
    return engine
