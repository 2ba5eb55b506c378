"""Reads what the page of a record shows, and words it: services in, plain values out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crmdesk import words
from crmdesk.domain import consent, exits, names
from crmdesk.domain.deals import PARTS, DealStageView
from crmdesk.domain.entry import source_label
from crmdesk.domain.points import show
from crmdesk.domain.profile import Profile
from crmdesk.domain.records import Activity, Id, Lead, Opportunity, Organisation, Person, Task
from crmdesk.domain.schedule import day_of
from crmdesk.domain.timeline import Moment
from crmdesk.services import deals, profiles, tags, timelines, values, workspace
from crmdesk.ui import card_words, panel_reader, record_items
from crmdesk.ui.card_words import Line
from crmdesk.ui.context import Context
from crmdesk.ui.views.record_view import AttemptLine, DealLine, Happened, Permit, PersonLine, RecordView
from crmdesk.words import _, ngettext

_CHIP_KINDS = {"given": "good", "declined": "bad", "withdrawn": "bad"}


def read(context: Context, record: Id) -> RecordView:
    """A record as its page shows it. Raises NotFound when it is not there (any more)."""
    db, today = context.db, context.clock.today()
    profile = profiles.read(db, record)
    stages = deals.stages(db)
    reading = _Reading(context, profile, stages, today)
    state, icon = reading.state()
    card = reading.card()
    return RecordView(
        profile=profile,
        name=reading.name(),
        state=state,
        state_icon=icon,
        summary=reading.summary(),
        items=tuple(record_items.items(profile, members=workspace.members(db), stages=stages, today=today)),
        deals=tuple(map(reading.deal, profile.deals)) if not isinstance(profile.record, Opportunity) else (),
        sums=reading.sums(),
        people=tuple(reading.people()),
        attempts=tuple(reading.attempts()),
        permits=tuple(reading.permits()),
        changes=tuple(values.changes(db, record)),
        tags=tuple(each.name for each in profile.tags),
        known_tags=tuple(each.name for each in tags.listed(db)),
        why=panel_reader.why(context, card) if card is not None else None,
        read_only=db.read_only,
    )


def happened(
    context: Context, profile: Profile, about: Id, *, before: tuple[str, Id] | None, limit: int
) -> list[Happened]:
    """The next lines of a timeline, newest first."""
    known = {each.id: _first_name(each) for each in profile.people}
    initials = {each.id: each.initials for each in workspace.members(context.db)}
    told = not isinstance(profile.record, Person)
    found = timelines.timeline(context.db, about, before=before, limit=limit, alone=about != profile.record.id)
    return [_happened(context, each, known if told else {}, initials) for each in found]


def _happened(context: Context, moment: Moment, people: dict[Id, str], initials: dict[Id, str]) -> Happened:
    record = moment.record
    who = record.person_id if isinstance(record, Activity | Task) else None
    return Happened(
        moment=moment,
        line=panel_reader.line_of(
            record, context.vocabulary, today=context.clock.today(), deal_word=panel_reader.deal_words(context)
        ),
        who=people.get(who, "") if who else "",
        by=initials.get(record.member_id, "") if record.member_id else "",
    )


def _first_name(person: Person) -> str:
    return (names.display(person) if person.family_first else person.given) or names.display(person)


class _Reading:
    """One profile on its way into words."""

    def __init__(self, context: Context, profile: Profile, stages: Sequence[DealStageView], today: date) -> None:
        self._vocabulary = context.vocabulary
        self._profile, self._today = profile, today
        self._stages = {each.key: each.label for each in stages}

    def name(self) -> str:
        """How the record is called at the head."""
        profile = self._profile
        if isinstance(profile.record, Opportunity) and profile.record.name:
            return profile.record.name
        person = names.display(profile.person) if profile.person is not None else ""
        firm = profile.organisation.name if profile.organisation is not None else ""
        point = next((each.value for each in profile.points if each.value), "")
        return person or firm or point or _("No name yet")

    def card(self) -> Id | None:
        """The lead or deal whose place is explained: the record itself, or the one open card around it."""
        record = self._profile.record
        if isinstance(record, Lead | Opportunity):
            return record.id
        cards: tuple[Lead | Opportunity, ...] = (*self._profile.leads, *self._profile.deals)
        still_open = [each.id for each in cards if not each.exit]
        return still_open[0] if len(still_open) == 1 else None

    def state(self) -> tuple[str, str]:
        """The line beside the name, and its icon."""
        record = self._profile.record
        if isinstance(record, Lead | Opportunity):
            return self._card_state(record)
        won = [each.exit_on or each.stage_since for each in self._profile.deals if each.exit == "won"]
        if won:
            return _("Customer since {year}").format(year=min(won)[:4]), "won"
        if record.account_since:
            return _("Account since {year}").format(year=record.account_since[:4]), "organisation"
        newest = max(self._profile.leads, key=_id, default=None)
        return self._card_state(newest) if newest is not None else ("", "")

    def _card_state(self, card: Lead | Opportunity) -> tuple[str, str]:
        if card.exit:
            word = _(exits.OUTCOMES[card.exit])
            icon = "deal" if card.exit == "converted" else card.exit
            day = self._day(card.exit_on)
            return (_("{state}, {day}").format(state=word, day=day) if day else word), icon
        if isinstance(card, Opportunity):
            return self._stages.get(card.deal_stage, card.deal_stage), "deal"
        return (self._vocabulary.word(card.stage) if card.stage else _("Names")), "board"

    def summary(self) -> str:
        """The line below the name."""
        record, profile = self._profile.record, self._profile
        if isinstance(record, Organisation):
            staff = _("{size} staff").format(size=record.size) if record.size else ""
            town = next((each.town for each in profile.points if each.town), "")
            about = words.side_by_side(record.industry, staff, town)
            count = len(profile.people)
            people = ngettext("{count} person", "{count} people", count).format(count=words.number(count))
            return " · ".join(part for part in (about, words.side_by_side(people, self._open_deals())) if part)
        job = profile.person.job_title if profile.person is not None else ""
        firm = profile.organisation.name if profile.organisation is not None else ""
        whom = names.display(profile.person) if profile.person and isinstance(record, Opportunity) else ""
        about = words.side_by_side(whom, job, firm if firm != self.name() else "")
        if isinstance(record, Person):
            return " · ".join(part for part in (about, self._open_deals()) if part)
        came = words.side_by_side(source_label(record.source), profile.event.name if profile.event else "")
        again = _("Attempt {number}").format(number=record.attempt) if record.attempt > 1 else ""
        return " · ".join(part for part in (about, came, again) if part)

    def _open_deals(self) -> str:
        count = sum(not each.exit for each in self._profile.deals)
        return ngettext("{count} open deal", "{count} open deals", count).format(count=words.number(count))

    def deal(self, deal: Opportunity) -> DealLine:
        """A row of the table of deals."""
        stage, icon = self._card_state(deal)
        return DealLine(
            id=deal.id,
            name=deal.name or self.name(),
            stage=stage,
            stage_icon=icon if deal.exit else "",
            amount="" if deal.amount_cents is None else words.money(deal.amount_cents, deal.currency),
            chance="" if deal.exit else record_items.chance(deal),
            end=self._end(deal),
        )

    def _end(self, deal: Opportunity) -> Line:
        """The day it ended, or its next step."""
        if deal.exit:
            return Line("", "", self._day(deal.exit_on or deal.wake_on), "")
        task = next((each for each in self._profile.tasks if each.opportunity_id == deal.id), None)
        if task is None:
            return Line("", "", _("No next step"), "", "text-3")
        return card_words.planned(
            task.title, task.kind, due_on=task.due_on, due_time=task.due_time, promise=bool(task.promise),
            today=self._today,
        )  # fmt: skip

    def sums(self) -> str:
        """What is open and what is won, by currency."""
        told = []
        for pattern, exit_ in ((_("open {amount}"), ""), (_("won {amount}"), "won")):
            totals: dict[str, int] = {}
            for each in self._profile.deals:
                if each.exit == exit_ and each.amount_cents is not None:
                    totals[each.currency] = totals.get(each.currency, 0) + each.amount_cents
            if totals:
                amounts = " + ".join(words.money(cents, currency) for currency, cents in sorted(totals.items()))
                told.append(pattern.format(amount=amounts))
        return words.side_by_side(*told)

    def people(self) -> Iterator[PersonLine]:
        """Who belongs to the organisation or the deal; those with a part in buying first."""
        if isinstance(self._profile.record, Person | Lead):
            return
        parts: dict[Id, list[str]] = {}
        for each in self._profile.parts:
            if each.person_id is not None:
                parts.setdefault(each.person_id, []).append(_(PARTS[each.role]) if each.role in PARTS else "")
        for person in sorted(self._profile.people, key=lambda each: (each.id not in parts, each.id)):
            said = words.side_by_side(*dict.fromkeys(parts.get(person.id, ())))
            points = [each for each in self._profile.people_points if each.person_id == person.id]
            state = consent.to_offers(points, self._profile.consents)
            yield PersonLine(
                id=person.id,
                name=names.display(person) or person.ref,
                job=person.job_title,
                part=said,
                chip=_(consent.STATES[state]) if state else "",
                chip_kind=_CHIP_KINDS.get(state, "outline"),
                chip_icon=state,
                day=self._day(self._profile.last_contact.get(person.id, "")),
            )

    def attempts(self) -> Iterator[AttemptLine]:
        """The attempts to win them, the newest first; of a lead or a deal the other ones alone."""
        record = self._profile.record
        people = {each.id: names.display(each) for each in self._profile.people}
        for lead in sorted(self._profile.leads, key=_id, reverse=True):
            if lead.id == record.id:
                continue
            state, icon = self._card_state(lead)
            reason = exits.REASONS.get(lead.exit, {}).get(lead.exit_reason, lead.exit_reason)
            detail = (_(reason) if reason else "", source_label(lead.source))
            numbered = _("Attempt {number}").format(number=lead.attempt)
            yield AttemptLine(
                id=lead.id,
                name=(people.get(lead.person_id, "") if lead.person_id else "") or numbered,
                state=state,
                icon=icon,
                detail=words.side_by_side(*detail),
                day=self._day(lead.exit_on or lead.stage_since),
            )

    def permits(self) -> Iterator[Permit]:
        """For each purpose, the strictest of what was agreed."""
        points = {each.id: each for each in self._profile.points}
        entries = [
            each for each in consent.in_force(self._profile.consents).values() if each.contact_point_id in points
        ]
        for purpose, word in consent.PURPOSES.items():
            about = [each for each in entries if each.purpose == purpose]
            state = consent.strictest(each.state for each in about)
            said = next((each for each in reversed(about) if each.state == state), None)
            point = points.get(said.contact_point_id) if said and said.contact_point_id else None
            evidence = [show(point.kind, point.value) if point else "", self._day(said.at) if said else ""]
            allowed = "yes" if consent.allows(state) else "no" if state in ("declined", "withdrawn") else "unknown"
            yield Permit(
                purpose=_(word),
                evidence=words.side_by_side(*evidence),
                state=allowed,
                word=_(consent.STATES[state]),
                point=point.id if point else next(iter(points), None),
            )

    def _day(self, moment: str) -> str:
        found = day_of(moment)
        return words.short_day(found, today=self._today) if found else ""


def _id(record: Lead) -> Id:
    return record.id
