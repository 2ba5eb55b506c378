"""A next step typed in one line: its words, and the day at its end."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain import step_line
from crmdesk.domain.step_line import StepLine

TODAY = date(2026, 5, 5)
FRIDAY = date(2026, 5, 8)


@pytest.mark.parametrize(
    ("line", "title", "day"),
    [
        ("send offer fri", "send offer", FRIDAY),
        ("call back in 2 weeks", "call back", date(2026, 5, 19)),
        ("Angebot senden am 8. Mai", "Angebot senden", FRIDAY),
        ("gửi báo giá thứ sáu", "gửi báo giá", FRIDAY),
        ("寄報價單明天", "寄報價單", date(2026, 5, 6)),
        ("寄報價單 5月8日", "寄報價單", FRIDAY),
        ("call 8 may 2026", "call", FRIDAY),
        ("send offer, fri", "send offer", FRIDAY),
        ("fri", "", FRIDAY),
    ],
)
def test_the_end_of_a_line_that_is_a_day_is_its_day(line: str, title: str, day: date) -> None:
    read = step_line.read(line, today=TODAY)
    assert (read.title, read.due_on) == (title, day)


@pytest.mark.parametrize("line", ["order 12 parts", "meet at hall 3", "order 12", "just words", "", "offer no. 4"])
def test_a_line_without_a_day_is_all_words(line: str) -> None:
    assert step_line.read(line, today=TODAY) == StepLine(line)


@pytest.mark.parametrize(
    ("line", "title", "time"),
    [("call fri 9:30", "call", "09:30"), ("call fri, 14:05", "call", "14:05"), ("call fri", "call", "")],
)
def test_a_time_of_day_may_follow_the_day(line: str, title: str, time: str) -> None:
    read = step_line.read(line, today=TODAY)
    assert (read.title, read.due_on, read.due_time) == (title, FRIDAY, time)


@pytest.mark.parametrize("line", ["the 9:30 meeting", "ratio 3:20", "call fri 25:10"])
def test_a_time_without_a_day_or_that_is_none_stays_a_word(line: str) -> None:
    assert step_line.read(line, today=TODAY).due_time == ""


@pytest.mark.parametrize(
    ("line", "day_text", "day"),
    [("send offer 2.5.", "2.5.", date(2026, 5, 2)), ("call yesterday", "yesterday", date(2026, 5, 4)),
     ("gestern angerufen, gestern", "gestern", date(2026, 5, 4))],
)  # fmt: skip
def test_a_day_that_is_past_is_told_and_the_words_stay_whole(line: str, day_text: str, day: date) -> None:
    assert step_line.read(line, today=TODAY) == StepLine(line, day_text=day_text, past_on=day)


def test_a_day_that_is_past_is_not_taken_for_one() -> None:
    assert step_line.read("as agreed on 3 may 2026", today=TODAY).due_on is None
