"""The examples of the first start say what entry table and gates say, for all five vocabularies."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk import words
from crmdesk.domain import examples, vocabulary
from crmdesk.domain.entry import placing
from crmdesk.domain.examples import EXAMPLES, outcome
from crmdesk.domain.gate import weigh

TODAY = date(2026, 5, 5)
ORDER = vocabulary.shipped()
# What the definitions say of each case, one letter a vocabulary: lead, prospect, contact, names, customer.
SAID = {
    "card_talk": "P L P P L",
    "card": "L C L L L",
    "bought": "L C L L N",
    "download": "L C L P L",
    "visitor": "N N N N P",
    "sourced": "L C P L N",
    "call": "P L L P L",
    "webinar": "L C L L L",
    "bought_before": "K K K K K",
}
WORD = {"L": "lead", "P": "prospect", "C": "contact", "N": "", "K": "customer"}


@pytest.fixture(autouse=True)
def _english() -> None:
    words.use("en")


def shipped(key: str) -> vocabulary.Vocabulary:
    return vocabulary.load(vocabulary.shipped_text(key), key)


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize("example", EXAMPLES, ids=[each.key for each in EXAMPLES])
def test_an_example_is_where_the_definitions_put_it(key, example):
    assert outcome(shipped(key), example, today=TODAY).stage == WORD[SAID[example.key].split()[ORDER.index(key)]]


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize("example", EXAMPLES, ids=[each.key for each in EXAMPLES])
def test_an_example_never_lies_before_its_entry_and_beyond_it_only_by_a_gate_that_is_met(key, example):
    found = shipped(key)
    entry = placing(found, example.source, registered=example.registered).stage
    at = outcome(found, example, today=TODAY).stage
    assert not found.reaches(at, entry)
    if at != entry:
        dossier = examples._dossier(found, example, today=TODAY)
        assert weigh(found.stage(at), dossier, today=TODAY).met


def test_the_words_behind_it_say_what_is_open():
    said = {key: outcome(shipped(key), EXAMPLES[0], today=TODAY).remark for key in ORDER}
    assert said == {
        "lead-first": "",
        "contact-lead": "",
        "qualified": "if they fit",
        "dialogue": "if they fit",
        "interest-first": "",
    }
    card = EXAMPLES[1]
    assert outcome(shipped("contact-lead"), card, today=TODAY).remark == "Lead needs: dialogue"
    assert outcome(shipped("dialogue"), card, today=TODAY).remark == "Prospect needs: 3 more facts"


def test_a_changed_definition_changes_the_answer():
    text = (
        vocabulary.shipped_text("qualified")
        .replace('requires = ["fit"]', 'requires = ["dialogue"]')
        .replace(', "dialogue"]', "]")
    )
    own = vocabulary.load(text, "own")
    assert outcome(own, EXAMPLES[0], today=TODAY).remark == ""


def test_every_example_says_something_else():
    assert len({each.text for each in EXAMPLES}) == len(EXAMPLES) >= 8
    assert all(each.text.endswith(":") for each in EXAMPLES)


def test_facts_carry_an_example_beyond_its_entry_and_registering_is_an_entry_of_its_own():
    found = shipped("interest-first")
    carried = examples.Example(key="a", text="", icon="", source="webinar", happened=(("form", "in", ""),))
    assert placing(found, "webinar").stage == "prospect"
    assert outcome(found, carried, today=TODAY).stage == "lead"
    entered = examples.Example(key="b", text="", icon="", source="webinar", registered=True, email=False)
    assert outcome(found, entered, today=TODAY).stage == "lead"
