"""Whose turn it is to write: one thread at a time, and a long work lets the short ones go first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Taking(Protocol):
    """Hands out the right to write; `Turns`, or who asks the process that has them."""

    def take(self, *, patient: bool = False) -> AbstractContextManager[None]:
        """Wait for the turn and hold it inside the block; the patient come after everybody who is not."""
        ...


class Turns:
    """Hands out the right to write, one thread at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._waiting = 0

    @contextmanager
    def take(self, *, patient: bool = False) -> Iterator[None]:
        """Wait for the turn and hold it inside the block; the patient come after everybody who is not."""
        with self._changed:
            if patient:
                self._changed.wait_for(self._is_nobodys)
            else:
                self._waiting += 1
                try:
                    self._changed.wait_for(self._is_free)
                finally:
                    self._waiting -= 1
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()

    def _is_free(self) -> bool:
        return not self._taken

    def _is_nobodys(self) -> bool:
        return not self._taken and not self._waiting
