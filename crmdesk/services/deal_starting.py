"""A deal that is started by hand: with somebody who is an open lead it is that lead's conversion."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain.records import Id, Lead, Opportunity, Organisation, Person
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import convert, deal_making, transitions
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage import dossiers, records
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _


def begin(
    tx: Transaction,
    vocabulary: Vocabulary,
    deal: Opportunity,
    *,
    firm: Organisation | None,
    person: Person | None,
    role: str = "",
    door: str,
) -> Id:
    """Adds a deal, inside a step that is open already; its id.

    Nobody stands on the board twice: the open leads of the person go over into it, the newest first, and can be taken
    back as any conversion.
    """
    leads = records.where(tx.connection, Lead, person_id=person.id, exit="") if person is not None else []
    if person is None or not leads:
        return deal_making.begin(tx, vocabulary, deal, firm=firm, person=person, role=role, door=door)
    made: Id | None = None
    for lead in reversed(leads):
        choice = _choice(lead, person, deal, role=role, into=made)
        dossier = dossiers.read(tx.connection, lead.id)
        done = convert.in_step(tx, vocabulary, dossier, choice, door=door)
        made = made or done.opportunity_id
    assert made is not None
    _as_wanted(tx, vocabulary, made, deal, firm=firm)
    return made


def _choice(lead: Lead, person: Person, deal: Opportunity, *, role: str, into: Id | None) -> ConvertChoice:
    """The firm of the lead stays theirs, whoever the deal is made with."""
    own = lead.organisation_id or person.organisation_id
    priced = deal if deal.amount_cents is not None else lead
    return ConvertChoice(
        account="existing" if own else "none",
        organisation_id=own,
        opportunity="join" if into else "new",
        opportunity_id=into,
        name=deal.name,
        amount_cents=priced.amount_cents,
        currency=priced.currency,
        deal_stage=deal.deal_stage,
        expected_close=deal.expected_close,
        role=role,
        because=_("New deal"),
    )


def _as_wanted(
    tx: Transaction, vocabulary: Vocabulary, made: Id, deal: Opportunity, *, firm: Organisation | None
) -> None:
    """What was said of the deal itself holds over what came from the lead."""
    found = records.get(tx.connection, Opportunity, made)
    wanted = replace(
        found,
        organisation_id=firm.id if firm else found.organisation_id,
        source=deal.source or found.source,
        event_id=deal.event_id or found.event_id,
        owner_id=found.owner_id or tx.member_id,
    )
    if wanted != found:
        tx.put(wanted)
    if wanted.organisation_id != found.organisation_id:
        organisation, person = wanted.organisation_id, wanted.person_id
        transitions.make_account(tx, vocabulary, wanted.stage, organisation=organisation, person=person)
