"""Amounts as people write them: whole amounts without decimals, in each language's own way."""

from __future__ import annotations

import pytest
from babel.numbers import format_decimal

from crmdesk import words


@pytest.fixture(autouse=True)
def _english_again():
    yield
    words.use("en")


@pytest.mark.parametrize(
    ("code", "cents", "currency", "shown"),
    [
        ("en", 4_800_000, "EUR", "€48,000"),
        ("en", 4_800_050, "EUR", "€48,000.50"),
        ("en", 64_000_000, "TWD", "NT$640,000"),
        ("zh_TW", 64_000_000, "TWD", "NT$640,000"),
        ("en", -12_345, "GBP", "-£123.45"),
        ("de", 4_800_000, "EUR", "48.000\xa0€"),
        ("de", 4_800_007, "EUR", "48.000,07\xa0€"),
        ("vi", 100_000_000, "VND", "1.000.000\xa0₫"),
        ("en", 1_950_000, "USD", "US$19,500"),
        ("de", 1_950_000, "USD", "19.500\xa0US$"),
    ],
)
def test_money_is_written_as_people_write_it(code, cents, currency, shown):
    words.use(code)
    assert words.money(cents, currency) == shown


@pytest.mark.parametrize("code", words.LANGUAGES)
@pytest.mark.parametrize("value", [0, 7, 999, 1_000, 48_212, 1_000_000, -1_234])
def test_a_whole_number_is_written_as_babel_writes_it(code, value):
    words.use(code)
    locale = {"zh_TW": "zh_Hant_TW"}.get(code, code)
    assert words.number(value) == format_decimal(value, locale=locale)
