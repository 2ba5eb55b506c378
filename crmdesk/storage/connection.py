"""Open connections: transactions on the driver's own connections, with nothing between a statement and SQLite.

Other rooms know `Connection` by name: they hand it on and never speak SQL over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlcipher3 import dbapi2

Values = Sequence[Any] | Mapping[str, Any]


class Rows(dbapi2.Cursor):  # type: ignore[misc]
    """What a statement gave: the driver's own cursor, and shorter ways to a single value."""

    def scalar(self) -> Any:
        """The first column of the first row; None without one."""
        row = self.fetchone()
        self.close()
        return None if row is None else row[0]

    def scalar_one(self) -> Any:
        """The first column of the first row, which there must be: LookupError without one."""
        row = self.fetchone()
        self.close()
        if row is None:
            raise LookupError("a statement gave no row")
        return row[0]


class Connection:
    """A connection within a transaction. `driver` is the driver's own, for what takes one."""

    __slots__ = ("driver",)

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def exec_driver_sql(self, statement: str, values: Values | list[Sequence[Any]] = ()) -> Rows:
        """Runs a statement with bound values; with a list of them, once for each."""
        rows: Rows = self.driver.cursor(Rows)
        if isinstance(values, list):
            rows.executemany(statement, values)
        else:
            rows.execute(statement, values)
        return rows

    @contextmanager
    def begin_nested(self) -> Iterator[None]:
        """A part of the transaction that is taken back alone when the block raises."""
        self.driver.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.driver.in_transaction:  # SQLite itself takes all of it back when the disk is full
                self.driver.execute("ROLLBACK TO part")
                self.driver.execute("RELEASE part")
            raise
        self.driver.execute("RELEASE part")


class Pool:
    """Connections of one kind: made when none is free, and kept for who asks next.

    `make` gives one of the driver's in autocommit; `begin` is the statement by which a transaction begins.
    """

    def __init__(self, make: Callable[[], Any], *, begin: str) -> None:
        self._make, self._begin = make, begin
        self._free: list[Any] = []
        self._closed = False

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end of the block, taken back when it raises."""
        with self.driver() as driver:
            driver.execute(self._begin)
            try:
                yield Connection(driver)
                if driver.in_transaction:
                    driver.execute("COMMIT")
            except BaseException:
                if driver.in_transaction:
                    driver.execute("ROLLBACK")
                raise

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """One of the driver's connections, outside any transaction."""
        try:
            driver = self._free.pop()
        except IndexError:
            driver = self._make()
        try:
            yield driver
        finally:
            if self._closed:
                driver.close()
            else:
                self._free.append(driver)

    def dispose(self) -> None:
        """Closes those that are free now, and the others as they become so."""
        self._closed = True
        while self._free:
            self._free.pop().close()
