"""Text in columns for the terminal, also where letters are two cells wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

ELLIPSIS = "…"
GAP = "  "


def width(text: str) -> int:
    """How many cells a text takes: Han characters two, marks over a letter none."""
    return sum(_cells(letter) for letter in text)


def fitted(text: str, cells: int) -> str:
    """The text in exactly so many cells: filled up with blanks, or shortened with an ellipsis."""
    if width(text) <= cells:
        return text + " " * (cells - width(text))
    kept, used = "", 0
    for letter in text:
        if used + _cells(letter) > cells - 1:
            break
        kept += letter
        used += _cells(letter)
    return kept + ELLIPSIS + " " * (cells - 1 - used)


def table(rows: Sequence[Sequence[str]], *, indent: str = "", widest: int = 44) -> Iterator[str]:
    """The rows as lines with their columns under one another; no column is wider than `widest` but the last."""
    if not rows:
        return
    count = max(len(row) for row in rows)
    cells = [min(widest, max(width(row[at]) for row in rows if at < len(row))) for at in range(count)]
    for row in rows:
        line = GAP.join(
            text if at == count - 1 else fitted(text, cells[at]) for at, text in enumerate(map(one_line, row))
        )
        yield f"{indent}{line}".rstrip()


def one_line(text: str) -> str:
    """The text without line ends and control characters, which a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
