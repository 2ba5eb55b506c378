"""Whatever is typed into a search: an answer, never an error; and what is there is found by its odd name."""

from __future__ import annotations

import random

import pytest

from crmdesk.domain.lists import PLACES, ListFilter, ListQuery
from crmdesk.services import capture, lists, searches, workspace
from tests.torture.acts import FILE

ALPHABETS = (
    "abcxyz ",
    "ÄÖÜßéñøłđ ",
    "0123456789+-()/ ",
    "\"'`^*:(){}[]~%_\\;,.-!?@#$&|<>= ",
    "王淑芬陳怡君ニホン한국",
    "ạảấầẩẫậắằẳ ",
    "\u0300\u0301\u0323\u200b\u200d\u202e\ufeff\u00ad",
    "\x00\x01\x1f\x7f\n\t",
    "\ud800\udfff\ud83d",
    "🙂👩‍👧🇩🇪",
    "אבגד اللغة",
)
WORDS = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(",
    "NEAR/3",
    "name:",
    "rank",
    '"',
    '""',
    "*",
    "a*",
    "^a",
    "--",
    "';",
    "{a",
    "b}:",
    "+",
]
ODD = ("O'Brien", "AT&T", "anna@firma.de", 'Bob "Bobby" Tables', "C++ und C#", "100% Müller", "a_b", "王淑芬", "NOT")


def typed(chance: random.Random) -> str:
    """A string as nobody would type it."""
    made = []
    for _each in range(chance.randrange(1, 5)):
        if chance.random() < 0.3:
            made.append(chance.choice(WORDS))
        else:
            letters = chance.choice(ALPHABETS)
            made.append("".join(chance.choice(letters) for _at in range(chance.randrange(1, 12))))
    text = chance.choice(("", " ", " ", "\n")).join(made)
    return text * (chance.randrange(2, 400) if chance.random() < 0.02 else 1)


@pytest.mark.timeout(600)
def test_no_string_breaks_a_search_or_a_list(ground, clock, ids, amount, tell):
    db = workspace.open(ground("move").fresh() / FILE, clock=clock, ids=ids)
    chance = random.Random(11)
    strings = [typed(chance) for _each in range(amount.times(10_000, 300))]
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
