"""A step that takes long, an import: one in the history, written in slices, each a commit of its own.

The slices are steps too (`part_of` the first), so that the journal keeps the order in which things really happened.
A slice is only written while the step goes on, whoever writes it: a process that outlived its program writes nothing
into a step that was taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from crmdesk.domain.changes import Change
from crmdesk.storage import drafts, failures, journal, undo
from crmdesk.storage.stepping import Stepping
from crmdesk.storage.transaction import Transaction
from crmdesk.words import Label


class LongStep:
    """Begins with its first slice, or before. Until `finish`, an end of the program takes it back at the next start.

    `step` is its number, 0 before it begins; `held` how many seconds its last slice kept others from writing.
    """

    def __init__(self, database: Stepping, label: Label, begun: int = 0) -> None:
        self._database = database
        self._label = label
        self.step = begun
        self.held = 0.0

    def begin(self) -> int:
        """Its number in the history, where it stands from now on, empty yet; slices may come from another process."""
        if not self.step:
            with self._database.step(self._label, kind="long", quiet=True) as transaction:
                pass
            self.step = transaction.step
        return self.step

    @contextmanager
    def slice(self) -> Iterator[Transaction]:
        """One commit; short enough that an edit can wait for it. When it raises, only this slice is taken back."""
        part_of = self.begin()
        with self._database.step(self._label, kind="slice", part_of=part_of, quiet=True) as transaction:
            state = transaction.connection.exec_driver_sql("SELECT state FROM step WHERE id = ?", (part_of,)).scalar()
            if state != "open":
                raise failures.taken_back()
            began = perf_counter()
            yield transaction
        self.held = perf_counter() - began

    def finish(self, *, draft: str = "") -> None:
        """All slices are written: from here on it is a step like any other, told as one Change.

        The draft it came from goes in the same commit: it can never say that this was not done.
        """
        if not self.step or self._forgotten():
            return
        with self._database.aside() as connection:
            done = connection.exec_driver_sql(
                "UPDATE step SET state = 'done' WHERE id = ? AND state = 'open'", (self.step,)
            )
            if done.rowcount != 1:
                raise failures.taken_back()
            drafts.put(connection, {draft: ""}, at="")
            slices = undo.parts(connection, self.step)
            tables = journal.touched(connection.connection.cursor(), slices)
        self._database.publish(Change(self.step, self._label, tables))

    def cancel(self) -> None:
        """Take back all slices written so far; it stays in the history as cancelled, and cannot be redone."""
        if self.step and not self._forgotten():
            undo.take_back(self._database, self.step)

    def _forgotten(self) -> bool:
        """Whether it has no slices, and leaves no trace then."""
        with self._database.aside() as connection:
            if len(undo.parts(connection, self.step)) > 1:
                return False
            connection.exec_driver_sql("DELETE FROM step WHERE id = ? AND state = 'open'", (self.step,))
        self.step = 0
        return True
