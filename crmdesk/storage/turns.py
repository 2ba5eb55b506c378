"""Whose turn it is to write: one thread at a time, and a long work lets the short ones go first.

What cannot be written in slices, the undo of a long list, holds its turn for seconds. Nobody waits for that one: a
window would stand still.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from crmdesk.storage import failures


class Taking(Protocol):
    """Hands out the right to write; `Turns`, or who asks the process that has them."""

    def take(self, *, patient: bool = False, long: bool = False) -> AbstractContextManager[None]:
        """Wait for the turn and hold it inside the block; the patient come after everybody who is not.

        Busy, at once, for who is not patient while somebody holds a `long` one.
        """
        ...


class Turns:
    """Hands out the right to write, one thread at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = self._long = False
        self._waiting = 0

    @contextmanager
    def take(self, *, patient: bool = False, long: bool = False) -> Iterator[None]:
        """As `Taking.take`."""
        with self._changed:
            if patient:
                self._changed.wait_for(self._is_nobodys)
            else:
                self._waiting += 1
                try:
                    self._changed.wait_for(self._is_free_or_long)
                finally:
                    self._waiting -= 1
                if self._taken:
                    raise failures.held()
            self._taken, self._long = True, long
        try:
            yield
        finally:
            with self._changed:
                self._taken = self._long = False
                self._changed.notify_all()

    def _is_free_or_long(self) -> bool:
        return self._long or not self._taken

    def _is_nobodys(self) -> bool:
        return not self._taken and not self._waiting
