"""Days in Chinese: the weekday stands in full-width brackets."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk import words

TODAY = date(2026, 5, 5)


@pytest.fixture(autouse=True)
def chinese():
    words.use("zh_TW")
    yield
    words.use("en")


def test_a_day_names_its_weekday_in_brackets_and_another_year():
    assert words.day(date(2026, 5, 6), today=TODAY) == "5月6日（週三）"
    assert words.day(date(2025, 5, 6), today=TODAY) == "2025年5月6日（週二）"


def test_a_short_day_has_none():
    assert words.short_day(date(2026, 5, 6), today=TODAY) == "5月6日"
