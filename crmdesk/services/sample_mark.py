"""What a sample workspace knows of itself: that it is one, and up to which step it came with the program."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain.records import Setting
from crmdesk.services.verbs import question
from crmdesk.storage import journal, records
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction

SAMPLE = "sample"  # its value is the step with which it was filled; "1" before that


def set_filled(tx: Transaction) -> None:
    """All up to this step came with the program."""
    for stored in records.where(tx.connection, Setting, key=SAMPLE):
        tx.put(replace(stored, value=str(tx.step)))


@question
def is_touched(db: Database) -> bool:
    """Whether anything was done in the sample since it was filled, taken back or not. False for what is no sample."""
    with db.read() as connection:
        filled = next((each.value for each in records.where(connection, Setting, key=SAMPLE)), "")
        newest = journal.steps(connection, 1)
    return bool(filled) and any(str(each.id) != filled for each in newest)
