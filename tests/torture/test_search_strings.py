"""Whatever is typed into a search: an answer, never an error; and what is there is found by its odd name."""

from __future__ import annotations

import random

import pytest

from crmdesk.domain.lists import PLACES, ListFilter, ListQuery
from crmdesk.services import capture, lists, searches, workspace
from tests.support.odd_strings import odd_string
from tests.torture.acts import FILE

ODD = ("O'Brien", "AT&T", "anna@firma.de", 'Bob "Bobby" Tables', "C++ und C#", "100% Müller", "a_b", "王淑芬", "NOT")


@pytest.mark.timeout(600)
def test_no_string_breaks_a_search_or_a_list(ground, clock, ids, amount, tell):
    db = workspace.open(ground("move").fresh() / FILE, clock=clock, ids=ids)
    chance = random.Random(11)
    strings = [odd_string(chance) for _each in range(amount.times(10_000, 300))]
    try:
        for text in strings:
            searches.find(db, text)
            lists.count(db, ListQuery(place=chance.choice(PLACES), filter=ListFilter(text=text)))
    finally:
        db.close()
    tell(f"search: {len(strings)} strings")


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_found_as_it_is_written(ground, clock, ids, name):
    db = workspace.open(ground("move").fresh() / FILE, clock=clock, ids=ids)
    try:
        made = capture.add(db, family=name, organisation=name, source="business_card_short")
        assert {made.person_id, made.organisation_id} & {hit.id for hit in searches.find(db, name)}
    finally:
        db.close()
