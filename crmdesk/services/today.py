"""The day: who is to be called, who waits for a promise, who wakes, who has no next step, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crmdesk.domain.activity_kinds import is_request
from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import (
    Activity,
    Consent,
    ContactPoint,
    Conversion,
    Id,
    Lead,
    Opportunity,
    Task,
    VocabularyText,
)
from crmdesk.domain.today import Day
from crmdesk.services import about as abouts
from crmdesk.services import activities, agreed, tasks, workspace
from crmdesk.services.on_the_day import Group, each_once, whole
from crmdesk.services.subjects import one_of, wake_day
from crmdesk.services.verbs import question, verb
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.words import N_, NN_, Label, _

OUTCOMES = ("reached", "voicemail", "wrong_number", "not_interested", "")
_UNHEARD = ("voicemail", "wrong_number", "")
_TOLD_BY = tuple(each.table for each in (Activity, Conversion, Lead, Opportunity, Task, VocabularyText))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How somebody can be reached: the contact points that work, what was agreed for them, and their last request."""

    points: tuple[ContactPoint, ...]
    consents: tuple[Consent, ...]
    request: Activity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A next step as it is planned. `due_on` is an ISO day, `due_time` "09:00" or ""."""

    title: str
    due_on: str
    due_time: str = ""
    kind: str = ""
    promise: bool = False


@question
def listed(db: Database) -> Day:
    """The day by the workspace's clock. Each person once, in the first section that fits.

    A section shows its first 40 and is counted exactly below 300. Some milliseconds, however many records there are.
    """
    today, vocabulary = db.clock.today(), workspace.vocabulary(db)
    groups = _everybody(db)
    with db.read() as connection:
        return whole(connection, vocabulary, today, groups)


@question
def count(db: Database) -> int:
    """How many are left on the day, each section counted up to 300."""
    return sum(len(each) for _key, each, _exact in _everybody(db))


@question
def ways(db: Database, about: Id) -> Ways:
    """How a lead, an opportunity, a person or an organisation can be reached. Raises NotFound."""
    with db.read() as connection:
        target = abouts.resolve(connection, about)
        points = _points(connection, target)
        consents = records.where_in(connection, Consent, "contact_point_id", {each.id for each in points})
        happened = [
            activity
            for column, each in (("person_id", target.person_id), ("lead_id", target.lead_id))
            if each is not None
            for activity in records.where(connection, Activity, **{column: each})
        ]
    asked = max((each for each in happened if is_request(each)), key=_moment, default=None)
    return Ways(points=points, consents=tuple(consents), request=asked)


@verb
def log_outcome(
    db: Database,
    about: Id,
    *,
    task: Id | None = None,
    kind: str = "",
    outcome: str = "",
    point: Id | None = None,
    note: str = "",
    step: Step | None = None,
    no_step: bool = False,
) -> None:
    """What became of it, in one step: logs the call or mail, ticks the task off, and says what comes next.

    `kind` is call, mail, meeting, visit, or "" for what is only ticked off; `outcome` is reached,
    voicemail, wrong_number (then `point` is marked as broken), not_interested. `step` plans the next step; `no_step`
    says that there is none on purpose. Raises NotFound, BadInput.
    """
    one_of(kind, tasks.KINDS, "kind")
    one_of(outcome, OUTCOMES, "outcome")
    with db.read() as connection:
        name = abouts.resolve(connection, about).name
    with db.write(Label(N_("Log and go on with {name}"), args={"name": name})) as tx:
        target = abouts.resolve(tx.connection, about)
        if kind:
            activity = activities.checked(kind=kind, direction=_direction(kind, outcome), note=note)
            activities.add(tx, target, replace(activity, outcome=outcome))
        if outcome == "wrong_number" and point is not None:
            tx.put(replace(records.get(tx.connection, ContactPoint, point), broken=1))
        if task is not None:
            tasks.tick(tx, task)
        if step is not None:
            tasks.add(
                tx, target, title=step.title, due_on=step.due_on, due_time=step.due_time, kind=step.kind,
                promise=step.promise,
            )  # fmt: skip
        elif no_step:
            tasks.mark_no_step(tx, target, on_purpose=True)


@verb
def no_step(db: Database, ids: list[Id]) -> None:
    """Leaves leads and opportunities without a next step on purpose, until one is planned. Raises NotFound."""
    with db.read() as connection:
        names = [abouts.resolve(connection, each).name for each in ids]
    label = (
        Label(N_("No next step for {name}, on purpose"), args={"name": names[0]})
        if len(names) == 1
        else Label(
            *NN_("No next step for {count} card, on purpose", "No next step for {count} cards, on purpose"),
            count=len(names),
        )
    )
    with db.write(label) as tx:
        for each in ids:
            tasks.mark_no_step(tx, abouts.resolve(tx.connection, each), on_purpose=True)


@verb
def wake_later(db: Database, ids: list[Id], *, wake_on: str) -> None:
    """Lets parked leads and opportunities sleep until another day (ISO text). Raises RuleBroken for others."""
    day = wake_day(wake_on, today=db.clock.today())
    with db.read() as connection:
        names = [abouts.resolve(connection, each).name for each in ids]
    label = (
        Label(N_("Wake {name} later"), args={"name": names[0]})
        if len(names) == 1
        else Label(*NN_("Wake {count} card later", "Wake {count} cards later"), count=len(names))
    )
    with db.write(label) as tx:
        for each in ids:
            subject = abouts.subject(tx.connection, each)
            if subject.exit != "not_now":
                name = abouts.resolve(tx.connection, each).name
                raise RuleBroken(_("{name} is not parked.").format(name=name), _("Choose “Not now” first."))
            tx.put(replace(subject, wake_on=day))


@dataclass(frozen=True, slots=True)
class _OnTheDay:
    """The question who is on a day, the same for the same day: the page and its count ask it, and it is read once."""

    day: date

    def __call__(self, connection: Connection) -> list[Group]:
        return list(each_once(connection, agreed.in_use(connection), self.day))


def _everybody(db: Database) -> list[Group]:
    return db.kept(_OnTheDay(db.clock.today()), *_TOLD_BY)


def _points(connection: Connection, target: abouts.About) -> tuple[ContactPoint, ...]:
    """Those of the person; of the organisation when there are none. Preferred ones first, broken ones left out."""
    for column, owner in (("person_id", target.person_id), ("organisation_id", target.organisation_id)):
        found = records.where(connection, ContactPoint, **{column: owner}) if owner is not None else []
        if usable := [each for each in found if each.value and not each.broken]:
            return tuple(sorted(usable, key=_preference))
    return ()


def _preference(point: ContactPoint) -> tuple[bool, Id]:
    return not point.preferred, point.id


def _moment(activity: Activity) -> str:
    return activity.at or activity.created_at


def _direction(kind: str, outcome: str) -> str:
    """A talk goes both ways; a mail, and a call that nobody answered, comes from us."""
    if kind == "call":
        return "out" if outcome in _UNHEARD else "both"
    return "out" if kind == "mail" else "both"
