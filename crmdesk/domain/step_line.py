"""A next step as people type it in one line: words, and at the end its day and time ("call back fri 9:30").

The time may also stand before the day ("Besuch 14 Uhr am Mittwoch").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crmdesk.domain import clock_times, dates
from crmdesk.domain.errors import BadInput

MOST_WORDS = 6  # of a day: "on the first friday of may"


@dataclass(frozen=True, slots=True)
class StepLine:
    """What is to be done, and when; `due_on` is None when no day is said, `day_text` what was read as one.

    `due_time` is "09:30" or "": a time of day counts only beside a day. `past_on` is the day when it is past: nothing
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
    if clock := clock_times.at_end(line, language=language):
        timed = read(line[: clock[0]].rstrip(" ,，、"), today=today, language=language)
        if timed.due_on is not None:
            return replace(timed, due_time=clock[1])
    for past in (False, True):
        for start in _starts(line):
            rest = line[start:].strip(" ,;，、")
            if (day := _day(rest, today=today, language=language, past=past)) is None:
                continue
            if past:
                return StepLine(line, day_text=rest, past_on=day)
            title = line[:start].strip(" ,;，、")
            if title and (clock := clock_times.at_end(title, language=language)):
                return StepLine(title[: clock[0]].strip(" ,;，、"), day, rest, clock[1])
            return StepLine(title, day, rest)
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


def _is_han(letter: str) -> bool:
    return "一" <= letter <= "鿿"
