"""Moving cards along the path, parking them, closing them and bringing them back: one step each, whatever the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import NeedsConversion
from crmdesk.domain.records import Id
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import about as abouts
from crmdesk.services import dossiers, leaving, order, qualify, reopening, workspace
from crmdesk.services import evidence as recording
from crmdesk.services.about import subject
from crmdesk.services.evidence import EvidenceInput
from crmdesk.services.qualify import AnswerInput
from crmdesk.services.subjects import name_of, one_of, visible_reason, wake_day
from crmdesk.services.transitions import (
    ASKS,
    AT_ONCE,
    BLOCKED,
    CONVERTS,
    HERE,
    TAKES_BACK,
    Transition,
    carry_out,
    plan,
    refusal,
    settled,
)
from crmdesk.services.verbs import question, verb
from crmdesk.storage import dossiers as stored
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, NN_, Label

DOORS = ("drag", "key", "menu", "sheet", "import", "terminal", "capture")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A card that did not move: `kind` is asks (for the facts in `missing`), converts, takes_back or blocked."""

    id: Id
    kind: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Which cards moved, in one step, and which have to be asked about first; `name` is whose, when it was one."""

    moved: tuple[Id, ...] = ()
    asked: tuple[Asked, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a drop of certain cards on one stage would do, in cards."""

    at_once: int = 0
    ask: int = 0
    here: int = 0
    converts: int = 0
    takes_back: int = 0
    blocked: int = 0


@verb
def move(
    db: Database,
    ids: list[Id],
    stage: str,
    *,
    before: Id | None = None,
    door: str = "terminal",
    because: str = "",
) -> Moved:
    """Moves cards to a stage. Those that pass its gate move in one step, the rest come back in `asked`.

    `before` places them by hand before that card; without it they lie in their natural order, and beside others those
    that are at the stage already stay as they lie, in neither list. `because` moves in spite of missing facts and is
    kept as the reason. A single card that cannot move is refused: RuleBroken with `missing`, NeedsConversion when a
    lead goes into a deal (by `convert.convert`), NeedsTakingBack when a deal goes back before it
    (by `convert.take_back`).
    """
    one_of(door, DOORS, "door")
    vocabulary = workspace.vocabulary(db)
    vocabulary.stage(stage)
    planned = [settled(each, because) for each in _plans(db, vocabulary, ids, stage)]
    standing = [each for each in planned if each.kind not in (AT_ONCE, HERE)]
    if len(planned) == len(standing) == 1:
        raise refusal(vocabulary, planned[0], stage)
    going = _going(planned, before)
    if not going:
        return Moved(asked=tuple(_asked(each) for each in standing))
    with db.write(_move_label(going, stage)) as tx:
        ranks = order.ranks(tx, stage, before, len(going))
        for each, rank in zip(going, ranks, strict=True):
            carry_out(tx, vocabulary, each, stage, rank=rank, door=door, because=visible_reason(because))
    return Moved(
        moved=tuple(each.dossier.subject.id for each in going),
        asked=tuple(_asked(each) for each in standing),
        name=name_of(going[0].dossier) if len(going) == 1 else "",
    )


@verb
def fill_and_move(
    db: Database,
    lead: Id,
    stage: str,
    *,
    answers: list[AnswerInput],
    evidence: list[EvidenceInput] | None = None,
    because: str = "",
    door: str = "sheet",
) -> Moved:
    """Saves answers and evidence and moves the card, in one step; when something is still missing nothing is saved.

    Into a deal a lead is not moved but has to be converted: then what was filled is saved, and the card comes back in
    `asked` with the kind converts. Raises RuleBroken with `missing`.
    """
    one_of(door, DOORS, "door")
    vocabulary = workspace.vocabulary(db)
    vocabulary.stage(stage)
    with db.read() as connection:
        name = abouts.card(connection, lead).name
    label = Label(N_("Fill in what is asked and move {name} to {stage}"), args={"name": name, "stage": stage})
    try:
        with db.write(label) as tx:
            planned = _filled(tx, vocabulary, lead, stage, answers, evidence or [], because)
            if planned.kind not in (AT_ONCE, HERE):
                raise refusal(vocabulary, planned, stage)
            carry_out(tx, vocabulary, planned, stage, rank="", door=door, because=visible_reason(because))
    except NeedsConversion:  # nothing was moved, so it is no step of that name
        recording.record(db, lead, answers=answers, evidence=evidence)
        return Moved(asked=(_asked(planned),))
    return Moved(moved=(lead,), name=name_of(planned.dossier))


@verb
def fill_and_move_many(
    db: Database,
    leads: list[Id],
    stage: str,
    *,
    answers: list[AnswerInput],
    evidence: list[EvidenceInput] | None = None,
    because: str = "",
    door: str = "sheet",
) -> Moved:
    """Saves the same answers and evidence for several cards, and moves those that then pass, all in one step.

    The others keep what was filled and come back in `asked`. Raises NotFound for a card that is gone.
    """
    one_of(door, DOORS, "door")
    vocabulary = workspace.vocabulary(db)
    vocabulary.stage(stage)
    moved, asked = [], []
    label = Label(
        *NN_(
            "Fill in what is asked and move {count} card to {stage}",
            "Fill in what is asked and move {count} cards to {stage}",
        ),
        count=len(leads),
        args={"stage": stage},
    )
    with db.write(label) as tx:
        for lead in leads:
            planned = _filled(tx, vocabulary, lead, stage, answers, evidence or [], because)
            if planned.kind in (AT_ONCE, HERE):
                carry_out(tx, vocabulary, planned, stage, rank="", door=door, because=visible_reason(because))
                moved.append(planned)
            else:
                asked.append(_asked(planned))
    name = name_of(moved[0].dossier) if len(moved) == 1 else ""
    return Moved(moved=tuple(each.dossier.subject.id for each in moved), asked=tuple(asked), name=name)


@verb
def park(db: Database, ids: list[Id], *, wake_on: str, door: str = "terminal") -> None:
    """Parks leads and opportunities until a day (ISO text): they leave the board until then. Raises RuleBroken."""
    vocabulary, day = workspace.vocabulary(db), wake_day(wake_on, today=db.clock.today())

    def leave(tx: Transaction, dossier: Dossier) -> None:
        leaving.park(tx, vocabulary, dossier, door=door, wake_on=day)

    label = _many_label(db, ids, N_("Park {name}"), NN_("Park {count} card", "Park {count} cards"))
    with db.write(label) as tx:
        leaving.each(tx, ids, leave)


@verb
def not_a_fit(
    db: Database,
    ids: list[Id],
    *,
    reason: str,
    note: str = "",
    answers: list[AnswerInput] | None = None,
    evidence: list[EvidenceInput] | None = None,
    door: str = "terminal",
) -> None:
    """Takes leads off the board for a reason of the list (`workspace.reasons`); nothing is deleted.

    `answers` and `evidence` that led to it are saved in the same step. Raises RuleBroken.
    """
    vocabulary = workspace.vocabulary(db)

    def leave(tx: Transaction, dossier: Dossier) -> None:
        _fill(tx, dossier.subject.id, answers or [], evidence or [])
        given = leaving.listed_reason(tx.connection, "not_a_fit", reason)
        leaving.leave_lead(
            tx, vocabulary, dossier, outcome="not_a_fit", door=door, exit_reason=given, exit_note=note.strip()
        )

    label = _many_label(
        db,
        ids,
        N_("Mark {name} as not a fit"),
        NN_("Mark {count} lead as not a fit", "Mark {count} leads as not a fit"),
    )
    with db.write(label) as tx:
        leaving.each(tx, ids, leave)


@verb
def lost(db: Database, ids: list[Id], *, reason: str, note: str = "", door: str = "terminal") -> None:
    """Marks opportunities lost for a reason of the list (`workspace.reasons`).

    Raises RuleBroken for a lead, and for what is won: that is brought back first.
    """
    vocabulary = workspace.vocabulary(db)

    def leave(tx: Transaction, dossier: Dossier) -> None:
        given = leaving.listed_reason(tx.connection, "lost", reason)
        leaving.lose(tx, vocabulary, dossier, reason=given, note=note.strip(), door=door)

    label = _many_label(
        db,
        ids,
        N_("Mark {name} as lost"),
        NN_("Mark {count} opportunity as lost", "Mark {count} opportunities as lost"),
    )
    with db.write(label) as tx:
        leaving.each(tx, ids, leave)


@verb
def won(db: Database, ids: list[Id], *, door: str = "terminal") -> None:
    """Marks opportunities won: that is the purchase, and they lie under Customer. Raises RuleBroken for a lead."""
    vocabulary = workspace.vocabulary(db)

    def leave(tx: Transaction, dossier: Dossier) -> None:
        leaving.win(tx, vocabulary, dossier, door=door)

    label = _many_label(
        db, ids, N_("Mark {name} as won"), NN_("Mark {count} opportunity as won", "Mark {count} opportunities as won")
    )
    with db.write(label) as tx:
        leaving.each(tx, ids, leave)


@verb
def reopen(db: Database, ids: list[Id], *, door: str = "terminal") -> list[Id]:
    """Puts cards back on the stage where they left the path; the ids of those that are on the board now.

    What was parked goes on as the same attempt, and what was won is corrected. Not a fit and Lost stay as they are: a
    new attempt begins with the same people, owner, source and answers. Raises RuleBroken for converted ones, and for an
    attempt that was followed by another one already.
    """
    vocabulary = workspace.vocabulary(db)
    back: list[Id] = []

    def leave(tx: Transaction, dossier: Dossier) -> None:
        back.append(reopening.come_back(tx, vocabulary, dossier, door=door))

    label = _many_label(db, ids, N_("Reopen {name}"), NN_("Reopen {count} card", "Reopen {count} cards"))
    with db.write(label) as tx:
        leaving.each(tx, ids, leave)
    return back


@question
def forecast(db: Database, ids: list[Id]) -> dict[str, Forecast]:
    """What dropping these cards would do, for every stage of the path. Nothing is changed."""
    vocabulary = workspace.vocabulary(db)
    read = dossiers.read_many(db, ids)
    today = db.clock.today()
    return {
        stage: _forecast([plan(vocabulary, dossier, stage, today=today) for dossier in read])
        for stage in vocabulary.path
    }


def _plans(db: Database, vocabulary: Vocabulary, ids: Sequence[Id], stage: str) -> list[Transition]:
    today = db.clock.today()
    read: list[Dossier] = dossiers.read_many(db, list(dict.fromkeys(ids)))
    return [plan(vocabulary, dossier, stage, today=today) for dossier in read]


def _going(planned: Sequence[Transition], before: Id | None) -> list[Transition]:
    """Those a move changes. What is there already only changes its place: put by hand, or back into natural order."""
    only_here = all(each.kind == HERE for each in planned)
    return [
        each
        for each in planned
        if each.kind == AT_ONCE
        or (each.kind == HERE and (before is not None or (only_here and each.dossier.subject.rank)))
    ]


def _filled(
    tx: Transaction,
    vocabulary: Vocabulary,
    lead: Id,
    stage: str,
    answers: Sequence[AnswerInput],
    given: Sequence[EvidenceInput],
    because: str,
) -> Transition:
    """What becomes of a card now that this is filled in."""
    _fill(tx, lead, answers, given)
    return settled(plan(vocabulary, stored.read(tx.connection, lead), stage, today=tx.today), because)


def _fill(tx: Transaction, lead: Id, answers: Sequence[AnswerInput], given: Sequence[EvidenceInput]) -> None:
    qualify.save_all(tx, subject(tx.connection, lead), answers)
    recording.save_all(tx, lead, given)


def _asked(planned: Transition) -> Asked:
    return Asked(id=planned.dossier.subject.id, kind=planned.kind, missing=planned.gate.missing)


def _forecast(planned: Sequence[Transition]) -> Forecast:
    kinds = [each.kind for each in planned]
    return Forecast(
        at_once=kinds.count(AT_ONCE),
        ask=kinds.count(ASKS),
        here=kinds.count(HERE),
        converts=kinds.count(CONVERTS),
        takes_back=kinds.count(TAKES_BACK),
        blocked=kinds.count(BLOCKED),
    )


def _move_label(going: Sequence[Transition], stage: str) -> Label:
    if len(going) == 1:
        return Label(N_("Move {name} to {stage}"), args={"name": name_of(going[0].dossier), "stage": stage})
    return Label(
        *NN_("Move {count} card to {stage}", "Move {count} cards to {stage}"), count=len(going), args={"stage": stage}
    )


def _many_label(db: Database, ids: Sequence[Id], one: str, many: tuple[str, str]) -> Label:
    if len(ids) == 1:
        with db.read() as connection:
            return Label(one, args={"name": abouts.card(connection, ids[0]).name})
    return Label(*many, count=len(ids))
