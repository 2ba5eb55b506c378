"""What was typed and not yet saved, kept in the workspace so that it survives every kind of end.

No step and nothing to undo: a draft is not yet anything that was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from crmdesk.domain.ids import utc
from crmdesk.storage import drafts as storage
from crmdesk.storage.database import Database

KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Kept:
    """A text and the moment it was kept at, aware, in UTC."""

    text: str
    at: datetime


def keep(db: Database, texts: Mapping[str, str]) -> None:
    """Keeps each text under its key; "" removes what was there. Raises DiskFull, ReadOnly, Busy."""
    with db.aside() as connection:
        storage.put(connection, texts, at=utc(db.clock.now()))


def take(db: Database, key: str) -> Kept | None:
    """What is kept under a key; it stays there. None when there is nothing."""
    with db.read() as connection:
        found = storage.get(connection, key)
    return None if found is None else Kept(found[0], datetime.fromisoformat(found[1]))


def waiting(db: Database) -> list[tuple[str, datetime]]:
    """The keys under which something is kept, with its moment, aware, in UTC; the newest first."""
    with db.read() as connection:
        return [(key, datetime.fromisoformat(at)) for key, at in storage.keys(connection)]


def sweep(db: Database) -> int:
    """Removes what has been lying about for more than 90 days; how many drafts that were."""
    limit = utc(db.clock.now() - timedelta(days=KEPT_DAYS))
    with db.read() as connection:
        if not storage.older(connection, limit):
            return 0
    with db.aside() as connection:
        return storage.remove_before(connection, limit)
