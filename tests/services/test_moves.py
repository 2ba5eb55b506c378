from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from crmdesk.domain.cards import BoardFilter
from crmdesk.domain.errors import BadInput, NeedsConversion, NeedsTakingBack, NotFound, RuleBroken
from crmdesk.domain.ids import FixedClock
from crmdesk.domain.records import Id, Lead, StageMove
from crmdesk.services import activities, boards, capture, convert, dossiers, moves, qualify, undo
from crmdesk.services.proposing import ConvertChoice
from crmdesk.services.qualify import AnswerInput
from crmdesk.storage import records
from crmdesk.storage.database import Database

TALKED = {"dialogue": "yes", "interest": "yes"}


def added(db: Database, name: str = "Katrin Bauer", **more: Any) -> Id:
    return capture.add(db, name=name, **more).lead_id


def talked(db: Database, name: str = "Katrin Bauer") -> Id:
    lead = added(db, name)
    activities.log(db, lead, kind="stand_talk", depth="deep")
    return lead


def prospect(db: Database, name: str = "Katrin Bauer") -> Id:
    lead = talked(db, name)
    answers = [AnswerInput(fact="need", value="yes", note="New lathes"), AnswerInput(fact="fit", value="yes")]
    moves.fill_and_move(db, lead, "prospect", answers=answers)
    return lead


def ready(db: Database, name: str = "Katrin Bauer") -> Id:
    lead = prospect(db, name)
    qualify.answer(db, lead, fact="means", value="yes", amount_cents=48_000_00, currency="EUR")
    qualify.answer(db, lead, fact="timeframe", value="yes", by_date="2026-10-01")
    return lead


def deal(db: Database, name: str = "Katrin Bauer") -> Id:
    made = convert.convert(db, ready(db, name), ConvertChoice(account="none"))
    assert made.opportunity_id is not None
    return made.opportunity_id


def stage_of(db: Database, card: Id) -> str:
    return dossiers.read(db, card).stage


def last_move(db: Database, card: Id) -> StageMove:
    return dossiers.read(db, card).moves[-1]


def test_a_lead_without_a_talk_asks_before_it_becomes_a_prospect(db: Database) -> None:
    lead = added(db)
    with pytest.raises(RuleBroken) as refused:
        moves.move(db, [lead], "prospect")
    assert set(refused.value.missing) == {"dialogue", "interest", "need", "fit"}
    assert "Katrin Bauer" in str(refused.value)
    assert stage_of(db, lead) == "lead"


def test_answers_and_the_move_are_one_step(db: Database) -> None:
    lead = talked(db)
    answers = [AnswerInput(fact="need", value="yes"), AnswerInput(fact="fit", value="yes")]
    assert moves.fill_and_move(db, lead, "prospect", answers=answers).moved == (lead,)
    assert stage_of(db, lead) == "prospect"
    undo.undo(db)
    assert stage_of(db, lead) == "lead"
    assert dossiers.read(db, lead).answers == ()


def test_when_something_is_still_missing_nothing_is_filled_in(db: Database) -> None:
    lead = talked(db)
    with pytest.raises(RuleBroken) as refused:
        moves.fill_and_move(db, lead, "prospect", answers=[AnswerInput(fact="need", value="yes")])
    assert refused.value.missing == ("fit",)
    assert dossiers.read(db, lead).answers == ()


def test_the_same_answers_move_several_cards_in_one_step(db: Database) -> None:
    one, two, three = talked(db, "Anna One"), talked(db, "Berta Two"), added(db, "Carla Three")
    answers = [AnswerInput(fact="need", value="yes"), AnswerInput(fact="fit", value="yes")]
    done = moves.fill_and_move_many(db, [one, two, three], "prospect", answers=answers)
    assert (done.moved, done.name) == ((one, two), "")
    assert [(each.id, each.kind) for each in done.asked] == [(three, "asks")]
    assert not {"need", "fit"} & set(done.asked[0].missing), "what was filled in is kept"
    assert undo.undo(db).label.text(str) == "Fill in what is asked and move 3 cards to prospect"
    assert {stage_of(db, card) for card in (one, two, three)} == {"lead"}
    assert [dossiers.read(db, card).answers for card in (one, two, three)] == [(), (), ()]


def test_a_move_in_spite_of_a_missing_fact_keeps_its_reason(db: Database) -> None:
    lead = talked(db)
    qualify.answer(db, lead, fact="need", value="yes")
    moves.move(db, [lead], "prospect", because="Asked us for a visit")
    move = last_move(db, lead)
    assert (move.reason, json.loads(move.missing)) == ("Asked us for a visit", ["fit"])
    assert json.loads(move.facts)["need"] == "yes"
    assert (move.vocabulary, move.vocabulary_version, move.door) == ("dialogue", 1, "terminal")
    assert boards.page(db, "prospect")[0].without == ("fit",)
    why = qualify.why(db, lead)
    assert (why.override, why.override_reason) == (("fit",), "Asked us for a visit")


def test_a_reason_is_not_kept_when_nothing_was_missing(db: Database) -> None:
    lead = talked(db)
    for fact in ("need", "fit"):
        qualify.answer(db, lead, fact=fact, value="yes")
    moves.move(db, [lead], "prospect", because="In any case")
    assert last_move(db, lead).reason == ""


def test_of_several_cards_those_that_pass_move_and_the_rest_is_asked_about(db: Database) -> None:
    passing, asking, here = talked(db, "Anna One"), added(db, "Berta Two"), prospect(db, "Carla Three")
    for fact in ("need", "fit"):
        qualify.answer(db, passing, fact=fact, value="yes")
    moved = moves.move(db, [passing, asking, here], "prospect")
    assert (moved.moved, moved.name) == ((passing,), "Anna One")
    assert [(each.id, each.kind) for each in moved.asked] == [(asking, "asks")]
    assert "fit" in moved.asked[0].missing
    assert stage_of(db, asking) == "lead"


def test_of_several_cards_that_cannot_move_none_is_refused(db: Database) -> None:
    cards = [added(db, "Anna One"), added(db, "Berta Two")]
    moved = moves.move(db, cards, "prospect")
    assert (moved.moved, [each.id for each in moved.asked]) == ((), cards)


def test_the_forecast_says_beforehand_what_a_drop_will_do(db: Database) -> None:
    passing, asking, here = talked(db, "Anna One"), added(db, "Berta Two"), prospect(db, "Carla Three")
    for fact in ("need", "fit"):
        qualify.answer(db, passing, fact=fact, value="yes")
    forecast = moves.forecast(db, [passing, asking, here])["prospect"]
    assert (forecast.at_once, forecast.ask, forecast.here) == (1, 1, 1)
    assert moves.forecast(db, [ready(db, "Dora Four")])["opportunity"].converts == 1


def test_a_lead_going_into_a_deal_has_to_be_converted(db: Database) -> None:
    lead = ready(db)
    with pytest.raises(NeedsConversion):
        moves.move(db, [lead], "opportunity")
    with pytest.raises(RuleBroken) as asked:
        moves.move(db, [prospect(db, "Anna One")], "opportunity")
    assert not isinstance(asked.value, NeedsConversion)
    assert set(asked.value.missing) == {"means", "timeframe"}


def test_what_is_filled_in_for_a_deal_is_kept_and_the_conversion_asked_for(db: Database) -> None:
    lead = prospect(db)
    answers = [AnswerInput(fact="means", value="yes"), AnswerInput(fact="timeframe", value="yes")]
    moved = moves.fill_and_move(db, lead, "opportunity", answers=answers)
    assert [(each.id, each.kind) for each in moved.asked] == [(lead, "converts")]
    assert {each.fact for each in dossiers.read(db, lead).answers} >= {"means", "timeframe"}


def test_backwards_and_to_the_first_stage_nothing_is_asked(db: Database) -> None:
    lead = prospect(db)
    assert moves.move(db, [lead], "lead").moved == (lead,)
    off_board = capture.add(db, name="Anna One", source="site_visit").lead_id
    assert stage_of(db, off_board) == ""
    assert moves.move(db, [off_board], "lead").moved == (off_board,)


def test_an_opportunity_becomes_a_customer_when_it_is_won(db: Database) -> None:
    opportunity = deal(db)
    with pytest.raises(RuleBroken) as refused:
        moves.move(db, [opportunity], "customer")
    assert refused.value.missing == ("purchase",)
    moves.won(db, [opportunity])
    dossier = dossiers.read(db, opportunity)
    assert dossier.opportunity is not None
    assert (dossier.stage, dossier.opportunity.exit) == ("customer", "won")
    assert [card.id for card in boards.page(db, "customer")] == [opportunity]
    assert qualify.gate(db, opportunity, "customer").met


def test_a_card_tells_the_day_it_was_won(db: Database, clock: FixedClock) -> None:
    opportunity = deal(db)
    clock.advance(timedelta(days=9))
    moves.won(db, [opportunity])
    assert qualify.why(db, opportunity).sentence == "Won 14 May. Stage: Customer."


def test_a_recorded_purchase_lets_an_opportunity_through_to_customer(db: Database) -> None:
    opportunity = deal(db)
    activities.log(db, opportunity, kind="purchase", amount_cents=1000, currency="EUR")
    moves.move(db, [opportunity], "customer")
    dossier = dossiers.read(db, opportunity)
    assert dossier.opportunity is not None
    assert (dossier.stage, dossier.opportunity.exit) == ("customer", "won")
    moves.move(db, [opportunity], "opportunity")
    back = dossiers.read(db, opportunity).opportunity
    assert back is not None
    assert (back.stage, back.exit) == ("opportunity", "")


def test_an_opportunity_dragged_back_offers_to_take_the_conversion_back(db: Database) -> None:
    with pytest.raises(NeedsTakingBack):
        moves.move(db, [deal(db)], "prospect")


def test_a_parked_lead_leaves_the_board_and_comes_back_where_it_was(db: Database) -> None:
    lead = prospect(db)
    moves.park(db, [lead], wake_on="2026-07-01")
    assert boards.page(db, "prospect") == []
    with pytest.raises(RuleBroken):
        moves.move(db, [lead], "lead")
    parked = dossiers.read(db, lead).lead
    assert parked is not None
    assert (parked.exit, parked.wake_on, parked.stage) == ("not_now", "2026-07-01", "prospect")
    moves.reopen(db, [lead])
    assert [card.id for card in boards.page(db, "prospect")] == [lead]


def test_not_a_fit_takes_a_reason_of_the_list(db: Database) -> None:
    lead = added(db)
    with pytest.raises(BadInput):
        moves.not_a_fit(db, [lead], reason="just because")
    moves.not_a_fit(db, [lead], reason="no_problem", note="They make shoes")
    left = dossiers.read(db, lead).lead
    assert left is not None
    assert (left.exit, left.exit_reason, left.exit_note) == ("not_a_fit", "no_problem", "They make shoes")
    assert "No problem to solve" in qualify.why(db, lead).sentence


def test_a_lost_opportunity_comes_back_to_its_stage_as_a_new_attempt(db: Database) -> None:
    opportunity = deal(db)
    moves.lost(db, [opportunity], reason="price")
    assert boards.page(db, "opportunity") == []
    (back,) = moves.reopen(db, [opportunity])
    assert [card.id for card in boards.page(db, "opportunity")] == [back]
    assert back != opportunity


def test_a_won_opportunity_is_not_lost_before_it_is_brought_back(db: Database) -> None:
    opportunity = deal(db)
    moves.won(db, [opportunity])
    with pytest.raises(RuleBroken, match="closed"):
        moves.lost(db, [opportunity], reason="price")
    (back,) = moves.reopen(db, [opportunity])
    moves.lost(db, [back], reason="price")
    left = dossiers.read(db, back).opportunity
    assert left is not None
    assert (left.exit, left.stage) == ("lost", "opportunity")


def test_a_lead_can_neither_be_won_nor_lost(db: Database) -> None:
    lead = added(db)
    with pytest.raises(RuleBroken):
        moves.won(db, [lead])
    with pytest.raises(RuleBroken):
        moves.lost(db, [lead], reason="price")


def test_an_unknown_stage_or_card_is_refused(db: Database) -> None:
    with pytest.raises(NotFound):
        moves.move(db, [], "nowhere")
    with pytest.raises(NotFound):
        moves.move(db, [Id(12345)], "lead")


def test_a_card_put_before_another_by_hand_lies_there(db: Database) -> None:
    cards = [added(db, name) for name in ("Anna One", "Berta Two", "Carla Three", "Dora Four")]
    moves.move(db, [cards[3]], "lead", before=cards[1])
    shown = [card.id for card in boards.page(db, "lead")]
    assert shown == [cards[0], cards[3], cards[1], cards[2]]
    moves.move(db, [cards[2], cards[0]], "lead", before=cards[3])
    shown = [card.id for card in boards.page(db, "lead")]
    assert shown == [cards[2], cards[0], cards[3], cards[1]]


def test_cards_that_are_there_already_are_no_step_and_keep_their_place(db: Database) -> None:
    cards = [added(db, name) for name in ("Anna One", "Berta Two", "Carla Three")]
    moves.move(db, [cards[2]], "lead", before=cards[1])
    assert moves.move(db, [cards[0]], "lead").moved == ()
    back = prospect(db, "Dora Four")
    assert moves.move(db, [*cards, back], "lead").moved == (back,)
    assert [card.id for card in boards.page(db, "lead")][:3] == [cards[0], cards[2], cards[1]]
    assert undo.undo(db).label.text(str) == "Move Dora Four to lead"
    assert moves.move(db, [cards[2]], "lead").moved == (cards[2],), "back into the order of the column"
    assert [card.id for card in boards.page(db, "lead")] == cards


def test_a_step_names_card_and_stage(db: Database) -> None:
    lead = prospect(db)
    moves.move(db, [lead], "lead")
    label = undo.undo(db).label
    assert label.text(lambda stage: stage.title()) == "Move Katrin Bauer to Lead"


def test_one_move_of_many_cards_is_one_step(db: Database) -> None:
    cards = [prospect(db, name) for name in ("Anna One", "Berta Two", "Carla Three")]
    moves.move(db, cards, "lead")
    assert undo.undo(db).label.text(str) == "Move 3 cards to lead"
    with db.read() as connection:
        assert {records.get(connection, Lead, card).stage for card in cards} == {"prospect"}
    assert len(boards.page(db, "prospect", BoardFilter())) == 3
