"""Ways to break what the tortures guard, in the process of the worker alone: each has to be found (`test_breaking`)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

from crmdesk.services import importing
from crmdesk.storage import opening, restoring
from crmdesk.storage.long_step import LongStep


def commits_every_statement() -> None:
    """No transaction around an edit."""
    real = opening.create_engine

    def without(*given: Any, **named: Any) -> Any:
        return real(*given, **named, isolation_level="AUTOCOMMIT")

    opening.create_engine = without
    engine = opening._engine
    opening._engine = lambda creator, *, begin, pool: engine(creator, begin="SELECT 1", pool=pool)


def waits_for_no_disk() -> None:
    """A commit is told before it is on the disk."""
    real = opening._for_writing

    def hasty(path: Any) -> Any:
        connection = real(path)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    opening._for_writing = hasty


def replaces_bit_by_bit() -> None:
    """What is restored is written into the file itself."""

    class Os:
        def __getattr__(self, name: str) -> Any:
            return getattr(restoring_os, name)

        def replace(self, source: Any, target: Any) -> None:
            shutil.copyfile(source, target)

    restoring_os = restoring.os
    restoring.os = Os()


def forgets_the_slices() -> None:
    """Each slice of an import counts as done by itself."""
    real = LongStep.slice

    def alone(self: Any) -> Any:
        self.step = 0
        return real(self)

    LongStep.slice = alone
    importing.SLICE_ROWS = 5


BROKEN: dict[str, Callable[[], object]] = {
    "early": object,  # told before it is done: `worker`
    "statements": commits_every_statement,
    "disk": waits_for_no_disk,
    "replace": replaces_bit_by_bit,
    "slices": forgets_the_slices,
}
