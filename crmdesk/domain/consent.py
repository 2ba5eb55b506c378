"""What was agreed for a contact point and a purpose: the five states, the entry in force, the strictest state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crmdesk.words import N_

if TYPE_CHECKING:
    from crmdesk.domain.ids import Id
    from crmdesk.domain.records import Consent, ContactPoint

STATES: dict[str, str] = {
    "given": N_("Given"),
    "legitimate_interest": N_("Legitimate interest"),
    "not_asked": N_("Not asked"),
    "declined": N_("Declined"),
    "withdrawn": N_("Withdrawn"),
}
"""Key → label, from the freest to the strictest."""

PURPOSES: dict[str, str] = {
    "marketing": N_("News"),
    "offers": N_("Offers"),
    "contract": N_("Contract"),
}
"""Key → label of what a contact point may be used for: news and mailings, offers and their follow-up, the contract."""

_STRICTNESS = {state: place for place, state in enumerate(STATES)}


def strictest(states: Iterable[str]) -> str:
    """The most restrictive of `states`, as a merge or a conversion keeps it; "not_asked" when there is none."""
    return max(states, key=_STRICTNESS.__getitem__, default="not_asked")


def allows(state: str) -> bool:
    """Whether `state` is a permission to contact."""
    return state in ("given", "legitimate_interest")


def in_force(consents: Iterable[Consent]) -> dict[tuple[Id | None, str], Consent]:
    """The latest entry of each (contact point, purpose); of two entries of one moment, the one that stands later."""
    latest: dict[tuple[Id | None, str], Consent] = {}
    for consent in sorted(consents, key=_moment):
        latest[consent.contact_point_id, consent.purpose] = consent
    return latest


def to_offers(points: Iterable[ContactPoint], consents: Iterable[Consent]) -> str:
    """What was agreed on offers for the address an offer would go to: one that works, the preferred one, the oldest.

    "" without an e-mail address, "not_asked" when nothing was agreed. The lists tell the same by SQL.
    """
    addresses = sorted((each for each in points if each.kind == "email"), key=_first_choice)
    if not addresses:
        return ""
    entry = in_force(consents).get((addresses[0].id, "offers"))
    return entry.state if entry is not None else "not_asked"


def _first_choice(point: ContactPoint) -> tuple[int, int, Id]:
    return point.broken, -point.preferred, point.id


def _moment(consent: Consent) -> str:
    return consent.at or consent.created_at
