"""What is to be done on one day: each person once, in the first section that fits. Plain values, nothing worded."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.ids import Id

OVERDUE, TODAY, PROMISED, WAKING, NO_STEP, QUIET = "overdue", "today", "promised", "waking", "no_step", "quiet"
SECTIONS = (OVERDUE, TODAY, PROMISED, WAKING, NO_STEP, QUIET)
"""In the order in which they are shown, and in which a person is looked for."""

COUNTED = 300
"""A section is counted up to here: more than anybody does in a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person, or one organisation, on the day.

    `about` is whom an activity or a step is logged about: a lead, an opportunity, a person or an organisation; `card`
    the lead or opportunity to show, if there is one. A task comes with overdue, today and promised; a parked card with
    the day it was parked; a card without next step with its last contact.
    """

    section: str
    about: Id
    card: Id | None
    person_id: Id | None
    organisation_id: Id | None
    name: str
    organisation: str  # "" when it is the name
    stage: str = ""
    role: str = ""  # of the stage
    source: str = ""
    task: Id | None = None
    title: str = ""
    kind: str = ""  # of the task: call, mail, meeting, visit, or ""
    due_on: str = ""
    due_time: str = ""
    promise: bool = False
    parked_on: str = ""
    wake_on: str = ""
    note: str = ""
    quiet_since: str = ""
    last_kind: str = ""
    last_direction: str = ""
    last_depth: str = ""
    last_at: str = ""

    @property
    def key(self) -> Id:
        """What tells it from the others over a reload."""
        return self.task or self.card or self.about


@dataclass(frozen=True, slots=True)
class Section:
    """One section: the first of its entries, and how many there are (`exact`, or at least so many)."""

    key: str
    entries: tuple[Entry, ...]
    count: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day (ISO text). `sections` are those that have somebody; `left` is exact unless one of them is not.

    `done` are the steps ticked off on the day, and who was contacted besides. `next_on` is the next day with
    something due, and `next_count` how much; "" and 0 when nothing is planned. `nobody` says that there is nobody on
    file yet.
    """

    on: str
    sections: tuple[Section, ...]
    done: int
    next_on: str
    next_count: int
    nobody: bool

    @property
    def left(self) -> int:
        """How many there are to do."""
        return sum(section.count for section in self.sections)

    @property
    def exact(self) -> bool:
        """Whether `left` is all of it."""
        return all(section.exact for section in self.sections)
