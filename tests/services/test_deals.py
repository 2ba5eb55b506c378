"""Deals: their stages and probabilities, what is known of them, their people, and how one begins by hand."""

from __future__ import annotations

from typing import Any

import pytest

from crmdesk.domain.errors import BadInput, RuleBroken
from crmdesk.domain.records import BuyingPart, Conversion, Id, Lead, Opportunity, Person
from crmdesk.services import boards, capture, convert, deals, dossiers, moves, qualify, undo, workspace
from crmdesk.services.deal_stages import StageInput
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.support.dump import dump


def deal_of(db: Database, name: str = "Dora Deal", firm: str = "Deal KG") -> Id:
    lead = capture.add(db, name=name, organisation=firm, source="business_card_talk").lead_id
    choice = ConvertChoice(account="new", because="Sure")
    opportunity = convert.convert(db, lead, choice).opportunity_id
    assert opportunity is not None
    return opportunity


def contents(db: Database) -> Any:
    with db.read() as connection:
        return dump(connection)


def read(db: Database, deal: Id) -> Opportunity:
    with db.read() as connection:
        return records.get(connection, Opportunity, deal)


def test_a_new_workspace_has_four_stages_with_probabilities_to_begin_with(db: Database) -> None:
    assert [(each.key, each.label, each.probability) for each in deals.stages(db)] == [
        ("needs", "Needs", 20), ("proposal", "Proposal", 40), ("terms", "Terms", 60), ("contract", "Contract", 80),
    ]  # fmt: skip


def test_a_deal_moves_to_any_stage_and_its_probability_follows(db: Database) -> None:
    deal = deal_of(db)
    assert (read(db, deal).probability, read(db, deal).probability_from) == (20, "stage")
    assert deals.move(db, [deal], "contract") == [deal]
    assert (read(db, deal).deal_stage, read(db, deal).probability) == ("contract", 80)
    assert read(db, deal).deal_stage_since == "2026-05-05T12:02:00.000Z"
    deals.move(db, [deal], "needs", door="drag")
    assert read(db, deal).probability == 20
    assert [each.id for each in boards.page(db, "needs", lane=boards.DEALS)] == [deal]
    assert boards.page(db, "needs", lane=boards.DEALS)[0].stage == "needs"


def test_a_probability_by_hand_stays_until_it_is_cleared(db: Database) -> None:
    deal = deal_of(db)
    deals.edit(db, deal, probability=35)
    deals.move(db, [deal], "terms")
    assert (read(db, deal).probability, read(db, deal).probability_from) == (35, "hand")
    deals.edit(db, deal, clear=["probability"])
    assert (read(db, deal).probability, read(db, deal).probability_from) == (60, "stage")
    with pytest.raises(BadInput, match="101"):
        deals.edit(db, deal, probability=101)


def test_a_lead_and_a_closed_deal_have_no_deal_stage_to_move_to(db: Database) -> None:
    lead, deal = capture.add(db, name="Lea").lead_id, deal_of(db)
    with pytest.raises(RuleBroken, match="not an opportunity yet"):
        deals.move(db, [lead], "terms")
    moves.lost(db, [deal], reason="price")
    with pytest.raises(RuleBroken, match="closed"):
        deals.move(db, [deal], "terms")
    with pytest.raises(BadInput, match="deal_stage"):
        deals.move(db, [deal], "nowhere")


def test_a_closed_deal_can_be_put_right_but_not_moved_on(db: Database) -> None:
    deal = deal_of(db)
    moves.won(db, [deal])
    before = read(db, deal).deal_stage
    deals.edit(db, deal, amount_cents=70000, currency="EUR", contract="No. 7", deal_stage=before)
    with pytest.raises(RuleBroken, match="closed"):
        deals.edit(db, deal, name="Another", deal_stage="terms")
    assert (read(db, deal).amount_cents, read(db, deal).contract, read(db, deal).deal_stage) == (70000, "No. 7", before)
    assert read(db, deal).name != "Another"


def test_several_deals_move_in_one_step_that_is_taken_back(db: Database) -> None:
    both = [deal_of(db), deal_of(db, "Dan Deal", "Dan AG")]
    deals.move(db, both, "proposal", door="drag")
    assert {each.id for each in boards.page(db, "proposal", lane=boards.DEALS)} == set(both)
    undo.undo(db)
    assert {each.id for each in boards.page(db, "needs", lane=boards.DEALS)} == set(both)


def test_a_deal_is_placed_by_hand_before_another(db: Database) -> None:
    first, second, third = (deal_of(db, name, name) for name in ("A One", "B Two", "C Three"))
    deals.move(db, [third], "terms")
    deals.move(db, [first], "terms", before=third)
    deals.move(db, [second], "terms", before=third)
    assert [each.id for each in boards.page(db, "terms", lane=boards.DEALS)] == [first, second, third]


def test_editing_changes_what_is_given_and_leaves_the_rest(db: Database) -> None:
    deal = deal_of(db)
    deals.edit(db, deal, name="Clamping system", amount_cents=4_800_000, expected_close="2026-07-01", supplier="Röchl")
    deals.edit(db, deal, terms="30 days", contract="Draft sent")
    found = read(db, deal)
    assert (found.name, found.amount_cents, found.currency) == ("Clamping system", 4_800_000, "EUR")
    assert (found.expected_close, found.supplier) == ("2026-07-01", "Röchl")
    assert (found.terms, found.contract) == ("30 days", "Draft sent")
    deals.edit(db, deal, clear=["amount"], expected_close="")
    assert (read(db, deal).amount_cents, read(db, deal).currency, read(db, deal).expected_close) == (None, "", "")


def test_people_have_a_part_each_once(db: Database) -> None:
    deal = deal_of(db)
    colleague = capture.add(db, name="Uwe User", organisation="Deal KG").person_id
    assert colleague is not None
    assert [each.name for each in deals.candidates(db, deal)] == ["Uwe User"]
    part = deals.add_person(db, deal, colleague, "uses")
    assert deals.add_person(db, deal, colleague, "pays") == part
    assert deals.candidates(db, deal) == []
    deals.change_part(db, part, "blocks")
    new = deals.add_new_person(db, deal, "Petra Pays", "pays")
    again = deals.add_new_person(db, deal, "Petra Pays", "decides")
    assert again == new
    roles = {each.role for each in dossiers.read(db, deal).parts}
    assert roles == {"", "blocks", "decides"}
    deals.remove_part(db, part)
    with db.read() as connection:
        assert records.find(connection, BuyingPart, part) is None


def test_a_deal_starts_by_hand_with_somebody_on_file(db: Database) -> None:
    who = capture.add(db, name="Katrin Bauer", organisation="Bauer GmbH")
    deal = deals.start(db, person=who.person_id, name="Retrofit", deal_stage="proposal", role="decides")
    found = read(db, deal)
    assert (found.name, found.stage, found.deal_stage) == ("Retrofit", "opportunity", "proposal")
    assert (found.organisation_id, found.owner_id, found.probability) == (who.organisation_id, db.member_id, 40)
    assert [each.role for each in dossiers.read(db, deal).parts] == ["decides"]
    assert boards.position(db, deal) == ("opportunity", 0)
    assert "“New deal”" in qualify.why(db, deal).sentence
    with pytest.raises(BadInput, match="somebody"):
        deals.start(db, name="With nobody")


def test_one_line_starts_a_deal_and_doubles_nobody(db: Database) -> None:
    who = capture.add(db, name="Katrin Bauer", organisation="Bauer Maschinenbau")
    same = read(db, deals.quick_start(db, "katrin bauer", deal_stage="terms"))
    assert (same.person_id, same.organisation_id) == (who.person_id, who.organisation_id)
    firm = read(db, deals.quick_start(db, "Bauer Maschinenbau", deal_stage="terms"))
    assert (firm.person_id, firm.organisation_id, firm.name) == (None, who.organisation_id, "Bauer Maschinenbau")
    again = read(db, deals.quick_start(db, "Katrin Bauer, Bauer Maschinenbau", deal_stage="terms"))
    assert again.person_id == who.person_id
    uwe = capture.add(db, name="Uwe", organisation="Bauer Maschinenbau")
    assert read(db, deals.quick_start(db, "Uwe, Bauer Maschinenbau", deal_stage="terms")).person_id == uwe.person_id
    new = dossiers.read(db, deals.quick_start(db, "Nina New, New AG, nina@new.example", deal_stage="needs"))
    assert (new.person is not None, new.organisation is not None, len(new.points)) == (True, True, 1)
    with pytest.raises(BadInput, match="nothing to add"):
        deals.quick_start(db, " , ", deal_stage="needs")
    with db.read() as connection:
        assert len(records.where(connection, Lead)) == 2


def test_several_people_are_no_deal_and_a_signature_is_one(db: Database) -> None:
    with pytest.raises(BadInput, match="several people"):
        deals.quick_start(db, "Nina New, New AG\nOtto Old, Old KG", deal_stage="needs")
    made = deals.quick_start(db, "Nina New\nNew AG\nnina@new.example", deal_stage="needs")
    assert read(db, made).name == "New AG"


def test_a_line_that_starts_a_deal_keeps_its_next_step_and_goes_in_one_undo(db: Database) -> None:
    before = contents(db)
    deal = deals.quick_start(db, "Nina New, New AG, nina@new.example, send offer fri 9:30", deal_stage="needs")
    dossier = dossiers.read(db, deal)
    assert dossier.organisation is not None
    assert dossier.organisation.name == "New AG"
    assert [(task.title, task.due_on, task.due_time) for task in dossier.tasks] == [
        ("send offer", "2026-05-08", "09:30")
    ]
    undo.undo(db)
    assert contents(db) == before


def test_stages_are_renamed_added_ordered_and_given_other_defaults(db: Database) -> None:
    deal, by_hand = deal_of(db), deal_of(db, "Dan Deal", "Dan AG")
    deals.edit(db, by_hand, probability=33)
    deals.change_stages(
        db,
        [
            StageInput(text="Pilot", probability=10),
            StageInput(key="needs", text="Need is clear", probability=25),
            StageInput(key="proposal", text="Proposal", probability=40),
            StageInput(key="terms", probability=None),
            StageInput(key="contract", probability=80),
        ],
    )
    assert [(each.label, each.probability) for each in deals.stages(db)] == [
        ("Pilot", 10), ("Need is clear", 25), ("Proposal", 40), ("Terms", None), ("Contract", 80),
    ]  # fmt: skip
    assert (read(db, deal).probability, read(db, by_hand).probability) == (25, 33)
    assert [head.label for head in boards.columns(db, lane=boards.DEALS)] == [
        "Pilot",
        "Need is clear",
        "Proposal",
        "Terms",
        "Contract",
    ]
    undo.undo(db)
    assert [each.key for each in deals.stages(db)] == ["needs", "proposal", "terms", "contract"]
    assert read(db, deal).probability == 20


def test_a_stage_goes_only_when_its_deals_have_a_place(db: Database) -> None:
    deal = deal_of(db)
    rest = [StageInput(key=key) for key in ("proposal", "terms", "contract")]
    with pytest.raises(RuleBroken, match="deals in the stage Needs"):
        deals.change_stages(db, rest)
    deals.change_stages(db, rest, into={"needs": "terms"})
    assert read(db, deal).deal_stage == "terms"
    assert deals.in_stages(db) == {"terms": 1}
    nobodys = StageInput(key="nowhere", text="Nowhere")
    for wrong in ([], [StageInput(text=" ")], [StageInput(key="terms"), StageInput(text="terms")], [*rest, nobodys]):
        with pytest.raises((BadInput, RuleBroken)):
            deals.change_stages(db, wrong, into={"terms": "proposal"})


def test_a_new_stage_never_takes_the_key_of_one_there_is(db: Database) -> None:
    deals.change_stages(db, [StageInput(key="needs"), StageInput(text="One"), StageInput(text="Two")])
    known = deals.stages(db)
    assert len({each.key for each in known}) == 3
    deals.change_stages(db, [*(StageInput(key=each.key, text=each.label) for each in known), StageInput(text="Three")])
    assert len({each.key for each in deals.stages(db)}) == 4


def test_what_a_drop_would_do_is_told_for_every_stage(db: Database) -> None:
    here, closed = deal_of(db), deal_of(db, "Dan Deal", "Dan AG")
    moves.won(db, [closed])
    told = deals.forecast(db, [here, closed])
    assert list(told) == ["needs", "proposal", "terms", "contract"]
    assert (told["needs"].here, told["needs"].at_once, told["needs"].blocked) == (1, 0, 1)
    assert (told["terms"].here, told["terms"].at_once) == (0, 1)


def test_heads_carry_the_weighted_sum(db: Database) -> None:
    deal = deal_of(db)
    deals.edit(db, deal, amount_cents=10_000_00, probability=45)
    (head, *_others) = boards.columns(db, lane=boards.DEALS)
    assert [(each.cents, each.weighted) for each in head.sums] == [(10_000_00, 4_500_00)]


def test_a_move_between_deal_stages_changes_no_rate_of_going_on(db: Database) -> None:
    both = [deal_of(db), deals.quick_start(db, "Nina New, New AG", deal_stage="needs")]
    before = [(head.entered, head.went_on) for head in boards.columns(db)]
    deals.move(db, both, "terms")
    deals.move(db, both, "contract")
    assert [(head.entered, head.went_on) for head in boards.columns(db)] == before
    with db.read() as connection:
        paths = [row[0] for row in connection.exec_driver_sql("SELECT path FROM trail")]
    assert not any("terms" in path for path in paths)


def test_an_open_lead_goes_over_into_the_deal_that_is_started_with_its_person(db: Database) -> None:
    who = capture.add(db, name="Birgit Hansen", organisation="Hansen GmbH", email="b@hansen.example")
    assert who.person_id is not None
    before = contents(db)
    deal = deals.start(db, person=who.person_id, amount_cents=100, currency="EUR", deal_stage="terms")
    with db.read() as connection:
        lead, made = records.get(connection, Lead, who.lead_id), records.get(connection, Opportunity, deal)
        assert len(records.where(connection, Conversion, lead_id=lead.id, opportunity_id=deal)) == 1
    assert (lead.exit, lead.rank, made.deal_stage, made.amount_cents) == ("converted", "", "terms", 100)
    assert [card.id for stage in workspace.vocabulary(db).path for card in boards.every_card(db, stage)] == [deal]
    undo.undo(db)
    assert contents(db) == before
    undo.redo(db)
    assert convert.take_back(db, deal) == who.lead_id
    assert workspace.check(db) == []


def test_a_line_that_names_an_open_lead_makes_a_deal_of_it(db: Database) -> None:
    who = capture.add(db, name="Birgit Hansen", organisation="Hansen GmbH")
    for line in ("Birgit Hansen", "Birgit Hansen, Hansen GmbH"):
        deal = deals.quick_start(db, line, deal_stage="needs")
        with db.read() as connection:
            assert records.get(connection, Opportunity, deal).lead_id == who.lead_id
        undo.undo(db)


def test_two_open_leads_of_one_person_go_over_into_one_deal(db: Database) -> None:
    who = capture.add(db, name="Birgit Hansen", organisation="Hansen GmbH")
    assert who.person_id is not None
    with db.write(Label("An attempt beside it")) as tx:
        lead = records.get(tx.connection, Lead, who.lead_id)
        other = tx.add(Lead(person_id=lead.person_id, stage=lead.stage, stage_since=tx.now, source="referral")).id
    deal = deals.start(db, person=who.person_id, name="Hall 3")
    with db.read() as connection:
        assert [records.get(connection, Lead, each).exit for each in (who.lead_id, other)] == ["converted"] * 2
    assert len(deals.parts(db, deal)) == 1
    assert workspace.check(db) == []


def test_a_lead_keeps_its_firm_when_the_deal_is_made_with_another(db: Database) -> None:
    who = capture.add(db, name="Birgit Hansen", organisation="Hansen GmbH")
    other = capture.add(db, organisation="Bauer AG", name="Uwe Bauer")
    with db.read() as connection:
        firm = records.get(connection, Lead, other.lead_id).organisation_id
        own = records.get(connection, Lead, who.lead_id).organisation_id
    assert firm is not None
    assert who.person_id is not None
    deal = deals.start(db, organisation=firm, person=who.person_id)
    with db.read() as connection:
        assert records.get(connection, Opportunity, deal).organisation_id == firm
        assert records.get(connection, Person, who.person_id).organisation_id == own
    assert workspace.check(db) == []
