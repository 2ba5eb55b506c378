"""Times of day as people type them ("9:30", "2pm", "14 Uhr", "14h30", "下午2點半"), in four languages."""

from __future__ import annotations

import re
from datetime import time

from crmdesk import words
from crmdesk.domain.errors import BadInput
from crmdesk.words import _

_NIGHT = "凌晨|清晨|早上|上午"
_LATE = "中午|下午|傍晚|晚上"
_HAN_HOURS = {number: hour for hour, number in enumerate("一二三四五六七八九十", 1)} | {"兩": 2, "十一": 11, "十二": 12}
_HAN = rf"(?P<part>{_NIGHT}|{_LATE})? ?(?P<h>\d{{1,2}}|{'|'.join(sorted(_HAN_HOURS, key=len, reverse=True))})"
_BEFORE = r"(?:(?:um|gegen|ab|at|from|lúc|vào lúc) )?"
_PART = r"(?: ?(?P<part>am|pm|a\.m\.|p\.m\.|sáng|trưa|chiều|tối))"
_PATTERNS = (
    rf"{_BEFORE}(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?:{_PART}| ?uhr| ?h)?",
    rf"{_BEFORE}(?P<h>\d{{1,2}})(?:\.(?P<m>\d{{2}}))?(?: ?uhr|{_PART})",
    rf"{_BEFORE}(?P<h>\d{{1,2}}) ?(?:h|giờ ?)(?P<m>\d{{2}}){_PART}?",
    rf"{_BEFORE}(?P<h>\d{{1,2}}) ?(?:giờ|h){_PART}",
    rf"{_BEFORE}(?P<h>\d{{1,2}}) ?giờ",
    rf"(?P<part>{_NIGHT}|{_LATE})(?P<h>\d{{1,2}}):(?P<m>\d{{2}})",
    rf"{_HAN}[點点時](?:(?P<m>\d{{1,2}})分?|(?P<half>半))?",
)
_HOUR_ALONE = rf"{_BEFORE}(?P<h>\d{{1,2}}) ?h"  # "2h" lasts two hours, but for who writes Vietnamese
_ALONE = (_HOUR_ALONE, r"(?P<h>\d{1,2})", r"(?P<h>\d{1,2})[.h]?(?P<m>\d{2})")  # where nothing but a time is asked for
_AFTERNOON = {"pm", "p.m.", "chiều", "tối", *_LATE.split("|")}
_MORNING = {"am", "a.m."}


def parse(text: str) -> str:
    """The time that is meant, as "09:30"; "" for an empty text. BadInput when it is none."""
    plain = " ".join(text.split())
    if not plain:
        return ""
    found = (re.fullmatch(pattern, plain, re.IGNORECASE) for pattern in (*_PATTERNS, *_ALONE))
    clock = next((clock for each in found if each and (clock := _clock(each.groupdict()))), "")
    if not clock:
        raise BadInput(_("“{text}” is not a time of day.").format(text=text), _("Times look like 09:30."))
    return clock


def at_end(text: str, *, language: str = "") -> tuple[int, str] | None:
    """Where in a line the time at its end begins, and the time; None when it ends in none, or in one like 25:10."""
    alone = (_HOUR_ALONE,) if words.match(language or words.language()) == "vi" else ()
    for pattern in (*_PATTERNS, *alone):
        before = "" if "點" in pattern or "下午" in pattern else r"(?:^|(?<=[ ,，、]))"
        found = re.search(f"{before}{pattern}$", text, re.IGNORECASE)
        if found and (clock := _clock(found.groupdict())):
            return found.start(), clock
    return None


def _clock(found: dict[str, str | None]) -> str:
    """The time of day that was written; "" when there is no such time."""
    said, part = found["h"] or "", (found.get("part") or "").casefold()
    hour = _HAN_HOURS[said] if said in _HAN_HOURS else int(said)
    minute = 30 if found.get("half") else int(found.get("m") or 0)
    if part in _AFTERNOON and hour < 12:
        hour += 12
    elif part in _MORNING and hour == 12:
        hour = 0
    elif part and part in "am a.m. pm p.m." and hour > 12:
        return ""
    try:
        return time(hour, minute).strftime("%H:%M")
    except ValueError:
        return ""
