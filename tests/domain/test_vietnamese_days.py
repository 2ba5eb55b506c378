"""Days in Vietnamese: no line ends between a day and its month."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk import words

TODAY = date(2026, 5, 5)


@pytest.fixture(autouse=True)
def vietnamese():
    words.use("vi")
    yield
    words.use("en")


def test_a_day_and_its_month_stay_in_one_line():
    assert words.short_day(date(2026, 4, 22), today=TODAY) == "22\xa0thg\xa04"
    assert words.day(date(2026, 5, 6), today=TODAY) == "Th 4, 6\xa0thg\xa05"
