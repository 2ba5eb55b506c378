"""The workspace's list of deal stages, inside a step that is open already: reading, checking, writing it anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crmdesk.domain import points
from crmdesk.domain.deals import DEAL_STAGES, STAGE, DealStageView, shipped_stages, viewed
from crmdesk.domain.errors import BadInput, RuleBroken
from crmdesk.domain.records import DealStage, Opportunity, StageMove
from crmdesk.services.subjects import one_of
from crmdesk.storage import deals, records
from crmdesk.storage.connection import Connection
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _

LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class StageInput:
    """A stage as it is to be: `key` of one that is there, "" for a new one; `text` its words, `probability` percent.

    Without a text a shipped stage keeps its own words, which follow the language.
    """

    key: str = ""
    text: str = ""
    probability: int | None = None


def read(connection: Connection) -> list[DealStageView]:
    """The stages in their order; the shipped ones while the list was never changed."""
    return viewed(stored(connection))


def stored(connection: Connection) -> list[DealStage]:
    """The stages as they are stored; nothing while the list was never changed."""
    return records.where(connection, DealStage)


def word_id(stages: Sequence[DealStageView], key: str) -> str:
    """What a label is given as a stage's word: the message of a shipped one that has its own words, else its text."""
    label = next((each.label for each in stages if each.key == key), key)
    shipped = DEAL_STAGES.get(key, "")
    return shipped if shipped and _(shipped) == label else label


def checked(stages: Sequence[DealStageView], key: str) -> DealStageView:
    """The stage of that key. Raises BadInput naming the list."""
    one_of(key, [each.key for each in stages], "deal_stage")
    return next(each for each in stages if each.key == key)


def checked_probability(percent: int | None) -> int | None:
    """A probability from 0 to 100, or None. Raises BadInput."""
    if percent is not None and not 0 <= percent <= 100:
        raise BadInput(
            _("{percent} is not a probability in percent.").format(percent=percent), _("Write a number from 0 to 100.")
        )
    return percent


def write(tx: Transaction, wanted: Sequence[StageInput], into: Mapping[str, str]) -> None:
    """Makes the list what is wanted; deals of a stage that goes move to the one `into` names.

    Deals whose probability follows their stage take its new default. Raises BadInput, RuleBroken.
    """
    stored = {each.key: each for each in records.where(tx.connection, DealStage)}
    if not stored:
        stored = {each.key: each for each in tx.add_many(shipped_stages())}
    new = _made(stored, wanted)
    _check(new)
    gone = [each for key, each in stored.items() if key not in {one.key for one in new}]
    for stage in gone:
        _empty(tx, stage, into.get(stage.key, ""), new)
    for stage in new:
        _store(tx, stored.get(stage.key), stage)
    for stage in gone:
        tx.remove(DealStage, stage.id)


def _made(stored: Mapping[str, DealStage], wanted: Sequence[StageInput]) -> list[DealStage]:
    made: list[DealStage] = []
    taken = {*stored, *DEAL_STAGES}
    for place, each in enumerate(wanted):
        key, text = each.key, points.one_line(each.text)
        if not key:
            key = next(f"stage_{number}" for number in range(1, 1000) if f"stage_{number}" not in taken)
            taken.add(key)
        elif key not in stored:
            one_of(key, tuple(stored), "key")
        if text == _(DEAL_STAGES.get(key, "")):
            text = ""
        old = stored.get(key, DealStage(key=key))
        made.append(replace(old, text=text, position=place, probability=checked_probability(each.probability)))
    return made


def _check(stages: Sequence[DealStage]) -> None:
    if not stages:
        raise RuleBroken(_("A deal stands in some stage."), _("Keep at least one."))
    labels = [each.label.casefold() for each in viewed(stages)]
    for stage in stages:
        if not stage.text and stage.key not in DEAL_STAGES:
            raise BadInput(_("A stage has no name yet."), _("Write one, or remove the stage."))
        if len(stage.text) > LONGEST:
            raise BadInput(
                _("“{text}” is too long for a column.").format(text=stage.text[:LONGEST]), _("Use fewer letters.")
            )
    if len(set(labels)) < len(labels) or len({each.key for each in stages}) < len(stages):
        raise BadInput(_("Two stages have the same name."), _("Give each its own."))


def _empty(tx: Transaction, stage: DealStage, into: str, new: Sequence[DealStage]) -> None:
    """Moves the deals of a stage that goes, closed ones too, so that each can still be brought back."""
    standing = records.where(tx.connection, Opportunity, deal_stage=stage.key)
    if not standing:
        return
    target = next((each for each in new if each.key == into), None)
    if target is None:
        label = viewed([stage])[0].label
        raise RuleBroken(
            _("There are deals in the stage {stage}.").format(stage=label), _("Say which stage they go to.")
        )
    for deal in standing:
        put_into(tx, deal, target.key, target.probability, door="sheet")


def put_into(
    tx: Transaction, deal: Opportunity, stage: str, default: int | None, *, door: str, rank: str = ""
) -> Opportunity:
    """Puts a deal into a deal stage and notes it; the probability follows unless it was set by hand."""
    new = replace(deal, deal_stage=stage, deal_stage_since=tx.now, rank=rank)
    if deal.probability_from in ("", STAGE):
        new = replace(new, probability=default, probability_from=STAGE)
    tx.put(new)
    tx.add(
        StageMove(
            opportunity_id=deal.id,
            kind="deal",
            from_stage=deal.deal_stage,
            to_stage=stage,
            at=tx.now,
            member_id=tx.member_id,
            door=door,
        )
    )
    return new


def _store(tx: Transaction, old: DealStage | None, new: DealStage) -> None:
    if old is None:
        tx.add(new)
        return
    tx.put(new)
    if old.probability == new.probability:
        return
    deals.give_default(tx.connection, new.key, new.probability)
