"""Why a record is where it is: one sentence from its moves, the facts with evidence, what the next stage needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmdesk.domain import stored_lists
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.entry import placing, source_label
from crmdesk.domain.evidence import Evidence, evidence
from crmdesk.domain.exits import REASONS
from crmdesk.domain.facts import FACTS, listed
from crmdesk.domain.gate import Gate, weigh
from crmdesk.domain.records import StageMove
from crmdesk.domain.schedule import day_of
from crmdesk.domain.vocabulary import Stage, Vocabulary
from crmdesk.words import _, day_in_sentence

_ENTERING = ("placed", "moved", "reopened", "converted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer to "why are you at this stage?".

    `rows` are the facts that the present stage requires (of several ways the nearest, and what is met) and its signs.
    `lacking` are the required ones that are not met now. `also_needed` is what the next stage lacks besides the rows;
    `also_needed_stage` its key, "" when there is none. `override` are the facts it was moved without, with the reason
    given. `since` is the ISO day it entered the stage, or "".
    """

    sentence: str
    rows: tuple[Evidence, ...] = ()
    lacking: tuple[str, ...] = ()
    also_needed_stage: str = ""
    also_needed: tuple[Evidence, ...] = ()
    override: tuple[str, ...] = ()
    override_reason: str = ""
    since: str = ""


def why(vocabulary: Vocabulary, dossier: Dossier, *, today: date) -> Why:
    """Why the record stands where it stands."""
    stage = vocabulary.stage(dossier.stage) if dossier.stage in vocabulary.path else None
    weighed = weigh(stage, dossier, today=today) if stage else None
    move = _entry_move(dossier)
    facts = _shown_facts(stage, weighed) if stage and weighed else ()
    following = None if dossier.subject.exit else vocabulary.next(dossier.stage)
    needed = weigh(following, dossier, today=today).missing if following else ()
    override = _missing_then(move)
    since = day_of(dossier.subject.stage_since or (move.at if move else ""))
    return Why(
        sentence=_sentence(vocabulary, dossier, move, weighed=weighed, since=since, today=today),
        rows=tuple(evidence(dossier, fact, today=today) for fact in facts),
        lacking=weighed.missing if weighed else (),
        also_needed_stage=following.key if following else "",
        also_needed=tuple(evidence(dossier, fact, today=today) for fact in needed if fact not in facts),
        override=override,
        override_reason=move.reason if move and override else "",
        since=since.isoformat() if since else "",
    )


def _shown_facts(stage: Stage, weighed: Gate) -> tuple[str, ...]:
    plain = (ways[0][0] for ways in stage.requires if len(ways) == 1 and len(ways[0]) == 1)
    nearest = (fact for group in weighed.groups for fact in group.nearest)
    wanted = {*plain, *nearest, *weighed.satisfied}
    required = (fact for fact in stage.facts if fact in wanted)
    return tuple(dict.fromkeys((*required, *weighed.blocked, *stage.signs)))


def _entry_move(dossier: Dossier) -> StageMove | None:
    """The move that brought it to where it stands."""
    entering = (move for move in reversed(dossier.moves) if move.kind in _ENTERING)
    return next((move for move in entering if move.to_stage == dossier.stage), None)


def _missing_then(move: StageMove | None) -> tuple[str, ...]:
    return tuple(fact for fact in stored_lists.words(move.missing) if fact in FACTS) if move else ()


def _sentence(
    vocabulary: Vocabulary,
    dossier: Dossier,
    move: StageMove | None,
    *,
    weighed: Gate | None,
    since: date | None,
    today: date,
) -> str:
    if dossier.subject.exit:
        return _left(vocabulary, dossier, today=today)
    stage = vocabulary.word(dossier.stage)
    day = day_in_sentence(since, today=today) if since else _("an unknown day")
    if weighed is None:
        return _off_the_path(dossier, stage, day)
    if move is None or move.kind == "placed":
        return _placed(vocabulary, dossier, move, stage=stage, day=day, standing=_Standing(dossier, weighed, today))
    came = _came(vocabulary, move, stage=stage, day=day)
    now = _now(vocabulary, move, _Standing(dossier, weighed, today))
    return _("{sentence} {next_sentence}").format(sentence=came, next_sentence=now) if now else came


class _Standing:
    """How the record stands to the definition of its stage today."""

    def __init__(self, dossier: Dossier, weighed: Gate, today: date) -> None:
        self.met = listed(weighed.satisfied)
        self.lacking = listed(weighed.missing)
        self.all_unknown = all(evidence(dossier, fact, today=today).state == "unknown" for fact in weighed.missing)

    def choose(self, met: str, unknown: str, mixed: str) -> str:
        """The pattern for all met, for nothing but unknown, for the rest."""
        if not self.lacking:
            return met
        return unknown if self.all_unknown else mixed


def _off_the_path(dossier: Dossier, stage: str, day: str) -> str:
    if not dossier.stage:
        return _("On file since {day}, off the board.").format(day=day)
    return _("Stage: {stage}, since {day}. The vocabulary in use has no such stage.").format(stage=stage, day=day)


def _placed(
    vocabulary: Vocabulary, dossier: Dossier, move: StageMove | None, *, stage: str, day: str, standing: _Standing
) -> str:
    if move and _by_source(vocabulary, dossier):
        pattern = standing.choose(
            _("{stage} by its source; everything required is met. {source}, since {day}."),
            _("{stage} by its source; unknown: {facts}. {source}, since {day}."),
            _("{stage} by its source; not met or unknown: {facts}. {source}, since {day}."),
        )
    else:
        pattern = standing.choose(
            _("{stage}, placed by hand; everything required is met. Since {day}."),
            _("{stage}, placed by hand; unknown: {facts}. Since {day}."),
            _("{stage}, placed by hand; not met or unknown: {facts}. Since {day}."),
        )
    source = source_label(dossier.subject.source)
    return pattern.format(stage=stage, facts=standing.lacking, source=source, day=day)


def _by_source(vocabulary: Vocabulary, dossier: Dossier) -> bool:
    """Whether the entry table says the stage where it was placed."""
    source = dossier.subject.source
    if source not in vocabulary.entry:
        return False
    return dossier.stage in (placing(vocabulary, source).stage, placing(vocabulary, source, registered=True).stage)


def _came(vocabulary: Vocabulary, move: StageMove, *, stage: str, day: str) -> str:
    """How it came to its stage, in one or two sentences."""
    missing = _missing_then(move)
    if missing:
        return _overridden(move, missing, stage=stage, day=day)
    if move.kind == "reopened":
        pattern = _("Stage: {stage}, reopened {day}.")
    elif move.kind == "converted":
        pattern = _("Stage: {stage}, since {day}. Converted from {from_stage}.")
    elif _is_back(vocabulary, move) and move.reason:
        pattern = _("Stage: {stage}, since {day}. Moved back from {from_stage}, because “{reason}”.")
    elif _is_back(vocabulary, move):
        pattern = _("Stage: {stage}, since {day}. Moved back from {from_stage}.")
    else:
        pattern = _("Stage: {stage}, since {day}.")
    return pattern.format(stage=stage, day=day, from_stage=vocabulary.word(move.from_stage), reason=move.reason)


def _is_back(vocabulary: Vocabulary, move: StageMove) -> bool:
    return vocabulary.reaches(move.to_stage, move.from_stage)


def _overridden(move: StageMove, missing: tuple[str, ...], *, stage: str, day: str) -> str:
    if move.reason:
        pattern = _("Stage: {stage}, since {day}. Moved without {facts}, because “{reason}”.")
    else:
        pattern = _("Stage: {stage}, since {day}. Moved without {facts}.")
    return pattern.format(stage=stage, day=day, facts=listed(missing), reason=move.reason.rstrip("."))


def _now(vocabulary: Vocabulary, move: StageMove, standing: _Standing) -> str:
    """How it stands now, as a sentence of its own; "" when the move already told it."""
    if _missing_then(move):
        return "" if standing.lacking else _("Everything required is met now.")
    guarded = move.kind in ("moved", "converted") and vocabulary.position(move.to_stage) > 0
    if standing.lacking and guarded and not _is_back(vocabulary, move):
        return _("Everything required was met then; not met or unknown now: {facts}.").format(facts=standing.lacking)
    pattern = standing.choose(
        _("Everything required is met: {facts}."), _("Unknown: {facts}."), _("Not met or unknown: {facts}.")
    )
    return pattern.format(facts=standing.lacking or standing.met)


def _left(vocabulary: Vocabulary, dossier: Dossier, *, today: date) -> str:
    subject = dossier.subject
    ways_off = () if subject.exit == "won" else ("exit", "converted")  # what is won came to its stage by a move
    left = next((move for move in reversed(dossier.moves) if move.kind in ways_off), None)
    since = day_of(left.at if left else subject.stage_since)
    wake = day_of(subject.wake_on)
    deal = vocabulary.by_role("in_deal")
    return _left_pattern(subject.exit, bool(subject.exit_reason), woken=wake is not None).format(
        stage=vocabulary.word(dossier.stage),
        deal_stage=deal.label if deal else "",
        day=day_in_sentence(since, today=today) if since else _("an unknown day"),
        wake=day_in_sentence(wake, today=today) if wake else "",
        reason=_reason(subject.exit, subject.exit_reason),
    )


def _left_pattern(kind: str, has_reason: bool, *, woken: bool) -> str:
    if kind == "not_now":
        return _("Not now: wakes {wake}. Stage before: {stage}.") if woken else _("Not now. Stage before: {stage}.")
    if kind == "converted":
        return _("Converted {day}: goes on as {deal_stage}.")
    if kind == "won":
        return _("Won {day}. Stage: {stage}.")
    if kind == "lost":
        if has_reason:
            return _("Lost {day}. {reason}. Stage before: {stage}.")
        return _("Lost {day}. Stage before: {stage}.")
    if has_reason:
        return _("Not a fit since {day}. {reason}. Stage before: {stage}.")
    return _("Not a fit since {day}. Stage before: {stage}.")


def _reason(kind: str, reason: str) -> str:
    """A stored reason in words: the label of a shipped key, else the workspace's own text."""
    label = REASONS.get(kind, {}).get(reason)
    return _(label) if label else reason
