"""Days as people type them ("fri", "in 2 weeks", "3.12.", "thứ sáu", "明天"), in four languages; days in files too.

The grammar is small on purpose and its words are data (`date_words`). Whoever asks shows the day that was understood.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from crmdesk import words
from crmdesk.domain.date_words import LANGUAGES, DateWords
from crmdesk.domain.errors import BadInput, WrongSide
from crmdesk.words import _

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_HAN_DAY = re.compile(r"(?:(?:西元|民國)?(\d{2,4})年)?(\d{1,2})月(\d{1,2})[日號号]?")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})?)?")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|日|號)")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_RECENT = 31  # days: a day without a year that lies no further back was more likely meant than the one in a year
_TIME_OF_DAY = re.compile(
    r"[t, ]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:z|am|pm|uhr|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)


def make_ready() -> Generator[None, None, None]:
    """Compiles what reads a day in words, some 20 ms of work in small pieces; the first `parse` does it otherwise."""
    for key in LANGUAGES:
        for patterns in (_rules, _month_patterns, _weekday_patterns):
            patterns(key)
            yield


def parse(text: str, *, today: date, language: str = "", past: bool = False) -> date:
    """The day meant by `text`, today or later; with `past`, today or earlier ("fri" is then the last Friday).

    A day and a month without a year that were there in the last weeks are in the past, not in a year's time.
    All four languages are understood; where a word means two things, `language` (else the one in use) decides. A day
    comes before its month, except in Chinese. BadInput when it is no date, WrongSide when it lies on the
    wrong side of today.
    """
    plain = _plain(text)
    order = list(dict.fromkeys([words.match(language or words.language()), *LANGUAGES]))
    sign = -1 if past else 1
    try:
        found = next(_readings(plain, order, today, sign), None)
    except (OverflowError, ValueError):
        found = None
    if found is None:
        raise BadInput(
            _("“{text}” cannot be read as a date.").format(text=text), _("Write it like 8 May, fri or in 2 weeks.")
        )
    _check_side(text, found, today, past=past)
    return found


def read_day(text: str, *, month_first: bool = False) -> date | None:
    """A day with its year as files write it, in any of the languages, a time of day ignored; None when it is none."""
    plain = _plain(_TIME_OF_DAY.sub("", text.strip()))
    try:
        return (
            _iso(plain)
            or _numeric(plain, 0, date.min, month_first=month_first)
            or _with_month_name(plain, 0, date.min, LANGUAGES)
        )
    except (OverflowError, ValueError):
        return None


def looks_month_first(texts: list[str]) -> bool:
    """Whether numeric days with slashes put the month first: some need it, and none forbids it."""
    needs = False
    for text in texts:
        found = re.match(r"\s*(\d{1,2})/(\d{1,2})/\d{2,4}\b", text)
        if found and int(found[1]) > 12:
            return False
        needs = needs or bool(found and int(found[2]) > 12)
    return needs


def _readings(text: str, order: list[str], today: date, sign: int) -> Iterator[date]:
    """Every way to read `text`, the likeliest first."""
    numeric = _iso(text) or _numeric(text, sign, today, month_first=order[0] == "zh_TW")
    if found := numeric or _day_of_month(text, sign, today):
        yield found
    for key in order:
        if found := _in_words(text, key, today, sign):
            yield found
    for key in order:
        rest = _without_weekday(text, key)
        if rest:
            yield from _readings(rest, order, today, sign)


def _in_words(text: str, key: str, today: date, sign: int) -> date | None:
    spoken = LANGUAGES[key]
    if text in spoken.days:
        return today + timedelta(days=spoken.days[text])
    for pattern, resolve in _rules(key):
        found = pattern.fullmatch(text)
        if found:
            return resolve(_Asked(found, spoken, today, sign))
    return _with_month_name(text, sign, today, (key,))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a rule matched, in whose words, and on which side of today (1 or -1) the day is wanted."""

    found: re.Match[str]
    spoken: DateWords
    today: date
    sign: int

    @property
    def weekday(self) -> int:
        return self.spoken.weekday_of[self.found["day"]]

    @property
    def unit(self) -> str:
        return self.spoken.units[self.found["unit"]]

    @property
    def count(self) -> int:
        text = self.found["n"]
        return int(text) if text.isdigit() else self.spoken.numbers[text]

    def on_the_side(self, days: list[date]) -> date:
        """The first of `days` on the wanted side of today, else the last one."""
        return next((day for day in days if (day - self.today).days * self.sign >= 0), days[-1])


_Resolve = Callable[[_Asked], date]


@cache
def _rules(key: str) -> tuple[tuple[re.Pattern[str], _Resolve], ...]:
    spoken = LANGUAGES[key]
    table: tuple[tuple[tuple[str, ...], _Resolve], ...] = (
        (spoken.coming_day, _coming_day),
        (spoken.day_ahead, _day_ahead),
        (spoken.next_week_day, _next_week_day),
        (spoken.week_after_next_day, _week_after_next_day),
        (spoken.last_day, _last_day),
        (spoken.week_number, _week_number),
        (spoken.end_of_month, _end_of_month),
        (spoken.next_unit, _next_unit),
        (spoken.last_unit, _last_unit),
        (spoken.ago, _ago),
        (spoken.ahead, _ahead),
    )
    return tuple((re.compile(spoken.pattern(part)), resolve) for parts, resolve in table for part in parts)


def _coming_day(asked: _Asked) -> date:
    """The weekday after today; a whole week ahead when it is today's."""
    distance = (asked.weekday - asked.today.weekday()) * asked.sign % 7 or 7
    return asked.today + timedelta(days=distance * asked.sign)


def _next_week_day(asked: _Asked) -> date:
    return _monday(asked.today) + timedelta(days=7 + asked.weekday)


def _week_after_next_day(asked: _Asked) -> date:
    return _next_week_day(asked) + timedelta(days=7)


def _day_ahead(asked: _Asked) -> date:
    """The coming weekday and so many weeks, or the weekday of the week in which so many months are over."""
    if asked.unit in ("day", "week"):
        return _coming_day(asked) + timedelta(days=asked.count * 7 if asked.unit == "week" else asked.count // 7 * 7)
    return _monday(_moved(asked.today, asked.unit, asked.count)) + timedelta(days=asked.weekday)


def _last_day(asked: _Asked) -> date:
    return _coming_day(replace(asked, sign=-1))


def _week_number(asked: _Asked) -> date:
    """The Monday of a calendar week (ISO 8601)."""
    years = (asked.today.year, asked.today.year + asked.sign)
    return asked.on_the_side([date.fromisocalendar(year, int(asked.found["n"]), 1) for year in years])


def _end_of_month(asked: _Asked) -> date:
    year = asked.today.year
    if "month" not in asked.found.re.groupindex:
        return _last_of_month(year, asked.today.month)
    month = asked.spoken.month_of[asked.found["month"]]
    return asked.on_the_side([_last_of_month(year, month), _last_of_month(year + asked.sign, month)])


def _next_unit(asked: _Asked) -> date:
    return _start_of(asked.unit, asked.today, 1)


def _last_unit(asked: _Asked) -> date:
    return _start_of(asked.unit, asked.today, -1)


def _ahead(asked: _Asked) -> date:
    return _moved(asked.today, asked.unit, asked.count)


def _ago(asked: _Asked) -> date:
    return _moved(asked.today, asked.unit, -asked.count)


def _moved(day: date, unit: str, count: int) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    last = _last_of_month(months // 12, months % 12 + 1)
    return last.replace(day=min(day.day, last.day))


def _start_of(unit: str, today: date, count: int) -> date:
    """The first day of the next (1) or last (-1) week, month or year."""
    if unit == "week":
        return _monday(today) + timedelta(days=7 * count)
    moved = _moved(today, unit, count)
    return moved if unit == "day" else moved.replace(day=1, month=1 if unit == "year" else moved.month)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _iso(text: str) -> date | None:
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _numeric(text: str, sign: int, today: date, *, month_first: bool) -> date | None:
    """ "3.12.", "3/12", "3-12-26", "5月6日"; without a year only where `sign` says which side of today is meant."""
    found = _HAN_DAY.fullmatch(text.replace(" ", ""))
    if found:
        return _dated(_year(found[1], han=True), int(found[2]), int(found[3]), sign, today)
    found = _NUMBERS.fullmatch(text.replace(". ", "."))
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    swapped = (month_first and found[2] != ".") or second > 12
    day, month = (second, first) if swapped and first <= 12 else (first, second)
    return _dated(_year(found[4]), month, day, sign, today)


def _day_of_month(text: str, sign: int, today: date) -> date | None:
    """ "15." or "15th": the nearest month that has that day on the asked side of today, today included."""
    found = _DAY_OF_MONTH.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 31:
        return None
    wanted = int(found[1])
    for count in range(12):
        start = _moved(today.replace(day=1), "month", count * sign)
        if wanted <= _last_of_month(start.year, start.month).day:
            day = start.replace(day=wanted)
            if (day - today).days * sign >= 0:
                return day
    return None


def _with_month_name(text: str, sign: int, today: date, languages: Iterable[str]) -> date | None:
    """ "6 May 2026", "May 6", "6. Mai", "ngày 6 tháng 5 năm 2026", "January"; without a year only with a `sign`."""
    plain = _ORDINAL.sub("", text.replace(",", " "))
    plain = " ".join(plain.replace(".", " ").replace(" of ", " ").removeprefix("the ").split())
    for key in languages:
        for pattern in _month_patterns(key):
            found = pattern.fullmatch(plain)
            if found:
                month = LANGUAGES[key].month_of[found["month"]]
                parts = found.groupdict()
                if sign and not (parts.get("d") or parts.get("y")):
                    return _nearest(month, 1, sign, today)
                if sign or (parts.get("d") and parts.get("y")):
                    return _dated(_year(parts.get("y")), month, int(parts.get("d") or 1), sign, today)
    return None


@cache
def _month_patterns(key: str) -> tuple[re.Pattern[str], ...]:
    year = r"(?: (?:năm )?(?P<y>\d{4}|\d{2}))?"
    templates = (
        rf"(?:ngày |am )?(?P<d>\d{{1,2}}) ?MONTH{year}",
        rf"MONTH (?P<d>\d{{1,2}})(?!\d){year}",
        r"(?:anfang |early |đầu )?MONTH(?: (?:năm )?(?P<y>\d{4}))?",
    )
    return tuple(re.compile(LANGUAGES[key].pattern(template)) for template in templates)


def _dated(year: int | None, month: int, day: int, sign: int, today: date) -> date | None:
    """The day of that year; without one the nearest on the asked side of today, today included, or a recent one."""
    if year is not None:
        return date(year, month, day)
    if not sign:
        return None
    found = _nearest(month, day, sign, today)
    before = _nearest(month, day, -1, today)
    return before if found > today and (today - before).days <= _RECENT else found


def _nearest(month: int, day: int, sign: int, today: date) -> date:
    """That day in the nearest year on the asked side of today, today included. ValueError for 31 February."""
    for count in range(9):  # a 29 February may be eight years away
        candidate = today.year + count * sign
        if day <= _last_of_month(candidate, month).day:
            found = date(candidate, month, day)
            if (found - today).days * sign >= 0:
                return found
    raise ValueError(day)


def _year(text: str | None, *, han: bool = False) -> int | None:
    """Two digits are 1970 to 2069; before 年, up to three digits count from the year 1911 (Minguo)."""
    if not text:
        return None
    year = int(text)
    if han and year < 200:
        return year + 1911
    return year + (2000 if year < 70 else 1900) if len(text) == 2 else year


def _without_weekday(text: str, key: str) -> str:
    """Text without a weekday before or after it ("Wed 6 May", "5月6日(週三)"), or "" when there is none."""
    first, last = _weekday_patterns(key)
    if before := first.match(text):
        return text[before.end() :]
    after = last.search(text)
    return text[: after.start()] if after and after.start() else ""


@cache
def _weekday_patterns(key: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One for a weekday at the beginning, one for the end."""
    spoken = LANGUAGES[key]
    day = spoken.pattern(r"\(?DAY\)?")
    return re.compile(f"{day}{'[., ]+' if spoken.spaced else '[., ]*'}(?=.)"), re.compile(f"[., ]*{day}$")


def _check_side(text: str, found: date, today: date, *, past: bool) -> None:
    if past and found > today:
        raise WrongSide(
            _("“{text}” lies in the future: {day}.").format(text=text, day=words.full_day(found)),
            _("Write today or a day before it."),
        )
    if not past and found < today:
        raise WrongSide(
            _("“{text}” lies in the past: {day}.").format(text=text, day=words.full_day(found)),
            _("Write today or a day after it."),
        )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" ,;")
