"""What moving a card to a stage would do, and the carrying out of moves that may happen. Rules are in the domain."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crmdesk.domain import facts
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import NeedsConversion, NeedsTakingBack, RuleBroken
from crmdesk.domain.facts import FACTS
from crmdesk.domain.qualify import Gate, evidence, gate
from crmdesk.domain.records import Id, Lead, Opportunity, Organisation, Person, StageMove
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services.subjects import name_of, visible_reason
from crmdesk.storage import records
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _, ngettext

HERE = "here"
AT_ONCE = "at_once"
ASKS = "asks"
CONVERTS = "converts"
TAKES_BACK = "takes_back"
BLOCKED = "blocked"

_CLOSED = ("not_now", "not_a_fit", "converted", "lost")


@dataclass(frozen=True, slots=True)
class Transition:
    """What a card would meet on the way to a stage. `kind` is one of the constants here."""

    dossier: Dossier
    kind: str
    gate: Gate
    needs_deal: bool  # a lead into a deal, or under Customer without a purchase: it is converted, not moved


def plan(vocabulary: Vocabulary, dossier: Dossier, stage: str, *, today: date) -> Transition:
    """What moving this card to `stage` would do; nothing is changed."""
    found = gate(vocabulary, stage, dossier, today=today)
    beyond = vocabulary.is_deal(stage) or (vocabulary.is_customer(stage) and not found.met)
    needs_deal = dossier.lead is not None and beyond
    return Transition(dossier, _kind(vocabulary, dossier, stage, found), found, needs_deal)


def settled(planned: Transition, because: str) -> Transition:
    """The same with a reason to move in spite of what is missing: then nothing is asked any more.

    No reason brings a lead under Customer: a deal does, or a purchase that is recorded.
    """
    if planned.kind != ASKS or not visible_reason(because):
        return planned
    return replace(planned, kind=CONVERTS if planned.needs_deal else AT_ONCE)


def _kind(vocabulary: Vocabulary, dossier: Dossier, stage: str, found: Gate) -> str:
    subject = dossier.subject
    if subject.exit in _CLOSED:
        return BLOCKED
    if subject.stage == stage:
        return HERE
    if isinstance(subject, Opportunity) and not (vocabulary.is_deal(stage) or vocabulary.is_customer(stage)):
        return TAKES_BACK if subject.lead_id else BLOCKED
    if not found.met:
        return ASKS
    return CONVERTS if isinstance(subject, Lead) and vocabulary.is_deal(stage) else AT_ONCE


def refusal(vocabulary: Vocabulary, planned: Transition, stage: str) -> RuleBroken:
    """The refusal a person sees when one card cannot go to `stage`."""
    name, word = name_of(planned.dossier), vocabulary.word(stage)
    if planned.kind == CONVERTS:
        return NeedsConversion(
            _("{name} goes on into an opportunity.").format(name=name),
            _("Convert first: account, contact and opportunity are confirmed in one sheet."),
        )
    if planned.kind == TAKES_BACK:
        return NeedsTakingBack(
            _("{name} is an opportunity already.").format(name=name),
            _("Take the conversion back first, as long as nothing else hangs on the deal."),
        )
    if planned.kind == BLOCKED:
        return RuleBroken(
            _("{name} is no longer on the board.").format(name=name),
            _("Reopen first, or move the opportunity instead."),
        )
    missing = planned.gate.missing
    sentence = ngettext(
        "{name} cannot be at the stage {stage} yet: {facts} is missing.",
        "{name} cannot be at the stage {stage} yet: {facts} are missing.",
        len(missing),
    )
    return RuleBroken(
        sentence.format(name=name, stage=word, facts=facts.listed(missing)),
        _("Answer what is asked, or move anyway with a reason."),
        missing=missing,
    )


def carry_out(
    tx: Transaction,
    vocabulary: Vocabulary,
    transition: Transition,
    stage: str,
    *,
    rank: str,
    door: str,
    because: str,
) -> None:
    """Moves one card inside a step that is open already, and notes why it could. Nothing is checked here."""
    subject = transition.dossier.subject
    if transition.kind == HERE:
        tx.put(replace(subject, rank=rank))
        return
    if isinstance(subject, Opportunity):
        outcome = "won" if vocabulary.is_customer(stage) else ""
        left = tx.today.isoformat() if outcome else ""
        tx.put(replace(subject, stage=stage, stage_since=tx.now, rank=rank, exit=outcome, exit_on=left))
    else:
        tx.put(replace(subject, stage=stage, stage_since=tx.now, rank=rank))
    missing = transition.gate.missing
    note_move(
        tx, vocabulary, transition.dossier, kind="moved", to_stage=stage, door=door,
        reason=because if missing else "", missing=missing,
    )  # fmt: skip
    if vocabulary.is_customer(stage):
        make_account(tx, vocabulary, stage, organisation=subject.organisation_id, person=subject.person_id)


def note_move(
    tx: Transaction,
    vocabulary: Vocabulary,
    dossier: Dossier,
    *,
    kind: str,
    to_stage: str,
    door: str,
    reason: str = "",
    missing: Sequence[str] = (),
    opportunity: Id | None = None,
) -> StageMove:
    """Writes the row that history, reports and "why here?" come from, with all facts as they stand now."""
    subject = dossier.subject
    return tx.add(
        StageMove(
            lead_id=subject.id if isinstance(subject, Lead) else None,
            opportunity_id=subject.id if isinstance(subject, Opportunity) else opportunity,
            kind=kind,
            from_stage=subject.stage,
            to_stage=to_stage,
            at=tx.now,
            member_id=tx.member_id,
            door=door,
            reason=reason,
            missing=json.dumps(list(missing)),
            facts=json.dumps(snapshot(tx, dossier)),
            vocabulary=vocabulary.key,
            vocabulary_version=vocabulary.version,
        )
    )


def snapshot(tx: Transaction, dossier: Dossier) -> Mapping[str, str]:
    """Every fact's state now; unknown ones are left out."""
    states = {fact: evidence(dossier, fact, today=tx.today).state for fact in FACTS}
    return {fact: state for fact, state in states.items() if state != "unknown"}


def make_account(
    tx: Transaction, vocabulary: Vocabulary, stage: str, *, organisation: Id | None, person: Id | None
) -> None:
    """Makes an account of the organisation, else of the person, when the vocabulary has accounts from here on."""
    account = becoming_account(tx, vocabulary, stage, organisation=organisation, person=person)
    if account is not None:
        tx.put(replace(account, account_since=tx.today.isoformat()))


def becoming_account(
    tx: Transaction, vocabulary: Vocabulary, stage: str, *, organisation: Id | None, person: Id | None
) -> Organisation | Person | None:
    """What becomes an account at this stage by the vocabulary; None when nothing does, or it is one already."""
    if vocabulary.reaches(stage, vocabulary.account_from):
        return None
    account: Organisation | Person | None = None
    if organisation is not None:
        account = records.get(tx.connection, Organisation, organisation)
    elif person is not None:
        account = records.get(tx.connection, Person, person)
    return None if account is None or account.account_since else account
