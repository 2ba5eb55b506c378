"""The day: who is on it, in which section, each person once; and what the verbs of the day write."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import ContactPoint, Lead, Task
from crmdesk.services import (
    activities,
    capture,
    convert,
    dossiers,
    moves,
    on_the_day,
    qualify,
    tasks,
    today,
    undo,
    workspace,
)
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage import records
from tests.support.statements import heard


def add(db, name, **more):
    more.setdefault("source", "business_card")
    return capture.add(db, name=name, **more).lead_id


def shown(db) -> dict[str, list[str]]:
    return {section.key: [entry.name for entry in section.entries] for section in today.listed(db).sections}


def section(db, key):
    return next(each for each in today.listed(db).sections if each.key == key)


def stored(db, kind, record):
    with db.read() as connection:
        return records.get(connection, kind, record)


def test_what_was_due_before_today_is_overdue_and_what_is_due_today_comes_by_its_time(db):
    for name, day, time in (
        ("Any Time", "2026-05-05", ""),
        ("Late Today", "2026-05-05", "16:00"),
        ("Early Today", "2026-05-05", "09:30"),
        ("Over Due", "2026-05-01", ""),
        ("Another Day", "2026-05-06", ""),
    ):
        tasks.plan(db, add(db, name), title="Call", due_on=day, due_time=time)
    assert shown(db) == {"overdue": ["Over Due"], "today": ["Early Today", "Late Today", "Any Time"]}


def test_a_promise_shows_until_it_is_kept(db):
    task = tasks.plan(db, add(db, "Paula Promise"), title="Catalogue", due_on="2026-05-09", promise=True)
    assert shown(db) == {"promised": ["Paula Promise"]}
    tasks.done(db, task)
    assert shown(db) == {}
    assert today.listed(db).done == 1


def test_who_was_contacted_today_is_done_as_well_and_once(db, clock):
    quiet, due = add(db, "Quinn Quiet"), add(db, "Dora Due")
    task = tasks.plan(db, due, title="Call", due_on="2026-05-05")
    activities.log(db, quiet, kind="call", direction="out", at="2026-04-01")
    clock.advance(timedelta(days=1))
    assert today.listed(db).done == 0
    today.log_outcome(db, quiet, kind="call", outcome="voicemail")
    today.log_outcome(db, quiet, kind="call", outcome="reached")
    assert today.listed(db).done == 1
    today.log_outcome(db, due, task=task, kind="call", outcome="reached")
    assert today.listed(db).done == 2
    activities.log(db, add(db, "Nora Note"), kind="note", note="Only a note")
    assert today.listed(db).done == 2
    undo.undo(db)
    undo.undo(db)
    undo.undo(db)
    assert today.listed(db).done == 1


def test_parked_leads_wake_on_their_day(db, clock):
    lead = add(db, "Pia Parked")
    moves.park(db, [lead], wake_on="2026-05-07")
    assert shown(db) == {}
    clock.advance(timedelta(days=2))
    entry = section(db, "waking").entries[0]
    assert (entry.name, entry.parked_on, entry.wake_on) == ("Pia Parked", "2026-05-05", "2026-05-07")
    today.wake_later(db, [lead], wake_on="2026-06-01")
    assert shown(db) == {}


def test_only_a_parked_card_is_woken_later(db):
    with pytest.raises(RuleBroken):
        today.wake_later(db, [add(db, "Otto Open")], wake_on="2026-06-01")


def test_cards_after_the_first_stage_want_a_next_step_unless_there_is_none_on_purpose(db):
    lead = add(db, "Nora Nextless")
    add(db, "Fred First")
    moves.move(db, [lead], "prospect", because="Sure")
    activities.log(db, lead, kind="mail", direction="in")
    entry = section(db, "no_step").entries[0]
    assert (entry.name, entry.last_kind, entry.last_direction) == ("Nora Nextless", "mail", "in")
    today.no_step(db, [lead])
    assert shown(db) == {}
    task = tasks.plan(db, lead, title="Call", due_on="2026-06-01")
    assert stored(db, Lead, lead).no_step == 0
    tasks.done(db, task)
    assert shown(db) == {"no_step": ["Nora Nextless"]}


def test_leads_of_a_fair_are_quiet_after_a_week_and_others_after_two(db, clock):
    add(db, "Fanny Fair")
    add(db, "Willi Web", source="web_form")
    clock.advance(timedelta(days=7))
    assert shown(db) == {"quiet": ["Fanny Fair"]}
    clock.advance(timedelta(days=7))
    assert sorted(shown(db)["quiet"]) == ["Fanny Fair", "Willi Web"]


def test_each_person_is_there_once_in_the_first_section_that_fits(db):
    lead = add(db, "Ole Once", email="ole@once.example")
    moves.move(db, [lead], "prospect", because="Sure")
    for day in ("2026-05-04", "2026-05-05"):
        tasks.plan(db, lead, title="Call", due_on=day)
    tasks.plan(db, lead, title="Drawing", due_on="2026-05-09", promise=True)
    person = dossiers.read(db, lead).subject.person_id
    tasks.plan(db, person, title="Birthday", due_on="2026-05-05")
    assert shown(db) == {"overdue": ["Ole Once"]}
    assert today.count(db) == today.listed(db).left == 1


def test_the_next_day_with_something_due_is_named(db):
    assert (today.listed(db).next_on, today.listed(db).nobody) == ("", True)
    for name in ("Anna", "Berta"):
        tasks.plan(db, add(db, name), title="Call", due_on="2026-05-06")
    day = today.listed(db)
    assert (day.next_on, day.next_count, day.nobody, day.left) == ("2026-05-06", 2, False, 0)


def test_a_section_shows_some_and_counts_on_up_to_a_limit(db, monkeypatch):
    monkeypatch.setattr(on_the_day, "SHOWN", 2)
    monkeypatch.setattr(on_the_day, "COUNTED", 3)
    for number in range(5):
        tasks.plan(db, add(db, f"Person {number}"), title="Call", due_on="2026-05-05")
    found = section(db, "today")
    assert (len(found.entries), found.count, found.exact) == (2, 3, False)
    assert not today.listed(db).exact


def test_the_count_beside_the_page_reads_nothing_more(db):
    tasks.plan(db, add(db, "Anna"), title="Call", due_on="2026-05-05")
    today.listed(db)
    with heard() as statements:
        assert today.count(db) == 1
    assert statements == []
    tasks.plan(db, add(db, "Berta"), title="Call", due_on="2026-05-05")
    assert today.count(db) == today.listed(db).left == 2


def test_the_next_day_is_another_question(db, clock):
    tasks.plan(db, add(db, "Anna"), title="Call", due_on="2026-05-05")
    assert list(shown(db)) == ["today"]
    clock.advance(timedelta(days=1))
    assert list(shown(db)) == ["overdue"]


def test_who_goes_while_the_day_is_read_is_left_out(db):
    tasks.plan(db, add(db, "Anna"), title="Call", due_on="2026-05-05")
    parked = add(db, "Berta")
    moves.park(db, [parked], wake_on="2026-05-05")
    words = workspace.vocabulary(db)
    with db.read() as connection:
        groups = list(on_the_day.each_once(connection, words, db.clock.today()))
    for _count in range(4):
        undo.undo(db)
    with db.read() as connection:
        day = on_the_day.whole(connection, words, db.clock.today(), groups)
    assert [section.entries for section in day.sections] == [(), ()]


def test_a_step_of_a_converted_lead_is_about_its_opportunity(db):
    lead = add(db, "Dora Deal", organisation="Deal KG", email="dora@deal.example")
    tasks.plan(db, lead, title="Send offer", due_on="2026-05-05")
    for fact in ("need", "fit", "means", "timeframe"):
        qualify.answer(db, lead, fact=fact, value="yes")
    deal = convert.convert(db, lead, ConvertChoice(account="new")).opportunity_id
    assert section(db, "today").entries[0].about == deal


def test_a_call_is_logged_ticked_off_and_goes_on_in_one_step(db):
    lead = add(db, "Katrin Bauer", phone="0171 39200 17")
    task = tasks.plan(db, lead, title="Call", kind="call", due_on="2026-05-05")
    step = today.Step(title="Send offer", due_on="2026-05-08", due_time="09:30", kind="mail", promise=True)
    today.log_outcome(db, lead, task=task, kind="call", outcome="reached", step=step)
    dossier = dossiers.read(db, lead)
    assert [(each.kind, each.direction, each.outcome) for each in dossier.activities] == [("call", "both", "reached")]
    assert [(each.title, each.due_on, bool(each.done_at)) for each in dossier.tasks] == [
        ("Call", "2026-05-05", True),
        ("Send offer", "2026-05-08", False),
    ]
    planned = dossier.tasks[1]
    assert (planned.due_time, planned.kind, planned.promise) == ("09:30", "mail", 1)
    undo.undo(db)
    assert [bool(each.done_at) for each in dossiers.read(db, lead).tasks] == [False]


def test_a_wrong_number_is_marked_as_broken_and_is_no_talk(db):
    lead = add(db, "Katrin Bauer", phone="0171 39200 17")
    point = today.ways(db, lead).points[0].id
    today.log_outcome(db, lead, kind="call", outcome="wrong_number", point=point, no_step=True)
    assert stored(db, ContactPoint, point).broken == 1
    assert today.ways(db, lead).points == ()
    assert dossiers.read(db, lead).activities[0].direction == "out"
    assert stored(db, Lead, lead).no_step == 1


def test_a_step_is_put_off_without_its_time(db):
    task = tasks.plan(db, add(db, "Karl"), title="Call", due_on="2026-05-05", due_time="10:30")
    tasks.postpone(db, task, due_on="2026-05-11")
    assert (stored(db, Task, task).due_on, stored(db, Task, task).due_time) == ("2026-05-11", "")


def test_the_ways_to_somebody_name_what_they_asked_for(db):
    lead = add(db, "Rita Request", phone="0171 39200 17", email="rita@request.example")
    activities.log(db, lead, kind="quote_request", direction="in", at="2026-04-28")
    ways = today.ways(db, lead)
    assert [each.kind for each in ways.points] == ["email", "phone"]
    assert ways.request is not None
    assert ways.request.at == "2026-04-28"
