"""What happened around somebody: one line each, made of the record it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.records import Activity, Conversion, Id, StageMove, Task

Happening = Activity | StageMove | Task | Conversion


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened `at` a time or on a day: an activity, a move, a task done, a conversion."""

    at: str
    record: Happening

    @property
    def key(self) -> tuple[str, Id]:
        """Its place in the timeline, which is descending in this key."""
        return self.at, self.record.id
