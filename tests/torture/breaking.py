"""Ways to break what the tortures guard, in the process of the worker alone: each has to be found (`test_breaking`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlcipher3 import dbapi2

from crmdesk.services import importing
from crmdesk.storage import opening, restoring
from crmdesk.storage.long_step import LongStep

Spoken = Callable[[str], str]


def _speaks(change: Spoken) -> None:
    """Every connection says something else than it was told."""

    class Cursor(dbapi2.Cursor):
        def execute(self, statement: str, *given: Any) -> Any:
            other = change(statement)
            return super().execute(other, *(given if other == statement else ()))

    class Connection(dbapi2.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, statement: str, *given: Any) -> Any:
            return self.cursor().execute(statement, *given)

    class Driver:
        def __getattr__(self, name: str) -> Any:
            return getattr(dbapi2, name)

        def connect(self, *given: Any, **named: Any) -> Any:
            return dbapi2.connect(*given, **named, factory=Connection)

    opening.dbapi2 = Driver()


def commits_every_statement() -> None:
    """There is no transaction around an edit."""
    _speaks(
        lambda said: "SELECT 1" if said.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")) else said
    )


def waits_for_no_disk() -> None:
    """A commit is told before it is on the disk."""
    _speaks(lambda said: said.replace("synchronous = FULL", "synchronous = OFF"))


def replaces_bit_by_bit() -> None:
    """What is restored is written into the file itself."""
    real = restoring.os

    class Os:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def replace(self, source: Any, target: Any) -> None:
            with open(source, "rb") as whole, open(target, "wb", buffering=0) as there:
                while block := whole.read(65536):
                    there.write(block)

    restoring.os = Os()


def forgets_the_slices() -> None:
    """Each slice of an import counts as done by itself."""
    real = LongStep.slice

    @contextmanager
    def alone(self: LongStep) -> Iterator[Any]:
        with real(self) as transaction:
            yield transaction
        self.finish()
        self.step = 0

    LongStep.slice = alone
    importing.SLICE_ROWS = 5


def tells_early() -> None:
    """An edit is acknowledged before it is done; the worker sees to that itself."""


BROKEN: dict[str, Callable[[], object]] = {
    "early": tells_early,
    "statements": commits_every_statement,
    "disk": waits_for_no_disk,
    "replace": replaces_bit_by_bit,
    "slices": forgets_the_slices,
}
