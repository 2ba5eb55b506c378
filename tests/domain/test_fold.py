"""Folding: what is stored and what is typed meet in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.fold import LONGEST_TOKEN, fold, marked, phone_digits, spellings, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("Müller", "muller mueller"),
        ("Straße", "strasse"),
        ("陳怡君", "陳 怡 君"),
        ("김민수", "김 민 수"),
        ("ＡＢＣ １２", "abc 12"),
        ("Łódź", "lodz"),
        ("O'Brien", "o brien obrien"),
        ("O’Brien", "o brien obrien"),
        ("AT&T", "at t att"),
        ("anna@firma.de", "anna firma de"),
        ("Müller-Lüdenscheidt", "muller ludenscheidt mueller luedenscheidt"),
        ("soft\u00adhyphen", "softhyphen"),
        ("!? – …", ""),
        ("\ud800lone", "lone"),
        ("nul\0byte", "nul byte"),
        ("", ""),
    ],
)
def test_a_text_is_folded_to_tokens_in_every_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_composed_and_decomposed_letters_fold_alike() -> None:
    assert fold("Mu\u0308ller") == fold("M\u00fcller")
    assert fold("Nguye\u0302\u0303n") == fold("Nguyễn")


def test_marks_are_kept_where_there_are_any() -> None:
    assert marked("Nguyễn") == ("nguyễn",)
    assert marked("Smith") == ()
    assert marked("陳怡君") == ()


def test_digits_of_every_script_are_digits() -> None:
    assert phone_digits("+49 (0)171 / 234-56") == "49017123456"
    assert phone_digits("０１７１ ٣٤") == "017134"
    assert phone_digits("none²") == ""


def test_a_token_and_a_text_are_never_endless() -> None:
    assert tokens("x" * 5000) == ["x" * LONGEST_TOKEN]
    assert len(fold("ü " * 100_000)) < 10_000


@given(st.text(max_size=50))
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    plain = " ".join(tokens(text))
    assert " ".join(tokens(plain)) == plain


@given(st.text())
def test_every_plain_token_is_in_the_folded_text(text: str) -> None:
    assert set(tokens(text)) <= set(fold(text).split())


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1))
def test_tokens_hold_letters_and_digits_alone(text: str) -> None:
    for token in fold(text).split():
        assert token.isalnum()
        assert token == token.casefold() or not token.isascii()


def test_a_word_with_nothing_to_look_for_has_no_spelling() -> None:
    assert spellings("&!") == ()
