"""Order by hand: a text key between two neighbours, without end. Pure text, compared byte by byte as SQLite does.

A midpoint number is exhausted after some fifty inserts at one spot; a text key only grows by a letter now and then.
"""

from __future__ import annotations

FIRST = "!"
LAST = "~"
_LOW = ord(FIRST)
_HIGH = ord(LAST) + 1


def between(low: str, high: str) -> str:
    """A key that sorts after `low` and before `high`; "" stands for no neighbour on that side.

    It never ends in the first letter, so that there is always room before it. Raises ValueError when `low` is not
    before `high`. Neighbours may be any text; letters outside "!" to "~" count as the nearest one inside.
    """
    if high and not low < high:
        raise ValueError(f"{low!r} does not sort before {high!r}")
    made: list[str] = []
    position = 0
    while True:
        below = _code(low, position, _LOW)
        above = _code(high, position, _HIGH) if high else _HIGH
        if above - below > 1:
            made.append(chr((below + above) // 2))
            return "".join(made)
        made.append(chr(below))
        if above > below:
            high = ""
        position += 1


def spread(low: str, high: str, count: int) -> list[str]:
    """`count` ascending keys between two neighbours, for several cards let go at one spot."""
    keys: list[str] = []
    for _number in range(count):
        low = between(low, high)
        keys.append(low)
    return keys


def _code(text: str, position: int, otherwise: int) -> int:
    return ord(text[position]) if position < len(text) else otherwise
