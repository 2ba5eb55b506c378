"""The words of a deal: its own stages, and the parts people have in it."""

from __future__ import annotations

from crmdesk.words import N_

DEAL_STAGES: dict[str, str] = {
    "needs": N_("Needs"),
    "proposal": N_("Proposal"),
    "terms": N_("Terms"),
    "contract": N_("Contract"),
}
"""Key → label, in order."""

PARTS: dict[str, str] = {
    "decides": N_("Decides"),
    "uses": N_("Uses it"),
    "pays": N_("Pays"),
    "advises": N_("Advises"),
    "influences": N_("Influences"),
    "blocks": N_("Blocks"),
    "introduces": N_("Introduces"),
}
"""Key → label of a person's part in an opportunity."""

_PART_OF_ROLE = {
    "decider": "decides",
    "adviser": "advises",
    "influencer": "influences",
    "user": "uses",
    "gatekeeper": "introduces",
}


def part_of(buying_role: str) -> str:
    """The part that the buying role of an answer suggests; "" when it suggests none."""
    return _PART_OF_ROLE.get(buying_role, "")
