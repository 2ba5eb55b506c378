"""What the values of a column look like, for columns whose header says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crmdesk.domain import points

YES = frozenset(
    ["y", "yes", "ja", "j", "x", "1", "true", "wahr", "given", "opt-in", "ok", "có", "是", "同意", "✓", "✔"]
)
NO = frozenset(["n", "no", "nein", "0", "false", "falsch", "declined", "opt-out", "không", "否", "不同意", "✗"])


def are_yes_or_no(values: Sequence[str]) -> bool:
    """Whether all values are words for yes or no, and there are any."""
    return bool(values) and all(value.casefold() in YES | NO for value in values)


def looks_like_data(cell: str) -> bool:
    """Whether a cell can hardly be a header: an address, a number, a date, a web site."""
    value = cell.strip()
    if any(fits(value) for _field, fits in TESTS):
        return True
    return bool(re.fullmatch(r"[\d\s.,:/+()\-]*\d[\d\s.,:/+()\-]*[€$%]?", value))


def are_firms(values: Sequence[str]) -> bool:
    """Whether several of the values carry a legal form; two letters (Ek, Se) may as well be a name."""
    forms = [points.legal_form(value) for value in values]
    return bool(values) and sum(len(form) > 2 or not form.isascii() for form in forms) >= 0.3 * len(values)


def _looks_like_email(value: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value))


def _looks_like_phone(value: str) -> bool:
    digits = re.sub(r"\D", "", value)
    return bool(re.fullmatch(r"(?:\+|0|\(0)[\d\s()/.\-]+", value)) and 7 <= len(digits) <= 15 and "." not in value


def _looks_like_web(value: str) -> bool:
    return bool(re.fullmatch(r"(?:https?://|www\.)\S+", value))


TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("email", _looks_like_email),
    ("phone", _looks_like_phone),
    ("web", _looks_like_web),
)
"""Fields that show in their values, each with its test of one value."""


def are_words(values: Sequence[str]) -> bool:
    """Whether all values are words without digits, as names are."""
    return bool(values) and all(re.fullmatch(r"[^\d@:/]{1,60}", value) and value[0].isalpha() for value in values)


def is_whole(index: int, words: Sequence[int], samples: Sequence[Sequence[str]]) -> bool:
    """Whether a column is the other two columns of words joined by a blank, in every row."""
    parts = [each for each in words if each != index][:2]
    if len(parts) < 2:
        return False
    rows = [row for row in samples if len(row) > max(words) and row[index].strip()]
    return bool(rows) and all(row[index].strip() == f"{row[parts[0]]} {row[parts[1]]}".strip() for row in rows)
