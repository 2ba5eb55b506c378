from __future__ import annotations

from typing import Any

import pytest

from crmdesk.domain.errors import BadInput, NotFound
from crmdesk.domain.records import Activity, Consent, ContactPoint, Id, Lead, Organisation, Person, StageMove
from crmdesk.services import boards, capture, events, normalise, people, qualify, quick, timelines, undo, workspace
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import Label


def all_of(db: Database, kind: type[Any], **equals: Any) -> list[Any]:
    with db.read() as connection:
        return records.where(connection, kind, **equals)


def one(db: Database, kind: type[Any], record: Id | None) -> Any:
    assert record is not None
    with db.read() as connection:
        return records.get(connection, kind, record)


def test_any_one_fact_is_enough(db: Database) -> None:
    for given in ({"name": "Anna"}, {"organisation": "One AG"}, {"phone": "0171 2345678"}, {"email": "a@one.example"}):
        capture.add(db, **given)
    assert [card.name for card in boards.page(db, "lead")] == ["Anna", "One AG", "0171 2345678", "a@one.example"]
    with pytest.raises(BadInput):
        capture.add(db, name="  ")


def test_the_source_says_where_a_record_starts_and_no_gate_is_asked(db: Database) -> None:
    call = capture.add(db, name="Anna One", source="inbound_call")
    visit = capture.add(db, name="Berta Two", source="site_visit")
    customer = capture.add(db, name="Carla Three", source="existing_customer")
    stages = [one(db, Lead, each.lead_id).stage for each in (call, visit, customer)]
    assert stages == ["prospect", "", "customer"]
    placed = all_of(db, StageMove, lead_id=call.lead_id)
    assert [(move.kind, move.from_stage, move.to_stage, move.door) for move in placed] == [
        ("placed", "", "prospect", "capture")
    ]
    assert "by its source" in qualify.why(db, call.lead_id).sentence


def test_an_existing_customer_is_an_account_from_the_start(db: Database) -> None:
    made = capture.add(db, name="Carla Three", organisation="Three KG", source="existing_customer")
    assert one(db, Organisation, made.organisation_id).account_since == "2026-05-05"


def test_the_person_who_enters_it_may_choose_another_stage(db: Database) -> None:
    made = capture.add(db, name="Anna One", source="inbound_call", stage="lead")
    assert one(db, Lead, made.lead_id).stage == "lead"
    with pytest.raises(NotFound):
        capture.add(db, name="Anna One", stage="made_up")
    with pytest.raises(NotFound):
        capture.add(db, name="Anna One", source="made_up")


def test_the_source_brings_its_permission_for_the_channel_it_names(db: Database) -> None:
    capture.add(db, name="Anna One", email="a@one.example", phone="0171 2345678", source="inbound_call")
    consents = all_of(db, Consent)
    points = {point.id: point.kind for point in all_of(db, ContactPoint)}
    assert {points[consent.contact_point_id] for consent in consents} == {"phone"}
    capture.add(db, name="Berta Two", email="b@two.example", source="bought_list")
    assert all_of(db, Consent) == consents


def test_a_card_with_a_deep_talk_is_a_talk_in_the_timeline(db: Database) -> None:
    fair = events.add(db, "Spring Fair")
    made = capture.add(db, name="Anna One", source="business_card_talk", event=fair)
    talk = all_of(db, Activity)[0]
    assert (talk.kind, talk.depth, talk.direction, talk.event_id) == ("stand_talk", "deep", "both", fair)
    assert len(timelines.timeline(db, made.lead_id)) == 2


def test_a_firm_that_is_there_is_used_and_not_doubled(db: Database) -> None:
    first = capture.add(db, name="Anna One", organisation="Müller & Söhne GmbH")
    second = capture.add(db, name="Berta Two", organisation="Mueller + Soehne")
    other = capture.add(db, name="Carla Three", organisation="Müller & Söhne AG")
    assert first.organisation_id == second.organisation_id != other.organisation_id


def test_names_keep_the_order_of_their_culture(db: Database) -> None:
    capture.add(db, name="Nguyễn Thị Minh Anh")
    capture.add(db, given="怡君", family="陳")
    assert [card.name for card in boards.page(db, "lead")] == ["Nguyễn Thị Minh Anh", "陳怡君"]
    assert [person.family for person in all_of(db, Person)] == ["Nguyễn", "陳"]


@pytest.mark.parametrize(
    ("line", "name", "firm", "email", "phone"),
    [
        (
            "Anna Müller, Müller GmbH, anna@mueller.example, 0171 2345678",
            "Anna Müller", "Müller GmbH", "anna@mueller.example", "0171 2345678",
        ),
        ("Müller GmbH; Anna Müller", "Anna Müller", "Müller GmbH", "", ""),
        ("Müller GmbH", "", "Müller GmbH", "", ""),
        ("+49 171 2345678", "", "", "", "+49 171 2345678"),
        ("anna@mueller.example", "", "", "anna@mueller.example", ""),
        ("陳怡君, 宏曜精密工業股份有限公司", "陳怡君", "宏曜精密工業股份有限公司", "", ""),
        ("Anna Müller, Firma Sonnenschein", "Anna Müller", "Firma Sonnenschein", "", ""),
    ],
)  # fmt: skip
def test_one_typed_line_is_enough(db: Database, line: str, name: str, firm: str, email: str, phone: str) -> None:
    made = quick.add(db, line, stage="lead")
    card = boards.page(db, "lead")[0]
    assert card.name == (name or firm or email or phone)
    stored_firm = one(db, Organisation, made.organisation_id).name if made.organisation_id else ""
    values = {point.kind: point.value for point in all_of(db, ContactPoint)}
    assert (stored_firm, values.get("email", ""), values.get("phone", "")) == (firm, email, phone)


def test_a_line_typed_into_a_column_lands_there_whatever_its_source(db: Database) -> None:
    quick.add(db, "Anna One", stage="prospect")
    assert [card.name for card in boards.page(db, "prospect")] == ["Anna One"]
    with pytest.raises(BadInput):
        quick.add(db, " , ", stage="lead")


def test_adding_is_one_step_that_names_who_was_added(db: Database) -> None:
    capture.add(db, name="Anna One", organisation="One AG", email="a@one.example", source="business_card_talk")
    assert undo.undo(db).label.text() == "Add Anna One"
    assert all_of(db, Person) == all_of(db, Organisation) == all_of(db, Lead) == all_of(db, Activity) == []


def test_what_is_no_address_is_refused_and_nothing_is_added(db: Database) -> None:
    with pytest.raises(BadInput):
        capture.add(db, name="Anna One", email="not an address")
    assert all_of(db, Person) == []


def test_the_same_address_is_not_added_twice_to_somebody(db: Database) -> None:
    made = capture.add(db, name="Anna One", phone="0171 2345678")
    again = people.add_point(db, made.lead_id, "phone", "+49 171 2345678")
    assert [point.id for point in all_of(db, ContactPoint)] == [again]


def test_an_event_is_not_added_twice(db: Database) -> None:
    assert events.add(db, "Spring Fair") == events.add(db, " spring  fair ")
    assert [event.name for event in events.listed(db)] == ["Spring Fair"]
    with pytest.raises(BadInput):
        events.add(db, "")


def test_events_come_the_latest_first_and_one_without_a_day_by_when_it_was_added(db: Database) -> None:
    for name, day in (("Last Year", "2025-06-01"), ("Just Added", ""), ("This Autumn", "2026-09-01")):
        events.add(db, name, starts_on=day)
    assert [event.name for event in events.listed(db)] == ["This Autumn", "Just Added", "Last Year"]


def test_cards_are_given_to_a_member_or_to_nobody(db: Database) -> None:
    made = capture.add(db, name="Anna One")
    thomas = workspace.add_member(db, "Thomas Koch")
    people.set_owner(db, [made.lead_id], thomas)
    assert boards.page(db, "lead")[0].owner == "TK"
    people.set_owner(db, [made.lead_id], None)
    assert boards.page(db, "lead")[0].owner == ""
    assert workspace.add_member(db, "Thomas Koch") == thomas


def met(db: Database, name: str) -> Id:
    """Who is meant by a name at a firm that is on file by now."""
    entered = capture.Entry(
        name=normalise.split_name(name), organisation="Berger GmbH", email="", phone="", job_title="", note=""
    )
    with db.write(Label("Meet somebody")) as tx:
        _firm, person = capture.put_parties(tx, entered)
    assert person is not None
    return person.id


def test_father_and_son_of_one_firm_are_two_people(db: Database) -> None:
    father, son = met(db, "Hans Berger sen."), met(db, "Hans Berger jun.")
    assert father != son
    assert met(db, "Hans Berger Jun.") == son
    assert met(db, "Hans Berger") not in (father, son), "which of them it is nobody said"


def test_without_the_word_that_tells_two_apart_the_only_one_of_that_name_is_meant(db: Database) -> None:
    assert met(db, "Hans Berger jun.") == met(db, "Hans Berger")
