"""The workspace's definitions: shown beside what others call the same, tried out before they change, and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from crmdesk.domain import agreement
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.agreement import StageChange
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import Cancelled
from crmdesk.domain.qualify import Gate, weigh
from crmdesk.domain.records import Id, Lead, Opportunity, VocabularyText
from crmdesk.domain.vocabulary import DATA, PLACES, READINESS, ROLES, TEAMS, TRACKS, Requirement, Stage, Vocabulary
from crmdesk.services import boards, workspace
from crmdesk.services.subjects import name_of
from crmdesk.services.transitions import AT_ONCE, Transition, carry_out
from crmdesk.services.verbs import question, verb
from crmdesk.storage import dossiers, records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.words import N_, Label, _

BATCH = 500
NAMED = 3

Stop = Callable[[], bool] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageShown:
    """One stage as people read it, with how many cards lie there today. `own`: it is not as it was shipped."""

    key: str
    role: str
    label: str
    count: int
    short: str
    definition: str
    aim: str
    tasks: str
    data: str
    readiness: tuple[str, ...]
    place: str
    team: str
    track: str
    requires: tuple[Requirement, ...]
    signs: tuple[str, ...]
    blocks: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """What a role is called in each of the vocabularies; "" where it is no stage."""

    role: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All of the definitions. `vocabularies` heads the columns of `roles`: this workspace's own first, then the others.

    `account_from` is the name of the stage from which on there are accounts.
    """

    key: str
    name: str
    reading: str
    summary: str
    version: int
    dated: str
    account_from: str
    stages: tuple[StageShown, ...]
    vocabularies: tuple[str, ...]
    roles: tuple[RoleWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change would mean for those who are at the stage today.

    `steps_back` leads met the old definition and do not meet the new one: they can go back to the nearest stage that
    they meet. `stays` are opportunities and customers of whom the same is true: they stay in any case. Cards that were
    placed or moved there without meeting the old one are not counted. `names` are some of them.
    """

    stage: str
    steps_back: int
    stays: int
    names: tuple[str, ...]


@question
def shown(db: Database) -> Shown:
    """The definitions in use, how many cards there are today, and what the other vocabularies call the same."""
    words = workspace.vocabulary(db)
    counts = {column.stage: column.count for column in boards.columns(db)}
    with db.read() as connection:
        own = agreement.own_stages(_stored(connection).changes)
    others = [each for each in vocabularies.all_shipped() if each.key != words.key]
    return Shown(
        key=words.key,
        name=words.name(),
        reading=words.reading(),
        summary=words.summary(),
        version=words.version,
        dated=words.dated,
        account_from=words.word(words.account_from),
        stages=tuple(_stage(each, counts.get(each.key, 0), own=each.key in own) for each in words.stages),
        vocabularies=tuple(each.name() for each in (words, *others)),
        roles=_roles((words, *others)),
    )


@question
def as_shipped(db: Database) -> Vocabulary:
    """The vocabulary of this workspace without its own words and rules."""
    with db.read() as connection:
        own = _stored(connection)
    return vocabularies.load(own.body, own.key)


@question
def preview(db: Database, change: StageChange, *, cancelled: Stop = None) -> Preview:
    """How many would no longer meet the stage; nothing is written. Reads some hundred cards at a time, or none.

    Raises NotFound for an unknown stage, BadInput for words and facts that cannot be, Cancelled when `cancelled` says
    so.
    """
    today = db.clock.today()
    with db.read() as connection:
        before, after, _changes = _both(connection, change, today=today)
        ids = _cards(connection, change.stage) if _asks_anew(before, after, change.stage) else []
        fallen = list(_fallen(connection, before, after, change.stage, ids, today=today, cancelled=cancelled))
    leads = [dossier for dossier in fallen if _goes_back(after, dossier)]
    others = [dossier for dossier in fallen if not _goes_back(after, dossier)]
    return Preview(
        stage=change.stage,
        steps_back=len(leads),
        stays=len(others),
        names=tuple(name_of(dossier) for dossier in [*leads, *others][:NAMED]),
    )


@verb
def change(db: Database, change: StageChange, *, step_back: bool = False, cancelled: Stop = None) -> int:
    """Changes a stage's names, required facts or signs, in one step; how many cards stepped back.

    `labels` are names by language (en, de, vi, zh_TW, or * for all). `requires` is the whole list: each requirement a
    list of ways of which one must hold, each way a list of facts. `signs` is the whole list. `reset` goes back to the
    shipped text. With `step_back` leads that met the old definition and not the new one go to the nearest stage before
    that they meet; without it all stay. The vocabulary's version goes up by one.

    Who would step back is read before the step, while others write, and looked at once more within it: who meets the
    old definition first in between stays.

    Raises NotFound for an unknown stage, BadInput for words and facts that cannot be, Cancelled when `cancelled` says
    so before anything is written.
    """
    today = db.clock.today()
    going = _going_back(db, change, cancelled=cancelled) if step_back else []
    label = Label(N_("Change the definition of {stage}"), args={"stage": change.stage})
    with db.write(label, long=len(going) > BATCH) as tx:
        stored = _stored(tx.connection)
        before, after, changes = _both(tx.connection, change, today=today)
        if changes == stored.changes:
            return 0
        back = 0
        for dossier in _fallen(tx.connection, before, after, change.stage, going, today=today):
            if _is_at(dossier, change.stage):
                stage = _nearest(after, change.stage, dossier, today=today)
                transition = Transition(dossier, AT_ONCE, Gate(stage=stage), False)
                carry_out(tx, after, transition, stage, rank="", door="sheet", because="")
                back += 1
        tx.put(replace(stored, changes=changes, version=after.version, dated=after.dated))
    return back


def _going_back(db: Database, change: StageChange, *, cancelled: Stop) -> list[Id]:
    """The leads that would step back, as it stands now; without reading any when the change asks nothing new."""
    today = db.clock.today()
    with db.read() as connection:
        before, after, _changes = _both(connection, change, today=today)
        ids = _leads(connection, change.stage) if _asks_anew(before, after, change.stage) else []
        fallen = _fallen(connection, before, after, change.stage, ids, today=today, cancelled=cancelled)
        return [each.lead.id for each in fallen if each.lead is not None and _goes_back(after, each)]


def _stored(connection: Connection) -> VocabularyText:
    return records.where(connection, VocabularyText)[-1]


def _both(connection: Connection, change: StageChange, *, today: date) -> tuple[Vocabulary, Vocabulary, str]:
    """The vocabulary as it is, as it would be, and the changes that would be stored."""
    own = _stored(connection)
    before = agreement.load(own.body, own.key, changes=own.changes, version=own.version, dated=own.dated)
    changes = agreement.changed(vocabularies.load(own.body, own.key), own.changes, change)
    after = agreement.load(
        own.body, own.key, changes=changes, version=own.version + 1, dated=max(own.dated, today.isoformat())
    )
    return before, after, changes


def _cards(connection: Connection, stage: str) -> list[Id]:
    """Who is at a stage and has not left the path; the won ones are the customers."""
    left, won = (records.ids_where(connection, Opportunity, stage=stage, exit=how) for how in ("", "won"))
    return [*_leads(connection, stage), *left, *won]


def _leads(connection: Connection, stage: str) -> list[Id]:
    return records.ids_where(connection, Lead, stage=stage, exit="")


def _asks_anew(before: Vocabulary, after: Vocabulary, stage: str) -> bool:
    """Whether other facts are required than were; the first stage refuses nobody, whatever it requires."""
    return after.position(stage) > 0 and before.stage(stage).requires != after.stage(stage).requires


def _fallen(
    connection: Connection,
    before: Vocabulary,
    after: Vocabulary,
    stage: str,
    ids: list[Id],
    *,
    today: date,
    cancelled: Stop = None,
) -> Iterator[Dossier]:
    """Those of `ids` who met the stage and would not any more."""
    old, new = before.stage(stage), after.stage(stage)
    for start in range(0, len(ids), BATCH):
        if cancelled is not None and cancelled():
            raise Cancelled(_("It was stopped."), _("Nothing was changed."))
        for dossier in dossiers.read_many(connection, ids[start : start + BATCH]).values():
            if weigh(old, dossier, today=today).met and not weigh(new, dossier, today=today).met:
                yield dossier


def _goes_back(words: Vocabulary, dossier: Dossier) -> bool:
    """Leads before the deal go back; a deal is taken back by hand alone, and who has bought stays a customer."""
    return dossier.lead is not None and not (words.is_deal(dossier.stage) or words.is_customer(dossier.stage))


def _is_at(dossier: Dossier, stage: str) -> bool:
    """Whether a lead still stands at a stage: it may have gone on since it was looked at."""
    return dossier.lead is not None and dossier.lead.stage == stage and not dossier.lead.exit


def _nearest(words: Vocabulary, stage: str, dossier: Dossier, *, today: date) -> str:
    earlier = words.stages[: words.position(stage)]
    met = [each.key for each in earlier if weigh(each, dossier, today=today).met]
    return met[-1] if met else words.stages[0].key


def _stage(stage: Stage, count: int, *, own: bool) -> StageShown:
    return StageShown(
        key=stage.key,
        role=_(ROLES[stage.role]),
        label=stage.label,
        count=count,
        short=stage.short,
        definition=stage.definition,
        aim=stage.aim,
        tasks=stage.tasks,
        data=_(DATA[stage.data]),
        readiness=tuple(_(READINESS[each]) for each in stage.readiness),
        place=_(PLACES[stage.place]),
        team=_(TEAMS[stage.team]),
        track=_(TRACKS[stage.track]),
        requires=stage.requires,
        signs=stage.signs,
        blocks=stage.blocks,
        own=own,
    )


def _roles(words: tuple[Vocabulary, ...]) -> tuple[RoleWords, ...]:
    found = []
    for role, label in ROLES.items():
        stages = [each.by_role(role) for each in words]
        if any(stages):
            named = tuple(stage.label if stage is not None else "" for stage in stages)
            found.append(RoleWords(role=role, label=_(label), words=named))
    return tuple(found)
