"""Edits of people, organisations, leads and contact points: one named step each, cleaned, refused in words. Tags."""

from __future__ import annotations

from typing import Any

import pytest

from crmdesk.domain.errors import BadInput, NotFound, RuleBroken
from crmdesk.domain.records import ContactPoint, Id, Lead, Organisation, Person
from crmdesk.services import (
    capture,
    channels,
    consents,
    dossiers,
    leads,
    moves,
    organisations,
    people,
    tags,
    tasks,
    timelines,
    trash,
    undo,
    values,
    workspace,
)
from crmdesk.services.capture import Captured
from crmdesk.storage import records
from crmdesk.storage.database import Database


@pytest.fixture
def anna(db: Database) -> Captured:
    return capture.add(db, name="Anna One", organisation="One AG", email="a@one.example", phone="0711 555 1234")


def stored(db: Database, kind: type, record: Id | None) -> Any:
    assert record is not None
    with db.read() as connection:
        return records.get(connection, kind, record)


def last(db: Database) -> str:
    return timelines.history(db)[0].label.text()


def test_an_edit_is_named_by_its_field_and_cleaned(db: Database, anna: Captured) -> None:
    people.edit(db, anna.person_id, job_title="  Head\u200b of\n purchasing ")  # type: ignore[arg-type]
    assert stored(db, Person, anna.person_id).job_title == "Head of purchasing"
    assert last(db) == "Change “Job title” of Anna One"
    people.edit(db, anna.person_id, job_title="", department="Sales", note=" Two\r\nlines ")  # type: ignore[arg-type]
    assert last(db) == "Edit Anna One"
    found = stored(db, Person, anna.person_id)
    assert (found.job_title, found.department, found.note, found.given) == ("", "Sales", "Two\nlines", "Anna")


def test_an_edit_that_changes_nothing_leaves_no_step(db: Database, anna: Captured) -> None:
    before = len(timelines.history(db))
    people.edit(db, anna.person_id, given="Anna", organisation="One AG")  # type: ignore[arg-type]
    organisations.edit(db, anna.organisation_id, name=" One AG ")  # type: ignore[arg-type]
    assert len(timelines.history(db)) == before


def test_a_person_changes_to_a_firm_that_is_there_or_new_or_to_none(db: Database, anna: Captured) -> None:
    other = capture.add(db, organisation="Two GmbH").organisation_id
    people.edit(db, anna.person_id, organisation="two gmbh")  # type: ignore[arg-type]
    assert stored(db, Person, anna.person_id).organisation_id == other
    assert last(db) == "Change “Organisation” of Anna One"
    people.edit(db, anna.person_id, organisation="Three Ltd")  # type: ignore[arg-type]
    assert stored(db, Organisation, stored(db, Person, anna.person_id).organisation_id).name == "Three Ltd"
    people.edit(db, anna.person_id, organisation="")  # type: ignore[arg-type]
    assert stored(db, Person, anna.person_id).organisation_id is None


@pytest.mark.parametrize("good", ["1980-02-29", "--02-29", ""])
def test_a_birthday_may_lack_its_year(db: Database, anna: Captured, good: str) -> None:
    people.edit(db, anna.person_id, birthday=good)  # type: ignore[arg-type]
    assert stored(db, Person, anna.person_id).birthday == good


@pytest.mark.parametrize("bad", ["1981-02-29", "soon", "--13-01"])
def test_what_is_no_birthday_is_refused(db: Database, anna: Captured, bad: str) -> None:
    with pytest.raises(BadInput, match="is not a day"):
        people.edit(db, anna.person_id, birthday=bad)  # type: ignore[arg-type]


def test_a_firm_is_found_by_its_new_name_and_is_never_nameless(db: Database, anna: Captured) -> None:
    organisations.edit(db, anna.organisation_id, name="Drei KG", industry="Tools", size="120")  # type: ignore[arg-type]
    assert capture.add(db, name="Cora", organisation="Drei").organisation_id == anna.organisation_id
    with pytest.raises(BadInput):
        organisations.edit(db, anna.organisation_id, name="  ")  # type: ignore[arg-type]


def test_a_lead_changes_source_event_and_amount(db: Database, anna: Captured) -> None:
    leads.edit(db, anna.lead_id, source="webinar", event="Spring Fair", amount_cents=500, currency="EUR")
    lead = stored(db, Lead, anna.lead_id)
    assert (lead.source, lead.line, lead.amount_cents, lead.currency) == ("webinar", "online", 500, "EUR")
    dossier = dossiers.read(db, anna.lead_id)
    assert dossier.event is not None
    assert dossier.event.name == "Spring Fair"
    leads.edit(db, anna.lead_id, currency="", event="")
    lead = stored(db, Lead, anna.lead_id)
    assert (lead.amount_cents, lead.currency, lead.event_id) == (None, "", None)
    assert last(db) == "Edit Anna One"
    leads.edit(db, anna.lead_id, amount_cents=700, currency="EUR")
    assert last(db) == "Change “Amount” of Anna One"
    with pytest.raises(BadInput):
        leads.edit(db, anna.lead_id, source="nowhere")
    with pytest.raises(BadInput):
        leads.edit(db, anna.lead_id, amount_cents=-1, currency="EUR")


def test_a_contact_point_is_written_anew_and_matched_anew(db: Database, anna: Captured) -> None:
    email, phone = dossiers.read(db, anna.lead_id).points
    channels.edit(db, email.id, value=" <Other@One.example> ")
    found = stored(db, ContactPoint, email.id)
    assert (found.value, found.match_key) == ("Other@One.example", "other@one.example")
    assert last(db) == "Change “E-mail” of Anna One"
    channels.edit(db, phone.id, value="0711 / 999 1234", label="work")
    assert stored(db, ContactPoint, phone.id).match_key == "+497119991234"
    for wrong in ("", "nobody"):
        with pytest.raises(BadInput):
            channels.edit(db, email.id, value=wrong)
    with pytest.raises(NotFound):
        channels.edit(db, Id(3), value="x@y.example")


def test_the_parts_of_an_address_make_its_value(db: Database, anna: Captured) -> None:
    point = people.add_point(db, anna.organisation_id, "address", "Old street 1\n70000 Stuttgart")  # type: ignore[arg-type]
    channels.edit(db, point, street="Hafenstraße 41", postcode="73728", town="Esslingen", country="Germany")
    found = stored(db, ContactPoint, point)
    assert found.value == "Hafenstraße 41\n73728 Esslingen\nGermany"
    channels.edit(db, point, town="Plochingen")
    assert stored(db, ContactPoint, point).value == "Hafenstraße 41\n73728 Plochingen\nGermany"
    channels.edit(db, point, value="Somewhere else")
    assert stored(db, ContactPoint, point).street == ""


def test_a_value_beside_parts_and_parts_of_what_is_no_address_are_refused(db: Database, anna: Captured) -> None:
    address = people.add_point(db, anna.organisation_id, "address", "Old street 1")  # type: ignore[arg-type]
    email = dossiers.read(db, anna.lead_id).points[0]
    with pytest.raises(BadInput, match="value"):
        channels.edit(db, address, value="New street 2", town="Esslingen")
    with pytest.raises(BadInput, match="email"):
        channels.edit(db, email.id, street="New street 2")
    assert stored(db, ContactPoint, address).value == "Old street 1"
    assert stored(db, ContactPoint, email.id) == email


def test_of_a_kind_one_point_is_preferred(db: Database, anna: Captured) -> None:
    first = dossiers.read(db, anna.lead_id).points[0].id
    second = people.add_point(db, anna.person_id, "email", "b@one.example")  # type: ignore[arg-type]
    channels.mark(db, first, preferred=True)
    channels.mark(db, second, preferred=True)
    assert (stored(db, ContactPoint, first).preferred, stored(db, ContactPoint, second).preferred) == (0, 1)


def test_a_point_goes_with_what_was_agreed_for_it_and_comes_back_with_it(db: Database, anna: Captured) -> None:
    point = dossiers.read(db, anna.lead_id).points[0].id
    consents.record(db, point, purpose="offers", state="given")
    channels.remove(db, point)
    assert last(db) == "Remove a@one.example of Anna One"
    assert dossiers.read(db, anna.lead_id).consents == ()
    undo.undo(db)
    assert len(dossiers.read(db, anna.lead_id).consents) == 1
    assert workspace.check(db) == []


def test_people_and_firms_have_owners_too(db: Database, anna: Captured) -> None:
    thomas = workspace.add_member(db, "Thomas Koch")
    people.set_owner(db, [anna.person_id, anna.organisation_id, anna.lead_id], thomas)  # type: ignore[list-item]
    assert last(db) == "Give 3 records to Thomas Koch"
    assert stored(db, Organisation, anna.organisation_id).owner_id == thomas
    people.set_owner(db, [anna.lead_id], None)
    assert last(db) == "Give 1 card to nobody"


def test_a_tag_is_one_whatever_its_case_and_is_listed_while_in_use(db: Database, anna: Captured) -> None:
    tag = tags.add(db, [anna.lead_id, anna.person_id], " Gold  star ")  # type: ignore[list-item]
    assert tags.add(db, [anna.person_id], "gold STAR") == tag  # type: ignore[list-item]
    assert [(each.name, each.count) for each in tags.listed(db)] == [("Gold star", 2)]
    assert [each.name for each in tags.of(db, anna.person_id)] == ["Gold star"]  # type: ignore[arg-type]
    tags.remove(db, [anna.lead_id, anna.person_id], "GOLD star")  # type: ignore[list-item]
    assert tags.listed(db) == []
    assert last(db) == "Take “GOLD star” off 2 records"


def test_a_tag_renamed_to_another_becomes_that_one(db: Database, anna: Captured) -> None:
    gold = tags.add(db, [anna.lead_id, anna.person_id], "Gold")  # type: ignore[list-item]
    star = tags.add(db, [anna.lead_id], "Star")
    assert tags.rename(db, gold, "Golden") == gold
    assert tags.rename(db, gold, "star") == star
    assert [(each.name, each.count) for each in tags.listed(db)] == [("Star", 2)]
    undo.undo(db)
    assert {each.name for each in tags.listed(db)} == {"Golden", "Star"}


@pytest.mark.parametrize("wrong", ["", " \u200b ", "x" * 61])
def test_a_tag_is_a_word_or_two(db: Database, anna: Captured, wrong: str) -> None:
    with pytest.raises(BadInput):
        tags.add(db, [anna.lead_id], wrong)


def test_every_change_is_told_in_words_with_what_was_before(db: Database, anna: Captured) -> None:
    thomas = workspace.add_member(db, "Thomas Koch")
    leads.edit(db, anna.lead_id, source="webinar", amount_cents=4_800_000, currency="EUR")
    people.set_owner(db, [anna.lead_id], thomas)
    told = [(each.field, each.before, each.after, each.member) for each in values.changes(db, anna.lead_id)]
    assert told == [
        ("Owner", "Jana Lindner", "Thomas Koch", "Jana Lindner"),
        ("Source", "Own address book", "Webinar", "Jana Lindner"),
        ("Amount", "", "€48,000", "Jana Lindner"),
    ]


def test_a_value_comes_back_alone_whatever_was_changed_since(db: Database, anna: Captured) -> None:
    leads.edit(db, anna.lead_id, amount_cents=100, currency="EUR")
    leads.edit(db, anna.lead_id, amount_cents=200, currency="CHF", supplier="Röchl")
    latest = values.changes(db, anna.lead_id)[0]
    assert latest.column in ("amount_cents", "supplier")
    values.bring_back(db, anna.lead_id, column="amount_cents", step=latest.step)
    found = stored(db, Lead, anna.lead_id)
    assert (found.amount_cents, found.currency, found.supplier) == (100, "EUR", "Röchl")
    assert last(db) == "Bring back “Amount” of Anna One"
    undo.undo(db)
    assert stored(db, Lead, anna.lead_id).currency == "CHF"


def test_a_channel_comes_back_with_what_it_matches(db: Database, anna: Captured) -> None:
    email = dossiers.read(db, anna.lead_id).points[0]
    channels.edit(db, email.id, value="other@one.example")
    changed = values.changes(db, anna.person_id)[0]  # type: ignore[arg-type]
    assert (changed.field, changed.before, changed.after) == ("E-mail", "a@one.example", "other@one.example")
    values.bring_back(db, changed.record, column=changed.column, step=changed.step)
    assert stored(db, ContactPoint, email.id) == email


def test_what_moving_wrote_or_what_is_gone_does_not_come_back_alone(db: Database, anna: Captured) -> None:
    moves.move(db, [anna.lead_id], "prospect", because="Sure")
    people.edit(db, anna.person_id, organisation="Two GmbH")  # type: ignore[arg-type]
    trash.remove(db, [anna.organisation_id])  # type: ignore[list-item]
    stage = next(each for each in values.changes(db, anna.lead_id) if each.column == "stage")
    assert not stage.can_return
    with pytest.raises(RuleBroken, match="cannot be brought back alone"):
        values.bring_back(db, anna.lead_id, column="stage", step=stage.step)
    firm = values.changes(db, anna.person_id)[0]  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="not there any more"):
        values.bring_back(db, anna.person_id, column="organisation_id", step=firm.step)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        values.bring_back(db, anna.person_id, column="given", step=firm.step)  # type: ignore[arg-type]


def test_before_a_record_was_made_it_had_no_value_to_bring_back(db: Database, anna: Captured) -> None:
    [made] = timelines.history(db, anna.person_id)  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="no such step"):
        values.bring_back(db, anna.person_id, column="given", step=made.step)  # type: ignore[arg-type]


def test_the_changes_of_a_lead_are_those_of_its_person_too(db: Database, anna: Captured) -> None:
    assert anna.person_id is not None
    people.edit(db, anna.person_id, job_title="Buyer")
    point = people.add_point(db, anna.lead_id, "phone", "0171 2345678")
    channels.edit(db, point, value="0171 2345679")
    told = values.changes(db, anna.lead_id)
    assert [(each.record, each.after) for each in told[:2]] == [(point, "0171 2345679"), (anna.person_id, "Buyer")]


def test_who_has_no_name_is_called_by_a_channel_in_the_history(db: Database) -> None:
    lead = capture.add(db, email="nobody@one.example").lead_id
    tasks.plan(db, lead, title="Call", due_on="2026-05-08")
    assert last(db) == "Plan “Call” for nobody@one.example"
    moves.park(db, [lead], wake_on="2026-06-01")
    assert "nobody@one.example" in last(db)
