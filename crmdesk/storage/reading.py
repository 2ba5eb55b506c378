"""Reading by a plain cursor, for the first page of a start: SQLAlchemy is not loaded yet then. Nothing else may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from crmdesk.storage import driver, shape


class Reading(Protocol):
    """What a question needs of a connection; SQLAlchemy's has it, and a plain one."""

    def exec_driver_sql(self, statement: str, parameters: Any = None, /) -> Any:
        """The rows of a statement: iterable, with `fetchone`, `fetchall`, `scalar` and `scalar_one`."""
        ...


@contextmanager
def plainly(path: Path) -> Iterator[Reading | None]:
    """A reader that sees one state of the file; None for a file that has to be looked at closer before its use.

    It is one that this program made and need not bring up to date, nothing in it is anybody else's, and nobody left it
    half written. Raises what the driver raises.
    """
    connection = driver.connect(path, mode="ro" if driver.beside(path, "-wal").exists() else "immutable")
    try:
        for pragma in ("query_only = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        whole = not driver.beside(path, driver.ROLLBACK).exists()
        yield _Plain(connection) if whole and _is_known(connection) else None
    finally:
        connection.close()


def _is_known(connection: Any) -> bool:
    return shape.fingerprint(connection.execute(shape.THINGS)) == shape.known()


class _Plain:
    """A bare connection that answers as SQLAlchemy's would."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def exec_driver_sql(self, statement: str, parameters: Any = None, /) -> _Rows:
        return _Rows(self._connection.execute(statement, parameters or ()))


class _Rows:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchall(self) -> Any:
        return self._cursor.fetchall()

    def scalar(self) -> Any:
        row = self._cursor.fetchone()
        return None if row is None else row[0]

    def scalar_one(self) -> Any:
        return self._cursor.fetchone()[0]
