"""The query language: whatever is typed becomes quoted prefix terms."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import search
from crmdesk.domain.records import Id


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
        syntax = re.sub(r'"[^"]*" \*', "term", expression)
        assert re.fullmatch(r"[()]*term[()]*(?: (?:AND|OR) [()]*term[()]*)*", syntax)


def test_every_word_is_a_prefix_in_each_of_its_spellings() -> None:
    assert search.name_expression(search.parse("Anna müll")) == '"anna" * AND ("mull" * OR "muell" *)'
    assert search.name_expression(search.parse("怡君")) == '"怡 君" *'


def test_what_has_no_letter_or_digit_asks_for_nothing() -> None:
    assert search.parse('"* () !') == search.Query()
    assert search.parse("\ud800") == search.Query()


def test_nothing_typed_names_a_filter() -> None:
    term = search.filter_terms(["lead"], [])[0]
    assert search.parse(term).words[0].spellings == (("slead",),)


def test_a_filter_stands_for_stage_and_owner() -> None:
    plain = search.name_expression(search.parse("anna"))
    assert search.filtered(plain) == plain
    assert search.filtered(plain, stage="in-deal", owner=Id(7)).endswith(f" AND {plain}")
    assert search.filtered(plain, stage="in-deal").count("AND") == 1


def test_only_a_number_or_a_part_of_one_is_looked_for_by_digits() -> None:
    assert search.parse("0171 23").digits == "017123"
    assert search.parse("+49 (171)").digits == "49171"
    assert search.parse("12").digits == ""
    assert search.parse("anna 0171").digits == ""
    assert [word.digits for word in search.parse("anna 0171").words] == ["", "0171"]


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
    assert search.indexed(name) == '"anna" * AND "schneid" * AND ("o schneid" * OR "oschnei" *)'
    assert f'"{search.OTHER}schnei" *' in search.indexed(other)
    first, second = search.long_words(query)
    assert first == ["schneider", f"{search.OTHER}schneider"]
    assert "oschneidermann" in second
    assert search.long_words(search.parse("anna")) == []


@pytest.mark.parametrize("words", [20, 2000])
def test_a_long_text_is_cut_to_a_few_words(words: int) -> None:
    assert len(search.parse("ab " * words).words) == search.MOST_WORDS
