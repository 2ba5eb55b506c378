"""One step being written: what services add, put and remove records through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from crmdesk.domain import lengths
from crmdesk.domain.ids import Clock, IdSource, utc
from crmdesk.domain.records import Id, Record
from crmdesk.storage import records
from crmdesk.words import Label

R = TypeVar("R", bound=Record)


class Transaction:
    """A step between its beginning and its commit: one moment in time (`now`, UTC text; `today`), one member.

    `connection` reads what the step has written so far.
    """

    def __init__(
        self, connection: Connection, label: Label, *, clock: Clock, ids: IdSource, member_id: Id | None
    ) -> None:
        self.connection = connection
        self.label = label
        self.today: date = clock.today()
        self.now: str = utc(clock.now())
        self.member_id = member_id
        self.step = 0
        self._ids = ids

    def add(self, record: R) -> R:
        """Store a new record; comes back with its id, reference and time of making. BadInput: a text is too long."""
        if not record.id:  # what comes back may be as long as it was
            lengths.check(record)
        return records.add(self.connection, record, ids=self._ids, now=self.now)

    def add_many(self, new: Iterable[R]) -> list[R]:
        """Store new records of one type, fast; they come back in the same order, with ids."""
        return records.add_many(self.connection, new, ids=self._ids, now=self.now)

    def add_rows(self, new: Sequence[Record], **columns: Iterable[int | str | None]) -> list[Id]:
        """Like `add_many` at half the cost, where only the ids are wanted; `columns` are stored instead of its own."""
        return records.add_rows(self.connection, new, ids=self._ids, now=self.now, columns=columns)

    def put(self, record: Record) -> None:
        """Store an edited record; NotFound when it is not there any more, BadInput when a text of it is too long."""
        records.put(self.connection, record)

    def remove(self, record_type: type[Record], record_id: Id) -> None:
        """Delete a record; NotFound when it is not there. Nothing may point at it at the end of the step."""
        records.remove(self.connection, record_type, record_id)

    def begin(self, *, kind: str, device: str, part_of: int | None = None, undoes: int | None = None) -> None:
        """Write the step's own row and make it the one that the journal's triggers write to."""
        state = "open" if kind == "long" else "done"
        made = self.connection.exec_driver_sql(
            "INSERT INTO step (label, at, member_id, device, kind, state, part_of, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self.label.dump(), self.now, self.member_id, device, kind, state, part_of, undoes),
        )
        self.step = made.lastrowid
        self.connection.exec_driver_sql("UPDATE meta SET current_step = ?", (self.step,))

    def end(self) -> None:
        """No step from here on; the commit follows."""
        self.connection.exec_driver_sql("UPDATE meta SET current_step = NULL")

    def forget(self) -> None:
        """Remove the step's row, since it touched nothing."""
        self.connection.exec_driver_sql("DELETE FROM step WHERE id = ?", (self.step,))
