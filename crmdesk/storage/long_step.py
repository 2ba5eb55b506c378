"""A step that takes long, an import: one in the history, written in slices, each a commit of its own.

The slices are steps too (`part_of` the first), so that the journal keeps the order in which things really happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crmdesk.domain.changes import Change
from crmdesk.storage import failures, journal, undo
from crmdesk.storage.stepping import Stepping
from crmdesk.storage.transaction import Transaction
from crmdesk.words import Label


class LongStep:
    """Begins with its first slice. Until `finish`, an end of the program takes all slices back at the next start."""

    def __init__(self, database: Stepping, label: Label) -> None:
        self._database = database
        self._label = label
        self.step = 0

    @contextmanager
    def slice(self) -> Iterator[Transaction]:
        """One commit; short enough that an edit can wait for it. When it raises, only this slice is taken back."""
        kind = "slice" if self.step else "long"
        with self._database.step(self._label, kind=kind, part_of=self.step or None, quiet=True) as transaction:
            yield transaction
        self.step = self.step or transaction.step

    def finish(self) -> None:
        """All slices are written: from here on it is a step like any other, told as one Change."""
        if not self.step:
            return
        with self._database.aside() as connection:
            done = connection.exec_driver_sql(
                "UPDATE step SET state = 'done' WHERE id = ? AND state = 'open'", (self.step,)
            )
            if done.rowcount != 1:
                raise failures.taken_back()
            slices = undo.parts(connection, self.step)
            tables = journal.touched(connection.connection.cursor(), slices)
        self._database.publish(Change(self.step, self._label, tables))

    def cancel(self) -> None:
        """Take back all slices written so far; it stays in the history as cancelled, and cannot be redone."""
        if self.step:
            undo.take_back(self._database, self.step)
