"""What people agreed to: one entry per address and purpose, the latest in force, none ever overwritten."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain.consent import PURPOSES, STATES
from crmdesk.domain.records import Consent, ContactPoint, Id
from crmdesk.services.subjects import one_of
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label

_LABELS = {
    "given": N_("Record consent for {point}"),
    "legitimate_interest": N_("Record a legitimate interest in contacting {point}"),
    "not_asked": N_("Record that {point} was not asked"),
    "declined": N_("Record that {point} may not be contacted"),
    "withdrawn": N_("Record that consent for {point} was withdrawn"),
}


@verb
def record(
    db: Database,
    point: Id,
    *,
    purpose: str,
    state: str,
    wording: str = "",
    evidence: str = "",
    place: str = "",
) -> Id:
    """Records what was agreed for one address or number and one purpose; the new entry's id.

    Purposes are marketing, offers, contract; states given, legitimate_interest, not_asked, declined, withdrawn.
    Earlier entries stay as history. `wording` is what they were asked, `evidence` how it is proved.
    """
    given = Consent(
        contact_point_id=point, purpose=purpose, state=state, wording=wording, evidence=evidence, place=place
    )
    with db.read() as connection:
        value = records.get(connection, ContactPoint, point).value
    with db.write(Label(_LABELS[one_of(state, tuple(STATES), "state")], args={"point": value})) as tx:
        return add(tx, given).id


def add(tx: Transaction, given: Consent) -> Consent:
    """Adds an entry inside a step that is open already. Raises BadInput for an unknown purpose or state."""
    one_of(given.purpose, tuple(PURPOSES), "purpose")
    one_of(given.state, tuple(STATES), "state")
    return tx.add(replace(given, at=given.at or tx.now, member_id=tx.member_id))
