"""Changes that carry their own way back as data: what a conversion links can be taken back at any time.

Undo goes back in the order of the history and ends at a migration; this goes row by row and column by column, and
leaves what was changed since as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

from crmdesk.domain.records import RECORD_TYPES, Id, Record
from crmdesk.storage import records
from crmdesk.storage.transaction import Transaction

R = TypeVar("R", bound=Record)
_TYPES = {each.table: each for each in RECORD_TYPES}


class Ledger:
    """Writes through a transaction and notes what was there before."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self._entries: list[dict[str, Any]] = []

    def add(self, record: R) -> R:
        """Adds a record that is removed again when it is taken back and nothing newer hangs on it."""
        added = self.tx.add(record)
        self._entries.append({"added": [added.table, added.id]})
        return added

    def change(self, record: R, **columns: Any) -> R:
        """Sets columns of the record as it is stored now; those that hold the value already are left alone."""
        stored = records.get(self.tx.connection, type(record), record.id)
        changed = {name: value for name, value in columns.items() if getattr(stored, name) != value}
        if not changed:
            return stored
        before = {name: getattr(stored, name) for name in changed}
        self._entries.append({"changed": [record.table, record.id], "before": before, "after": changed})
        new = replace(stored, **changed)
        self.tx.put(new)
        return new

    def remove(self, record: Record) -> None:
        """Removes a record that comes back as it was, with its id and reference."""
        self._entries.append({"removed": [record.table, asdict(record)]})
        self.tx.remove(type(record), record.id)

    def dump(self) -> str:
        """The entries as JSON text."""
        return json.dumps(self._entries, ensure_ascii=False)


def take_back(tx: Transaction, entries: str) -> tuple[Record, ...]:
    """Takes entries back, the last first; the records that had to stay because something newer hangs on them."""
    kept: list[Record] = []
    for entry in reversed(json.loads(entries)):
        if "added" in entry:
            kept.extend(_remove_added(tx, *entry["added"]))
        elif "removed" in entry:
            table, row = entry["removed"]
            tx.add(_TYPES[table](**row))
        else:
            _restore(tx, entry)
    return tuple(kept)


def added(entries: str) -> frozenset[Id]:
    """The ids of the records that the entries added."""
    return frozenset(Id(entry["added"][1]) for entry in json.loads(entries) if "added" in entry)


def hanging_on(tx: Transaction, record: Record) -> Iterator[Record]:
    """Every record that points at this one, parts included. One look-up a linking column."""
    for record_type in RECORD_TYPES:
        for each in fields(record_type):
            if each.metadata.get("to") == record.table:
                yield from records.where(tx.connection, record_type, **{each.name: record.id})


def _remove_added(tx: Transaction, table: str, record_id: Id) -> Iterator[Record]:
    record = records.find(tx.connection, _TYPES[table], record_id)
    if record is None:
        return
    if next(hanging_on(tx, record), None) is None:
        tx.remove(type(record), record.id)
    else:
        yield record


def _restore(tx: Transaction, entry: dict[str, Any]) -> None:
    table, record_id = entry["changed"]
    record = records.find(tx.connection, _TYPES[table], record_id)
    if record is None:
        return
    back = {name: entry["before"][name] for name, value in entry["after"].items() if getattr(record, name) == value}
    if back:
        tx.put(replace(record, **back))
