"""What somebody typed is stored somewhere or refused; what was not given stays; a step is named by what it did."""

from __future__ import annotations

from typing import Any

import pytest

from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id, Lead, Opportunity, Organisation, Person
from crmdesk.services import capture, deals, evidence, leads, moves, people, timelines, trash
from crmdesk.services.evidence import EvidenceInput
from crmdesk.services.qualify import AnswerInput
from crmdesk.storage import records
from crmdesk.storage.database import Database


def one(db: Database, kind: type[Any], record: Id | None) -> Any:
    assert record is not None
    with db.read() as connection:
        return records.get(connection, kind, record)


def last(db: Database) -> str:
    return timelines.history(db)[0].label.text()


def test_a_note_about_a_firm_alone_is_the_firm_s_and_nothing_of_it_is_overwritten(db: Database) -> None:
    made = capture.add(db, organisation="Acme GmbH", note="Wants a quote")
    capture.add(db, organisation="Acme GmbH", note="Called again")
    capture.add(db, organisation="Acme GmbH", note="Called again")
    assert one(db, Organisation, made.organisation_id).note == "Wants a quote\nCalled again"


def test_a_note_typed_with_a_deal_reaches_who_is_on_file(db: Database) -> None:
    made = capture.add(db, name="Anna Neu", organisation="Acme GmbH")
    deal = deals.quick_start(db, "Anna Neu, Acme GmbH, needs 40 pumps", deal_stage="needs")
    assert one(db, Opportunity, deal).person_id == made.person_id
    assert one(db, Person, made.person_id).note == "needs 40 pumps"


def test_a_title_alone_is_somebody_at_a_firm(db: Database) -> None:
    made = capture.add(db, name="Dr.", organisation="Acme GmbH")
    assert one(db, Person, made.person_id).prefix == "Dr."
    with pytest.raises(BadInput):
        capture.add(db, name="Dr.")


def test_a_name_that_is_filled_in_leaves_the_rest_of_the_name(db: Database) -> None:
    made = capture.add(db, name="Anna Maria Weiss")
    evidence.record(db, made.lead_id, evidence=[EvidenceInput(fact="known", given="Bo")])
    person = one(db, Person, made.person_id)
    assert (person.given, person.middle, person.family) == ("Bo", "Maria", "Weiss")


def test_a_name_filled_in_for_a_firm_s_lead_is_somebody_there(db: Database) -> None:
    made = capture.add(db, organisation="Acme GmbH")
    evidence.record(db, made.lead_id, evidence=[EvidenceInput(fact="known", given="Mai", family="Nguyễn")])
    person = one(db, Person, one(db, Lead, made.lead_id).person_id)
    assert (person.given, person.family, person.family_first) == ("Mai", "Nguyễn", 1)
    assert person.organisation_id == made.organisation_id


def test_an_amount_is_changed_without_its_currency_and_the_other_way_round(db: Database) -> None:
    lead = capture.add(db, name="Anna Neu").lead_id
    leads.edit(db, lead, amount_cents=500)
    assert (one(db, Lead, lead).amount_cents, one(db, Lead, lead).currency) == (500, "EUR")
    leads.edit(db, lead, currency="USD")
    leads.edit(db, lead, amount_cents=700)
    assert (one(db, Lead, lead).amount_cents, one(db, Lead, lead).currency) == (700, "USD")
    leads.edit(db, lead, currency="")
    assert (one(db, Lead, lead).amount_cents, one(db, Lead, lead).currency) == (None, "")


def test_a_deal_has_no_source_that_there_is_not(db: Database) -> None:
    made = capture.add(db, name="Anna Neu")
    with pytest.raises(BadInput):
        deals.start(db, person=made.person_id, source="hearsay")
    deal = deals.start(db, person=made.person_id)
    with pytest.raises(BadInput):
        deals.edit(db, deal, source="hearsay")


def test_what_only_fills_in_is_not_called_a_move(db: Database) -> None:
    lead = capture.add(db, name="Anna Neu", source="inbound_call").lead_id
    answers = [AnswerInput(fact=fact, value="yes") for fact in ("need", "means", "timeframe")]
    assert moves.fill_and_move(db, lead, "opportunity", answers=answers).asked[0].kind == "converts"
    assert last(db) == "Fill in what is known about Anna Neu"


def test_what_came_in_just_before_a_removal_is_in_the_trash_too(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made = capture.add(db, name="Anna Neu")
    assert made.person_id is not None
    real = Database.write

    def after_an_import(self: Database, label: Any) -> Any:
        monkeypatch.undo()
        people.edit(db, made.person_id, note="From a list, meanwhile")  # type: ignore[arg-type]
        return real(self, label)

    monkeypatch.setattr(Database, "write", after_an_import)
    (removal,) = trash.remove(db, [made.person_id])
    trash.bring_back(db, removal)
    assert one(db, Person, made.person_id).note == "From a list, meanwhile"
