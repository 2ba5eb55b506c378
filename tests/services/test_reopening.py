"""Leaving the path and coming back: the day is kept, a new attempt follows a closed one, the reasons are one's own."""

from __future__ import annotations

import pytest

from crmdesk.domain.errors import BadInput, NeedsConversion, RuleBroken
from crmdesk.domain.records import Id, Lead, Tag, Tagging, Task
from crmdesk.services import (
    activities,
    boards,
    capture,
    convert,
    deals,
    dossiers,
    events,
    moves,
    qualify,
    tasks,
    undo,
    workspace,
)
from crmdesk.services.proposing import ConvertChoice
from crmdesk.services.workspace import ReasonInput
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.services.test_deals import deal_of, read

TODAY = "2026-05-05"


def lead_of(db: Database, lead: Id) -> Lead:
    with db.read() as connection:
        return records.get(connection, Lead, lead)


def test_every_exit_keeps_its_day(db: Database) -> None:
    parked, rejected, converted = (capture.add(db, name=name).lead_id for name in ("Pia", "Rolf", "Cleo"))
    moves.park(db, [parked], wake_on="2026-06-01")
    moves.not_a_fit(db, [rejected], reason="no_value")
    convert.convert(db, converted, ConvertChoice(account="none", because="Sure"))
    assert [lead_of(db, each).exit_on for each in (parked, rejected, converted)] == [TODAY] * 3
    won, lost, asleep = deal_of(db), deal_of(db, "Lu Lost", "Lost AG"), deal_of(db, "Al Sleep", "Sleep AG")
    moves.won(db, [won])
    moves.lost(db, [lost], reason="price")
    moves.park(db, [asleep], wake_on="2026-06-01")
    assert [read(db, each).exit_on for each in (won, lost, asleep)] == [TODAY] * 3


def test_an_opportunity_is_parked_and_wakes_as_the_same_attempt(db: Database) -> None:
    deal = deal_of(db)
    moves.park(db, [deal], wake_on="2026-06-01", door="drag")
    assert (read(db, deal).exit, read(db, deal).wake_on) == ("not_now", "2026-06-01")
    assert boards.page(db, "opportunity") == boards.page(db, "needs", lane=boards.DEALS) == []
    assert "wakes 1 Jun" in qualify.why(db, deal).sentence
    assert moves.reopen(db, [deal]) == [deal]
    assert (read(db, deal).exit, read(db, deal).wake_on, read(db, deal).attempt) == ("", "", 1)
    moves.won(db, [deal])
    with pytest.raises(RuleBroken, match="closed"):
        moves.park(db, [deal], wake_on="2026-06-01")


def test_a_lead_that_was_no_fit_comes_back_as_a_new_attempt_that_knows_what_was_known(db: Database) -> None:
    event = events.add(db, "Spring Fair")
    old = capture.add(db, name="Rita", organisation="Rita AG", source="business_card_talk", event=event).lead_id
    qualify.answer(db, old, fact="need", value="yes", note="Two lathes")
    activities.log(db, old, kind="call", direction="in")
    done, open_step = (tasks.plan(db, old, title=what, due_on="2026-05-08") for what in ("Done", "Call back"))
    tasks.done(db, done)
    with db.write(Label("Tag")) as tx:
        tx.add(Tagging(tag_id=tx.add(Tag(name="vip")).id, lead_id=old))
    moves.not_a_fit(db, [old], reason="no_value", note="For now")
    (new,) = moves.reopen(db, [old])
    before, after = lead_of(db, old), lead_of(db, new)
    assert (before.exit, before.exit_reason, before.exit_note) == ("not_a_fit", "no_value", "For now")
    assert (after.exit, after.attempt, after.previous_id, after.stage) == ("", 2, old, before.stage)
    same = ("person_id", "organisation_id", "source", "line", "event_id", "owner_id")
    assert [getattr(after, each) for each in same] == [getattr(before, each) for each in same]
    assert [(each.fact, each.value, each.note) for each in dossiers.read(db, new).answers] == [
        ("need", "yes", "Two lathes")
    ]
    assert "reopened" in qualify.why(db, new).sentence
    with db.read() as connection:
        assert [each.lead_id for each in records.many(connection, Task, [done, open_step]).values()] == [old, new]
        assert len(records.where(connection, Tagging, lead_id=new)) == 1
    assert [each.id for each in boards.page(db, after.stage)] == [new]


def test_an_attempt_is_followed_by_one_other_alone(db: Database) -> None:
    old = capture.add(db, name="Rita").lead_id
    moves.not_a_fit(db, [old], reason="no_value")
    (new,) = moves.reopen(db, [old])
    with pytest.raises(RuleBroken, match="followed this one"):
        moves.reopen(db, [old])
    undo.undo(db)
    assert moves.reopen(db, [old]) != [new]


def test_a_lost_deal_comes_back_with_its_people_and_terms_and_without_the_old_conversion(db: Database) -> None:
    old = deal_of(db)
    qualify.answer(db, old, fact="terms", value="yes", note="30 days")
    deals.edit(db, old, amount_cents=500, probability=70)
    deals.add_new_person(db, old, "Petra Pays", "pays")
    deals.move(db, [old], "terms")
    moves.lost(db, [old], reason="price")
    (new,) = moves.reopen(db, [old])
    before, after = read(db, old), read(db, new)
    assert (before.exit, before.exit_on, before.deal_stage) == ("lost", TODAY, "terms")
    assert (after.attempt, after.previous_id, after.lead_id, after.exit_on) == (2, old, None, "")
    assert (after.deal_stage, after.amount_cents, after.probability, after.probability_from) == (
        "terms",
        500,
        70,
        "hand",
    )
    assert sorted(each.role for each in dossiers.read(db, new).parts) == ["", "pays"]
    assert [each.fact for each in dossiers.read(db, new).answers] == ["terms"]
    with pytest.raises(RuleBroken):
        moves.move(db, [new], "prospect")
    assert lead_of(db, before.lead_id or Id(0)).exit == "converted"


def test_a_won_deal_that_comes_back_is_corrected(db: Database) -> None:
    deal = deal_of(db)
    moves.won(db, [deal])
    assert moves.reopen(db, [deal]) == [deal]
    found = read(db, deal)
    assert (found.stage, found.exit, found.exit_on, found.attempt) == ("opportunity", "", "", 1)
    assert boards.position(db, deal, lane=boards.DEALS) == ("needs", 0)


def test_no_reason_brings_a_lead_under_customer_without_a_conversion(db: Database) -> None:
    lead = capture.add(db, name="Cleo Customer").lead_id
    with pytest.raises(RuleBroken, match="missing"):
        moves.move(db, [lead], "customer")
    with pytest.raises(NeedsConversion):
        moves.move(db, [lead], "customer", because="They said yes")
    other = capture.add(db, name="Carl Customer").lead_id
    told = moves.move(db, [lead, other], "customer", because="They said yes")
    assert [each.kind for each in told.asked] == ["converts", "converts"]
    assert moves.fill_and_move(db, lead, "customer", answers=[], because="Yes").asked[0].kind == "converts"
    activities.log(db, lead, kind="purchase")
    assert moves.move(db, [lead], "customer").moved == (lead,)


def test_the_list_of_reasons_is_the_workspaces_own(db: Database) -> None:
    old = deal_of(db)
    moves.lost(db, [old], reason="price")
    reasons = workspace.reasons(db, "lost")
    keep = [ReasonInput(key=each.key) for each in reasons if each.key not in ("price", "too_late")]
    workspace.change_reasons(
        db, "lost", [ReasonInput(text="Bought by their parent firm"), ReasonInput(key="price", text="Too dear"), *keep]
    )
    listed = [each.text for each in workspace.reasons(db, "lost")]
    assert listed[:3] == ["Bought by their parent firm", "Too dear", "Bought elsewhere"]
    assert "We were too late" not in listed
    assert "Lost 5 May. Price." in qualify.why(db, old).sentence
    new = deal_of(db, "Dan Deal", "Dan AG")
    moves.lost(db, [new], reason="Too dear")
    assert "Too dear" in qualify.why(db, new).sentence
    with pytest.raises(BadInput, match="not on the list"):
        moves.lost(db, [new], reason="too_late")
    workspace.change_reasons(db, "lost", [ReasonInput(text="Price"), *keep])
    assert workspace.reasons(db, "lost")[0].key == "price"


def test_a_list_of_reasons_is_neither_empty_nor_double(db: Database) -> None:
    for wrong in ([], [ReasonInput(text=" ")], [ReasonInput(key="price"), ReasonInput(text="price")]):
        with pytest.raises(BadInput):
            workspace.change_reasons(db, "lost", wrong)
    with pytest.raises(BadInput):
        workspace.change_reasons(db, "won", [ReasonInput(text="Luck")])


def test_a_reason_that_a_fact_suggests_is_taken_even_when_it_left_the_list(db: Database) -> None:
    workspace.change_reasons(db, "not_a_fit", [ReasonInput(text="Nothing")])
    lead = capture.add(db, name="Rita").lead_id
    moves.not_a_fit(db, [lead], reason="no_problem")
    assert lead_of(db, lead).exit_reason == "no_problem"


def test_a_conversion_is_taken_back_although_the_deal_went_through_its_stages(db: Database) -> None:
    deal = deal_of(db)
    lead = read(db, deal).lead_id
    deals.move(db, [deal], "terms")
    moves.park(db, [deal], wake_on="2026-06-01")
    moves.reopen(db, [deal])
    assert convert.take_back(db, deal) == lead
    assert lead_of(db, lead or Id(0)).exit == lead_of(db, lead or Id(0)).exit_on == ""
    assert [each.kind for each in dossiers.read(db, lead or Id(0)).moves].count("deal") == 1
    assert boards.page(db, "terms", lane=boards.DEALS) == []
    assert workspace.check(db) == []
