"""Evidence for facts that cannot be ticked: what a sheet records instead, each by the room it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crmdesk.domain.errors import BadInput
from crmdesk.domain.facts import FACTS
from crmdesk.domain.records import Consent, Id, Lead, Opportunity, Person
from crmdesk.services import about as abouts
from crmdesk.services import activities, consents, normalise, people, qualify
from crmdesk.services.qualify import AnswerInput
from crmdesk.services.verbs import verb
from crmdesk.storage import dossiers, records
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceInput:
    """What a sheet recorded so that a derived fact holds. Which fields count depends on the fact's remedy.

    activity: `kind`, `direction`, `note`, `at`. point: `kind` and `value`. consent: `purpose` and `state`, for the
    contact point `point` or else the first one. owner: nothing, the record becomes one's own, and an outgoing contact
    of `kind` is logged when there is one. score: the reason in `note`. name: `given` and `family`. purchase: `note`,
    `amount_cents` and `currency`.
    """

    fact: str
    kind: str = ""
    direction: str = ""
    note: str = ""
    at: str = ""
    value: str = ""
    point: Id | None = None
    purpose: str = "offers"
    state: str = "given"
    given: str = ""
    family: str = ""
    amount_cents: int | None = None
    currency: str = ""


@verb
def record(
    db: Database, card: Id, *, answers: list[AnswerInput] | None = None, evidence: list[EvidenceInput] | None = None
) -> None:
    """Saves answers and evidence about a lead or an opportunity in one step, without moving it. Raises BadInput."""
    with db.read() as connection:
        name = abouts.resolve(connection, card).name
    with db.write(Label(N_("Fill in what is known about {name}"), args={"name": name})) as tx:
        qualify.save_all(tx, abouts.subject(tx.connection, card), answers or [])
        save_all(tx, card, evidence or [])


def save_all(tx: Transaction, subject: Id, given: Sequence[EvidenceInput]) -> None:
    """Records several pieces of evidence inside a step that is open already. Raises BadInput for an asked fact."""
    for each in given:
        remedy = FACTS[each.fact].remedy if each.fact in FACTS else ""
        if remedy not in _RECORDERS:
            raise BadInput(_("“{fact}” is not a fact that evidence can be recorded for.").format(fact=each.fact))
        _RECORDERS[remedy](tx, abouts.subject(tx.connection, subject), each)


def _activity(tx: Transaction, subject: Lead | Opportunity, given: EvidenceInput) -> None:
    activities.add(
        tx,
        abouts.resolve(tx.connection, subject.id),
        activities.checked(kind=given.kind, direction=given.direction, note=given.note, at=given.at),
    )


def _point(tx: Transaction, subject: Lead | Opportunity, given: EvidenceInput) -> None:
    people.put_point(tx, subject.person_id or subject.organisation_id, kind=given.kind, value=given.value)


def _consent(tx: Transaction, subject: Lead | Opportunity, given: EvidenceInput) -> None:
    points = dossiers.read(tx.connection, subject.id).points
    point = given.point or next((each.id for each in points), None)
    if point is None:
        raise BadInput(_("There is no address or number to record consent for."), _("Add one first."))
    consents.add(tx, Consent(contact_point_id=point, purpose=given.purpose, state=given.state, evidence=given.note))


def _owner(tx: Transaction, subject: Lead | Opportunity, given: EvidenceInput) -> None:
    if subject.owner_id is None:
        tx.put(replace(subject, owner_id=tx.member_id))
    if given.kind:
        _activity(tx, subject, replace(given, direction=given.direction or "out"))


def _score(tx: Transaction, subject: Lead | Opportunity, given: EvidenceInput) -> None:
    qualify.note_pass(tx, subject, given.note)


def _name(tx: Transaction, subject: Lead | Opportunity, given: EvidenceInput) -> None:
    typed = normalise.join_name(given=given.given, family=given.family)
    names = {part: text for part, text in (("given", typed.given), ("family", typed.family)) if text}
    if not names:
        return
    stored = records.get(tx.connection, Person, subject.person_id) if subject.person_id else None
    person = stored or Person(organisation_id=subject.organisation_id)
    person = replace(person, **names, family_first=typed.family_first or person.family_first)  # type: ignore[arg-type]
    if stored is not None:
        tx.put(person)
    else:
        tx.put(replace(subject, person_id=tx.add(person).id))


def _purchase(tx: Transaction, subject: Lead | Opportunity, given: EvidenceInput) -> None:
    activities.add(
        tx,
        abouts.resolve(tx.connection, subject.id),
        activities.checked(kind="purchase", note=given.note, amount_cents=given.amount_cents, currency=given.currency),
    )


_RECORDERS = {
    "activity": _activity,
    "point": _point,
    "consent": _consent,
    "owner": _owner,
    "score": _score,
    "name": _name,
    "purchase": _purchase,
}
