"""Activities, steps, consent, answers, evidence, dossiers, the workspace itself, and the sample."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crmdesk.domain.consent import in_force
from crmdesk.domain.errors import BadInput, NotFound, RuleBroken
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.qualify import evidence as weigh
from crmdesk.domain.records import Activity, Answer, Id, Lead
from crmdesk.services import (
    activities,
    boards,
    capture,
    channels,
    consents,
    convert,
    dossiers,
    evidence,
    moves,
    people,
    qualify,
    samples,
    searches,
    surroundings,
    tasks,
    timelines,
    undo,
    workspace,
)
from crmdesk.services.evidence import EvidenceInput
from crmdesk.services.qualify import AnswerInput
from crmdesk.storage import records
from crmdesk.storage.database import Database


def lead(db: Database, name: str = "Anna One", **more: Any) -> Id:
    return capture.add(db, name=name, **more).lead_id


def test_a_meeting_is_always_both_ways_and_a_note_has_no_direction(db: Database) -> None:
    card = lead(db)
    activities.log(db, card, kind="meeting", direction="out")
    activities.log(db, card, kind="note", direction="in")
    activities.log(db, card, kind="call", direction="in", at="2026-05-01T10:00+02:00")
    logged = dossiers.read(db, card).activities
    assert [(each.kind, each.direction) for each in logged] == [("meeting", "both"), ("note", ""), ("call", "in")]
    assert logged[2].at == "2026-05-01T08:00:00.000Z"
    assert logged[0].at == "2026-05-05T12:02:00.000Z"


@pytest.mark.parametrize(
    "wrong", [{"kind": "dance"}, {"kind": "call", "direction": "up"}, {"kind": "call", "at": "soon"}]
)
def test_what_an_activity_cannot_be_is_refused(db: Database, wrong: dict[str, str]) -> None:
    card = lead(db)
    with pytest.raises(BadInput):
        activities.log(db, card, **wrong)  # type: ignore[arg-type]
    assert dossiers.read(db, card).activities == ()


def test_an_activity_may_be_about_a_person_or_a_firm_alone(db: Database) -> None:
    made = capture.add(db, name="Anna One", organisation="One AG")
    assert made.person_id is not None
    assert made.organisation_id is not None
    activities.log(db, made.person_id, kind="call", direction="out")
    activities.log(db, made.organisation_id, kind="visit", direction="out")
    assert len(timelines.timeline(db, made.organisation_id)) == 3
    with pytest.raises(NotFound):
        activities.log(db, Id(1), kind="call", direction="out")


def test_a_planned_step_shows_on_the_card_until_it_is_ticked_off(db: Database) -> None:
    card = lead(db)
    task = tasks.plan(db, card, title="Call", due_on="2026-05-08", due_time="09:00", promise=True)
    shown = boards.page(db, "lead")[0]
    assert (shown.step_title, shown.step_due, shown.step_time, shown.step_promise) == (
        "Call",
        "2026-05-08",
        "09:00",
        True,
    )
    tasks.change(db, task, due_on="2026-05-09", promise=False)
    assert boards.page(db, "lead")[0].step_due == "2026-05-09"
    tasks.done(db, task)
    assert boards.page(db, "lead")[0].step_title == ""
    tasks.reopen(db, task)
    assert boards.page(db, "lead")[0].step_title == "Call"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "", "due_on": "2026-05-08"},
        {"title": "Call", "due_on": ""},
        {"title": "Call", "due_on": "tomorrow"},
        {"title": "Call", "due_on": "2026-05-08", "due_time": "noon"},
        {"title": "Call", "due_on": "2026-05-08", "kind": "dance"},
    ],
)
def test_what_a_step_cannot_be_is_refused(db: Database, wrong: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        tasks.plan(db, lead(db), **wrong)  # type: ignore[arg-type]


def test_consent_is_kept_per_purpose_and_the_latest_entry_counts(db: Database) -> None:
    card = lead(db, email="a@one.example")
    point = dossiers.read(db, card).points[0].id
    consents.record(db, point, purpose="marketing", state="given", wording="May we?")
    consents.record(db, point, purpose="offers", state="given")
    consents.record(db, point, purpose="marketing", state="withdrawn")
    stored = dossiers.read(db, card).consents
    assert len(stored) == 3
    assert {purpose: each.state for (_point, purpose), each in in_force(stored).items()} == {
        "marketing": "withdrawn", "offers": "given",
    }  # fmt: skip
    with pytest.raises(BadInput):
        consents.record(db, point, purpose="fun", state="given")
    with pytest.raises(BadInput):
        consents.record(db, point, purpose="offers", state="maybe")


def test_an_answer_is_one_row_a_fact_changed_in_place(db: Database) -> None:
    card = lead(db)
    first = qualify.answer(db, card, fact="need", value="unknown")
    again = qualify.answer(db, card, fact="need", value="yes", note="New lathes")
    assert first == again
    assert [(each.value, each.note) for each in dossiers.read(db, card).answers] == [("yes", "New lathes")]
    undo.undo(db)
    assert [each.value for each in dossiers.read(db, card).answers] == ["unknown"]


def test_the_same_answer_again_is_no_step(db: Database, clock: FixedClock) -> None:
    card = lead(db)
    qualify.answer(db, card, fact="need", value="yes")
    before = len(timelines.history(db))
    clock.advance(timedelta(hours=1))
    qualify.answer(db, card, fact="need", value="yes")
    assert len(timelines.history(db)) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"fact": "dialogue", "value": "yes"},
        {"fact": "made_up", "value": "yes"},
        {"fact": "need", "value": "perhaps"},
        {"fact": "timeframe", "value": "yes", "by_date": "soon"},
        {"fact": "authority", "value": "yes", "buying_role": "king"},
        {"fact": "need", "value": "yes", "basis": "dreamt"},
    ],
)
def test_a_fact_that_is_derived_cannot_be_ticked_and_words_are_checked(db: Database, wrong: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        qualify.answer(db, lead(db), **wrong)  # type: ignore[arg-type]


def test_an_amount_and_a_supplier_that_were_told_fill_blanks_of_the_lead(db: Database) -> None:
    card = lead(db)
    qualify.answer(db, card, fact="means", value="yes", amount_cents=500, currency="EUR")
    qualify.answer(db, card, fact="supplier_dropped", value="no", supplier="Röchl")
    qualify.answer(db, card, fact="supplier_dropped", value="no", supplier="Another")
    stored = dossiers.read(db, card).lead
    assert stored is not None
    assert (stored.amount_cents, stored.currency, stored.supplier) == (500, "EUR", "Röchl")


def test_an_opportunity_keeps_its_own_answers(db: Database) -> None:
    card = lead(db)
    choice = convert.propose(db, card).default
    deal = convert.convert(db, card, replace(choice, because="Sure")).opportunity_id
    assert deal is not None
    qualify.answer(db, deal, fact="need", value="no")
    with db.read() as connection:
        assert [each.opportunity_id for each in records.where(connection, Answer)] == [deal]


def test_a_score_is_passed_by_hand_only_with_a_reason(make: Any) -> None:
    db = make("interest-first")
    card = lead(db)
    with pytest.raises(BadInput):
        evidence.record(db, card, evidence=[EvidenceInput(fact="scored", note="  ")])
    assert "scored" in qualify.gate(db, card, "opportunity").missing
    evidence.record(db, card, evidence=[EvidenceInput(fact="scored", note="Asked for a quote")])
    assert "scored" not in qualify.gate(db, card, "opportunity").missing


def test_evidence_is_recorded_for_every_derived_fact(db: Database) -> None:
    nobody = capture.add(db, email="x@one.example")
    people.set_owner(db, [nobody.lead_id], None)
    given = [
        EvidenceInput(fact="known", given="Anna", family="One"),
        EvidenceInput(fact="reachable", kind="phone", value="0171 2345678"),
        EvidenceInput(fact="dialogue", kind="meeting", note="At their place"),
        EvidenceInput(fact="permission", state="given", note="By phone"),
        EvidenceInput(fact="pursued", kind="call"),
        EvidenceInput(fact="scored", note="Asked for a quote"),
        EvidenceInput(fact="purchase", amount_cents=500, currency="EUR"),
    ]
    evidence.record(db, nobody.lead_id, answers=[AnswerInput(fact="need", value="yes")], evidence=given)
    dossier = dossiers.read(db, nobody.lead_id)
    for each in given:
        assert weigh(dossier, each.fact, today=db.clock.today()).met, each.fact
    undo.undo(db)
    assert dossiers.read(db, nobody.lead_id).answers == ()
    with pytest.raises(BadInput):
        evidence.record(db, nobody.lead_id, evidence=[EvidenceInput(fact="need")])


def test_consent_cannot_be_recorded_for_somebody_without_an_address(db: Database) -> None:
    with pytest.raises(BadInput):
        evidence.record(db, lead(db), evidence=[EvidenceInput(fact="permission")])


def test_a_person_is_renamed_and_found_by_the_new_name(db: Database) -> None:
    made = capture.add(db, name="Anna One")
    assert made.person_id is not None
    people.edit(db, made.person_id, family="Nguyễn", given="Mai", family_first=True)
    assert boards.page(db, "lead")[0].name == "Nguyễn Mai"
    assert [hit.id for hit in searches.find(db, "nguyen")] == [made.person_id]
    assert searches.find(db, "one") == []


def test_a_broken_address_reaches_nobody(make: Any) -> None:
    db = make("lead-first")
    card = lead(db, email="a@one.example")
    point = dossiers.read(db, card).points[0].id
    channels.mark(db, point, broken=True)
    assert "reachable" in qualify.gate(db, card, "prospect").missing


def test_the_card_of_a_person_is_the_newest_one(db: Database) -> None:
    made = capture.add(db, name="Anna One", organisation="One AG")
    assert made.person_id is not None
    assert made.organisation_id is not None
    assert dossiers.card_of(db, made.person_id) == made.lead_id
    done = convert.convert(db, made.lead_id, replace(convert.propose(db, made.lead_id).default, because="Sure"))
    for each in (made.person_id, made.organisation_id, made.lead_id):
        assert dossiers.card_of(db, each) == done.opportunity_id
    late = capture.add(db, name="Berta Two", organisation="One AG")
    assert dossiers.card_of(db, made.organisation_id) == late.lead_id
    with pytest.raises(NotFound):
        dossiers.card_of(db, Id(1))


def test_undo_ends_where_the_workspace_began(db: Database) -> None:
    with pytest.raises(NotFound):
        undo.undo(db)
    assert workspace.vocabulary(db).key == "dialogue"


def test_a_workspace_knows_who_made_it_and_speaks_its_words(tmp_path: Path, clock: FixedClock, ids: IdSource) -> None:
    path = tmp_path / "mine.crmdesk"
    made = workspace.create(path, vocabulary="qualified", country="vn", me="Trần Bảo", clock=clock, ids=ids)
    own = workspace.settings(made)
    assert (own.name, own.country, own.currency, own.member) == ("mine", "VN", "VND", made.member_id)
    card = lead(made)
    assert dossiers.read(made, card).owner is not None
    made.close()
    again = workspace.open(path, clock=clock, ids=ids)
    assert again.member_id == own.member
    assert workspace.members(again)[0].name == "Trần Bảo"
    assert workspace.info(again).leads == 1
    again.close()


def test_a_journal_that_does_not_fit_is_told(db: Database) -> None:
    lead(db)
    assert workspace.check(db) == []
    with db.aside() as connection:
        connection.exec_driver_sql("INSERT INTO journal (step, tbl, row_id, before) VALUES (999, 'lead', 1, NULL)")
        connection.exec_driver_sql("UPDATE step SET undoes = 998 WHERE id = (SELECT max(id) FROM step)")
    assert workspace.check(db) == ["journal: 1 entries of no step", "step: 1 undo steps of no step"]


def test_an_unknown_vocabulary_leaves_no_file_behind(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        workspace.create(tmp_path / "a.crmdesk", vocabulary="made-up")
    assert list(tmp_path.iterdir()) == []


def test_settings_are_changed_one_by_one(db: Database) -> None:
    workspace.change(db, currency="chf", name="Lindner")
    own = workspace.settings(db)
    assert (own.name, own.country, own.currency) == ("Lindner", "DE", "CHF")
    with pytest.raises(BadInput):
        workspace.change(db, country="Germany")


def test_reasons_come_in_the_order_of_their_digits(db: Database) -> None:
    assert [each.text for each in workspace.reasons(db, "not_a_fit")][:2] == [
        "No problem to solve", "No value they would notice",
    ]  # fmt: skip
    with pytest.raises(BadInput):
        workspace.reasons(db, "made_up")


def test_the_system_says_who_where_and_in_which_currency(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LC_ALL", "LC_MONETARY", "LC_ADDRESS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "de_CH.UTF-8")
    assert (surroundings.country(), surroundings.currency("CH")) == ("CH", "CHF")
    monkeypatch.setenv("LANG", "C")
    assert surroundings.currency("") == "EUR"
    assert surroundings.full_name()


@pytest.mark.parametrize("login", ["root", "Administrator", "user", ""])
def test_nobody_is_called_root(monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    monkeypatch.setattr(surroundings.getpass, "getuser", lambda: login)
    assert surroundings.full_name() == "Me"


@pytest.mark.parametrize("vocabulary", ["lead-first", "contact-lead", "qualified", "dialogue", "interest-first"])
def test_the_sample_fills_every_vocabulary_and_is_sound(make: Any, vocabulary: str) -> None:
    db = make(vocabulary)
    assert samples.fill(db) > 20
    assert all(column.count for column in boards.columns(db))
    assert workspace.check(db) == []


def test_the_sample_has_one_of_everything_to_look_at(db: Database) -> None:
    samples.fill(db)
    cards = [card for stage in workspace.vocabulary(db).path for card in boards.every_card(db, stage)]
    assert any(card.without for card in cards)
    assert any(card.step_promise for card in cards)
    assert any(card.step_due and card.step_due < "2026-05-05" for card in cards)
    assert any(card.quiet_since and card.quiet_since <= "2026-04-21" for card in cards)
    assert {card.currency for card in cards if card.currency} == {"EUR", "GBP", "USD", "TWD"}
    with db.read() as connection:
        everybody = records.where(connection, Lead)
    assert {each.exit for each in everybody} == {"", "not_now", "not_a_fit", "converted"}
    katrin = next(card for card in cards if card.name == "Katrin Bauer")
    assert (katrin.stage, katrin.organisation, katrin.amount_cents) == ("prospect", "Bauer Maschinenbau GmbH", 4800000)
    told = qualify.why(db, katrin.id)
    assert (told.since, told.override, told.override_reason) == (
        "2026-04-23", ("fit",), "Plant tour is already agreed",
    )  # fmt: skip
    given = {each.state for each in dossiers.read(db, katrin.id).consents}
    assert given == {"given", "declined"}


def test_two_samples_of_the_same_day_are_the_same(make: Any) -> None:
    one, other = make("dialogue"), make("qualified")
    for each in (one, other):
        samples.fill(each)
    with one.read() as connection, other.read() as second:
        first = records.where(connection, Activity)
        again = records.where(second, Activity)
    assert [(each.kind, each.at, each.note) for each in first] == [(each.kind, each.at, each.note) for each in again]


def test_a_refusal_names_the_facts_in_words(db: Database) -> None:
    with pytest.raises(RuleBroken, match="dialogue, interest, need, fit are missing"):
        moves.move(db, [lead(db)], "prospect")


def test_a_new_workspace_has_one_step_that_cannot_be_taken_back(db: Database) -> None:
    assert [(step.label.one, step.undoable) for step in timelines.history(db)] == [("Create the workspace", False)]
    with pytest.raises(NotFound, match="nothing to undo"):
        undo.undo(db)
