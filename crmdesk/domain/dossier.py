"""All that is stored about one lead or opportunity, read at once: what evidence, panel and sheets are made from."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.records import (
    Activity,
    Answer,
    BuyingPart,
    Consent,
    ContactPoint,
    Conversion,
    Event,
    Lead,
    Member,
    Opportunity,
    Organisation,
    Person,
    StageMove,
    Task,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A lead or an opportunity (exactly one is set) with everything around it, each list oldest first.

    For an opportunity, answers, activities and moves include those of the lead it came from. `consents` are those of
    `points`. `won` are won opportunities of the same organisation, or of the same person when there is none.
    `members` are those who answered, so that evidence can name them.
    """

    lead: Lead | None = None
    opportunity: Opportunity | None = None
    person: Person | None = None
    organisation: Organisation | None = None
    owner: Member | None = None
    event: Event | None = None
    points: tuple[ContactPoint, ...] = ()
    consents: tuple[Consent, ...] = ()
    answers: tuple[Answer, ...] = ()
    activities: tuple[Activity, ...] = ()
    tasks: tuple[Task, ...] = ()
    moves: tuple[StageMove, ...] = ()
    parts: tuple[BuyingPart, ...] = ()
    won: tuple[Opportunity, ...] = ()
    conversion: Conversion | None = None
    members: tuple[Member, ...] = ()

    @property
    def subject(self) -> Lead | Opportunity:
        """The record this is about."""
        subject = self.lead or self.opportunity
        assert subject is not None
        return subject

    @property
    def stage(self) -> str:
        """The key of the stage it stands in."""
        return self.subject.stage
