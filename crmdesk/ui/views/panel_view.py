"""What the record panel shows, worded: made from what the services read, without widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crmdesk import words
from crmdesk.domain import consent, names
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.entry import SOURCES
from crmdesk.domain.qualify import Why
from crmdesk.domain.records import Consent, ContactPoint, Id, Lead
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.words import _


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline or the history: a day, an icon, what happened, and more below it or ""."""

    day: str
    icon: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A contact point with what may be sent there: the chip's words, its kind and icon; a badge id has no chip."""

    id: Id
    icon: str
    value: str
    chip: str
    chip_kind: str
    chip_icon: str


@dataclass(frozen=True, slots=True)
class DealFact:
    """One line about a deal: the field it is edited in, its words, its value or "" when nothing is known."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """Somebody in a deal: the part's id, who, their job, the part in words or "" when it is not known yet."""

    id: Id
    name: str
    job_title: str
    role: str


@dataclass(frozen=True, slots=True)
class DealView:
    """What the section *Deal* shows."""

    facts: Sequence[DealFact]
    parts: Sequence[PartLine]


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why a lead or an opportunity is where it is."""

    dossier: Dossier
    why: Why
    vocabulary: Vocabulary

    @property
    def signs(self) -> frozenset[str]:
        """Facts that are shown for this stage without being required by it."""
        if self.dossier.stage not in self.vocabulary.path:
            return frozenset()
        stage = self.vocabulary.stage(self.dossier.stage)
        return frozenset(stage.signs) - frozenset(stage.facts)


@dataclass(frozen=True, slots=True)
class PanelView(WhyView):
    """A lead or an opportunity as the panel shows it."""

    today: date
    timeline: Sequence[Line]
    history: Sequence[Line]
    deal: DealView | None = None

    @property
    def name(self) -> str:
        """The person's name, else the organisation's, else the first channel."""
        person, organisation = self.dossier.person, self.dossier.organisation
        shown = names.display(person) if person else ""
        shown = shown or (organisation.name if organisation else "")
        return shown or next((point.value for point in self.dossier.points), "") or _("No name yet")

    @property
    def role_line(self) -> str:
        """Job and organisation, or the deal's name and amount."""
        person, organisation = self.dossier.person, self.dossier.organisation
        if self.dossier.opportunity is not None:
            deal = self.dossier.opportunity
            amount = words.money(deal.amount_cents, deal.currency) if deal.amount_cents is not None else ""
            return words.side_by_side(deal.name, amount)
        job = person.job_title if person else ""
        firm = organisation.name if organisation and self.name != organisation.name else ""
        return words.side_by_side(job, firm)

    @property
    def source_line(self) -> str:
        """Source, event, reference."""
        subject = self.dossier.subject
        source = _(SOURCES[subject.source].label) if subject.source in SOURCES else ""
        place = self.dossier.event.name if self.dossier.event else ""
        where = words.side_by_side(source, place)
        reference = subject.ref.replace("-", "\u2011")  # a reference never breaks over two lines
        return " · ".join(part for part in (where, reference) if part)

    @property
    def stage_word(self) -> str:
        """The stage's name, or what closed it."""
        return self.vocabulary.word(self.dossier.stage)

    @property
    def closed(self) -> bool:
        """Parked, not a fit or lost: it can be brought back."""
        return self.dossier.subject.exit in ("not_now", "not_a_fit", "lost")

    @property
    def can_convert(self) -> bool:
        """An open lead."""
        return isinstance(self.dossier.subject, Lead) and not self.dossier.subject.exit

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noted about the person and the organisation."""
        kept = (self.dossier.person, self.dossier.organisation)
        return tuple(each.note for each in kept if each is not None and each.note)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The contact points, each with its strictest consent."""
        return tuple(channel(point, self.dossier.consents) for point in self.dossier.points)


def channel(point: ContactPoint, consents: Sequence[Consent]) -> Channel:
    """A contact point as it is shown, with the strictest of what was agreed for it."""
    if point.label == "badge":
        return Channel(point.id, "scan", point.value, "", "", "")
    entries = [each for each in consent.in_force(consents).values() if each.contact_point_id == point.id]
    state = consent.strictest(each.state for each in entries)
    kind = {"given": "good", "declined": "bad", "withdrawn": "bad"}.get(state, "outline")
    label = _(consent.STATES[state])
    purposes = [_(consent.PURPOSES[each.purpose]) for each in entries if each.state == state]
    if state == "given" and len(purposes) == 1:
        label = _("{purpose}: given").format(purpose=purposes[0])
    icon = point.kind if point.kind in ("email", "phone", "address", "handle", "web") else "link"
    return Channel(point.id, icon, point.value.replace("\n", ", "), label, kind, state)
