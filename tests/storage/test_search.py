"""Search: typed words and fragments of numbers find people, firms and deals in four scripts."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest

from crmdesk.domain import points
from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.domain.records import Lead, Member, Opportunity, Organisation, Person
from crmdesk.domain.search import parse
from crmdesk.storage import lists, search
from crmdesk.storage.database import Database
from crmdesk.storage.search import Hit
from crmdesk.words import Label
from tests.conftest import TUESDAY
from tests.support.invented import add_lead, add_person
from tests.support.odd_strings import odd_string

STEP = Label("Change something")


class Known(NamedTuple):
    """Who is in the workspace of these tests."""

    member: Member
    firm: Organisation
    mueller: Person
    nguyen: Person
    lead: Lead


@pytest.fixture
def known(db: Database) -> Known:
    with db.write(STEP) as tx:
        member = tx.add(Member(name="Jane Lee"))
        firm = tx.add(Organisation(name="Söhne & Co. KG"))
        mueller = add_person(tx, "Anna", "Müller", organisation_id=firm.id, email="anna@firma.de", phone="0171 2345678")
        nguyen = add_person(tx, "Mai", "Nguyễn", middle="Thị", family_first=1)
        lead = add_lead(tx, nguyen, "prospect", owner_id=member.id)
        add_person(tx, "怡君", "陳", family_first=1)
        add_person(tx, "Pat", "O'Brien", phone="030 555 12 34")
        tx.add(Organisation(name="AT&T"))
    return Known(member, firm, mueller, nguyen, lead)


def find(db: Database, text: str, *, limit: int = 50) -> list[Hit]:
    with db.read() as connection:
        return search.find(connection, text, limit=limit)


def found(db: Database, text: str) -> list[str]:
    return [hit.name for hit in find(db, text)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nguyen", "Nguyễn Thị Mai"),
        ("NGUYỄN", "Nguyễn Thị Mai"),
        ("nguye", "Nguyễn Thị Mai"),
        ("mai thi", "Nguyễn Thị Mai"),
        ("muller", "Anna Müller"),
        ("mueller", "Anna Müller"),
        ("müller", "Anna Müller"),
        ("mu\u0308l", "Anna Müller"),
        ("ｍｕｌｌｅｒ", "Anna Müller"),
        ("陳", "陳怡君"),
        ("怡君", "陳怡君"),
        ("君", "陳怡君"),
        ("陳怡君", "陳怡君"),
        ("O'Brien", "Pat O'Brien"),
        ("o’brien", "Pat O'Brien"),
        ("obrien", "Pat O'Brien"),
        ("AT&T", "AT&T"),
        ("att", "AT&T"),
        ("anna@firma.de", "Anna Müller"),
        ("firma.de", "Anna Müller"),
        ("anna soehne", "Anna Müller"),
        ("2345", "Anna Müller"),
        ("678", "Anna Müller"),
        ("0171 234", "Anna Müller"),
        ("+49 171", "Anna Müller"),
        ("0049 171 2345678", "Anna Müller"),
        ("(0171) 23-45", "Anna Müller"),
        ("müller 0171", "Anna Müller"),
        ("5551234", "Pat O'Brien"),
    ],
)
def test_what_is_typed_finds_who_is_meant(db: Database, known: Known, typed: str, name: str) -> None:
    assert name in found(db, typed)


@pytest.mark.parametrize(
    "typed", ["", "  ", '"', "*", "%", "_", "'; --", "m%r", "\\", "\ud800", "\0", "陳君", "12", "0171 9"]
)
def test_what_nobody_has_finds_nobody(db: Database, known: Known, typed: str) -> None:
    assert found(db, typed) == []


@pytest.mark.parametrize(
    "typed",
    ["NEAR(a b)", "a AND", "OR", "NOT x", "name:anna", "^anna", "anna*", '"anna', "a-b", "{a}", "x'y\"z", "-", "+"],
)
def test_nothing_typed_is_an_error(db: Database, known: Known, typed: str) -> None:
    find(db, typed)


def test_odd_strings_are_stored_searched_and_found_again(db: Database) -> None:
    chance = random.Random(23)
    lines = [points.one_line(odd_string(chance)) for _each in range(500)]
    with db.write(STEP) as tx:
        made = [tx.add(Person(given=line)) for line in lines]
    for line, person in zip(lines, made, strict=True):
        hits, asked = find(db, line, limit=len(lines)), parse(line)
        assert person.id in {hit.id for hit in hits} or asked.dialled or not asked.words, line


def test_names_that_start_so_come_before_names_that_have_it_before_organisations(db: Database) -> None:
    with db.write(STEP) as tx:
        starts = add_person(tx, "Thien", "Tran")
        has = add_person(tx, "Mai", "Le", middle="Thi")
        firm = tx.add(Organisation(name="Xin Thinh"))
        works_there = add_person(tx, "Bernd", "Beck", organisation_id=firm.id)
        newer = add_person(tx, "Anna", "Thieme")
    order = [newer.id, starts.id, firm.id, has.id, works_there.id]
    assert [hit.id for hit in find(db, "thi")] == order
    for limit in range(1, 5):
        assert [hit.id for hit in find(db, "thi", limit=limit)] == order[:limit]


def test_text_typed_with_marks_finds_exactly_that_first(db: Database) -> None:
    with db.write(STEP) as tx:
        exact = add_person(tx, "Anna", "Müller")
        for family in ("Muller", "Mueller"):
            add_person(tx, "Bernd", family)
    assert find(db, "müller")[0].id == exact.id
    assert len(find(db, "müller")) == 3
    assert find(db, "muller")[0].id != exact.id


def test_no_more_than_the_limit_is_found_and_the_newest_first(db: Database) -> None:
    with db.write(STEP) as tx:
        people = [add_person(tx, "Anna", f"Klein{number}", phone="0171 111222") for number in range(9)]
    newest = [person.id for person in reversed(people)][:4]
    assert [hit.id for hit in find(db, "kle", limit=4)] == newest
    assert [hit.id for hit in find(db, "1112", limit=4)] == newest


def test_a_number_with_its_country_finds_no_name_that_begins_with_its_digits(db: Database) -> None:
    with db.write(STEP) as tx:
        add_person(tx, "Anna", phone="+49 171 2345678")
        add_person(tx, "49171 Retrofit")
    assert found(db, "+49") == []
    assert found(db, "+49 171") == ["Anna"]
    assert found(db, "49171") == ["49171 Retrofit", "Anna"]


def test_a_number_in_pieces_beside_a_name_is_one_number_and_with_its_country_no_word(db: Database) -> None:
    with db.write(STEP) as tx:
        add_person(tx, "Anna", "Hansen", phone="+49 461 2345678")
        add_person(tx, "Bea", "Hansen", phone="+49 171 2345678")
        add_person(tx, "49 Hansen 461")
    for typed in ("hansen +49 461", "hansen 0461 23", "+49 461 hansen"):
        assert found(db, typed) == ["Anna Hansen"]
    assert found(db, "hansen +49") == found(db, "hansen")
    query = ListQuery(place="people", filter=ListFilter(text="hansen +49 461"))
    with db.read() as connection:
        listed = lists.ids(connection, query, lists.Orders(), today=TUESDAY.date())
    assert list(listed) == [hit.id for hit in find(db, "hansen +49 461")]


def test_digits_that_stand_apart_are_no_fragment(db: Database) -> None:
    with db.write(STEP) as tx:
        add_person(tx, "Anna", phone="0123 9234")
    assert found(db, "1239") == ["Anna"]
    assert found(db, "1234") == []


def test_a_hit_tells_what_matched_and_where_its_newest_card_is(db: Database, known: Known) -> None:
    assert find(db, "nguyen")[0] == Hit(
        id=known.nguyen.id,
        kind="person",
        ref=known.nguyen.ref,
        name="Nguyễn Thị Mai",
        stage="prospect",
        card_id=known.lead.id,
    )
    assert find(db, "firma")[0].matched == "anna@firma.de"
    assert find(db, "2345")[0].matched == "0171 2345678"
    by_firm = next(hit for hit in find(db, "söhne") if hit.kind == "person")
    assert (by_firm.matched, by_firm.organisation) == ("Söhne & Co. KG", "Söhne & Co. KG")


def test_a_parked_card_and_a_deal_are_found_with_how_they_left(db: Database, known: Known) -> None:
    with db.write(STEP) as tx:
        parked = add_lead(tx, known.nguyen, exit="not_now")
        converted = add_lead(tx, known.mueller, exit="converted")
        deal = tx.add(
            Opportunity(
                name="Lathe", person_id=known.mueller.id, organisation_id=known.firm.id, lead_id=converted.id,
                stage="opportunity", exit="lost",
            )
        )  # fmt: skip
    assert [(hit.card_id, hit.exit) for hit in find(db, "nguyen")] == [(parked.id, "not_now")]
    lathe = find(db, "lathe")[0]
    assert (lathe.kind, lathe.name, lathe.organisation, lathe.exit) == (
        "opportunity",
        "Lathe",
        "Söhne & Co. KG",
        "lost",
    )
    person, of_deal = find(db, "anna")
    assert (person.card_id, person.exit, of_deal.card_id) == (deal.id, "lost", deal.id)


def test_a_long_word_is_found_as_it_stands_and_as_the_start_of_longer_ones(db: Database) -> None:
    with db.write(STEP) as tx:
        longer = add_person(tx, "Anna", "Schäfersmann", email="x@schneiderhof.de")
        whole = add_person(tx, "Anna", "Schäfers")
        add_person(tx, "Anna", "Schäferhund")
    for typed in ("anna schafers", "schaefers", "Schäfers an"):
        assert [hit.id for hit in find(db, typed)] == [whole.id, longer.id], typed
    assert [hit.id for hit in find(db, "schneiderh")] == [longer.id]


def test_a_long_word_is_found_behind_thousands_that_only_begin_like_it(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_LOOKED_AT", 5)
    with db.write(STEP) as tx:
        meant = add_person(tx, "Anna", "Schneiderlein")
        for _number in range(9):
            add_person(tx, "Anna", "Schneider")
    assert [hit.id for hit in find(db, "schneiderl")] == [meant.id]


def test_somebody_without_a_name_is_called_by_what_matched(db: Database) -> None:
    with db.write(STEP) as tx:
        add_person(tx, phone="0171 987654")
    assert found(db, "9876") == ["0171 987654"]
