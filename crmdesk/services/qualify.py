"""Answers to the asked facts, a score passed by hand, and the two questions "why here?" and "what is missing?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from crmdesk.domain import qualify as rules
from crmdesk.domain.errors import BadInput
from crmdesk.domain.facts import ANSWERS, BASES, BUYING_ROLES, FACTS
from crmdesk.domain.records import Answer, Id, Lead, Opportunity
from crmdesk.services import about as abouts
from crmdesk.services import dossiers, workspace
from crmdesk.services.subjects import checked_amount, day, one_of, visible_reason
from crmdesk.services.verbs import question, verb
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInput:
    """An answer as a form gives it: yes, no, unknown or not_applicable, with what the fact asks besides.

    `amount_cents` are whole cents of `currency`, `by_date` an ISO day, `basis` said or guessed. `supplier` goes with
    `supplier_dropped`; for `terms` and `contract` the note says what they are.
    """

    fact: str
    value: str
    note: str = ""
    amount_cents: int | None = None
    currency: str = ""
    by_date: str = ""
    buying_role: str = ""
    basis: str = "said"
    supplier: str = ""


@verb
def answer(
    db: Database,
    lead: Id,
    *,
    fact: str,
    value: str,
    note: str = "",
    amount_cents: int | None = None,
    currency: str = "",
    by_date: str = "",
    buying_role: str = "",
    basis: str = "said",
    supplier: str = "",
) -> Id:
    """Answers an asked fact of a lead or an opportunity; the answer's id. One answer a fact, changed in place.

    `fact`: need, requirements, means, in_market, timeframe, authority, fit, value, supplier_dropped, terms, contract.
    `value`: yes, no, unknown, not_applicable. `basis`: said, guessed. Besides, `amount_cents` and `currency` go with
    means, `by_date` with timeframe, `supplier` with supplier_dropped, and with authority `buying_role`: decider,
    adviser, employee, influencer, user, gatekeeper.

    Raises BadInput for a fact that is derived from what is stored: it cannot be ticked.
    """
    given = AnswerInput(
        fact=fact, value=value, note=note, amount_cents=amount_cents, currency=currency, by_date=by_date,
        buying_role=buying_role, basis=basis, supplier=supplier,
    )  # fmt: skip
    with db.read() as connection:
        name = abouts.resolve(connection, lead).name
    with db.write(Label(N_("Answer a question about {name}"), args={"name": name})) as tx:
        return save(tx, abouts.subject(tx.connection, lead), given)


@question
def why(db: Database, card: Id) -> rules.Why:
    """Why a lead or an opportunity is where it is: a sentence, and the facts with their evidence."""
    return rules.why(workspace.vocabulary(db), dossiers.read(db, card), today=db.clock.today())


@question
def gate(db: Database, card: Id, stage: str) -> rules.Gate:
    """What a stage still requires of a lead or an opportunity. Raises NotFound for an unknown stage."""
    return rules.gate(workspace.vocabulary(db), stage, dossiers.read(db, card), today=db.clock.today())


def note_pass(tx: Transaction, subject: Lead | Opportunity, reason: str) -> Id:
    """Passes a score inside a step that is open already. Raises BadInput without a reason."""
    cleaned = visible_reason(reason)
    if not cleaned:
        raise BadInput(_("A score is passed by hand only with a reason."), _("Say why, in a few words."))
    return _store(tx, subject, "scored", value="yes", note=cleaned)


def save_all(tx: Transaction, subject: Lead | Opportunity, answers: Sequence[AnswerInput]) -> None:
    """Saves several answers inside a step that is open already."""
    for each in answers:
        save(tx, abouts.subject(tx.connection, subject.id), each)


def save(tx: Transaction, subject: Lead | Opportunity, given: AnswerInput) -> Id:
    """Saves one answer inside a step that is open already, and fills the blanks of the record it speaks of."""
    if given.fact not in FACTS or not FACTS[given.fact].asked:
        raise BadInput(
            _("“{fact}” is not a fact that can be answered.").format(fact=given.fact),
            _("These are: {names}.").format(names=", ".join(key for key, each in FACTS.items() if each.asked)),
        )
    cents, currency = checked_amount(given.amount_cents, given.currency)
    made = _store(
        tx,
        subject,
        given.fact,
        value=one_of(given.value, tuple(ANSWERS), "value"),
        note=given.note.strip(),
        amount_cents=cents,
        currency=currency,
        by_date=day(given.by_date),
        buying_role=one_of(given.buying_role, ("", *BUYING_ROLES), "buying_role"),
        basis=one_of(given.basis, tuple(BASES), "basis"),
    )
    _fill_blanks(tx, subject, given)
    return made


def _store(tx: Transaction, subject: Lead | Opportunity, fact: str, **values: Any) -> Id:
    link: dict[str, Any] = {"lead_id": subject.id} if isinstance(subject, Lead) else {"opportunity_id": subject.id}
    found = records.where(tx.connection, Answer, fact=fact, **link)
    if not found:
        return tx.add(Answer(fact=fact, **link, **values, at=tx.now, member_id=tx.member_id)).id
    new = replace(found[0], **values)
    if new != found[0]:
        tx.put(replace(new, at=tx.now, member_id=tx.member_id))
    return found[0].id


def _fill_blanks(tx: Transaction, subject: Lead | Opportunity, given: AnswerInput) -> None:
    """An amount or a supplier that was told is the record's own while it has none; nothing is overwritten."""
    new = subject
    if given.fact == "means" and given.amount_cents is not None and subject.amount_cents is None:
        new = replace(new, amount_cents=given.amount_cents, currency=given.currency)
    if given.supplier.strip() and not subject.supplier:
        new = replace(new, supplier=given.supplier.strip())
    if new != subject:
        tx.put(new)
