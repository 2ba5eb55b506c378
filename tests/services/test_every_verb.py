"""Act; random later edits elsewhere; undo, and all is as it should be; redo, likewise. For every verb there is."""

from __future__ import annotations

import inspect
import itertools
import pkgutil
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk import services
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.lists import ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import (
    activities,
    capture,
    consents,
    convert,
    dossiers,
    events,
    importing,
    leads,
    lists,
    moves,
    people,
    qualify,
    tags,
    tasks,
    trash,
    undo,
    verbs,
    workspace,
)
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage import journal
from crmdesk.storage.database import Database
from tests.support.dump import dump

NOON = datetime(2026, 5, 5, 12, 2, tzinfo=UTC)
LIST = "Vorname;Nachname;Firma;E-Mail\nAnna;Neu;Neu GmbH;anna@neu.example\nLea;Ready;Ready AG;lea@new.example\n"
Refs = Mapping[str, str]
Rows = dict[str, dict[int, tuple[Any, ...]]]


@dataclass(frozen=True)
class World:
    """A closed workspace to copy, and the references of what is in it."""

    path: Path
    refs: Refs


def _references(db: Database, **ids: Id | None) -> dict[str, str]:
    known = verbs.references_of(db, {each for each in ids.values() if each is not None})
    return {name: known[each] for name, each in ids.items() if each is not None}


def _ready(db: Database, name: str, firm: str) -> Id:
    address = f"{name.split()[0].lower()}@{firm.split()[0].lower()}.example"
    lead = capture.add(db, name=name, organisation=firm, email=address, source="business_card_talk").lead_id
    for fact in ("need", "fit", "means", "timeframe"):
        qualify.answer(db, lead, fact=fact, value="yes")
    return lead


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Leads in all states, deals open and won, and somebody elsewhere whom the later edits are about."""
    path = tmp_path_factory.mktemp("world") / "world.crmdesk"
    clock = FixedClock(NOON)
    db = workspace.create(
        path, vocabulary="dialogue", country="DE", currency="EUR", me="Jana Lindner", clock=clock,
        ids=IdSource(clock, random.Random(11)),
    )  # fmt: skip
    event = events.add(db, "Spring Fair")
    view = lists.save_view(db, ListQuery(place="people"), "Everybody")
    fresh = capture.add(db, name="Fritz Fresh", email="fritz@fresh.example", event=event)
    twin = capture.add(db, name="Fritz Fresh", email="fritz@fresh.example", job_title="Buyer")
    ready, also = _ready(db, "Lea Ready", "Ready AG"), _ready(db, "Leo Ready", "Ready AG")
    parked = capture.add(db, name="Pia Parked").lead_id
    moves.park(db, [parked], wake_on="2026-07-01")
    deal = convert.convert(db, _ready(db, "Dora Deal", "Deal KG"), ConvertChoice(account="new"))
    won, lost = (
        convert.convert(db, _ready(db, name, firm), ConvertChoice(account="new")).opportunity_id
        for name, firm in (("Willi Won", "Won KG"), ("Lina Lost", "Lost KG"))
    )
    assert won is not None
    assert lost is not None
    moves.won(db, [won])
    moves.lost(db, [lost], reason="price")
    rejected = capture.add(db, name="Rita Rejected").lead_id
    moves.not_a_fit(db, [rejected], reason="no_value")
    task = tasks.plan(db, fresh.lead_id, title="Call", due_on="2026-05-06")
    ticked = tasks.plan(db, fresh.lead_id, title="Mail", due_on="2026-05-05")
    tasks.done(db, ticked)
    elsewhere = capture.add(db, name="Else Where", organisation="Elsewhere Ltd", email="else@where.example")
    tasks.plan(db, twin.lead_id, title="Last step", due_on="2026-05-06")
    colleague = workspace.add_member(db, "Thomas Koch")
    tag = tags.add(db, [ready, also], "Ready")
    tags.add(db, [also], "Set")
    leads.edit(db, also, source="webinar")
    source_step = _steps(db)[-1]
    gone = capture.add(db, name="Gerda Gone", organisation="Gone GmbH", email="gerda@gone.example")
    assert gone.person_id is not None
    removal = trash.remove(db, [gone.person_id])[0]
    assert fresh.person_id is not None
    refs = _references(
        db, fresh=fresh.lead_id, person=fresh.person_id, twin=twin.person_id, twin_lead=twin.lead_id, ready=ready,
        also=also, parked=parked, deal=deal.opportunity_id, won=won, lost=lost, rejected=rejected,
        part=dossiers.read(db, deal.opportunity_id or deal.lead_id).parts[0].id, event=event, task=task, ticked=ticked,
        elsewhere=elsewhere.lead_id, else_person=elsewhere.person_id, member=db.member_id,
        point=dossiers.read(db, fresh.lead_id).points[0].id, view=view, bought=dossiers.read(db, won).subject.person_id,
        firm=dossiers.read(db, won).subject.organisation_id, tag=tag, removal=removal,
        colleague=colleague,
    )  # fmt: skip
    db.close()
    return World(path, refs | {"source_step": str(source_step)})


def _existing(refs: Refs) -> dict[str, Any]:
    return {"account": "none", "contact": "existing", "person_id": refs["person"], "because": "Same person"}


def _import(db: Database) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text(LIST, encoding="utf-8")
        plan = importing.plan(db, importing.look(path), source="badge_scan", event_name="Autumn Fair")
        return importing.apply(db, plan)


def _undo_step(db: Database) -> Any:
    return verbs.call(db, "undo.undo_step", {"step": _steps(db)[-1]})


ARGUMENTS: dict[str, Callable[[Refs], dict[str, Any]]] = {
    "activities.log": lambda refs: {"about": refs["fresh"], "kind": "call", "direction": "in", "note": "Hello"},
    "capture.add": lambda refs: {"name": "Nina New", "organisation": "New GmbH", "email": "nina@new.example",
                                 "source": "newsletter", "event": refs["event"]},
    "capture.start": lambda refs: {"about": refs["bought"], "source": "referral"},
    "quick.add": lambda refs: {"text": "Nina New, New GmbH, 0171 2345678, call fri", "source": "referral"},
    "quick.add_many": lambda refs: {"text": "Nina New, New GmbH, call fri\n\nOtto Old, Old KG\n–", "stage": "prospect"},
    "channels.edit": lambda refs: {"point": refs["point"], "value": "other@fresh.example"},
    "channels.mark": lambda refs: {"point": refs["point"], "broken": True, "preferred": True},
    "channels.remove": lambda refs: {"point": refs["point"]},
    "consents.record": lambda refs: {"point": refs["point"], "purpose": "marketing", "state": "declined"},
    "convert.convert": lambda refs: {"lead": refs["ready"],
                                    "choice": {"name": "Big one", "amount_cents": 100, "currency": "EUR"}},
    "convert.take_back": lambda refs: {"card": refs["deal"]},
    "definitions.change": lambda refs: {
        "change": {"stage": "prospect", "labels": {"*": "Suspect"}, "requires": [[["need"]], [["authority"]]]},
        "step_back": True,
    },
    "deals.add_new_person": lambda refs: {"opportunity": refs["deal"], "name": "Petra Pays", "role": "pays"},
    "deals.add_person": lambda refs: {"opportunity": refs["deal"], "person": refs["person"], "role": "uses"},
    "deals.change_part": lambda refs: {"part": refs["part"], "role": "decides"},
    "deals.change_stages": lambda refs: {
        "stages": [{"key": "contract", "probability": 90}, {"text": "Pilot", "probability": 30}, {"key": "terms"}],
        "into": {"needs": "contract"},
    },
    "deals.edit": lambda refs: {"opportunity": refs["deal"], "name": "Lathe", "amount_cents": 100, "probability": 70,
                                "expected_close": "2026-07-01", "terms": "30 days", "clear": ["probability"]},
    "deals.move": lambda refs: {"ids": [refs["deal"]], "deal_stage": "terms"},
    "deals.quick_start": lambda refs: {"text": "Nina New, New GmbH", "deal_stage": "proposal"},
    "deals.remove_part": lambda refs: {"part": refs["part"]},
    "deals.start": lambda refs: {"person": refs["person"], "name": "Lathe", "role": "decides"},
    "events.add": lambda refs: {"name": "Autumn Fair", "starts_on": "2026-09-01"},
    "evidence.record": lambda refs: {
        "card": refs["fresh"],
        "answers": [{"fact": "need", "value": "no"}],
        "evidence": [
            {"fact": "reachable", "kind": "phone", "value": "0171 2345678"},
            {"fact": "permission"},
            {"fact": "pursued", "kind": "call"},
            {"fact": "scored", "note": "Asked for a quote"},
            {"fact": "known", "given": "Fritz", "family": "Fresher"},
            {"fact": "purchase", "amount_cents": 500, "currency": "EUR"},
        ],
    },
    "leads.edit": lambda refs: {"lead": refs["fresh"], "source": "webinar", "event": "Autumn Fair",
                                "amount_cents": 500, "currency": "EUR"},
    "lists.bulk": lambda refs: {"place": "people", "ids": [refs["person"], refs["bought"]],
                                "edit": {"kind": "tag", "tag": "VIP"}},
    "lists.remove_view": lambda refs: {"view": refs["view"]},
    "lists.rename_view": lambda refs: {"view": refs["view"], "name": "Another name"},
    "lists.save_view": lambda refs: {"query": {"place": "leads", "filter": {"quiet": True}}, "name": "Quiet ones"},
    "moves.fill_and_move": lambda refs: {
        "lead": refs["fresh"], "stage": "prospect",
        "answers": [{"fact": "need", "value": "yes"}, {"fact": "fit", "value": "yes", "note": "Nice"}],
        "evidence": [{"fact": "dialogue", "kind": "meeting"}, {"fact": "interest", "kind": "call", "direction": "in"}],
    },
    "moves.fill_and_move_many": lambda refs: {
        "leads": [refs["fresh"], refs["ready"]], "stage": "prospect",
        "answers": [{"fact": "need", "value": "yes"}, {"fact": "fit", "value": "yes", "note": "Nice"}],
        "evidence": [{"fact": "dialogue", "kind": "meeting"}, {"fact": "interest", "kind": "call", "direction": "in"}],
    },
    "moves.lost": lambda refs: {"ids": [refs["deal"]], "reason": "price", "note": "Too dear"},
    "moves.move": lambda refs: {"ids": [refs["ready"], refs["fresh"]], "stage": "prospect", "because": "Sure"},
    "moves.not_a_fit": lambda refs: {"ids": [refs["fresh"]], "reason": "no_value"},
    "moves.park": lambda refs: {"ids": [refs["fresh"], refs["ready"], refs["deal"]], "wake_on": "2026-06-01"},
    "moves.reopen": lambda refs: {"ids": [refs[each] for each in ("parked", "won", "lost", "rejected")]},
    "moves.won": lambda refs: {"ids": [refs["deal"]]},
    "organisations.edit": lambda refs: {"organisation": refs["firm"], "name": "Deal & Sons", "industry": "Tools"},
    "people.add_point": lambda refs: {"about": refs["fresh"], "kind": "phone", "value": "0171 2345678"},
    "people.edit": lambda refs: {"person": refs["person"], "prefix": "Dr.", "job_title": "Boss", "note": "Two\nlines",
                                 "organisation": "Brand-new GmbH"},
    "people.set_owner": lambda refs: {"ids": [refs["fresh"], refs["deal"]], "member": None},
    "qualify.answer": lambda refs: {"lead": refs["fresh"], "fact": "means", "value": "yes", "amount_cents": 500,
                                    "currency": "EUR"},
    "samples.fill": lambda refs: {},
    "tags.add": lambda refs: {"ids": [refs["fresh"], refs["person"], refs["firm"], refs["deal"]], "name": "Gold"},
    "tags.remove": lambda refs: {"ids": [refs["ready"]], "name": "ready"},
    "tags.rename": lambda refs: {"tag": refs["tag"], "name": "set"},
    "tasks.change": lambda refs: {"task": refs["task"], "title": "Call back", "due_on": "2026-05-08"},
    "tasks.done": lambda refs: {"task": refs["task"]},
    "tasks.plan": lambda refs: {"about": refs["deal"], "title": "Visit", "due_on": "2026-06-01", "promise": True},
    "tasks.postpone": lambda refs: {"task": refs["task"], "due_on": "2026-05-11", "due_time": "09:30"},
    "tasks.reopen": lambda refs: {"task": refs["ticked"]},
    "today.log_outcome": lambda refs: {
        "about": refs["fresh"], "task": refs["task"], "kind": "call", "outcome": "wrong_number", "point": refs["point"],
        "note": "Another firm", "step": {"title": "Write instead", "due_on": "2026-05-08", "kind": "mail"},
    },
    "today.no_step": lambda refs: {"ids": [refs["ready"], refs["deal"]]},
    "today.wake_later": lambda refs: {"ids": [refs["parked"]], "wake_on": "2026-08-01"},
    "trash.bring_back": lambda refs: {"removal": refs["removal"]},
    "trash.remove": lambda refs: {"ids": [refs["person"], refs["firm"], refs["ready"], refs["won"]]},
    "undo.redo": lambda refs: {},
    "undo.undo": lambda refs: {},
    "values.bring_back": lambda refs: {"record": refs["also"], "column": "source", "step": int(refs["source_step"])},
    "workspace.add_member": lambda refs: {"name": "Anna Berg"},
    "workspace.change_reasons": lambda refs: {
        "kind": "lost", "reasons": [{"key": "competitor"}, {"key": "price", "text": "Too dear"}, {"text": "Other"}],
    },
    "workspace.be": lambda refs: {"member": refs["colleague"]},
    "workspace.change": lambda refs: {
        "name": "Renamed", "currency": "CHF", "members": [{"name": "Anna Berg"},
                                                          {"name": "Jana Berg", "member": refs["member"]}],
    },
}  # fmt: skip
ACTS: dict[str, Callable[[Database], Any]] = {
    "importing.apply": _import,
    "undo.undo_step": _undo_step,
}
PREPARED: dict[str, Callable[[Database], Any]] = {"undo.redo": undo.undo}
ASKED: dict[str, Callable[[Refs], dict[str, Any]]] = {
    "boards.anchor": lambda refs: {"stage": "lead", "offset": 1},
    "boards.cards": lambda refs: {"ids": [refs["fresh"], refs["deal"]]},
    "boards.columns": lambda refs: {"shown": {"event_id": refs["event"]}},
    "boards.count": lambda refs: {"lane": "deals"},
    "boards.every_card": lambda refs: {"stage": "lead"},
    "boards.page": lambda refs: {"stage": "lead", "after": ["1", refs["fresh"]]},
    "boards.position": lambda refs: {"card": refs["deal"], "lane": "deals"},
    "boards.stages": lambda refs: {"ids": [refs["deal"]]},
    "convert.preview": lambda refs: {"lead": refs["twin_lead"], "choice": _existing(refs)},
    "convert.propose": lambda refs: {"lead": refs["ready"]},
    "definitions.as_shipped": lambda refs: {},
    "definitions.preview": lambda refs: {"change": {"stage": "prospect", "requires": [[["authority"]]]}},
    "definitions.shown": lambda refs: {},
    "deals.candidates": lambda refs: {"opportunity": refs["deal"]},
    "deals.forecast": lambda refs: {"ids": [refs["deal"], refs["won"]]},
    "deals.in_stages": lambda refs: {},
    "deals.parts": lambda refs: {"opportunity": refs["deal"]},
    "deals.stages": lambda refs: {},
    "dossiers.card_of": lambda refs: {"record": refs["person"]},
    "dossiers.read": lambda refs: {"card": refs["won"]},
    "dossiers.read_many": lambda refs: {"ids": [refs["fresh"], refs["deal"]]},
    "events.find": lambda refs: {"name": "spring fair"},
    "events.listed": lambda refs: {},
    "lists.bulk_preview": lambda refs: {
        "place": "leads",
        "ids": [refs["fresh"]],
        "edit": {"kind": "owner", "member": refs["member"]},
    },
    "lists.cards": lambda refs: {"ids": [refs["person"]]},
    "lists.count": lambda refs: {"query": {"place": "people", "filter": {"owners": [refs["member"]]}}},
    "lists.ids": lambda refs: {"query": {"place": "opportunities", "sort": "close"}},
    "lists.rows": lambda refs: {"place": "people", "ids": [refs["person"]]},
    "lists.views": lambda refs: {},
    "lists.without_consent": lambda refs: {"ids": [refs["person"]]},
    "moves.forecast": lambda refs: {"ids": [refs["fresh"], refs["deal"], refs["parked"]]},
    "profiles.kind": lambda refs: {"record": refs["firm"]},
    "profiles.name": lambda refs: {"record": refs["fresh"]},
    "profiles.read": lambda refs: {"record": refs["firm"]},
    "qualify.gate": lambda refs: {"card": refs["fresh"], "stage": "opportunity"},
    "qualify.why": lambda refs: {"card": refs["won"]},
    "sample_mark.is_touched": lambda refs: {},
    "searches.find": lambda refs: {"text": "ready"},
    "tags.listed": lambda refs: {},
    "tags.of": lambda refs: {"record": refs["ready"]},
    "timelines.history": lambda refs: {"record": refs["deal"]},
    "timelines.timeline": lambda refs: {"about": refs["deal"]},
    "today.count": lambda refs: {},
    "today.listed": lambda refs: {},
    "reporting.figures": lambda refs: {},
    "dossiers.stage": lambda refs: {"card": refs["won"]},
    "dossiers.states": lambda refs: {"ids": [refs["fresh"], refs["won"]]},
    "quick.lines": lambda refs: {"text": "Nina New, New GmbH\nOtto Old, Old KG"},
    "quick.read": lambda refs: {"text": "Nina New, call fri"},
    "today.ways": lambda refs: {"about": refs["fresh"]},
    "trash.listed": lambda refs: {},
    "values.changes": lambda refs: {"record": refs["ready"]},
    "workspace.check": lambda refs: {},
    "workspace.info": lambda refs: {},
    "workspace.members": lambda refs: {},
    "workspace.reasons": lambda refs: {"kind": "lost"},
    "workspace.is_sample": lambda refs: {},
    "workspace.settings": lambda refs: {},
    "workspace.vocabulary": lambda refs: {},
}
NOT_AS_JSON = {"importing.plan"}  # its argument is what was looked at; the import's own tests ask it

_numbers = itertools.count(1)
EDITS: tuple[Callable[[Database, Id, Id], object], ...] = (
    lambda db, lead, person: people.edit(db, person, given=f"Else {next(_numbers)}"),
    lambda db, lead, person: people.add_point(db, person, "email", f"else{next(_numbers)}@where.example"),
    lambda db, lead, person: tasks.plan(db, lead, title="Later", due_on="2026-05-09"),
    lambda db, lead, person: activities.log(db, lead, kind="meeting"),
    lambda db, lead, person: qualify.answer(db, lead, fact="need", value="yes", note=str(next(_numbers))),
    lambda db, lead, person: moves.move(db, [lead], "prospect", because="Later"),
    lambda db, lead, person: moves.move(db, [lead], "lead"),
    lambda db, lead, person: capture.add(db, name="Lara Late", organisation="Elsewhere Ltd"),
    lambda db, lead, person: consents.record(db, dossiers.read(db, lead).points[0].id, purpose="offers", state="given"),
)


@contextmanager
def opened(world: World) -> Iterator[Database]:
    """A copy of the world, open."""
    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(NOON)
        path = Path(shutil.copy(world.path, folder))
        db = workspace.open(path, clock=clock, ids=IdSource(clock, random.Random(12)))
        try:
            yield db
        finally:
            db.close()


def contents(db: Database) -> Rows:
    with db.read() as connection:
        return {table: {row[0]: row for row in rows} for table, rows in dump(connection).items()}


def _steps(db: Database) -> list[int]:
    with db.read() as connection:
        return [step.id for step in reversed(journal.steps(connection, 10_000))]


def mixed(edited: Rows, before: Rows, after: Rows, *, now: Rows) -> Rows:
    """`edited`, with every row that differs between `before` and `after` as it is in `now`."""
    told: Rows = {}
    for table, rows in edited.items():
        ids = before[table].keys() | after[table].keys()
        touched = {each for each in ids if before[table].get(each) != after[table].get(each)}
        told[table] = {each: row for each, row in rows.items() if each not in touched}
        told[table] |= {each: now[table][each] for each in touched if each in now[table]}
    return told


def act(db: Database, name: str, refs: Refs) -> Any:
    return ACTS[name](db) if name in ACTS else verbs.call(db, name, ARGUMENTS[name](refs))


WRITING = sorted(each.name for each in verbs.every().values() if each.writes)
ASKING = sorted(each.name for each in verbs.every().values() if not each.writes)


@pytest.mark.parametrize("name", WRITING)
@settings(max_examples=max(3, settings.default.max_examples // 30), deadline=None)
@given(edits=st.lists(st.sampled_from(EDITS), max_size=5))
def test_a_verb_is_taken_back_and_done_again_whatever_came_after_it(
    world: World, name: str, edits: list[Callable[[Database, Id, Id], object]]
) -> None:
    if name == "samples.fill" and edits:
        return  # two hundred steps of its own are enough of others
    with opened(world) as db:
        if name in PREPARED:
            PREPARED[name](db)
        before, first = contents(db), len(_steps(db))
        act(db, name, world.refs)
        after, taken = contents(db), _steps(db)[first:]
        assert after != before
        assert taken
        lead, person = (verbs.id_of(db, world.refs[each]) for each in ("elsewhere", "else_person"))
        for edit in edits:
            edit(db, lead, person)
        edited, steps = contents(db), len(_steps(db))
        for step in reversed(taken):
            undo.undo_step(db, step)
        assert contents(db) == mixed(edited, before, after, now=before)
        assert workspace.check(db) == []
        for step in reversed(_steps(db)[steps:]):
            undo.undo_step(db, step)
        assert contents(db) == mixed(edited, before, after, now=after)
        assert workspace.check(db) == []


@pytest.mark.parametrize("name", sorted(set(ASKING) - NOT_AS_JSON))
def test_a_question_answers_in_json_and_changes_nothing(world: World, name: str) -> None:
    import json

    with opened(world) as db:
        before, steps = contents(db), _steps(db)
        told = verbs.call(db, name, ASKED[name](world.refs))
        assert json.loads(json.dumps(told)) == told
        assert told is not None
        assert (contents(db), _steps(db)) == (before, steps)


def test_every_verb_has_a_scenario_here() -> None:
    assert set(WRITING) == ARGUMENTS.keys() | ACTS.keys()
    assert set(ASKING) == ASKED.keys() | NOT_AS_JSON


def test_no_public_function_of_the_services_escapes_the_table() -> None:
    known = {each.function for each in verbs.every().values()}
    escaped = []
    for module in pkgutil.iter_modules(services.__path__):
        found = import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(found, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            own = function.__module__ == found.__name__ and not name.startswith("_")
            if own and first == "db" and function not in known:
                escaped.append(f"{module.name}.{name}")
    assert escaped == ALLOWED


# What is no verb although it takes the workspace: the table's own functions, parts of a verb, and what opening does
# for good.
ALLOWED = [
    "answers.answer",
    "backups.is_due",
    "backups.make",
    "backups.make_if_due",
    "backups.save_copy",
    "bringing_in.bring_in",
    "drafts.keep",
    "drafts.sweep",
    "drafts.take",
    "drafts.waiting",
    "editing.save",
    "importing.write_rows",
    "list_edits.carry_out",
    "list_edits.preview",
    "lists.reaches",
    "profiles.referred_to",
    "proposing.preview",
    "proposing.propose",
    "quick.plan_step",
    "reporting.sizes",
    "trash.empty_old",
    "undo.big",
    "undo.clear_stopped",
    "undo.refusal",
    "verbs.call",
    "verbs.id_of",
    "verbs.plain",
    "verbs.references_of",
]
