"""A next step as people type it in one line: words, and at the end its day and time ("call back fri 9:30")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time

from crmdesk.domain import dates
from crmdesk.domain.errors import BadInput

MOST_WORDS = 6  # of a day: "on the first friday of may"
_TIME = re.compile(r"[ ,]+(\d{1,2}):(\d{2})$")


@dataclass(frozen=True, slots=True)
class StepLine:
    """What is to be done, and when; `due_on` is None when no day is said, `day_text` what was read as one.

    `due_time` is "09:30" or "": a time of day counts only behind a day. `past_on` is the day when it is past: nothing
    can be due then, and the words are whole.
    """

    title: str
    due_on: date | None = None
    day_text: str = ""
    due_time: str = ""
    past_on: date | None = None


def read(text: str, *, today: date, language: str = "") -> StepLine:
    """The words and the day of a line; the longest end of it that is a day from today on counts as one.

    A line that is nothing but a day is a day without words. Chinese needs no blank before its day. Whoever asks shows
    the day that was understood.
    """
    line = " ".join(text.split())
    if (found := _TIME.search(line)) and (clock := _clock(found)):
        timed = read(line[: found.start()], today=today, language=language)
        if timed.due_on is not None:
            return replace(timed, due_time=clock)
    for past in (False, True):
        for start in _starts(line):
            rest = line[start:].strip(" ,;，、")
            if (day := _day(rest, today=today, language=language, past=past)) is None:
                continue
            if past:
                return StepLine(line, day_text=rest, past_on=day)
            return StepLine(line[:start].strip(" ,;，、"), day, rest)
    return StepLine(line)


def _day(text: str, *, today: date, language: str, past: bool) -> date | None:
    """The day that a text is, on that side of today; None when it is none."""
    try:
        return dates.parse(text, today=today, language=language, past=past) if text else None
    except BadInput:
        return None


def _starts(line: str) -> list[int]:
    """Where a day could begin: at each of the last words, and within Han characters anywhere near the end."""
    places = [0, *(place + 1 for place, letter in enumerate(line) if letter == " ")]
    words = places[-MOST_WORDS:]
    han = [place for place in range(max(0, len(line) - 12), len(line)) if _is_han(line[place])]
    return sorted({*words, *han})


def _clock(found: re.Match[str]) -> str:
    """The time of day that was written; "" when there is no such time."""
    try:
        return time(int(found[1]), int(found[2])).strftime("%H:%M")
    except ValueError:
        return ""


def _is_han(letter: str) -> bool:
    return "一" <= letter <= "鿿"
