"""What a card and a column head of the journey board show: plain values, ready to be painted or printed."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """Which cards are shown: those of one event and/or one owner; None is any."""

    event_id: Id | None = None
    owner_id: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card: a lead until it converts, then an opportunity. Texts are as stored; amounts whole cents or None.

    `due_key` with `id` is the card's place in its column (ascending). A next step is `step_title` on `step_due` (ISO
    day); without one, `quiet_since` (ISO day) is the day of the last contact, or of the placing.
    """

    id: Id
    kind: str  # lead, opportunity
    ref: str
    stage: str
    due_key: str
    name: str  # the person's display name, else the organisation's, else the first channel's value
    organisation: str  # "" when the card is named by the organisation itself
    owner: str  # initials
    amount_cents: int | None
    currency: str
    step_title: str
    step_kind: str
    step_due: str
    step_time: str
    step_promise: bool
    quiet_since: str
    source: str
    without: tuple[str, ...]  # facts missing at the last move that was made anyway
    person_id: Id | None
    organisation_id: Id | None
    deal_stage: str = ""
    deal: str = ""  # the opportunity's own name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One currency's sum in a column: whole cents, and how many cards it is made of.

    `weighted` is the sum of each card's cents times its probability; 0 where no card has one.
    """

    currency: str
    cents: int
    cards: int
    weighted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's head: its stage, how many cards, the sums, and how many of those ever here went further.

    `exact` is false when a filtered count stopped at 1,000. `sums` come in showing order: the workspace's own currency
    first, then the one with most cards. `entered` counts the cards that ever were in this stage, `went_on` those of
    them that later reached a later stage of the path.
    """

    stage: str
    role: str
    label: str
    count: int
    exact: bool
    sums: tuple[Sum, ...]
    entered: int
    went_on: int
    deal: bool  # cards here are opportunities: entering converts
    terminal: bool  # customer
    by_deal_stage: bool = False  # a column of the deals board: its stage is a deal stage
