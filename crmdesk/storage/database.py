"""A workspace file in use: reading, and writing in named steps.

`with db.write(label) as tx:` is the only way to change records: BEGIN IMMEDIATE, a step, the journal by triggers,
commit, then one Change to who subscribed. An exception takes all of it back.
"""

from __future__ import annotations

import contextlib
import os
import platform
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from crmdesk.domain.changes import Change
from crmdesk.domain.errors import CrmError
from crmdesk.domain.ids import Clock, IdSource
from crmdesk.domain.records import Id
from crmdesk.storage import derived, failures, journal, long_step, opening
from crmdesk.storage.checkpoints import Checkpoints
from crmdesk.storage.kept import Kept
from crmdesk.storage.lock import WorkspaceLock
from crmdesk.storage.transaction import Transaction
from crmdesk.storage.turns import Taking, Turns
from crmdesk.words import Label

MOST_MERGES = 40  # in one idle moment, ten milliseconds each

Subscriber = Callable[[Change], None]
T = TypeVar("T")


class Database:
    """An open workspace. May be used from any thread; made by `creating.create` and `existing.open_database`.

    `member_id` is who writes from now on; None until the workspace's services say who.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        ids: IdSource,
        reader: Engine,
        writer: Engine | None,
        lock: WorkspaceLock | None,
        turns: Taking | None = None,
    ) -> None:
        self.path = path
        self.ids = ids
        self.member_id: Id | None = None
        self.device = platform.node()
        self._reader = reader
        self._writer = writer
        self._lock = lock
        self._turns = turns or Turns()
        self._clock = clock
        self._mine = threading.local()  # a thread's .transaction, .clock, and .asked whether to stop
        self._subscribers: list[Subscriber] = []
        self.before_close: list[Callable[[], None]] = []  # those that have the file open beside this one let it go
        self._kept = Kept()
        self._closed = False
        self._written = False  # by the writing connection, which is made when it is asked for first
        self._file = path.stat()
        self._checkpoints = Checkpoints(path, self._is_in_place)

    @property
    def clock(self) -> Clock:
        """The clock that this thread lives by."""
        clock: Clock = getattr(self._mine, "clock", self._clock)
        return clock

    @contextmanager
    def living_by(self, clock: Clock) -> Iterator[None]:
        """Inside the block this thread lives by another clock; what the others do stays on its day."""
        self._mine.clock = clock
        try:
            yield
        finally:
            del self._mine.clock

    @contextmanager
    def stopping(self, asked: Callable[[], bool]) -> Iterator[None]:
        """Inside the block what this thread reads ends, and a step is taken back whole, once `asked` says so.

        It is asked every few milliseconds; Cancelled then.
        """
        self._mine.asked = asked
        try:
            yield
        finally:
            del self._mine.asked

    @property
    def read_only(self) -> bool:
        """Whether every write is refused with ReadOnly."""
        return self._writer is None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with, which sees one state of the file from its first statement to its last.

        Within a step of the same thread it sees what the step has written so far. Cancelled when `stopping` asks for
        it, or when the workspace was closed meanwhile.
        """
        if self._closed:
            raise failures.closed(self.path)
        if (transaction := self._current()) is not None:
            yield transaction.connection
            return
        with failures.worded(self.path), self._reader.begin() as connection, self._stoppable(connection):
            yield connection

    def kept(self, question: Callable[[Connection], T], *tables: str) -> T:
        """The answer to a question about `tables`, read once and again after a step that touched one of them.

        For small answers that are asked for at every turn; nobody may change what comes back. A step of this thread is
        asked each time, and so is a file that others write.
        """
        if self.read_only or self._current() is not None:
            return self._asked(question)
        return self._kept.answer(question, partial(self._asked, question), tables)

    @contextmanager
    def write(self, label: Label, *, long: bool = False) -> Iterator[Transaction]:
        """One named step: committed at the end of the block, taken back when it raises. Of `long`: see `Taking.take`.

        Inside another step of this thread it is a part of that one, and only the part is taken back. A step that
        touches no record leaves no trace. Busy, DiskFull and ReadOnly are told apart; after them nothing is changed.
        """
        if (outer := self._current()) is not None:
            with outer.connection.begin_nested():
                yield outer
            return
        with self.step(label, kind="act", long=long) as transaction:
            yield transaction

    @contextmanager
    def write_for_good(self, label: Label) -> Iterator[Transaction]:
        """One named step that stands in the history and cannot be taken back."""
        with self.step(label, kind="final") as transaction:
            yield transaction

    def long_write(self, label: Label, *, begun: int = 0) -> long_step.LongStep:
        """One named step that is written in slices, so that short ones can go in between; nothing happens yet.

        `begun` is the number of one that another process of this program began, to write slices of it here.
        """
        return long_step.LongStep(self, label, begun)

    @contextmanager
    def lend_turn(self) -> Iterator[None]:
        """Inside the block another process of this program may write, by `open_beside`; everybody here goes first."""
        with self._turns.take(patient=True):
            yield
        self._kept.forget(None)
        self._checkpoints.after_commit()

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """A connection to write what is not journalled: drafts, derived tables. No step, no Change; records refuse."""
        if (transaction := self._current()) is not None:
            yield transaction.connection
            return
        with self._turns.take(), failures.worded(self.path), self._writing().begin() as connection:
            yield connection

    @contextmanager
    def step(
        self,
        label: Label,
        *,
        kind: str,
        part_of: int | None = None,
        undoes: int | None = None,
        quiet: bool = False,
        long: bool = False,
    ) -> Iterator[Transaction]:
        """A step of any kind, for this room; services use `write`. As `Stepping.step`."""
        writer = self._writing()
        assert self._current() is None, "a step of its own cannot begin inside another one"
        if not self._is_in_place():
            raise failures.moved(self.path)
        with (
            self._turns.take(patient=long or kind in ("long", "slice"), long=long),
            failures.worded(self.path),
            writer.begin() as connection,
            self._stoppable(connection),
        ):
            transaction = self._transaction(connection, label)
            transaction.begin(kind=kind, device=self.device, part_of=part_of, undoes=undoes)
            self._mine.transaction = transaction
            try:
                yield transaction
                transaction.end()
                tables = {} if quiet else journal.touched(connection.connection.cursor(), [transaction.step])
                if kind == "act" and not tables and not quiet:
                    transaction.forget()
            finally:
                self._mine.transaction = None
        change = Change(transaction.step, label, tables)
        self._kept.forget(None if quiet else change)
        if self._lock is not None:
            self._checkpoints.after_commit()
        if tables:
            self.publish(change)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call `callback` after each commit, in the thread that wrote; the answer ends the subscription."""
        self._subscribers.append(callback)

        def leave() -> None:
            with contextlib.suppress(ValueError):
                self._subscribers.remove(callback)

        return leave

    def publish(self, change: Change) -> None:
        """Tell the subscribers; for this room."""
        for callback in tuple(self._subscribers):
            callback(change)

    def warm(self) -> None:
        """Makes the first step as quick as the next ones: the writing connection, and what SQLite compiles for a step.

        A step is begun, ended and taken back; nothing of it is left. For idle moments: whoever writes goes first.
        """
        if self._writer is None or not self._is_in_place():
            return
        turn = self._turns.take(patient=True)
        with turn, failures.worded(self.path), self._writing().connect() as connection, connection.begin() as begun:
            transaction = self._transaction(connection, Label(""))
            transaction.begin(kind="act", device=self.device)
            transaction.end()
            begun.rollback()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, as far as readers let it; for idle moments, edits go on meanwhile.

        Before, some of the full text is merged, in turns of a few milliseconds each.
        """
        if self._writer is not None:
            self._merge()
            self._checkpoints.run()

    def has_open(self, path: Path) -> bool:
        """Whether it is the file or lies beside it: as a plain file it would lose SQLite's locks when it is closed."""
        for mine in (self.path, *(opening.beside(self.path, suffix) for suffix in opening.BESIDE)):
            with contextlib.suppress(OSError):
                if os.path.samefile(mine, path):
                    return True
        return False

    @contextmanager
    def displaced(self) -> Iterator[Any]:
        """A bare connection to the file that was opened, if it lost its place since; None while it is where it was.

        What a person has can be copied from there still. Nobody writes meanwhile.
        """
        if self._writer is None or self._is_in_place():
            yield None
            return
        with self._turns.take(), contextlib.closing(self._writing().raw_connection()) as raw:
            yield raw.driver_connection

    @contextmanager
    def hasty(self) -> Iterator[None]:
        """Inside the block commits do not wait for the disk; at its end everything is there to stay.

        Only for a file that is not worth keeping if the power goes meanwhile: one that is just being made.
        """
        self._synchronous("OFF")
        try:
            yield
        finally:
            self._synchronous("FULL")
            self.checkpoint()

    def _synchronous(self, how: str) -> None:
        with self._turns.take(), contextlib.closing(self._writing().raw_connection()) as raw:
            raw.cursor().execute(f"PRAGMA synchronous = {how}")

    def problems(self) -> list[str]:
        """What SQLite finds wrong with the file and its links, in its own words; nothing when all is well. Slow."""
        # WORKAROUND(SQLite 3.53.4): FTS5's part of the check trusts what the connection knew of the index before others
        # wrote to it, and calls it corrupt. A connection of its own knows nothing yet.
        mode = opening.reading_mode(self.path)
        with failures.worded(self.path), contextlib.closing(opening.connect(self.path, mode=mode)) as fresh:
            found = [str(row[0]) for row in fresh.execute("PRAGMA integrity_check") if row[0] != "ok"]
            for table, row, parent, _key in fresh.execute("PRAGMA foreign_key_check"):
                found.append(f"{table} {row} points at nothing in {parent}")
        return found

    def close(self) -> None:
        """Empty the write-ahead log into the file and give up the lock; a second time does nothing."""
        for let_go in tuple(self.before_close):
            let_go()
        self._closed = True
        self._reader.dispose()
        if self._writer is not None:
            # What only reads cannot remove the log when it goes, so the last one to go is always a writer.
            self._checkpoints.close()
            with contextlib.suppress(CrmError):
                self._empty_log(self._writer)  # or what took the file's place meanwhile would be read with our log
            with self._turns.take(patient=True):
                self._writer.dispose()  # the last connection moves the log into the file and removes it
                self._writer = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _asked(self, question: Callable[[Connection], T]) -> T:
        with self.read() as connection:
            return question(connection)

    def _writing(self) -> Engine:
        if self._closed:
            raise failures.closed(self.path)
        if self._writer is None:
            raise failures.read_only(self.path)
        self._written = True
        return self._writer

    @contextmanager
    def _stoppable(self, connection: Connection) -> Iterator[None]:
        """Statements inside the block end when `stopping` asks for it; nothing ends the commit that follows."""
        asked = getattr(self._mine, "asked", None)
        if asked is None:
            yield
            return
        driver: Any = connection.connection.dbapi_connection
        driver.set_progress_handler(asked, opening.OPERATIONS)
        try:
            yield
        finally:
            driver.set_progress_handler(None, 0)

    def _is_in_place(self) -> bool:
        """Whether the file still has its name: SQLite goes on writing into one that was moved, replaced or removed."""
        try:
            return os.path.samestat(self.path.stat(), self._file)
        except OSError:
            return False

    def _transaction(self, connection: Connection, label: Label) -> Transaction:
        return Transaction(connection, label, clock=self.clock, ids=self.ids, member_id=self.member_id)

    def _current(self) -> Transaction | None:
        return getattr(self._mine, "transaction", None)

    def _merge(self) -> None:
        for _turn in range(MOST_MERGES):
            if not self._is_in_place():
                return
            turn = self._turns.take(patient=True)
            with turn, failures.worded(self.path), self._writing().begin() as connection:
                if not derived.merge(connection):
                    return

    def _empty_log(self, writer: Engine) -> None:
        with self._turns.take(patient=True), failures.worded(self.path):
            # Nothing was written, so none needs the triggers, which take as long as to open a small file.
            last = writer.raw_connection() if self._written else opening.connect(self.path, mode="rw")
            with contextlib.closing(last) as raw:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
