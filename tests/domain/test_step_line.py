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


@pytest.mark.parametrize(
    ("line", "title", "time"),
    [
        ("Besuch Freitag 14 Uhr", "Besuch", "14:00"), ("Besuch Freitag um 14.30 Uhr", "Besuch", "14:30"),
        ("Besuch 14 Uhr am Freitag", "Besuch", "14:00"), ("call fri 2pm", "call", "14:00"),
        ("call fri at 2:30 p.m.", "call", "14:30"), ("call 12am fri", "call", "00:00"),
        ("gọi thứ sáu 14h30", "gọi", "14:30"), ("gọi lúc 9 giờ sáng thứ sáu", "gọi", "09:00"),
        ("gọi thứ sáu 3 giờ chiều", "gọi", "15:00"), ("拜訪週五下午2點半", "拜訪", "14:30"),
        ("拜訪週五下午3:15", "拜訪", "15:15"), ("拜訪週五兩點", "拜訪", "02:00"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_as_people_write_it(line: str, title: str, time: str) -> None:
    read = step_line.read(line, today=TODAY)
    assert (read.title, read.due_on, read.due_time) == (title, FRIDAY, time)


def test_a_number_of_hours_is_a_time_for_who_writes_vietnamese() -> None:
    assert step_line.read("gọi thứ sáu 14h", today=TODAY, language="vi").due_time == "14:00"
    assert step_line.read("workshop fri 2h", today=TODAY, language="en") == StepLine("workshop fri 2h")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("nachfassen Montag in einer Woche", date(2026, 5, 18)), ("anrufen am Montag in 14 Tagen", date(2026, 5, 25)),
        ("nachfassen übernächste Woche Montag", date(2026, 5, 18)), ("call monday in 2 weeks", date(2026, 5, 25)),
        ("call 2 weeks from monday", date(2026, 5, 25)), ("call mon the week after next", date(2026, 5, 18)),
        ("拜訪下下週一", date(2026, 5, 18)), ("gọi thứ hai tuần sau nữa", date(2026, 5, 18)),
    ],
)  # fmt: skip
def test_a_weekday_of_a_later_week_keeps_its_weekday(line: str, day: date) -> None:
    assert step_line.read(line, today=TODAY).due_on == day


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
