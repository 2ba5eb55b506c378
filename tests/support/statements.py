"""What is asked of a workspace's file, heard at the driver: nothing goes past it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Pool, event


@contextmanager
def heard() -> Iterator[list[str]]:
    """The statements of connections that are taken inside the block, without where transactions begin and end."""
    statements: list[str] = []
    traced: list[Any] = []

    def note(statement: str) -> None:
        # For each trigger the driver tells the statement that set it off again; the full text names its own schema.
        again = statements[-1:] == [statement]
        if (
            not again
            and not statement.startswith(("--", "BEGIN", "COMMIT", "ROLLBACK"))
            and "'main'.'" not in statement
        ):
            statements.append(statement)

    def listen(connection: Any, *_more: object) -> None:
        traced.append(connection)
        connection.set_trace_callback(note)

    event.listen(Pool, "checkout", listen)
    try:
        yield statements
    finally:
        event.remove(Pool, "checkout", listen)
        for connection in traced:
            connection.set_trace_callback(None)
