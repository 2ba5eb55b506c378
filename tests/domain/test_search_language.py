"""The query language: whatever is typed becomes quoted prefix terms."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import search


@given(st.text())
def test_nothing_typed_is_ever_syntax(text: str) -> None:
    query = search.parse(text)
    if not query.words:
        return
    for expression in (
        search.name_expression(query),
        search.start_expression(query),
        search.exact_expression(query),
        search.other_expression(query),
    ):
        syntax = re.sub(r'"[^"]*" \*', "term", search.match_text(expression))
        assert re.fullmatch(r"[()]*term[()]*(?: (?:AND|OR) [()]*term[()]*)*", syntax)


def test_every_word_is_a_prefix_in_each_of_its_spellings() -> None:
    asked = search.name_expression(search.parse("Anna müll"))
    assert search.match_text(asked) == '"anna" * AND ("mull" * OR "muell" *)'
    assert search.match_text(search.name_expression(search.parse("怡君"))) == '"怡 君" *'


def test_what_has_no_letter_or_digit_asks_for_nothing() -> None:
    assert search.parse('"* () !') == search.Query()
    assert search.parse("\ud800") == search.Query()


@pytest.mark.parametrize(
    ("typed", "terms", "held"),
    [
        ("anna mull", " muller mueller anna", True),
        ("anna mull", " joanna mull", False),
        ("怡君", " 陳 怡 君", True),
        ("怡君", " 怡 陳 君", False),
        ("anna firma", f" anna {search.OTHER}firma {search.OTHER}de", True),
    ],
)
def test_what_an_expression_finds_can_be_told_from_the_terms_of_a_document(typed: str, terms: str, held: bool) -> None:
    assert search.holds(search.other_expression(search.parse(typed)), terms) is held


def test_only_a_number_or_a_part_of_one_is_looked_for_by_digits() -> None:
    assert search.parse("0171 23").digits == "017123"
    assert search.parse("+49 (171)").digits == "49171"
    assert search.parse("12").digits == ""
    assert search.parse("+49") == search.Query(), "too short for a number, and no word of a name"
    assert search.parse(" +49 171") == search.Query(digits="49171", dialled=True)
    assert search.parse("anna 0171").digits == "0171"
    assert [word.in_number for word in search.parse("anna 0171").words] == [False, True]
    assert search.parse("anna 0171 23").digits == "017123"
    assert search.parse("anna 0171 or 0172").digits == "", "which of the two is not known"
    assert search.parse("anna +49") == search.parse("anna")


def test_a_trunk_zero_or_the_zeros_of_a_country_code_need_not_be_stored() -> None:
    assert search.fragments("0171") == ("0171", "171")
    assert search.fragments("0049171") == ("0049171", "49171")
    assert search.fragments("007") == ("007",)


@given(st.from_regex(r"[0-9]{3,15}", fullmatch=True), st.data())
def test_every_fragment_of_a_number_is_made_of_its_grams(number: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(number) - 3))
    end = data.draw(st.integers(start + 3, len(number)))
    asked = re.findall(r'"(\d+)"', search.gram_expression(number[start:end]))
    assert asked
    assert set(asked) <= set(search.grams(number).split())


def test_a_number_that_another_one_contains_is_kept_once() -> None:
    assert search.numbers("+491712345678\n171 2345678\n0171 2345678") == "491712345678 01712345678"
    assert search.numbers("") == ""


def test_long_words_are_asked_for_by_the_prefix_that_is_indexed_and_compared() -> None:
    query = search.parse("anna schneider o'schneidermann")
    name, other = search.name_expression(query), search.other_expression(query)
    cut = search.match_text(search.indexed(name))
    assert cut == '"anna" * AND "schneid" * AND ("o schneid" * OR "oschnei" *)'
    assert f'"{search.OTHER}schnei" *' in search.match_text(search.indexed(other))
    first, second = search.long_words(other)
    assert first == ("schneider", f"{search.OTHER}schneider")
    assert "oschneidermann" in second
    assert search.long_words(search.name_expression(search.parse("anna"))) == ()


@pytest.mark.parametrize("words", [20, 2000])
def test_a_long_text_is_cut_to_a_few_words(words: int) -> None:
    assert len(search.parse("ab " * words).words) == search.MOST_WORDS
