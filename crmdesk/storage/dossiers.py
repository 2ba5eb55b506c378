"""All that is stored about leads and opportunities, in the same few reads for one as for thousands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from sqlalchemy import Connection

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import (
    Activity,
    Answer,
    BuyingPart,
    Consent,
    ContactPoint,
    Conversion,
    Event,
    Id,
    Lead,
    Member,
    Opportunity,
    Organisation,
    Person,
    Record,
    StageMove,
    Task,
)
from crmdesk.storage import records
from crmdesk.words import _

R = TypeVar("R", bound=Record)
Subject = Lead | Opportunity
Pointers = Mapping[str, Iterable[Id | None]]

_STATES = """
    SELECT 'lead', exit, count(*) FROM lead WHERE id IN (SELECT value FROM json_each(:ids)) GROUP BY exit
    UNION ALL
    SELECT 'opportunity', exit, count(*) FROM opportunity WHERE id IN (SELECT value FROM json_each(:ids)) GROUP BY exit
"""


def read(connection: Connection, card: Id) -> Dossier:
    """Everything about one lead or opportunity; NotFound when it is neither."""
    return read_many(connection, [card])[card]


def read_many(connection: Connection, ids: Sequence[Id]) -> dict[Id, Dossier]:
    """Everything about each of these leads and opportunities, in the order asked for; NotFound when one is neither.

    Some fifteen reads, however many there are.
    """
    leads, deals = records.many(connection, Lead, ids), records.many(connection, Opportunity, ids)
    found: dict[Id, Subject] = {**leads, **deals}
    if any(each not in found for each in ids):
        raise _gone()
    around = _Around(connection, list(found.values()))
    return {each: around.dossier(found[each]) for each in ids}


def states(connection: Connection, ids: Sequence[Id]) -> set[tuple[str, str]]:
    """The different pairs of table and exit among these leads and opportunities; NotFound when one is neither."""
    rows = connection.exec_driver_sql(_STATES, {"ids": json.dumps(list(set(ids)))}).fetchall()
    if sum(row[2] for row in rows) != len(set(ids)):
        raise _gone()
    return {(row[0], row[1]) for row in rows}


class _Linked(Generic[R]):
    """The rows of one table that point at some ids, by column and id."""

    def __init__(self, connection: Connection, record_type: type[R], pointers: Pointers) -> None:
        self._rows: dict[tuple[str, Id], list[R]] = {}
        for row in records.pointing(connection, record_type, pointers):
            for column in pointers:
                self._rows.setdefault((column, getattr(row, column)), []).append(row)

    def of(self, **pointers: Id | None) -> tuple[R, ...]:
        """The rows with any of these pointers, oldest first, each once."""
        found = {row.id: row for column, each in pointers.items() if each for row in self._rows.get((column, each), ())}
        return tuple(found[row] for row in sorted(found))


class _Around:
    """What lies around some leads and opportunities: read once, handed out to each."""

    def __init__(self, connection: Connection, subjects: Sequence[Subject]) -> None:
        people = {each.person_id for each in subjects}
        firms = {each.organisation_id for each in subjects}
        of_lead: Pointers = {"lead_id": {_lead_of(each) for each in subjects}}
        of_deal: Pointers = {"opportunity_id": {_deal_of(each) for each in subjects}}
        of_them: Pointers = {"person_id": people, "organisation_id": firms}
        self.people = records.many(connection, Person, _ids(people))
        self.firms = records.many(connection, Organisation, _ids(firms))
        self.owners = records.many(connection, Member, _ids(each.owner_id for each in subjects))
        self.events = records.many(connection, Event, _ids(each.event_id for each in subjects))
        self.points = _Linked(connection, ContactPoint, of_them)
        points = {point.id for each in subjects for point in self.points.of(**_whom(each))}
        self.consents = _Linked(connection, Consent, {"contact_point_id": points})
        self.answers = _Linked(connection, Answer, {**of_lead, **of_deal})
        self.activities = _Linked(connection, Activity, {**of_lead, **of_deal, **of_them})
        self.tasks = _Linked(connection, Task, {**of_lead, **of_deal, **of_them})
        self.moves = _Linked(connection, StageMove, {**of_lead, **of_deal})
        self.parts = _Linked(connection, BuyingPart, of_deal)
        self.conversions = _Linked(connection, Conversion, {**of_lead, **of_deal})
        self.deals = _Linked(connection, Opportunity, of_them)

    def dossier(self, subject: Subject) -> Dossier:
        """All about one of them."""
        lead, deal, whom = _lead_of(subject), _deal_of(subject), _whom(subject)
        points = self.points.of(**whom)
        consents = (consent for point in points for consent in self.consents.of(contact_point_id=point.id))
        return Dossier(
            lead=subject if isinstance(subject, Lead) else None,
            opportunity=subject if isinstance(subject, Opportunity) else None,
            person=_one(self.people, subject.person_id),
            organisation=_one(self.firms, subject.organisation_id),
            owner=_one(self.owners, subject.owner_id),
            event=_one(self.events, subject.event_id),
            points=points,
            consents=tuple(sorted(consents, key=_id)),
            answers=self.answers.of(lead_id=lead, opportunity_id=deal),
            activities=_kept(self.activities.of(lead_id=lead, opportunity_id=deal, **whom), _concerns(subject)),
            tasks=_kept(self.tasks.of(lead_id=lead, opportunity_id=deal, **whom), _is_task_of(subject)),
            moves=self.moves.of(lead_id=lead, opportunity_id=deal),
            parts=self.parts.of(opportunity_id=deal),
            won=_kept(self.deals.of(**_buyer(subject)), _is_won),
            conversion=self._conversion(subject),
        )

    def _conversion(self, subject: Subject) -> Conversion | None:
        if isinstance(subject, Lead):
            found = self.conversions.of(lead_id=subject.id)
        else:
            joined = self.conversions.of(opportunity_id=subject.id)
            found = tuple(each for each in joined if each.lead_id == subject.lead_id) or joined
        return found[-1] if found else None


def _gone() -> NotFound:
    return NotFound(_("There is no such lead or opportunity."), _("It may have been undone meanwhile."))


def _lead_of(subject: Subject) -> Id | None:
    return subject.id if isinstance(subject, Lead) else subject.lead_id


def _deal_of(subject: Subject) -> Id | None:
    return subject.id if isinstance(subject, Opportunity) else None


def _whom(subject: Subject) -> dict[str, Id | None]:
    return {"person_id": subject.person_id, "organisation_id": subject.organisation_id}


def _buyer(subject: Subject) -> dict[str, Id | None]:
    """Whose purchases count: the organisation's, or the person's when there is none."""
    return {"organisation_id": subject.organisation_id} if subject.organisation_id else {"person_id": subject.person_id}


def _concerns(subject: Subject) -> Callable[[Activity], bool]:
    """Whatever happened with the person counts; of the organisation's, what happened with nobody in particular."""

    def concerns(activity: Activity) -> bool:
        return _names(activity, subject) or activity.person_id is None or activity.person_id == subject.person_id

    return concerns


def _is_task_of(subject: Subject) -> Callable[[Task], bool]:
    """A task that names a lead or a deal belongs to that one alone; else to those of its person or organisation."""

    def is_task(task: Task) -> bool:
        if _names(task, subject):
            return True
        unnamed = task.lead_id is None and task.opportunity_id is None
        return unnamed and task.person_id == subject.person_id

    return is_task


def _names(row: Activity | Task, subject: Subject) -> bool:
    lead, deal = _lead_of(subject), _deal_of(subject)
    return (lead is not None and row.lead_id == lead) or (deal is not None and row.opportunity_id == deal)


def _is_won(deal: Opportunity) -> bool:
    return deal.exit == "won"


def _kept(rows: Iterable[R], wanted: Callable[[R], bool]) -> tuple[R, ...]:
    return tuple(filter(wanted, rows))


def _one(found: Mapping[Id, R], record: Id | None) -> R | None:
    return None if record is None else found.get(record)


def _ids(ids: Iterable[Id | None]) -> list[Id]:
    return [each for each in ids if each is not None]


def _id(record: Record) -> Id:
    return record.id
