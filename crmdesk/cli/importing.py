"""`crmdesk import`: several files in a row, with progress for who watches, and one account of all records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crmdesk.services import importing
from crmdesk.storage.database import Database

_COUNTS = ("read", "imported", "merged", "skipped", "reported")


def run(db: Database, files: Sequence[Path], *, source: str, event: str, people_only: bool) -> dict[str, Any]:
    """Imports each file as one step. All are looked at first, so that one that is no list stops all."""
    looks = [importing.look(file) for file in files]
    total: dict[str, Any] = {**dict.fromkeys(_COUNTS, 0), "problems": []}
    for look in looks:
        plan = importing.plan(db, look, source=source, event_name=event, people_only=people_only)
        with _watched() as progress:
            done = asdict(importing.apply(db, plan, progress=progress))
        for each in _COUNTS:
            total[each] += done[each]
        total["problems"] += [{"file": look.name, **problem} for problem in done["problems"]]
    return total


@contextmanager
def _watched() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error while somebody watches; None when it goes to a file."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def show(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield show
