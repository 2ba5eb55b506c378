"""Conversion: a lead goes on as account, contact and opportunity. Links and states change; nobody is retyped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import (
    Conversion,
    Id,
    Lead,
    Opportunity,
    StageMove,
)
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import about as abouts
from crmdesk.services import converting, dossiers, proposing, reversible, workspace
from crmdesk.services.proposing import ConvertChoice, Proposal
from crmdesk.services.reversible import Ledger
from crmdesk.services.subjects import name_of, visible_reason
from crmdesk.services.transitions import ASKS, BLOCKED, becoming_account, note_move, plan, refusal, settled
from crmdesk.services.verbs import question, verb
from crmdesk.storage import dossiers as stored
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What a conversion led to; `already` says that it had been done before and nothing was changed."""

    lead_id: Id
    organisation_id: Id | None
    person_id: Id | None
    opportunity_id: Id | None
    already: bool = False


@question
def propose(db: Database, lead: Id) -> Proposal:
    """What is known, which accounts, contacts and opportunities there are to use (best first, with reasons), and the
    choice that is made for a start. Raises NotFound, RuleBroken for an opportunity."""  # fmt: skip
    return proposing.propose(db, _lead_dossier(db, lead))


@question
def preview(db: Database, lead: Id, choice: ConvertChoice) -> str:
    """What will exist after converting with this choice, in sentences. Nothing is changed."""
    return proposing.preview(db, _lead_dossier(db, lead), choice)


@verb
def convert(db: Database, lead: Id, choice: ConvertChoice, *, door: str = "sheet") -> Converted:
    """Makes account, contact and opportunity of a lead as chosen, in one step. A second time nothing happens.

    Blanks are filled and nothing is overwritten; a close date is never invented. Raises RuleBroken with `missing` when
    the stage requires more and `choice.because` is empty.
    """
    vocabulary = workspace.vocabulary(db)
    with db.read() as connection:
        name = abouts.card(connection, lead).name
    with db.write(Label(N_("Convert {name}"), args={"name": name})) as tx:
        return in_step(tx, vocabulary, stored.read(tx.connection, lead), choice, door=door)


@verb
def take_back(db: Database, card: Id, *, door: str = "terminal") -> Id:
    """Takes the conversion of a lead or into an opportunity back, at any time; the lead that is on the board again.

    What was changed since stays as it is. Raises RuleBroken when it was not converted, or when something newer hangs on
    the opportunity.
    """
    vocabulary = workspace.vocabulary(db)
    with db.read() as connection:
        name = abouts.card(connection, card).name
    with db.write(Label(N_("Take back the conversion of {name}"), args={"name": name})) as tx:
        return _take_back(tx, vocabulary, _conversion(tx, card, name), name, door=door)


def _lead_dossier(db: Database, lead: Id) -> Dossier:
    dossier = dossiers.read(db, lead)
    if dossier.lead is None:
        raise RuleBroken(_("{name} is an opportunity already.").format(name=name_of(dossier)))
    return dossier


def in_step(
    tx: Transaction, vocabulary: Vocabulary, dossier: Dossier, choice: ConvertChoice, *, door: str
) -> Converted:
    """Converts a lead inside a step that is open already. Raises as `convert`."""
    lead = dossier.lead
    if lead is None:
        raise RuleBroken(_("{name} is an opportunity already.").format(name=name_of(dossier)))
    if lead.exit == "converted":
        return _done_before(tx, lead)
    stage = vocabulary.by_role("in_deal")
    assert stage is not None
    planned = settled(plan(vocabulary, dossier, stage.key, today=tx.today), choice.because)
    if planned.kind in (ASKS, BLOCKED):
        raise refusal(vocabulary, planned, stage.key)
    ledger = Ledger(tx)
    organisation = converting.account(ledger, lead, choice)
    person = converting.contact(ledger, lead, choice, organisation)
    converting.leave_organisation(ledger, lead, organisation)
    account = becoming_account(tx, vocabulary, stage.key, organisation=organisation, person=person)
    if account is not None:
        ledger.change(account, account_since=tx.today.isoformat())
    deal = converting.opportunity(ledger, dossier, choice, stage=stage.key, organisation=organisation, person=person)
    ledger.change(
        lead, person_id=person, organisation_id=organisation, exit="converted", exit_on=tx.today.isoformat(), rank=""
    )
    missing = planned.gate.missing
    note_move(
        tx, vocabulary, dossier, kind="converted", to_stage=stage.key if deal else "", door=door,
        reason=visible_reason(choice.because) if missing else "", missing=missing, opportunity=deal,
    )  # fmt: skip
    tx.add(
        Conversion(
            lead_id=lead.id,
            organisation_id=organisation,
            person_id=person,
            opportunity_id=deal,
            at=tx.now,
            before=ledger.dump(),
            member_id=tx.member_id,
        )
    )
    return Converted(lead_id=lead.id, organisation_id=organisation, person_id=person, opportunity_id=deal)


def _done_before(tx: Transaction, lead: Lead) -> Converted:
    done = records.where(tx.connection, Conversion, lead_id=lead.id)[-1]
    return Converted(
        lead_id=lead.id,
        organisation_id=done.organisation_id,
        person_id=done.person_id,
        opportunity_id=done.opportunity_id,
        already=True,
    )


def _conversion(tx: Transaction, card: Id, name: str) -> Conversion:
    deal = records.find(tx.connection, Opportunity, card)
    lead = deal.lead_id if deal is not None else card
    found = records.where(tx.connection, Conversion, lead_id=lead) if lead is not None else []
    if not found:
        raise RuleBroken(_("{name} was not converted from a lead.").format(name=name), _("Mark it as lost instead."))
    return found[-1]


def _take_back(tx: Transaction, vocabulary: Vocabulary, conversion: Conversion, name: str, *, door: str) -> Id:
    lead, deal = conversion.lead_id, conversion.opportunity_id
    assert lead is not None
    own = reversible.added(conversion.before)
    stage = ""
    if deal is not None:
        stage = records.get(tx.connection, Opportunity, deal).stage
        if deal in own:
            _refuse_what_hangs(tx, deal, {conversion.id, *own}, name)
        for move in records.where(tx.connection, StageMove, opportunity_id=deal):
            if deal in own or move.lead_id == lead:
                tx.put(replace(move, lead_id=lead, opportunity_id=None))
    tx.remove(Conversion, conversion.id)
    reversible.take_back(tx, conversion.before)
    back = records.get(tx.connection, Lead, lead)
    tx.put(replace(back, stage_since=tx.now))
    came_from = replace(stored.read(tx.connection, lead), lead=replace(back, stage=stage))
    note_move(tx, vocabulary, came_from, kind="reopened", to_stage=back.stage, door=door)
    return lead


def _refuse_what_hangs(tx: Transaction, deal: Id, own: Collection[Id], name: str) -> None:
    """Raises RuleBroken when something newer than the conversion hangs on the deal."""
    hanging = {
        each.id
        for each in reversible.hanging_on(tx, records.get(tx.connection, Opportunity, deal))
        if each.id not in own and not isinstance(each, StageMove)
    }
    if not hanging:
        return
    sentence = ngettext(
        "{count} newer entry hangs on the opportunity of {name}.",
        "{count} newer entries hang on the opportunity of {name}.",
        len(hanging),
    )
    raise RuleBroken(
        sentence.format(count=len(hanging), name=name), _("Keep the opportunity, or mark it as lost with a reason.")
    )
