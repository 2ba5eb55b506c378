"""What the window shows first, read before SQLAlchemy is there: the beginning of the day, by a plain cursor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crmdesk.domain.today import Day
from crmdesk.services import agreed, on_the_day
from crmdesk.storage import reading


def read(path: Path, today: date, *, rows: int) -> Day | None:
    """The beginning of the day, with that many rows; what is done and what comes after it is not read.

    None when nobody is on it, and for a file that is not to be used as it is. Whatever is the matter with the file is
    raised: it is told by who opens the workspace afterwards.
    """
    with reading.plainly(path) as connection:
        if connection is None:
            return None
        begun = on_the_day.beginning(connection, agreed.in_use(connection), today, rows=rows)
    if not begun:
        return None
    return Day(on=today.isoformat(), sections=tuple(begun), done=0, next_on="", next_count=0, nobody=False)
