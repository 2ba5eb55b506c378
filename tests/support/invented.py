"""Invented people for tests of what is derived, and random changes to them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from crmdesk.domain.records import (
    Activity,
    ContactPoint,
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
from crmdesk.storage.transaction import Transaction

R = TypeVar("R", bound=Record)

STAGES = ("lead", "prospect", "opportunity", "customer")
GIVEN = ("Anna", "Jörg", "怡君", "Mai", "Đào", "Siobhán", "")
FAMILY = ("Müller", "Nguyễn", "陳", "O'Brien", "Muller", "Straß", "")


def add_person(tx: Transaction, given: str = "", family: str = "", **columns: Any) -> Person:
    """A person with an e-mail and a phone when `email` and `phone` say so."""
    email, phone = columns.pop("email", ""), columns.pop("phone", "")
    person = tx.add(Person(given=given, family=family, **columns))
    if email:
        tx.add(ContactPoint(person_id=person.id, kind="email", value=email, match_key=email))
    if phone:
        key = f"+49{phone.lstrip('0').replace(' ', '')}"
        tx.add(ContactPoint(person_id=person.id, kind="phone", value=phone, match_key=key))
    return person


def add_lead(tx: Transaction, person: Person | None = None, stage: str = "lead", **columns: Any) -> Lead:
    """A lead that was placed in a stage."""
    about = {"person_id": person.id} if person else {}
    lead = tx.add(Lead(stage=stage, stage_since=tx.now, **{**about, **columns}))
    tx.add(StageMove(lead_id=lead.id, kind="placed", to_stage=stage, at=tx.now))
    return lead


class Meddler:
    """Changes a workspace at random: everything that derived tables are made from."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._moves: tuple[Callable[[Transaction], None], ...] = (
            self._add_someone,
            self._add_someone,
            self._add_lead,
            self._add_lead,
            self._add_opportunity,
            self._add_task_or_activity,
            self._add_task_or_activity,
            self._edit,
            self._edit,
            self._edit,
            self._remove,
        )

    def meddle(self, tx: Transaction, count: int) -> None:
        """`count` random changes in one step."""
        for _number in range(count):
            self._random.choice(self._moves)(tx)

    def _any(self, tx: Transaction, kind: type[R]) -> R | None:
        found = records.where(tx.connection, kind)
        return self._random.choice(found) if found else None

    def _some_id(self, tx: Transaction, kind: type[Record]) -> Id | None:
        found = self._any(tx, kind)
        return found.id if found and self._random.random() < 0.6 else None

    def _add_someone(self, tx: Transaction) -> None:
        pick = self._random.choice
        if self._random.random() < 0.4:
            tx.add(Organisation(name=pick(("Müller & Söhne GmbH", "AT&T", "台積電", "Công ty Đại"))))
            tx.add(Member(name="Somebody", initials=pick("ABC")))
            tx.add(Event(name="Fair"))
        add_person(
            tx, pick(GIVEN), pick(FAMILY), organisation_id=self._some_id(tx, Organisation),
            email=pick(("", "anna@firma.de")), phone=pick(("", "0171 234567", "030 99")),
        )  # fmt: skip

    def _add_lead(self, tx: Transaction) -> None:
        person, organisation = self._some_id(tx, Person), self._some_id(tx, Organisation)
        if person or organisation:
            add_lead(
                tx, stage=self._random.choice(("", *STAGES)), person_id=person, organisation_id=organisation,
                **self._terms(tx),
            )  # fmt: skip

    def _add_opportunity(self, tx: Transaction) -> None:
        lead = self._any(tx, Lead)
        made = tx.add(
            Opportunity(
                name=self._random.choice(("Lathe", "")), stage="opportunity", lead_id=self._some_id(tx, Lead),
                person_id=lead.person_id if lead else None, organisation_id=self._some_id(tx, Organisation),
                **self._terms(tx),
            )
        )  # fmt: skip
        tx.add(StageMove(opportunity_id=made.id, kind="converted", to_stage="opportunity", at=tx.now))

    def _terms(self, tx: Transaction) -> dict[str, Any]:
        return {
            "owner_id": self._some_id(tx, Member),
            "event_id": self._some_id(tx, Event),
            "amount_cents": self._random.choice((None, 0, 100, 48_000_00)),
            "currency": self._random.choice(("EUR", "VND", "")),
        }

    def _add_task_or_activity(self, tx: Transaction) -> None:
        about: dict[str, Any] = {
            "person_id": self._some_id(tx, Person),
            "organisation_id": self._some_id(tx, Organisation),
            "lead_id": self._some_id(tx, Lead),
            "opportunity_id": self._some_id(tx, Opportunity),
        }
        day = f"2026-05-{self._random.randrange(1, 29):02d}"
        if self._random.random() < 0.5:
            tx.add(Task(title="Call", due_on=self._random.choice((day, "")), **about))
        else:
            tx.add(Activity(kind="call", direction=self._random.choice(("", "out")), at=day, **about))

    def _edit(self, tx: Transaction) -> None:
        pick = self._random.choice
        kind = pick((Person, Organisation, ContactPoint, Lead, Lead, Opportunity, Task, Activity, StageMove))
        found = self._any(tx, kind)
        if found is None:
            return
        edits: dict[type[Record], dict[str, Any]] = {
            Person: {"family": pick(FAMILY), "organisation_id": self._some_id(tx, Organisation)},
            Organisation: {"name": pick(("Firma", "陳記"))},
            ContactPoint: {"value": pick(("x@y.de", "0171 999")), "person_id": self._some_id(tx, Person)},
            Lead: {"stage": pick(("", *STAGES)), "exit": pick(("", "", "not_now", "converted")), **self._terms(tx)},
            Opportunity: {
                "stage": pick(STAGES[2:]), "exit": pick(("", "won", "lost")), "lead_id": self._some_id(tx, Lead),
                "rank": pick(("", "M")), **self._terms(tx),
            },
            Task: {"done_at": pick(("", tx.now)), "due_on": "2026-06-01", "lead_id": self._some_id(tx, Lead)},
            Activity: {"at": "2026-01-01", "person_id": self._some_id(tx, Person)},
            StageMove: {"to_stage": pick(STAGES)},
        }  # fmt: skip
        columns = edits[kind]
        chosen = {name: columns[name] for name in columns if self._random.random() < 0.5}
        tx.put(replace(found, **chosen))

    def _remove(self, tx: Transaction) -> None:
        kind = self._random.choice((Task, Activity, ContactPoint, StageMove, Opportunity))
        found = self._any(tx, kind)
        if isinstance(found, Opportunity):
            for part in (Task, Activity, StageMove):
                for row in records.where(tx.connection, part, opportunity_id=found.id):
                    tx.remove(part, row.id)
        if found is not None:
            tx.remove(kind, found.id)
