"""A next step as people type it in one line: some words, and at the end the day it is due ("send offer fri")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmdesk.domain import dates
from crmdesk.domain.errors import BadInput

MOST_WORDS = 6  # of a day: "on the first friday of may"


@dataclass(frozen=True, slots=True)
class StepLine:
    """What is to be done, and when; `due_on` is None when no day is said, `day_text` what was read as one."""

    title: str
    due_on: date | None = None
    day_text: str = ""


def read(text: str, *, today: date, language: str = "") -> StepLine:
    """The words and the day of a line; the longest end of it that is a day from today on counts as one.

    A line that is nothing but a day is a day without words. Chinese needs no blank before its day. Whoever asks shows
    the day that was understood.
    """
    line = " ".join(text.split())
    for start in _starts(line):
        rest = line[start:].strip(" ,;，、")
        if not rest:
            continue
        try:
            day = dates.parse(rest, today=today, language=language)
        except BadInput:
            continue
        return StepLine(line[:start].strip(" ,;，、"), day, rest)
    return StepLine(line)


def _starts(line: str) -> list[int]:
    """Where a day could begin: at each of the last words, and within Han characters anywhere near the end."""
    places = [0, *(place + 1 for place, letter in enumerate(line) if letter == " ")]
    words = places[-MOST_WORDS:]
    han = [place for place in range(max(0, len(line) - 12), len(line)) if _is_han(line[place])]
    return sorted({*words, *han})


def _is_han(letter: str) -> bool:
    return "一" <= letter <= "鿿"
