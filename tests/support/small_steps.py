"""Small steps on the tables themselves, as the tests of undo take them."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain.records import (
    Record,
)
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.support.dump import dump


def state(db: Database) -> dict[str, list[tuple[object, ...]]]:
    with db.read() as connection:
        return dump(connection)


def add(db: Database, *new: Record, label: str = "Add") -> int:
    with db.write(Label(label)) as tx:
        for record in new:
            tx.add(record)
    return tx.step


def edit(db: Database, record: Record, **values: object) -> int:
    with db.write(Label("Edit")) as tx:
        tx.put(replace(records.get(tx.connection, type(record), record.id), **values))
    return tx.step


def remove(db: Database, *gone: Record) -> int:
    with db.write(Label("Remove")) as tx:
        for record in gone:
            tx.remove(type(record), record.id)
    return tx.step


def find(db: Database, record: Record) -> Record | None:
    with db.read() as connection:
        return records.find(connection, type(record), record.id)
