"""Why a record is where it is: one sentence for each way that leads there, and the rows beneath it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.domain import vocabulary
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.qualify import why
from crmdesk.domain.records import Activity, Answer, Lead, Opportunity, Person, StageMove

TODAY = date(2026, 5, 5)
AT = "2026-05-03T12:00:00.000Z"
DIALOGUE = vocabulary.load(vocabulary.shipped_text("dialogue"), "dialogue.toml")
LEAD_FIRST = vocabulary.load(vocabulary.shipped_text("lead-first"), "lead-first.toml")
TALK = Activity(kind="stand_talk", direction="both", depth="deep", at="2026-04-21")
NEED = Answer(fact="need", value="yes", note="Leaking fixtures")
FIT = Answer(fact="fit", value="yes", note="Hydraulics")
ANNA = Person(given="Anna", family="Beispiel")


def lead(stage: str = "prospect", *moves: StageMove, **values: object) -> Dossier:
    record = Lead(stage=stage, stage_since=AT, created_at=AT, source="business_card_talk")
    return Dossier(lead=replace(record, **values), person=ANNA, activities=(TALK,), moves=moves)


def move(kind: str = "moved", to_stage: str = "prospect", from_stage: str = "lead", **values: str) -> StageMove:
    return StageMove(kind=kind, from_stage=from_stage, to_stage=to_stage, at=AT, **values)


def with_answers(dossier: Dossier, *answers: Answer) -> Dossier:
    return replace(dossier, answers=answers)


PLACED = move("placed", from_stage="")
QUALIFIED = (NEED, FIT)
WITHOUT_NEED = move(missing='["need"]', reason="Asked us for a visit")

SENTENCES = {
    "placed, unknown": (
        lead("prospect", PLACED),
        "Prospect by its source; unknown: need, fit. Business card, in-depth talk, since 3 May.",
    ),
    "placed, all met": (
        with_answers(lead("prospect", PLACED), *QUALIFIED),
        "Prospect by its source; everything required is met. Business card, in-depth talk, since 3 May.",
    ),
    "placed, not met": (
        replace(lead("prospect", PLACED), activities=()),
        "Prospect by its source; not met or unknown: dialogue, need, fit. Business card, in-depth talk, since 3 May.",
    ),
    "placed by hand": (
        lead("prospect", PLACED, source="bought_list"),
        "Prospect, placed by hand; unknown: need, fit. Since 3 May.",
    ),
    "placed by hand, met": (
        lead("lead", move("placed", "lead", "")),
        "Lead, placed by hand; everything required is met. Since 3 May.",
    ),
    "no move on file": (
        with_answers(lead("prospect"), replace(NEED, value="no")),
        "Prospect, placed by hand; not met or unknown: need, fit. Since 3 May.",
    ),
    "moved, all met": (
        with_answers(lead("prospect", move()), *QUALIFIED),
        "Stage: Prospect, since 3 May. Everything required is met: dialogue, interest, need, fit.",
    ),
    "moved without one": (
        with_answers(lead("prospect", WITHOUT_NEED), FIT),
        "Stage: Prospect, since 3 May. Moved without need, because “Asked us for a visit”.",
    ),
    "moved without two": (
        lead("prospect", move(missing='["need", "fit"]', reason="He calls back")),
        "Stage: Prospect, since 3 May. Moved without need, fit, because “He calls back”.",
    ),
    "moved without a reason": (
        with_answers(lead("prospect", move(missing='["need"]')), FIT),
        "Stage: Prospect, since 3 May. Moved without need.",
    ),
    "moved without, known since": (
        with_answers(lead("prospect", WITHOUT_NEED), *QUALIFIED),
        "Stage: Prospect, since 3 May. Moved without need, because “Asked us for a visit”. "
        "Everything required is met now.",
    ),
    "moved, no longer met": (
        with_answers(lead("prospect", move()), NEED, replace(FIT, value="no")),
        "Stage: Prospect, since 3 May. Everything required was met then; not met or unknown now: fit.",
    ),
    "moved to the first stage": (
        replace(lead("lead", move(to_stage="lead", from_stage="")), person=None),
        "Stage: Lead, since 3 May. Not met or unknown: name.",
    ),
    "moved back": (
        lead("lead", move(to_stage="lead", from_stage="prospect")),
        "Stage: Lead, since 3 May. Moved back from Prospect. Everything required is met: name.",
    ),
    "moved back, with a reason": (
        lead("prospect", move(from_stage="opportunity", reason="Budget round is in July")),
        "Stage: Prospect, since 3 May. Moved back from Opportunity, because “Budget round is in July”. "
        "Unknown: need, fit.",
    ),
    "reopened": (
        lead("lead", move("exit", "lead", "lead"), move("reopened", "lead", "lead")),
        "Stage: Lead, reopened 3 May. Everything required is met: name.",
    ),
    "names": (lead("", move("placed", "", "")), "On file since 3 May, off the board."),
    "an earlier word": (
        lead("suspect"),
        "Stage: suspect, since 3 May. The vocabulary in use has no such stage.",
    ),
    "no day": (lead("", stage_since=""), "On file since an unknown day, off the board."),
    "not now": (
        lead("prospect", move("exit"), exit="not_now", wake_on="2026-07-01"),
        "Not now: wakes 1 Jul. Stage before: Prospect.",
    ),
    "not now, no day": (lead(exit="not_now"), "Not now. Stage before: Prospect."),
    "not a fit": (
        lead("prospect", move("exit"), exit="not_a_fit", exit_reason="no_problem"),
        "Not a fit since 3 May. No problem to solve. Stage before: Prospect.",
    ),
    "not a fit, own reason": (
        lead(exit="not_a_fit", exit_reason="Makes its own"),
        "Not a fit since 3 May. Makes its own. Stage before: Prospect.",
    ),
    "not a fit, no reason": (lead(exit="not_a_fit"), "Not a fit since 3 May. Stage before: Prospect."),
    "converted lead": (
        lead("prospect", move("converted", "opportunity"), exit="converted"),
        "Converted 3 May: goes on as Opportunity.",
    ),
}


def deal(*moves: StageMove, **values: object) -> Dossier:
    record = Opportunity(stage="opportunity", stage_since=AT, created_at=AT)
    return Dossier(opportunity=replace(record, **values), moves=moves)


CONVERTED = move("converted", "opportunity", "prospect")
FACTS_OF_A_DEAL = tuple(Answer(fact=fact, value="yes") for fact in ("need", "means", "timeframe"))
DEALS = {
    "converted": (
        with_answers(deal(CONVERTED), *FACTS_OF_A_DEAL),
        "Stage: Opportunity, since 3 May. Converted from Prospect. "
        "Everything required is met: need, budget, timeframe.",
    ),
    "converted without": (
        deal(replace(CONVERTED, missing='["means"]', reason="Wants an offer")),
        "Stage: Opportunity, since 3 May. Moved without budget, because “Wants an offer”.",
    ),
    "won": (deal(CONVERTED, exit="won", stage="customer"), "Won 3 May. Stage: Customer."),
    "lost": (
        deal(CONVERTED, move("exit", "opportunity"), exit="lost", exit_reason="price"),
        "Lost 3 May. Price. Stage before: Opportunity.",
    ),
    "lost, no reason": (deal(exit="lost"), "Lost 3 May. Stage before: Opportunity."),
}
ALL = SENTENCES | DEALS


@pytest.mark.parametrize("name", ALL)
def test_the_sentence_says_how_it_came_to_be_here(name):
    dossier, sentence = ALL[name]
    assert why(DIALOGUE, dossier, today=TODAY).sentence == sentence


def test_rows_are_what_the_stage_requires_and_its_signs_with_their_evidence():
    found = why(DIALOGUE, with_answers(lead("prospect", move()), NEED), today=TODAY)
    assert [(row.label, row.text, row.word) for row in found.rows] == [
        ("Dialogue", "In-depth stand talk, 21 Apr", "met"),
        ("Interest", "In-depth stand talk, 21 Apr", "met"),
        ("Need", "“Leaking fixtures”, said", "met"),
        ("Fit", "Not asked yet", "unknown"),
        ("Budget", "Not asked yet", "unknown"),
        ("Authority", "Not asked yet", "unknown"),
        ("Details given", "Source: Business card, in-depth talk", "met"),
    ]
    assert found.lacking == ("fit",)


def test_also_needed_names_what_the_rows_do_not_show():
    found = why(DIALOGUE, lead("prospect", move()), today=TODAY)
    assert found.also_needed_stage == "opportunity"
    assert [row.fact for row in found.also_needed] == ["timeframe"]
    off_the_board = why(DIALOGUE, replace(lead(""), person=None), today=TODAY)
    assert (off_the_board.also_needed_stage, off_the_board.rows) == ("lead", ())
    assert [row.fact for row in off_the_board.also_needed] == ["known"]


def test_who_left_the_path_needs_nothing_more():
    gone = why(DIALOGUE, lead(exit="not_a_fit"), today=TODAY)
    assert (gone.also_needed_stage, gone.also_needed) == ("", ())
    assert gone.rows


def test_the_override_is_kept_with_its_reason():
    found = why(DIALOGUE, lead("prospect", WITHOUT_NEED), today=TODAY)
    assert (found.override, found.override_reason, found.since) == (("need",), "Asked us for a visit", "2026-05-03")
    plain = why(DIALOGUE, lead("prospect", move(reason="just so")), today=TODAY)
    assert (plain.override, plain.override_reason) == ((), "")


def test_a_later_move_back_ends_an_override():
    back = move(to_stage="lead", from_stage="prospect")
    found = why(DIALOGUE, lead("lead", move("placed", "lead", ""), WITHOUT_NEED, back), today=TODAY)
    assert found.override == ()
    assert "Moved back from Prospect" in found.sentence


def test_a_conversion_that_was_taken_back_does_not_explain_the_lead():
    found = why(DIALOGUE, lead("prospect", PLACED, move("converted", "opportunity", "prospect")), today=TODAY)
    assert found.sentence.startswith("Prospect by its source")


def test_who_left_is_told_with_the_day_of_leaving():
    left = replace(move("exit"), at="2026-05-04T12:00:00.000Z")
    found = why(DIALOGUE, lead("prospect", left, exit="not_a_fit"), today=TODAY)
    assert found.sentence == "Not a fit since 4 May. Stage before: Prospect."


def test_of_several_ways_only_the_nearest_is_shown_with_what_is_met():
    by_engagement = replace(
        lead("prospect", move()), activities=(Activity(kind="demo_request", direction="in", at=AT),)
    )
    found = why(LEAD_FIRST, by_engagement, today=TODAY)
    assert [row.fact for row in found.rows] == ["reachable", "fit", "engaged", "need", "dialogue"]


def test_a_block_answered_no_is_shown():
    refused = with_answers(lead("prospect", move()), NEED, FIT, Answer(fact="value", value="no", note="Too small"))
    found = why(DIALOGUE, refused, today=TODAY)
    assert found.lacking == ("value",)
    assert ("value", "no") in [(row.fact, row.state) for row in found.rows]


def test_who_registered_is_placed_by_the_source_as_well():
    words = vocabulary.load(vocabulary.shipped_text("interest-first"), "interest-first.toml")
    for stage in ("prospect", "lead"):
        dossier = lead(stage, move("placed", stage, ""), source="webinar")
        assert "by its source" in why(words, dossier, today=TODAY).sentence
    assert "by hand" in why(words, lead("opportunity", move("placed", "opportunity", "")), today=TODAY).sentence
