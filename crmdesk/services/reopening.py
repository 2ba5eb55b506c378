"""How cards come back to the path, inside a step that is open already: the same attempt, or a new one after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import NO_ID, BuyingPart, Id, Lead, Opportunity, Tagging, Task
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services.leaving import open_lead
from crmdesk.services.subjects import name_of
from crmdesk.services.transitions import note_move
from crmdesk.storage import dossiers, records
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _

_OPEN: dict[str, Any] = {
    "exit": "",
    "exit_reason": "",
    "exit_note": "",
    "exit_on": "",
    "wake_on": "",
    "rank": "",
    "no_step": 0,
}


def come_back(tx: Transaction, vocabulary: Vocabulary, dossier: Dossier, *, door: str) -> Id:
    """Puts a card back on the stage where it left the path; the id of the card that is there now.

    A parked one goes on, a won one is corrected; after *Not a fit* and *Lost* a new attempt begins and the old one
    stays as it is. One that never left is left alone. Raises RuleBroken.
    """
    subject = dossier.subject
    if not subject.exit:
        return subject.id
    if isinstance(subject, Lead):
        open_lead(dossier, "")
    if subject.exit in ("not_a_fit", "lost"):
        return _new_attempt(tx, vocabulary, dossier, door=door)
    stage = subject.stage
    if subject.exit == "won" and (deal := vocabulary.by_role("in_deal")) is not None:
        stage = deal.key
    tx.put(replace(subject, stage=stage, stage_since=tx.now, **_OPEN))
    note_move(tx, vocabulary, dossier, kind="reopened", to_stage=stage, door=door)
    return subject.id


def _new_attempt(tx: Transaction, vocabulary: Vocabulary, dossier: Dossier, *, door: str) -> Id:
    """The next attempt with the same people and owner, from the same source; it knows what the last one knew.

    What was still to do goes along, so that no open step lies on a closed record.
    """
    old = dossier.subject
    if records.where(tx.connection, type(old), previous_id=old.id):
        raise RuleBroken(
            _("Another attempt with {name} followed this one.").format(name=name_of(dossier)),
            _("Take up the newest one."),
        )
    fresh = replace(
        old, id=NO_ID, ref="", created_at="", attempt=old.attempt + 1, previous_id=old.id, stage_since=tx.now,
        **_OPEN,
    )  # fmt: skip
    if isinstance(fresh, Opportunity):
        # The lead was converted into the first attempt: taking that back must not take this one along.
        fresh = replace(fresh, lead_id=None, deal_stage_since=tx.now)
    new = tx.add(fresh)
    _carry_over(tx, dossier, new)
    after = dossiers.read(tx.connection, new.id)
    left = replace(new, stage="")
    placed = replace(after, lead=left) if isinstance(left, Lead) else replace(after, opportunity=left)
    note_move(tx, vocabulary, placed, kind="reopened", to_stage=new.stage, door=door)
    return new.id


def _carry_over(tx: Transaction, dossier: Dossier, new: Lead | Opportunity) -> None:
    """Answers, people with their part, tags; and the steps that are still open."""
    old, column = dossier.subject, f"{new.table}_id"
    link: dict[str, Any] = {"lead_id": None, "opportunity_id": None, column: new.id}
    answers = {each.fact: each for each in dossier.answers}
    for answer in answers.values():
        tx.add(replace(answer, id=NO_ID, ref="", created_at="", **link))
    for part in records.where(tx.connection, BuyingPart, opportunity_id=old.id):
        tx.add(replace(part, id=NO_ID, ref="", created_at="", opportunity_id=new.id))
    for tagging in records.where(tx.connection, Tagging, **{column: old.id}):
        tx.add(replace(tagging, id=NO_ID, ref="", created_at="", **link))
    for task in records.where(tx.connection, Task, done_at="", **{column: old.id}):
        tx.put(replace(task, lead_id=link["lead_id"], opportunity_id=link["opportunity_id"]))
