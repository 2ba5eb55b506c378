"""Days as people type them, in four languages; today is Tuesday, 5 May 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk import words
from crmdesk.domain import dates
from crmdesk.domain.errors import BadInput

TODAY = date(2026, 5, 5)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("en")


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "fri", "2026-05-08"),
        ("en", "tue", "2026-05-12"),
        ("en", "today", "2026-05-05"),
        ("en", "tomorrow", "2026-05-06"),
        ("en", "in 2 weeks", "2026-05-19"),
        ("en", "2w", "2026-05-19"),
        ("en", "january", "2027-01-01"),
        ("en", "may", "2027-05-01"),
        ("en", "3.12.", "2026-12-03"),
        ("en", "4.3.", "2027-03-04"),
        ("en", "5.5.", "2026-05-05"),
        ("en", "2026-05-08", "2026-05-08"),
        ("en", "next week", "2026-05-11"),
        ("en", "next fri", "2026-05-15"),
        ("en", "Wed 6 May", "2026-05-06"),
        ("en", "May 6th", "2026-05-06"),
        ("en", "15th", "2026-05-15"),
        ("en", "3rd", "2026-06-03"),
        ("en", "29 feb", "2028-02-29"),
        ("en", "end of june", "2026-06-30"),
        ("en", "week 20", "2026-05-11"),
        ("en", "13/5", "2026-05-13"),
        ("en", "in one month", "2026-06-05"),
        ("en", "morgen", "2026-05-06"),
        ("de", "morgen", "2026-05-06"),
        ("de", "Freitag", "2026-05-08"),
        ("de", "Fr 8. Mai", "2026-05-08"),
        ("de", "3. Dezember 2026", "2026-12-03"),
        ("de", "in zwei Wochen", "2026-05-19"),
        ("de", "kw 20", "2026-05-11"),
        ("de", "Monatsende", "2026-05-31"),
        ("de", "mai", "2027-05-01"),
        ("vi", "mai", "2026-05-06"),
        ("vi", "thứ sáu", "2026-05-08"),
        ("vi", "ngày mai", "2026-05-06"),
        ("vi", "tuần sau", "2026-05-11"),
        ("vi", "2 tuần nữa", "2026-05-19"),
        ("vi", "ngày 6 tháng 5", "2026-05-06"),
        ("zh_TW", "明天", "2026-05-06"),
        ("zh_TW", "週五", "2026-05-08"),
        ("zh_TW", "下週五", "2026-05-15"),
        ("zh_TW", "5月6日", "2026-05-06"),
        ("zh_TW", "5月6日（週三）", "2026-05-06"),
        ("zh_TW", "115年6月1日", "2026-06-01"),
        ("zh_TW", "兩週後", "2026-05-19"),
        ("zh_TW", "5/6", "2026-05-06"),
    ],
)
def test_a_typed_day_is_found_and_never_past(language: str, text: str, day: str) -> None:
    assert dates.parse(text, today=TODAY, language=language).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("fri", "2026-05-01"), ("yesterday", "2026-05-04"), ("3.12.", "2025-12-03"), ("may", "2026-05-01"),
     ("2 weeks ago", "2026-04-21"), ("last week", "2026-04-27"), ("letzten Monat", "2026-04-01"),
     ("gestern", "2026-05-04"), ("hôm qua", "2026-05-04"), ("昨天", "2026-05-04")],
)  # fmt: skip
def test_where_the_past_is_asked_a_day_lies_in_it(text: str, day: str) -> None:
    assert dates.parse(text, today=TODAY, past=True).isoformat() == day


@pytest.mark.parametrize("text", ["4.5.", "4 may", "4/5", "5月4日", "ngày 4 tháng 5", "4.4."])
def test_a_day_of_the_last_weeks_is_not_taken_for_one_in_a_year(text: str) -> None:
    with pytest.raises(BadInput, match="2026"):
        dates.parse(text, today=TODAY)


@pytest.mark.parametrize(("text", "day"), [("3.4.", "2027-04-03"), ("may", "2027-05-01"), ("4 may 2027", "2027-05-04")])
def test_what_lies_further_back_or_is_no_single_day_comes_again(text: str, day: str) -> None:
    assert dates.parse(text, today=TODAY).isoformat() == day


@pytest.mark.parametrize("text", ["", "blah", "31.2.", "32nd", "week 60", "2026-13-01", "in 9 blah", "999999999 years"])
def test_what_is_no_day_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        dates.parse(text, today=TODAY)
    assert caught.value.remedy


@pytest.mark.parametrize(("text", "past"), [("2020-05-08", False), ("yesterday", False), ("tomorrow", True)])
def test_a_day_on_the_wrong_side_of_today_is_named_in_full(text: str, past: bool) -> None:
    with pytest.raises(BadInput, match=r"20\d\d"):
        dates.parse(text, today=TODAY, past=past)


@pytest.mark.parametrize("language", list(words.LANGUAGES))
@given(ahead=st.integers(0, 800))
def test_what_the_program_shows_can_be_typed(language: str, ahead: int) -> None:
    words.use(language)
    day = TODAY + timedelta(days=ahead)
    shown = [words.full_day(day), words.day(day, today=TODAY)]
    if day.year == TODAY.year or ahead < 300:
        shown.append(words.short_day(day, today=TODAY))
    assert {dates.parse(text, today=TODAY) for text in shown} == {day}


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = dates.parse(text, today=TODAY)
    except BadInput:
        return
    assert found >= TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21.04.2026", "2026-04-21"),
        ("21.04.2026 14:03", "2026-04-21"),
        ("2026-04-21T14:03:00Z", "2026-04-21"),
        ("15 Mar 2024", "2024-03-15"),
        ("15. März 2024", "2024-03-15"),
        ("20260421", "2026-04-21"),
        ("4/21/2026 2:03 pm", "2026-04-21"),
    ],
)
def test_days_in_files_are_read_with_their_year(text: str, day: str) -> None:
    found = dates.read_day(text)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize("text", ["31.02.2026", "1.1.", "Mai 2026", "fri", "", "12", "Halle 4"])
def test_days_in_files_are_never_guessed(text: str) -> None:
    assert dates.read_day(text) is None


def test_the_month_comes_first_only_where_all_days_allow_it() -> None:
    assert dates.looks_month_first(["4/21/2026", "5/6/2026"])
    assert not dates.looks_month_first(["4/21/2026", "21/4/2026"])
    assert not dates.looks_month_first(["5/6/2026"])
    assert dates.read_day("5/6/2026", month_first=True) == date(2026, 5, 6)


def test_once_made_ready_no_letter_waits_for_a_pattern_to_be_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    for patterns in (dates._rules, dates._month_patterns, dates._weekday_patterns):
        patterns.cache_clear()
    assert len(list(dates.make_ready())) == 12
    monkeypatch.setattr(dates.re, "compile", None)
    assert dates.parse("fri 8 may", today=date(2026, 5, 6)) == date(2026, 5, 8)
    assert dates.parse("thứ sáu", today=date(2026, 5, 6)) == date(2026, 5, 8)
    with pytest.raises(BadInput):
        dates.parse("no day at all", today=date(2026, 5, 6))
