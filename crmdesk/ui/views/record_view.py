"""What the page of a record shows, worded: plain values, without widgets and without reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmdesk.domain.profile import Profile
from crmdesk.domain.records import Id
from crmdesk.domain.timeline import Moment
from crmdesk.services.values import Changed
from crmdesk.ui import card_words
from crmdesk.ui.views.panel_view import Line, WhyView

LINE, LINES, CHOICE, LINK = "line", "lines", "choice", "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One detail: its key, its label, the value as it is shown and as it is typed.

    `kind` says how it is edited: a line, several lines, a choice of `choices` (value, words), or not at all: a link to
    the record `link`. `core` ones are shown while they are empty. `point` is the contact point behind it, with its
    marks.
    """

    key: str
    label: str
    shown: str = ""
    text: str = ""
    kind: str = LINE
    choices: tuple[tuple[str, str], ...] = ()
    link: Id | None = None
    core: bool = True
    point: Id | None = None
    broken: bool = False
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLine:
    """A deal in the table: its words by column; `end` is the next step or the day it ended."""

    id: Id
    name: str
    stage: str
    stage_icon: str
    amount: str
    chance: str
    end: card_words.Line


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody at the organisation or in the deal, with their part in buying, what they agreed to, the last contact.

    `chip` is "" for somebody without an e-mail address, as in the lists.
    """

    id: Id
    name: str
    job: str
    part: str
    chip: str
    chip_kind: str
    chip_icon: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """An attempt to win somebody: where it stands or how it ended, and since when."""

    id: Id
    name: str
    state: str
    icon: str
    detail: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of the timeline: what, with whom, and the initials of who wrote it down."""

    moment: Moment
    line: Line
    who: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """What was agreed for a purpose: the state as yes, no or unknown, and the point it is about."""

    purpose: str
    evidence: str
    state: str
    word: str
    point: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """All that the page shows, but the timeline."""

    profile: Profile
    name: str
    state: str
    state_icon: str
    summary: str
    items: Sequence[Item]
    deals: Sequence[DealLine]
    sums: str
    people: Sequence[PersonLine]
    attempts: Sequence[AttemptLine]
    permits: Sequence[Permit]
    changes: Sequence[Changed]
    tags: Sequence[str]
    known_tags: Sequence[str]
    why: WhyView | None
    read_only: bool

    @property
    def id(self) -> Id:
        """The record's id."""
        return self.profile.record.id

    @property
    def kind(self) -> str:
        """person, organisation, lead or opportunity."""
        return self.profile.record.table
