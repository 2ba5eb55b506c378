"""How cards leave the path, inside a step that is open already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import BadInput, RuleBroken
from crmdesk.domain.facts import FACTS
from crmdesk.domain.records import ExitReason, Id, Lead, Opportunity
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services.subjects import name_of
from crmdesk.services.transitions import make_account, note_move
from crmdesk.storage import dossiers, records
from crmdesk.storage.connection import Connection
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _

Leave = Callable[[Transaction, Dossier], None]


def each(tx: Transaction, ids: Sequence[Id], leave: Leave) -> None:
    """Does the same with several cards, each read as it is now. Raises NotFound."""
    for card in dict.fromkeys(ids):
        leave(tx, dossiers.read(tx.connection, card))


def open_lead(dossier: Dossier, remedy: str) -> Lead:
    """The lead, when it is one and still on the path or parked; else RuleBroken with that remedy."""
    if dossier.lead is None:
        raise RuleBroken(_("{name} is an opportunity already.").format(name=name_of(dossier)), remedy)
    if dossier.lead.exit == "converted":
        raise RuleBroken(
            _("{name} is converted already.").format(name=name_of(dossier)),
            _("Take it up with the opportunity instead."),
        )
    return dossier.lead


def opportunity_of(dossier: Dossier, *, closed: Sequence[str] = ()) -> Opportunity:
    """The opportunity; RuleBroken when it is none, or has left the path in one of these ways."""
    deal = dossier.opportunity
    if deal is None:
        raise RuleBroken(
            _("{name} is not an opportunity yet.").format(name=name_of(dossier)),
            _("Convert first, or choose “Not a fit”."),
        )
    if deal.exit in closed:
        raise RuleBroken(_("“{name}” is closed.").format(name=deal.name or name_of(dossier)), _("Bring it back first."))
    return deal


def leave_lead(
    tx: Transaction,
    vocabulary: Vocabulary,
    dossier: Dossier,
    *,
    outcome: str,
    door: str,
    **columns: str,
) -> None:
    """Takes a lead off the path; its stage is kept for the way back."""
    lead = open_lead(dossier, _("Mark it won or lost instead."))
    tx.put(replace(lead, exit=outcome, exit_on=tx.today.isoformat(), rank="", **columns))  # type: ignore[arg-type]
    note_move(tx, vocabulary, dossier, kind="exit", to_stage=outcome, door=door, reason=columns.get("exit_reason", ""))


def park(tx: Transaction, vocabulary: Vocabulary, dossier: Dossier, *, door: str, wake_on: str) -> None:
    """Parks a lead or an open opportunity until a day; its stage is kept for the way back."""
    if dossier.opportunity is None:
        leave_lead(tx, vocabulary, dossier, outcome="not_now", door=door, wake_on=wake_on)
        return
    deal = opportunity_of(dossier, closed=("won", "lost"))
    tx.put(replace(deal, exit="not_now", exit_on=tx.today.isoformat(), wake_on=wake_on, rank=""))
    note_move(tx, vocabulary, dossier, kind="exit", to_stage="not_now", door=door)


def lose(tx: Transaction, vocabulary: Vocabulary, dossier: Dossier, *, reason: str, note: str, door: str) -> None:
    """Marks an opportunity lost; its stage is kept for the way back. RuleBroken for one that is won."""
    deal = opportunity_of(dossier, closed=("won",))
    left = tx.today.isoformat()
    tx.put(replace(deal, exit="lost", exit_on=left, exit_reason=reason, exit_note=note, wake_on="", rank=""))
    note_move(tx, vocabulary, dossier, kind="exit", to_stage="lost", door=door, reason=reason)


def win(tx: Transaction, vocabulary: Vocabulary, dossier: Dossier, *, door: str) -> None:
    """Marks an opportunity won, which is the purchase itself: from now on it lies under Customer."""
    deal = opportunity_of(dossier)
    customer = vocabulary.by_role("customer")
    if customer is None or deal.exit == "won":
        return
    won = replace(deal, stage=customer.key, stage_since=tx.now, exit="won", exit_on=tx.today.isoformat(), rank="")
    tx.put(replace(won, exit_reason="", exit_note="", wake_on=""))
    after = replace(dossiers.read(tx.connection, deal.id), opportunity=deal)
    note_move(tx, vocabulary, after, kind="moved", to_stage=customer.key, door=door)
    make_account(tx, vocabulary, customer.key, organisation=deal.organisation_id, person=deal.person_id)


def listed_reason(connection: Connection, kind: str, reason: str) -> str:
    """`reason` when it stands on the workspace's list for `kind`, or is one that a fact suggests; else BadInput."""
    known = [each.key or each.text for each in records.where(connection, ExitReason, kind=kind)]
    if reason not in (*known, *(fact.exit_reason for fact in FACTS.values() if fact.exit_reason)):
        raise BadInput(
            _("“{reason}” is not on the list of reasons.").format(reason=reason),
            _("It takes: {names}.").format(names=", ".join(known)),
        )
    return reason
