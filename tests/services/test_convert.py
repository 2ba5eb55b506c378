from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crmdesk.domain.consent import in_force
from crmdesk.domain.errors import BadInput, RuleBroken
from crmdesk.domain.records import (
    BuyingPart,
    Consent,
    ContactPoint,
    Conversion,
    Id,
    Lead,
    Opportunity,
    Organisation,
    Person,
    StageMove,
)
from crmdesk.services import (
    activities,
    boards,
    capture,
    consents,
    convert,
    deals,
    dossiers,
    evidence,
    moves,
    people,
    qualify,
    tasks,
    timelines,
    undo,
    workspace,
)
from crmdesk.services.evidence import EvidenceInput
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.support.dump import dump


def ready(db: Database, name: str = "Katrin Bauer", **more: Any) -> Id:
    """A lead that any vocabulary lets into a deal."""
    lead = capture.add(db, name=name, source="business_card_talk", **more).lead_id
    for fact in ("need", "means", "in_market", "timeframe", "requirements", "terms", "fit"):
        qualify.answer(db, lead, fact=fact, value="yes")
    evidence.record(db, lead, evidence=[EvidenceInput(fact="scored", note="Asked for a quote")])
    return lead


def stored(db: Database, kind: type[Any], record: Id | None) -> Any:
    assert record is not None
    with db.read() as connection:
        return records.get(connection, kind, record)


def all_of(db: Database, kind: type[Any], **equals: Any) -> list[Any]:
    with db.read() as connection:
        return records.where(connection, kind, **equals)


def contents(db: Database) -> Any:
    with db.read() as connection:
        return dump(connection)


def account(db: Database, name: str = "Bauer Maschinenbau GmbH", **more: Any) -> tuple[Id, Id]:
    """An account with an open opportunity, by a lead that was converted before."""
    lead = ready(db, "Uwe Bauer", organisation=name, **more)
    done = convert.convert(db, lead, replace(convert.propose(db, lead).default, name="Retrofit line 2"))
    assert done.organisation_id is not None
    assert done.opportunity_id is not None
    return done.organisation_id, done.opportunity_id


def test_converting_makes_account_contact_and_opportunity(db: Database) -> None:
    lead = ready(db, organisation="Bauer Maschinenbau GmbH")
    qualify.answer(db, lead, fact="means", value="yes", amount_cents=48_000_00, currency="EUR")
    qualify.answer(db, lead, fact="authority", value="yes", buying_role="decider")
    choice = replace(convert.propose(db, lead).default, name="Clamping system, hall 3")
    done = convert.convert(db, lead, choice)
    deal = stored(db, Opportunity, done.opportunity_id)
    assert (deal.name, deal.amount_cents, deal.currency) == ("Clamping system, hall 3", 48_000_00, "EUR")
    assert (deal.stage, deal.deal_stage, deal.lead_id) == ("opportunity", "needs", lead)
    assert stored(db, Organisation, done.organisation_id).account_since == "2026-05-05"
    assert stored(db, Person, done.person_id).organisation_id == done.organisation_id
    assert [part.role for part in all_of(db, BuyingPart)] == ["decides"]
    assert stored(db, Lead, lead).exit == "converted"
    assert [card.id for card in boards.page(db, "opportunity")] == [done.opportunity_id]
    assert boards.page(db, "prospect") == []


def test_pressed_twice_it_makes_one_opportunity(db: Database) -> None:
    lead = ready(db)
    choice = convert.propose(db, lead).default
    first = convert.convert(db, lead, choice)
    again = convert.convert(db, lead, choice)
    assert again == replace(first, already=True)
    assert len(all_of(db, Opportunity)) == 1


def test_a_close_date_is_never_invented(db: Database) -> None:
    lead = ready(db)
    qualify.answer(db, lead, fact="timeframe", value="yes", by_date="2026-10-01")
    done = convert.convert(db, lead, convert.propose(db, lead).default)
    assert stored(db, Opportunity, done.opportunity_id).expected_close == ""


def test_a_conversion_without_all_facts_asks_for_them_or_for_a_reason(db: Database) -> None:
    lead = capture.add(db, name="Anna One").lead_id
    choice = convert.propose(db, lead).default
    with pytest.raises(RuleBroken) as refused:
        convert.convert(db, lead, choice)
    assert set(refused.value.missing) == {"need", "means", "timeframe"}
    done = convert.convert(db, lead, replace(choice, because="She signs tomorrow"))
    move = all_of(db, StageMove, opportunity_id=done.opportunity_id)[0]
    assert (move.kind, move.reason, move.lead_id) == ("converted", "She signs tomorrow", lead)
    assert boards.page(db, "opportunity")[0].without == ("need", "means", "timeframe")


def test_an_account_that_is_there_is_offered_first_with_the_reason(db: Database) -> None:
    firm, _deal = account(db, email="u.bauer@bauer-mb.example")
    lead = ready(db, "Katrin Bauer", organisation="Bauer-Maschinenbau", email="k.bauer@bauer-mb.example")
    proposal = convert.propose(db, lead)
    assert proposal.accounts[0].id == firm
    assert "Same domain bauer-mb.example" in proposal.accounts[0].reasons
    assert (proposal.default.account, proposal.default.organisation_id) == ("existing", firm)
    assert [each.name for each in proposal.opportunities] == ["Retrofit line 2"]
    assert {"Uwe Bauer", deals.stages(db)[0].label} <= set(proposal.opportunities[0].reasons)


@pytest.mark.parametrize(
    ("kind", "value", "offered"),
    [
        ("address", "Kiel", False),
        ("address", "Hafenstraße 3\n24103 Kiel", True),
        ("web", "https://bauer-mb.example", False),
        ("web", "https://people.example/katrin-bauer", True),
        ("email", "info@bauer-mb.example", False),
        ("email", "k.bauer@bauer-mb.example", True),
    ],
)
def test_what_very_many_have_makes_nobody_the_same(db: Database, kind: str, value: str, offered: bool) -> None:
    lead, other = ready(db), ready(db, "李明娜")
    for each in (lead, other):
        people.add_point(db, each, kind, value)
    assert bool(convert.propose(db, lead).contacts) is offered


def test_using_an_account_fills_its_blanks_and_overwrites_nothing(db: Database) -> None:
    firm, _deal = account(db)
    lead = ready(db, "Katrin Bauer", organisation="Bauer Werke")
    own = stored(db, Lead, lead).organisation_id
    with db.write(Label("Edit")) as tx:
        tx.put(replace(stored(db, Organisation, own), industry="Machine building", note="From the card"))
        tx.put(replace(stored(db, Organisation, firm), note="Old friends"))
    choice = replace(convert.propose(db, lead).default, account="existing", organisation_id=firm)
    sentence = convert.preview(db, lead, choice)
    convert.convert(db, lead, choice)
    kept = stored(db, Organisation, firm)
    assert (kept.name, kept.industry, kept.note) == ("Bauer Maschinenbau GmbH", "Machine building", "Old friends")
    assert "1 blank is filled, nothing is overwritten." in sentence
    assert all_of(db, Organisation, name="Bauer Werke") == []


def test_an_organisation_that_others_use_stays_when_an_account_is_chosen(db: Database) -> None:
    firm, _deal = account(db)
    capture.add(db, name="Anna One", organisation="Bauer Werke")
    lead = ready(db, "Katrin Bauer", organisation="Bauer Werke")
    choice = replace(convert.propose(db, lead).default, account="existing", organisation_id=firm)
    convert.convert(db, lead, choice)
    assert len(all_of(db, Organisation, name="Bauer Werke")) == 1


def test_joining_a_person_keeps_one_record_and_the_stricter_consent(db: Database) -> None:
    older = capture.add(db, name="K. Bauer", email="k.bauer@bauer.example")
    lead = ready(db, "Katrin Bauer", email="K.Bauer@bauer.example", job_title="Head of purchasing")
    ours, theirs = all_of(db, ContactPoint)
    consents.record(db, ours.id, purpose="marketing", state="given")
    consents.record(db, theirs.id, purpose="marketing", state="declined")
    consents.record(db, ours.id, purpose="offers", state="given")
    consents.record(db, ours.id, purpose="marketing", state="given")
    proposal = convert.propose(db, lead)
    assert [(each.id, each.reasons) for each in proposal.contacts] == [(older.person_id, ("Same e-mail",))]
    choice = replace(proposal.default, contact="existing", person_id=older.person_id)
    assert "The stricter consent stays." in convert.preview(db, lead, choice)
    done = convert.convert(db, lead, choice)
    assert done.person_id == older.person_id
    person = stored(db, Person, older.person_id)
    assert (person.given, person.job_title) == ("K.", "Head of purchasing")
    assert [point.id for point in all_of(db, ContactPoint)] == [ours.id]
    states = {purpose: entry.state for (_point, purpose), entry in in_force(all_of(db, Consent)).items()}
    assert states == {"marketing": "declined", "offers": "given"}
    assert len(all_of(db, Person)) == 1
    assert workspace.check(db) == []


def test_joining_an_opportunity_adds_a_part_and_brings_the_timeline(db: Database) -> None:
    firm, deal = account(db)
    lead = ready(db, "Katrin Bauer", organisation="Bauer Maschinenbau GmbH")
    tasks.plan(db, lead, title="Call", due_on="2026-05-06")
    choice = replace(convert.propose(db, lead).default, opportunity="join", opportunity_id=deal, role="pays")
    assert "They join the opportunity Retrofit line 2 as: Pays." in convert.preview(db, lead, choice)
    done = convert.convert(db, lead, choice)
    assert (done.opportunity_id, done.organisation_id) == (deal, firm)
    assert dossiers.card_of(db, firm) == deal
    assert {part.role for part in all_of(db, BuyingPart, opportunity_id=deal)} == {"", "pays"}
    assert [card.step_title for card in boards.page(db, "opportunity")] == ["Call"]


def test_the_sentence_says_what_will_exist(db: Database) -> None:
    lead = ready(db, organisation="Bauer Maschinenbau")
    choice = replace(
        convert.propose(db, lead).default, name="Clamping system, hall 3", amount_cents=48_000_00, currency="EUR"
    )
    assert convert.preview(db, lead, choice) == (
        "Bauer Maschinenbau becomes a new account with Katrin Bauer as contact. "
        "A new opportunity, Clamping system, hall 3, €48,000, starts in Needs without a close date."
    )
    assert "with Wed 1 Jul as its close date" in convert.preview(db, lead, replace(choice, expected_close="2026-07-01"))
    alone = replace(choice, account="none", opportunity="none")
    assert convert.preview(db, lead, alone) == (
        "Katrin Bauer becomes an account without an organisation. No opportunity is made."
    )


def test_where_accounts_exist_from_the_sale_on_none_is_made_before(make: Any) -> None:
    db = make("contact-lead")
    lead = ready(db, organisation="Bauer Maschinenbau")
    proposal = convert.propose(db, lead)
    assert not proposal.accounts_now
    assert "an account from the first sale on" in convert.preview(db, lead, proposal.default)
    done = convert.convert(db, lead, proposal.default)
    assert stored(db, Organisation, done.organisation_id).account_since == ""
    moves.won(db, [done.opportunity_id])
    assert stored(db, Organisation, done.organisation_id).account_since == "2026-05-05"


def test_a_conversion_is_taken_back_whole(db: Database) -> None:
    firm, _deal = account(db)
    older = capture.add(db, name="K. Bauer", email="k.bauer@bauer.example", note="Older record")
    lead = ready(db, "Katrin Bauer", organisation="Bauer Werke", email="k.bauer@bauer.example", job_title="Buyer")
    before = contents(db)
    choice = ConvertChoice(account="existing", organisation_id=firm, contact="existing", person_id=older.person_id)
    done = convert.convert(db, lead, choice)
    assert done.opportunity_id is not None
    assert convert.take_back(db, done.opportunity_id) == lead
    after = contents(db)
    assert len(after.pop("stage_move")) == len(before.pop("stage_move")) + 2
    assert after == before
    assert qualify.why(db, lead).since == "2026-05-05"
    assert [card.id for card in boards.page(db, "prospect")] == [lead]


def test_what_was_changed_since_stays_when_a_conversion_is_taken_back(db: Database) -> None:
    lead = ready(db, "Katrin Bauer", organisation="Bauer Werke")
    done = convert.convert(db, lead, convert.propose(db, lead).default)
    people.edit(db, done.person_id, family="Bauer-Klein")
    capture.add(db, name="Anna One", organisation="Bauer Werke")
    convert.take_back(db, done.opportunity_id)
    assert stored(db, Person, done.person_id).family == "Bauer-Klein"
    assert all_of(db, Opportunity) == []
    assert all_of(db, Conversion) == []


def test_a_blank_that_was_filled_and_then_changed_stays_when_it_is_taken_back(db: Database) -> None:
    older = capture.add(db, name="K. Bauer", email="k.bauer@bauer.example")
    lead = ready(db, "Katrin Bauer", email="k.bauer@bauer.example", job_title="Buyer")
    done = convert.convert(
        db, lead, ConvertChoice(account="none", contact="existing", person_id=older.person_id, name="Big one")
    )
    assert stored(db, Person, older.person_id).job_title == "Buyer"
    people.edit(db, older.person_id, job_title="Head of purchasing")
    convert.take_back(db, done.opportunity_id)
    assert stored(db, Person, older.person_id).job_title == "Head of purchasing"


def test_an_account_that_others_came_to_since_stays_when_it_is_taken_back(db: Database) -> None:
    lead = ready(db, "Katrin Bauer")
    done = convert.convert(db, lead, ConvertChoice(account="new", organisation_name="Bauer Werke"))
    late = capture.add(db, name="Anna One", organisation="Bauer Werke")
    convert.take_back(db, done.opportunity_id)
    assert late.organisation_id == done.organisation_id
    assert [each.id for each in all_of(db, Organisation)] == [done.organisation_id]
    assert workspace.check(db) == []


def test_a_namesake_is_offered_and_the_person_itself_is_not(db: Database) -> None:
    other = capture.add(db, name="Katrin Bauer", organisation="Bauer Werke")
    lead = ready(db, "Katrin Bauer")
    offered = convert.propose(db, lead).contacts
    assert [(each.id, each.detail, each.reasons) for each in offered] == [
        (other.person_id, "Bauer Werke", ("Same name",))
    ]


def test_a_conversion_stays_when_something_newer_hangs_on_the_deal(db: Database) -> None:
    lead = ready(db)
    done = convert.convert(db, lead, convert.propose(db, lead).default)
    activities.log(db, done.opportunity_id, kind="call", direction="out")
    with pytest.raises(RuleBroken, match="1 newer entry hangs on the opportunity of Katrin Bauer"):
        convert.take_back(db, done.opportunity_id)
    assert len(all_of(db, Opportunity)) == 1


def test_who_joined_a_deal_can_leave_it_again_and_the_deal_stays(db: Database) -> None:
    _firm, deal = account(db)
    lead = ready(db, "Katrin Bauer", organisation="Bauer Maschinenbau GmbH")
    choice = replace(convert.propose(db, lead).default, opportunity="join", opportunity_id=deal, role="pays")
    convert.convert(db, lead, choice)
    activities.log(db, deal, kind="call", direction="out")
    convert.take_back(db, lead)
    assert [each.id for each in all_of(db, Opportunity)] == [deal]
    assert stored(db, Lead, lead).exit == ""
    assert len(all_of(db, BuyingPart)) == 1


def test_undo_takes_a_conversion_back_and_redo_does_it_again(db: Database) -> None:
    lead = ready(db, organisation="Bauer Werke")
    before = contents(db)
    done = convert.convert(db, lead, convert.propose(db, lead).default)
    after = contents(db)
    undo.undo(db)
    assert contents(db) == before
    undo.redo(db)
    assert contents(db) == after
    assert [card.id for card in boards.page(db, "opportunity")] == [done.opportunity_id]


def test_a_conversion_whose_deal_was_changed_is_not_half_taken_back_from_the_history(db: Database) -> None:
    lead = ready(db)
    made = convert.convert(db, lead, convert.propose(db, lead).default)
    step = timelines.history(db)[0].step
    assert made.opportunity_id is not None
    deals.edit(db, made.opportunity_id, amount_cents=15_000_00)
    before = contents(db)
    with pytest.raises(RuleBroken, match="changed since"):
        undo.undo_step(db, step)
    assert contents(db) == before
    undo.undo(db)
    undo.undo_step(db, step)
    assert all_of(db, Opportunity) == []
    assert stored(db, Lead, lead).exit == ""


def test_what_was_wholly_changed_since_is_not_said_to_be_taken_back(db: Database) -> None:
    lead = ready(db)
    step = timelines.history(db)[-2].step
    made = convert.convert(db, lead, convert.propose(db, lead).default)
    before = contents(db)
    with pytest.raises(RuleBroken, match="all of it was changed since"):
        undo.undo_step(db, step)
    assert contents(db) == before
    assert made.opportunity_id is not None
    for _each in range(len(timelines.history(db)) - 2):
        undo.undo(db)
    undo.undo_step(db, step)
    assert all_of(db, Person) == []


def test_who_cannot_take_a_conversion_back_since_its_deal_is_lost_is_told_to_bring_it_back(db: Database) -> None:
    lead = ready(db)
    made = convert.convert(db, lead, convert.propose(db, lead).default)
    step = timelines.history(db)[0].step
    assert made.opportunity_id is not None
    moves.lost(db, [made.opportunity_id], reason="price")
    with pytest.raises(RuleBroken) as refused:
        undo.undo_step(db, step)
    assert refused.value.remedy == "Bring it back, then drag its card to an earlier stage."


def test_a_choice_that_cannot_be_is_refused(db: Database) -> None:
    lead = ready(db)
    with pytest.raises(BadInput):
        convert.convert(db, lead, ConvertChoice(account="new"))
    with pytest.raises(BadInput):
        convert.convert(db, lead, ConvertChoice(account="existing"))
    with pytest.raises(BadInput):
        convert.convert(db, lead, ConvertChoice(account="none", opportunity="join"))
    assert dossiers.read(db, lead).subject.exit == ""


def test_the_amount_of_a_lead_is_the_first_that_was_told(db: Database) -> None:
    lead = ready(db)
    qualify.answer(db, lead, fact="means", value="yes", amount_cents=100, currency="EUR")
    qualify.answer(db, lead, fact="means", value="yes", amount_cents=200, currency="EUR")
    assert stored(db, Lead, lead).amount_cents == 100
