"""The parts of a conversion: account, contact and opportunity, each through a ledger that can be taken back."""

from __future__ import annotations

from crmdesk.domain.deals import PARTS
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import BadInput, RuleBroken
from crmdesk.domain.records import NO_ID, Answer, BuyingPart, Id, Lead, Opportunity, Organisation, Person
from crmdesk.services import deal_making, joining, people
from crmdesk.services.proposing import ConvertChoice
from crmdesk.services.reversible import Ledger
from crmdesk.services.subjects import checked_amount, day, name_of, one_of
from crmdesk.storage import records
from crmdesk.words import _


def account(ledger: Ledger, lead: Lead, choice: ConvertChoice) -> Id | None:
    """The organisation that is or becomes the account; None for a private person."""
    one_of(choice.account, ("existing", "new", "none"), "account")
    if choice.account == "none":
        return None
    if choice.account == "existing":
        if choice.organisation_id is None:
            raise BadInput(_("No account is chosen."), _("Choose one, or make a new one."))
        return records.get(ledger.tx.connection, Organisation, choice.organisation_id).id
    own = records.find(ledger.tx.connection, Organisation, lead.organisation_id) if lead.organisation_id else None
    name = choice.organisation_name.strip()
    if own is not None and name in ("", own.name):
        return own.id
    if not name:
        raise BadInput(
            _("The new account has no name yet."), _("Write the name of the organisation, or choose “No organisation”.")
        )
    return ledger.add(people.new_organisation(name)).id


def contact(ledger: Ledger, lead: Lead, choice: ConvertChoice, organisation: Id | None) -> Id | None:
    """The person that is the contact; joined with another one when that is chosen."""
    one_of(choice.contact, ("this", "existing", "none"), "contact")
    tx = ledger.tx
    person = lead.person_id
    if choice.contact == "none" or (choice.contact == "this" and person is None):
        return person
    if choice.contact == "existing":
        if choice.person_id is None:
            raise BadInput(_("No contact is chosen."), _("Choose one, or keep this person."))
        into = records.get(tx.connection, Person, choice.person_id)
        if person is not None and person != into.id:
            joining.join(ledger, records.get(tx.connection, Person, person), into)
        person = into.id
    if person is not None and organisation is not None:
        ledger.change(records.get(tx.connection, Person, person), organisation_id=organisation)
    return person


def leave_organisation(ledger: Ledger, lead: Lead, organisation: Id | None) -> None:
    """What was known of the lead's own organisation goes into the chosen account, and it goes when nobody is left."""
    tx = ledger.tx
    if organisation is None or lead.organisation_id in (None, organisation):
        return
    left = records.get(tx.connection, Organisation, lead.organisation_id or NO_ID)
    ledger.change(lead, organisation_id=organisation)
    account = records.get(tx.connection, Organisation, organisation)
    if joining.nothing_else_on(ledger, left):
        joining.join(ledger, left, account)
    else:
        ledger.change(account, **joining.blanks(account, left))


def opportunity(
    ledger: Ledger, dossier: Dossier, choice: ConvertChoice, *, stage: str, organisation: Id | None, person: Id | None
) -> Id | None:
    """The opportunity that is made or joined, with the person's part in it; None when none is chosen."""
    one_of(choice.opportunity, ("new", "join", "none"), "opportunity")
    one_of(choice.role, ("", *PARTS), "role")
    if choice.opportunity == "none":
        return None
    if choice.opportunity == "join":
        deal = _joined_deal(ledger, dossier, choice)
    else:
        deal = _new_deal(ledger, dossier, choice, stage=stage, organisation=organisation, person=person)
    known = records.where(ledger.tx.connection, BuyingPart, opportunity_id=deal, person_id=person)
    if person is not None and not known:
        ledger.add(BuyingPart(opportunity_id=deal, person_id=person, role=choice.role))
    return deal


def _new_deal(
    ledger: Ledger, dossier: Dossier, choice: ConvertChoice, *, stage: str, organisation: Id | None, person: Id | None
) -> Id:
    lead = dossier.lead
    assert lead is not None
    answers = {each.fact: each for each in dossier.answers}
    cents, currency = checked_amount(choice.amount_cents, choice.currency)
    return ledger.add(
        Opportunity(
            name=choice.name.strip() or name_of(dossier),
            organisation_id=organisation,
            person_id=person,
            lead_id=lead.id,
            stage=stage,
            stage_since=ledger.tx.now,
            deal_stage_since=ledger.tx.now,
            owner_id=lead.owner_id,
            source=lead.source,
            event_id=lead.event_id,
            amount_cents=cents,
            currency=currency if cents is not None else "",
            expected_close=day(choice.expected_close),
            supplier=lead.supplier,
            terms=_note(answers.get("terms")),
            contract=_note(answers.get("contract")),
            **deal_making.in_stage(ledger.tx.connection, choice.deal_stage),
        )
    ).id


def _joined_deal(ledger: Ledger, dossier: Dossier, choice: ConvertChoice) -> Id:
    """The opportunity that a lead joins: its blanks are filled, and the lead's timeline comes along."""
    lead = dossier.lead
    assert lead is not None
    if choice.opportunity_id is None:
        raise BadInput(_("No opportunity is chosen."), _("Choose one, or start a new one."))
    deal = records.get(ledger.tx.connection, Opportunity, choice.opportunity_id)
    if deal.exit:
        raise RuleBroken(_("“{name}” is closed.").format(name=deal.name), _("Choose an open one, or start a new one."))
    if deal.amount_cents is None and lead.amount_cents is not None:
        ledger.change(deal, amount_cents=lead.amount_cents, currency=lead.currency)
    if not deal.supplier:
        ledger.change(deal, supplier=lead.supplier)
    for activity in dossier.activities:
        if activity.lead_id == lead.id:
            ledger.change(activity, opportunity_id=deal.id)
    for task in dossier.tasks:
        if task.lead_id == lead.id:
            ledger.change(task, opportunity_id=deal.id)
    return deal.id


def _note(answer: Answer | None) -> str:
    return answer.note if answer is not None and answer.value == "yes" else ""
