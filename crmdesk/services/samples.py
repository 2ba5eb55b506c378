"""A sample workspace: invented people after a trade show, made only through the services, on the clock's day."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from crmdesk import paths
from crmdesk.domain.errors import NotFound, RuleBroken
from crmdesk.domain.facts import FACTS
from crmdesk.domain.ids import Clock
from crmdesk.domain.records import ContactPoint, Id
from crmdesk.services import (
    activities,
    capture,
    consents,
    convert,
    deals,
    dossiers,
    events,
    moves,
    organisations,
    people,
    qualify,
    sample_mark,
    sample_year,
    tags,
    tasks,
    workspace,
)
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import N_, Label, _, language

_ANYWAY = N_("As agreed in the team meeting")


@verb
def fill(db: Database, *, year: bool = False) -> int:
    """Fills a workspace with some two dozen invented people after a fair; how many.

    With `year`, the year before it comes along: some eighty people, won and lost deals, promises kept and missed. Every
    act is a step of its own, on its day.
    """
    told = _told("people")
    everybody = [*told["person"], *(sample_year.people(_told("year")) if year else ())]
    script = _Script(db, told)
    acts = [act for person in everybody for act in script.acts_of(person)]
    with db.hasty() if workspace.is_sample(db) else nullcontext():
        for act in sorted(acts, key=attrgetter("ago"), reverse=True):
            with db.living_by(_Earlier(db.clock, act.ago)):
                act.do()
    if workspace.is_sample(db):
        with db.write_for_good(Label(N_("Create the workspace"))) as tx:
            sample_mark.set_filled(tx)
    return len(everybody)


def _told(file: str) -> dict[str, Any]:
    """What is told about the people, its words in the language in use when there are any in it."""
    folder = paths.resources() / "sample"
    told = tomllib.loads((folder / f"{file}.toml").read_text(encoding="utf-8"))
    translated = folder / f"people.{language()}.toml"
    if not translated.exists():
        return told
    texts = tomllib.loads(translated.read_text(encoding="utf-8"))
    return {key: _worded(value, texts) for key, value in told.items()}


def _worded(value: Any, texts: Mapping[str, str]) -> Any:
    """A value of the table, with every text in it for which there is another one."""
    if isinstance(value, dict):
        return {key: _worded(inner, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_worded(inner, texts) for inner in value]
    return texts.get(value, value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class _Act:
    ago: int
    do: Callable[[], object]


class _Earlier:
    """A clock some days behind another one."""

    def __init__(self, clock: Clock, days: int) -> None:
        self._clock = clock
        self._back = timedelta(days=days)

    def now(self) -> datetime:
        return self._clock.now() - self._back

    def today(self) -> date:
        return self._clock.today() - self._back


class _Script:
    """Turns what is told about each person into acts. A person is told apart by identity: two may be named alike."""

    def __init__(self, db: Database, told: Mapping[str, Any]) -> None:
        self._db = db
        self._today = db.clock.today()
        self._path = workspace.vocabulary(db).path
        self._told = told
        self._leads: dict[int, Id] = {}
        self._deals: dict[int, Id] = {}
        self._tasks: dict[int, Id] = {}

    def acts_of(self, person: Mapping[str, Any]) -> Iterator[_Act]:
        """What is done with one person, in order."""
        yield _Act(person["ago"], partial(self._capture, person))
        for act in person.get("acts", ()):
            yield _Act(act["ago"], partial(self._doing(act["do"]), person, act))

    def _doing(self, what: str) -> Callable[..., object]:
        return {
            "log": self._log,
            "answer": self._answer,
            "consent": self._consent,
            "plan": self._plan,
            "move": self._move,
            "convert": self._convert,
            "won": self._won,
            "park": self._park,
            "not_a_fit": self._not_a_fit,
            "point": self._point,
            "done": self._done,
            "deal": self._deal,
            "lost": self._lost,
            "firm": self._firm,
            "tag": self._tag,
            "part": self._part,
        }[what]

    def _capture(self, person: Mapping[str, Any]) -> None:
        fields = ("name", "organisation", "email", "phone", "job_title", "note", "source")
        made = capture.add(
            self._db,
            **{each: person[each] for each in fields if each in person},
            event=self._event() if person.get("fair") else None,
            stage=self._path[0] if person.get("stage") == "first" else None,
        )
        self._leads[id(person)] = made.lead_id
        owner = workspace.add_member(self._db, person["owner"])
        people.set_owner(self._db, [made.lead_id], owner)

    def _event(self) -> Id:
        return events.add(
            self._db,
            self._told["event"],
            starts_on=self._day(-self._told["event_began"]),
            ends_on=self._day(-self._told["event_ended"]),
        )

    def _card(self, person: Mapping[str, Any]) -> Id:
        return self._deals.get(id(person), self._leads[id(person)])

    def _day(self, days: int) -> str:
        return (self._today + timedelta(days=days)).isoformat()

    def _log(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        activities.log(
            self._db,
            self._card(person),
            kind=act["kind"],
            direction=act.get("direction", ""),
            note=act.get("note", ""),
            at=self._day(-act["ago"]),
        )

    def _answer(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        qualify.answer(
            self._db,
            self._card(person),
            fact=act["fact"],
            value=act.get("value", "yes"),
            note=act.get("note", ""),
            amount_cents=act["amount"] * 100 if "amount" in act else None,
            currency=act.get("currency", ""),
            by_date=self._day(act["in"]) if "in" in act else "",
            buying_role=act.get("role", ""),
            basis=act.get("basis", "said"),
        )

    def _point(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        people.add_point(self._db, self._card(person), act["kind"], act["value"], act.get("label", ""))

    def _consent(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        with self._db.read() as connection:
            points = records.where(connection, ContactPoint, value=act.get("point", person.get("email", "")))
        if not points:
            raise NotFound(_("There is no address “{point}”.").format(point=act["point"]))
        consents.record(
            self._db,
            points[-1].id,
            purpose=act["purpose"],
            state=act["state"],
            evidence=act["evidence"],
            place=self._told["event"] if person.get("fair") else "",
        )

    def _plan(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        self._tasks[id(person)] = tasks.plan(
            self._db,
            self._card(person),
            title=act["title"],
            due_on=self._day(act["in"]),
            kind=act.get("kind", ""),
            due_time=act.get("time", ""),
            promise=act.get("promise", False),
        )

    def _move(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        stage = self._path[{"first": 0, "second": 1}[act["to"]]]
        self._moved(self._card(person), stage, because=act.get("because", ""))

    def _moved(self, card: Id, stage: str, *, because: str) -> None:
        """Moves a card; what another vocabulary asks besides is answered first, or it goes anyway."""
        try:
            moves.move(self._db, [card], stage, because=because, door="drag")
        except RuleBroken as refused:
            self._answer_all(card, refused.missing)
            moves.move(self._db, [card], stage, because=_(_ANYWAY), door="sheet")

    def _answer_all(self, card: Id, missing: tuple[str, ...]) -> None:
        for fact in missing:
            if FACTS[fact].asked:
                qualify.answer(self._db, card, fact=fact, value="yes", basis="guessed")

    def _convert(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        lead = self._card(person)
        proposed = convert.propose(self._db, lead).default
        choice = replace(proposed, name=act["name"], role=act["role"], because=_(_ANYWAY))
        done = convert.convert(self._db, lead, choice)
        if done.opportunity_id is not None:
            self._deals[id(person)] = done.opportunity_id

    def _won(self, person: Mapping[str, Any], _act: Mapping[str, Any]) -> None:
        moves.won(self._db, [self._card(person)], door="drag")

    def _firm(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        firm = dossiers.read(self._db, self._card(person)).organisation
        if firm is not None:
            told = {each: act[each] for each in ("industry", "size", "supplier") if each in act}
            organisations.edit(self._db, firm.id, **told)

    def _tag(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        tags.add(self._db, [self._card(person)], act["name"])

    def _part(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        deals.add_new_person(self._db, self._card(person), act["name"], act["role"])

    def _deal(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        deals.move(self._db, [self._card(person)], act["stage"], door="drag")

    def _lost(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        moves.lost(self._db, [self._card(person)], reason=act["reason"], note=act["note"], door="drag")

    def _done(self, person: Mapping[str, Any], _act: Mapping[str, Any]) -> None:
        tasks.done(self._db, self._tasks[id(person)])

    def _park(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        moves.park(self._db, [self._card(person)], wake_on=self._day(act["in"]), door="drag")

    def _not_a_fit(self, person: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        moves.not_a_fit(self._db, [self._card(person)], reason=act["reason"], note=act["note"], door="drag")
