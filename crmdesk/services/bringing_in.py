"""Several files brought in in a row, with one account of all their records: as the terminal imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crmdesk.services.import_process import ImportProcess
from crmdesk.storage.database import Database

COUNTS = ("read", "imported", "merged", "skipped", "reported")


def bring_in(
    db: Database,
    files: Sequence[Path],
    *,
    source: str,
    event: str,
    people_only: bool,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    beside: bool = False,
) -> dict[str, Any]:
    """Imports each file as one step; counts and problems of all. `progress` hears lines done and lines of the file.

    With `beside` a process of its own does it, so that a window is not disturbed.
    All are looked at first, so that one that is no list stops all. Raises Cancelled: the file at hand is taken back.
    """
    total: dict[str, Any] = {**dict.fromkeys(COUNTS, 0), "problems": []}
    with closing(ImportProcess(db, beside=beside)) as lists:
        for look in [lists.look(file) for file in files]:
            plan = lists.plan(look, source=source, event_name=event, people_only=people_only, cancelled=cancelled)
            done = asdict(lists.apply(plan, progress=progress, cancelled=cancelled))
            for each in COUNTS:
                total[each] += done[each]
            total["problems"] += [{"file": look.name, **problem} for problem in done["problems"]]
    return total
