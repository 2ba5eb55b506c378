"""What a card says, in words: its value, its next step or how long it has been quiet, and what it was moved without.

Painting and reading aloud share these words. Patterns are worded whole; only the title of a step may be shortened, so
a line is given as what comes before the title, the title, and what comes after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crmdesk import words
from crmdesk.domain import facts, schedule
from crmdesk.domain.cards import Card
from crmdesk.words import N_, _

STEP_ICONS = {"call": "call", "mail": "mail", "meeting": "meeting", "visit": "visit"}
STEP_WORDS = {"call": N_("Call"), "mail": N_("Mail"), "meeting": N_("Meeting"), "visit": N_("Visit")}
MARK = "\ue000"  # stands for the title while a line is worded
QUIET_CHIPS = {1: "outline", 2: "warn", 3: "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """The third line as text: only `text` may be shortened."""

    icon: str
    before: str
    text: str
    after: str
    role: str = "text-2"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A small chip of one of the kinds of `paint.CHIPS`."""

    icon: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class CardWords:
    """All the texts of a card. `override` are the wordings of its chip from the fullest to the shortest."""

    name: str
    value: str
    organisation: str
    owner: str
    line: Line | None
    quiet: Chip | None
    override: tuple[str, ...]

    def spoken(self) -> str:
        """The card as one sentence for a screen reader."""
        said = self.line.before + self.line.text + self.line.after if self.line else ""
        quiet = self.quiet.text if self.quiet else ""
        without = self.override[0] if self.override else ""
        return ", ".join(part for part in (self.name, self.value, self.organisation, said, quiet, without) if part)


class Stepped(Protocol):
    """What has a next step, or has been quiet for a while: a card, a row of a list."""

    @property
    def step_title(self) -> str: ...  # noqa: D102
    @property
    def step_kind(self) -> str: ...  # noqa: D102
    @property
    def step_due(self) -> str: ...  # noqa: D102
    @property
    def step_time(self) -> str: ...  # noqa: D102
    @property
    def step_promise(self) -> bool: ...  # noqa: D102
    @property
    def quiet_since(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102


def of(card: Card, *, today: date, role: str = "") -> CardWords:
    """The words of `card` on the day `today`; `role` is that of its stage (customers may be quiet for longer)."""
    has_step = bool(card.step_due or card.step_title)
    quiet = None if has_step else quiet_chip(card, today, role)
    override = _override(card.without)
    line = step(card, today) if has_step else None
    if not (line or quiet or override):
        line = Line("no_step", "", _("No next step"), "", "text-3")
    return CardWords(
        name=card.name,
        value="" if card.amount_cents is None else words.money(card.amount_cents, card.currency),
        organisation=card.organisation,
        owner=card.owner,
        line=line,
        quiet=quiet,
        override=override,
    )


def step(card: Stepped, today: date) -> Line:
    """The step as one worded line, cut at its title so that only the title is shortened."""
    return planned(
        card.step_title, card.step_kind, due_on=card.step_due, due_time=card.step_time, promise=card.step_promise,
        today=today,
    )  # fmt: skip


def planned(title: str, kind: str, *, due_on: str, due_time: str, promise: bool, today: date) -> Line:
    """The same for a step that stands by itself; without a title it is called by its kind."""
    text = schedule.due_text(MARK, due_on, due_time, promise=promise, today=today)
    before, _mark, after = text.partition(MARK)
    title = title or _(STEP_WORDS.get(kind, N_("Next step")))
    if schedule.overdue_days(due_on, today=today):
        return Line("overdue", before, title, after, "bad", strong=True)
    if promise:
        return Line("promise", before, title, after, "warn", strong=True)
    return Line(STEP_ICONS.get(kind, "next_step"), before, title, after, strong=schedule.day_of(due_on) == today)


def quiet_chip(card: Stepped, today: date, role: str) -> Chip | None:
    """How long it has been quiet; nothing while that is not long."""
    days = schedule.quiet_days(card.quiet_since, today=today)
    level = schedule.quiet_level(days, card.source, role=role)
    return Chip(f"quiet_{level}", schedule.quiet_text(days), QUIET_CHIPS[level]) if level else None


def _override(without: tuple[str, ...]) -> tuple[str, ...]:
    if not without:
        return ()
    listed = facts.listed(without)
    fullest = (_("moved without: {facts}").format(facts=listed), _("without: {facts}").format(facts=listed), listed)
    if len(without) == 1:
        return (*fullest, "")
    first = _("{fact} +{more}").format(fact=facts.listed(without[:1]), more=words.number(len(without) - 1))
    return (*fullest, first, "")
