"""Amounts as people type them."""

from __future__ import annotations

import pytest

from crmdesk.domain import money
from crmdesk.domain.errors import BadInput
from crmdesk.domain.money import Money


@pytest.mark.parametrize(
    ("text", "cents", "currency"),
    [
        ("48.000 €", 4_800_000, "EUR"),
        ("48 000,50 €", 4_800_050, "EUR"),
        ("25k", 2_500_000, "EUR"),
        ("T€ 25", 2_500_000, "EUR"),
        ("25 Tsd.", 2_500_000, "EUR"),
        ("1,5 Mio", 150_000_000, "EUR"),
        ("1,234 Mio", 123_400_000, "EUR"),
        ("NT$1,180,000", 118_000_000, "TWD"),
        ("118萬元", 118_000_000, "TWD"),
        ("2 tỷ đồng", 200_000_000_000, "VND"),
        ("1.234", 123_400, "EUR"),
        ("1,234", 123_400, "EUR"),
        ("1.5", 150, "EUR"),
        ("0,125", 13, "EUR"),
        ("1,234.56 USD", 123_456, "USD"),
        ("1.234,56", 123_456, "EUR"),
        ("1'234.50 CHF", 123_450, "CHF"),
        ("100,- €", 10_000, "EUR"),
        ("$5", 500, "USD"),
        ("0", 0, "EUR"),
    ],
)
def test_an_amount_becomes_cents_and_a_currency(text: str, cents: int, currency: str) -> None:
    assert money.parse(text, currency="EUR") == Money(cents, currency)


@pytest.mark.parametrize(("text", "own"), [("$5", "TWD"), ("5元", "CNY"), ("¥5", "CNY"), ("¥5", "JPY")])
def test_a_sign_that_several_currencies_have_is_the_workspace_s_own(text: str, own: str) -> None:
    assert money.parse(text, currency=own) == Money(500, own)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "-5", "1.23.456", "12,345,67", "1.5.2", "10-20k", "5 EUR USD", "5 % €", "1e5", "9" * 20, "9" * 400],
)
def test_what_is_no_amount_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        money.parse(text, currency="EUR")
    assert caught.value.remedy
