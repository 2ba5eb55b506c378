"""Lists of words that are stored as JSON: a file that others wrote to may hold anything in their place."""

from __future__ import annotations

import json


def words(text: str | None) -> tuple[str, ...]:
    """The words of a stored list; what is none is left out, () for what is no list."""
    try:
        stored = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return ()
    return tuple(each for each in stored if isinstance(each, str)) if isinstance(stored, list) else ()
