"""What undo and long steps need of an open workspace; `Database` is one. It keeps the modules free of circles."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

from crmdesk.domain.changes import Change
from crmdesk.storage.transaction import Transaction
from crmdesk.words import Label


class Stepping(Protocol):
    """Writes steps of any kind."""

    def read(self) -> AbstractContextManager[Connection]:
        """A connection to read with."""
        ...

    def step(
        self,
        label: Label,
        *,
        kind: str,
        part_of: int | None = None,
        undoes: int | None = None,
        quiet: bool = False,
        long: bool = False,
    ) -> AbstractContextManager[Transaction]:
        """A step of that kind, committed at the end of the block; `quiet` publishes nothing.

        While a `long` one is written others are refused with Busy, where they would wait for seconds otherwise.
        """
        ...

    def aside(self) -> AbstractContextManager[Connection]:
        """A connection to write what is not journalled."""
        ...

    def publish(self, change: Change) -> None:
        """Tell the subscribers."""
        ...
