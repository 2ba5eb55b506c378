"""The tour's story among the people of a big workspace: what it does with a handful is done among a million."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from crmdesk.domain import vocabulary
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.services import samples, workspace
from crmdesk.storage import opening
from tests.speed.world import NOW

WORDS = "dialogue"


def tell_in(path: Path) -> None:
    """The people of the story come into a workspace, which speaks its words from now on; all others stay in it."""
    connection = opening.connect(path, mode="rw")
    connection.execute("UPDATE vocabulary SET key = ?, body = ?", (WORDS, vocabulary.shipped_text(WORDS)))
    connection.close()
    clock = FixedClock(NOW, timedelta(milliseconds=1))
    db = workspace.open(path, clock=clock, ids=IdSource(clock, random.Random(11)))
    try:
        samples.fill(db, year=True)
    finally:
        db.close()
