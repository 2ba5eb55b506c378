"""The words of a deal: its own stages with what they make probable, and the parts people have in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crmdesk.domain.records import DealStage
from crmdesk.words import N_, _

DEAL_STAGES: dict[str, str] = {
    "needs": N_("Needs"),
    "proposal": N_("Proposal"),
    "terms": N_("Terms"),
    "contract": N_("Contract"),
}
"""Key → label of the shipped stages, in order."""

DEFAULT_PROBABILITIES: dict[str, int] = {"needs": 20, "proposal": 40, "terms": 60, "contract": 80}
"""Key → percent. Round figures to begin with, not measurements: no workspace has won 20 % of anything when it is new.
They are the workspace's own from the first change of its list on, and a deal's own number by hand stands above them."""

STAGE, HAND = "stage", "hand"
"""Where a deal's probability came from: the default of its stage, or somebody's judgement."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DealStageView:
    """A stage of the workspace's list: `label` as it is worded, `probability` its default in percent, or None."""

    key: str
    label: str
    probability: int | None


def shipped_stages() -> tuple[DealStage, ...]:
    """The stages of a workspace that has not changed its list, not stored yet."""
    return tuple(
        DealStage(key=key, position=place, probability=DEFAULT_PROBABILITIES[key])
        for place, key in enumerate(DEAL_STAGES)
    )


def viewed(stored: Iterable[DealStage]) -> list[DealStageView]:
    """Stored stages as they are shown, in their order; the shipped ones when there are none."""
    listed = sorted(stored, key=_position) or shipped_stages()
    return [DealStageView(key=each.key, label=stage_label(each), probability=each.probability) for each in listed]


def stage_label(stage: DealStage) -> str:
    """A stage as it is worded: by its own text, else by the words of the shipped one."""
    return stage.text or shipped_word(stage.key)


def shipped_word(key: str) -> str:
    """A shipped stage in words; a key that is none as it is."""
    return _(DEAL_STAGES[key]) if key in DEAL_STAGES else key


def _position(stage: DealStage) -> int:
    return stage.position
