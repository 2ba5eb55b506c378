"""What the qualification sheet asks about one card and one stage, as plain values made from its dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crmdesk.domain import names
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.evidence import Evidence, answer_to, evidence
from crmdesk.domain.gate import Gate, gate
from crmdesk.domain.records import Answer, Id
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services.evidence import EvidenceInput
from crmdesk.services.qualify import AnswerInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The card, the stage it is to enter, and what is known of each fact that stage requires.

    `stage_word` is the workspace's word for the stage; `blocks` are the facts whose answer *no* suggests *Not a fit*.
    `points` are the channels consent can be recorded for; `owned` says whether somebody owns the card.
    """

    name: str
    organisation: str
    stage: str
    stage_word: str
    gate: Gate
    known: Mapping[str, Evidence]
    answers: Mapping[str, Answer]
    blocks: tuple[str, ...]
    supplier: str = ""
    given: str = ""
    family: str = ""
    has_person: bool = False
    points: tuple[tuple[Id, str], ...] = ()
    owned: bool = False
    me: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact the sheet may ask: the missing ones, then what the other ways lack."""
        others = (fact for way in self.gate.alternatives for fact in way)
        return tuple(dict.fromkeys((*self.gate.missing, *others)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was filled in: answers to asked facts, evidence for derived ones, and a reason to move anyway or ""."""

    answers: tuple[AnswerInput, ...] = ()
    evidence: tuple[EvidenceInput, ...] = ()
    because: str = ""


def asking(
    vocabulary: Vocabulary, dossier: Dossier, stage: str, *, today: date, me: str = "", also: tuple[str, ...] = ()
) -> Asking:
    """What has to be asked before the card of `dossier` may enter `stage`; `me` is who works here.

    `also` are facts to be asked besides, whether the stage requires them or not.
    """
    needed = gate(vocabulary, stage, dossier, today=today)
    blocks = vocabulary.stage(stage).blocks
    others = (fact for way in needed.alternatives for fact in way)
    facts = dict.fromkeys((*needed.missing, *needed.satisfied, *others, *also))
    given = {fact: answer for fact in facts if (answer := answer_to(dossier, fact)) is not None}
    person, organisation = dossier.person, dossier.organisation
    shown = names.display(person) if person is not None else ""
    return Asking(
        name=shown or (organisation.name if organisation else "") or dossier.subject.ref,
        organisation=organisation.name if organisation is not None and shown else "",
        stage=stage,
        stage_word=vocabulary.word(stage),
        gate=needed,
        known={fact: evidence(dossier, fact, today=today) for fact in facts},
        answers=given,
        blocks=blocks,
        supplier=dossier.subject.supplier,
        given=person.given if person is not None else "",
        family=person.family if person is not None else "",
        has_person=person is not None,
        points=tuple((point.id, point.value) for point in dossier.points if not point.broken),
        owned=dossier.subject.owner_id is not None,
        me=me,
    )
