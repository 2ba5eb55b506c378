"""Whether a record may enter a stage, and what it lacks. The gate guards moves; placing goes by the entry table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.evidence import Evidence, evidence
from crmdesk.domain.facts import FACTS
from crmdesk.domain.records import Answer
from crmdesk.domain.vocabulary import Requirement, Stage, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One requirement that can be met in several ways. `nearest` is the way that is met, or closest to it."""

    ways: Requirement
    nearest: tuple[str, ...]
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What stands between a record and a stage.

    `missing` are the facts to fill, each once: of a group with several ways those of the nearest way; what is `blocked`
    is among them. `alternatives` are what the other ways of the unmet groups lack. `satisfied` are the required facts
    that are met. `blocked` are the facts whose answer *no* suggests *Not a fit*. `groups` are the requirements with
    several ways. A move back, a move to where it stands and a move to the first stage lack nothing.
    """

    stage: str
    missing: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    satisfied: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the record may enter without a reason."""
        return not self.missing


def gate(
    vocabulary: Vocabulary, stage_key: str, dossier: Dossier, *, today: date, extra_answers: Iterable[Answer] = ()
) -> Gate:
    """What a move to `stage_key` lacks; NotFound for an unknown stage.

    `extra_answers` are taken as if they were saved, so that a sheet can say live whether the move would pass.
    """
    stage = vocabulary.stage(stage_key)
    weighed = weigh(stage, dossier, today=today, extra_answers=extra_answers)
    if stage.position == 0 or not vocabulary.reaches(dossier.stage, stage_key):
        return Gate(stage=stage_key, satisfied=weighed.satisfied)
    return weighed


def weigh(stage: Stage, dossier: Dossier, *, today: date, extra_answers: Iterable[Answer] = ()) -> Gate:
    """What a record lacks of a stage's definition, wherever it stands now."""
    answers = tuple(extra_answers)
    known = {
        fact: evidence(dossier, fact, today=today, extra_answers=answers) for fact in (*stage.facts, *stage.blocks)
    }
    groups = tuple(_group(ways, known) for ways in stage.requires)
    unmet = tuple(group for group in groups if not group.met)
    blocked = tuple(fact for fact in stage.blocks if known[fact].state == "no")
    missing = dict.fromkeys((*(fact for group in unmet for fact in _lacking(group.nearest, known)), *blocked))
    return Gate(
        stage=stage.key,
        missing=tuple(missing),
        alternatives=tuple(_lacking(way, known) for group in unmet for way in group.ways if way != group.nearest),
        satisfied=tuple(fact for fact in stage.facts if known[fact].met),
        blocked=blocked,
        groups=tuple(group for group in groups if len(group.ways) > 1),
    )


def _group(ways: Requirement, known: dict[str, Evidence]) -> Group:
    nearest = min(ways, key=_Distance(known))
    return Group(ways=ways, nearest=nearest, met=not _lacking(nearest, known))


def _lacking(way: tuple[str, ...], known: dict[str, Evidence]) -> tuple[str, ...]:
    return tuple(fact for fact in way if not known[fact].met)


@dataclass(frozen=True, slots=True)
class _Distance:
    """How far a way is from being met: the facts it lacks; of two alike, the one with fewer answers *no* is nearer."""

    known: dict[str, Evidence]

    def __call__(self, way: tuple[str, ...]) -> tuple[int, int]:
        lacking = _lacking(way, self.known)
        refused = sum(FACTS[fact].asked and self.known[fact].state == "no" for fact in lacking)
        return len(lacking), refused
