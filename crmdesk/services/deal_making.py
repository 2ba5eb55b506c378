"""How a deal begins, inside a step that is open already: by hand or by a conversion."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crmdesk.domain.deals import STAGE
from crmdesk.domain.fold import fold
from crmdesk.domain.records import BuyingPart, Id, Opportunity, Organisation, Person
from crmdesk.domain.search import Hit
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import deal_stages, transitions
from crmdesk.storage import dossiers, search
from crmdesk.storage.connection import Connection
from crmdesk.storage.transaction import Transaction


def in_stage(connection: Connection, deal_stage: str) -> dict[str, Any]:
    """The columns of a deal in a stage ("" is the first): its key, and the probability that follows from it.

    Raises BadInput for a key that is not on the list.
    """
    known = deal_stages.read(connection)
    stage = deal_stages.checked(known, deal_stage) if deal_stage else known[0]
    return {"deal_stage": stage.key, "probability": stage.probability, "probability_from": STAGE}


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
    """Adds a deal with somebody, as one who writes it owns it; the person has a part in it. Its id."""
    stage = vocabulary.by_role("in_deal")
    assert stage is not None
    made = tx.add(
        replace(
            deal,
            organisation_id=firm.id if firm else None,
            person_id=person.id if person else None,
            stage=stage.key,
            stage_since=tx.now,
            deal_stage_since=tx.now,
            owner_id=tx.member_id,
            **in_stage(tx.connection, deal.deal_stage),
        )
    )
    if person is not None:
        tx.add(BuyingPart(opportunity_id=made.id, person_id=person.id, role=role))
    before = replace(dossiers.read(tx.connection, made.id), opportunity=replace(made, stage=""))
    transitions.note_move(tx, vocabulary, before, kind="placed", to_stage=stage.key, door=door)
    transitions.make_account(tx, vocabulary, stage.key, organisation=made.organisation_id, person=made.person_id)
    return made.id


def only_one_called(connection: Connection, text: str) -> Hit | None:
    """The one person or organisation on file under exactly this name; None when there is none, or more than one."""
    if not text:
        return None
    wanted = fold(text)
    found = [
        each
        for each in search.find(connection, text, limit=10)
        if each.kind in ("person", "organisation") and fold(each.name) == wanted
    ]
    return found[0] if len(found) == 1 else None
