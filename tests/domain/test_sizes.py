"""Bytes in words."""

from __future__ import annotations

import pytest

from crmdesk import words
from crmdesk.domain import sizes


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0\xa0KB"),
        (1, "1\xa0KB"),
        (340_000, "340\xa0KB"),
        (1_631_000, "1.6\xa0MB"),
        (2_000_000, "2\xa0MB"),
        (12_400_000, "12\xa0MB"),
        (3_400_000_000, "3.4\xa0GB"),
        (5_000_000_000_000, "5,000\xa0GB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_fits(size: int, said: str) -> None:
    assert sizes.worded(size) == said


def test_a_size_has_the_decimal_sign_of_the_language() -> None:
    words.use("de")
    try:
        assert sizes.worded(1_631_000) == "1,6\xa0MB"
    finally:
        words.use("en")
