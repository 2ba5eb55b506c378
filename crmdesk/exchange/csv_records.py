"""The records of a delimited text, each with its first physical line, streamed.

Own on purpose: the standard `csv` module raises at 131,072 characters a field, and after a quote that nobody closes it
swallows the rest of the file. Here such a quote costs one line: it is marked as broken and reading goes on below it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DELIMITERS: tuple[str, ...] = (",", ";", "\t", "|")
MOST_LINES = 5000
"""A quoted cell longer than this many lines counts as an open quote."""


@dataclass(frozen=True, slots=True)
class CsvRecord:
    """One record: its first physical line (from 1), its cells, and whether a quote in it was never closed."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing but white space in any cell."""
        return not any(cell.strip() for cell in self.cells)


def read(lines: Iterable[str], delimiter: str, *, first_line: int = 1) -> Iterator[CsvRecord]:
    """The records of physical lines (with their line ends), blank ones included; nothing is ever dropped."""
    source = _Lines(lines)
    number = first_line
    while (line := source.take()) is not None:
        cells, used = (_plain(line, delimiter), 1) if '"' not in line else _quoted(line, delimiter, source)
        yield CsvRecord(number, cells or _plain(line, delimiter), broken=not cells)
        number += used


class _Lines:
    """Physical lines, of which some can be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._source = iter(lines)
        self._waiting: deque[str] = deque()

    def take(self) -> str | None:
        """The next line, None at the end."""
        return self._waiting.popleft() if self._waiting else next(self._source, None)

    def put_back(self, lines: list[str]) -> None:
        """These lines come next, in this order."""
        self._waiting.extendleft(reversed(lines))


class _StrayQuoteError(ValueError):
    """A quote that cannot have opened a cell."""


def _plain(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(_without_end(line).split(delimiter))


def _quoted(line: str, delimiter: str, source: _Lines) -> tuple[tuple[str, ...], int]:
    """The cells of a record with quotes and how many lines it takes; no cells when its quote is never closed."""
    taken = [line]
    try:
        cells = _cells(line, delimiter)
        while not cells and len(taken) < MOST_LINES and (more := source.take()) is not None:
            taken.append(more)
            if '"' in more:
                cells = _cells("".join(taken), delimiter)
    except _StrayQuoteError:
        cells = ()
    if cells:
        return cells, len(taken)
    source.put_back(taken[1:])
    return (), 1


def _without_end(line: str) -> str:
    return line.rstrip("\r\n")


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    """The cells of one record, none while a quote is open.

    A quote opens a cell only at its start; inside, two stand for one. What follows a closing quote other than a
    delimiter belongs to the cell if the record is a single line; in several lines it shows that the quote was none
    (_StrayQuoteError).
    """
    body = _without_end(text)
    single = "\n" not in body and "\r" not in body
    cells: list[str] = []
    position = 0
    while True:
        opening = _opening_quote(body, position)
        if opening >= 0:
            closing = _closing_quote(body, opening + 1)
            if closing < 0:
                return ()
            ends = _next(body, delimiter, closing + 1)
            tail = body[closing + 1 : ends]
            if tail.strip() and not single:
                raise _StrayQuoteError
            cells.append(body[opening + 1 : closing].replace('""', '"') + (tail if tail.strip() else ""))
        else:
            ends = _next(body, delimiter, position)
            if not single and _has_line_end(body, position, ends):
                raise _StrayQuoteError
            cells.append(body[position:ends])
        if ends == len(body):
            return tuple(cells)
        position = ends + 1


def _opening_quote(body: str, position: int) -> int:
    """Where a cell's opening quote stands, blanks before it allowed; -1 when the cell is not quoted."""
    while position < len(body) and body[position] == " ":
        position += 1
    return position if body.startswith('"', position) else -1


def _closing_quote(body: str, position: int) -> int:
    while True:
        found = body.find('"', position)
        if found < 0 or not body.startswith('"', found + 1):
            return found
        position = found + 2


def _next(body: str, delimiter: str, position: int) -> int:
    found = body.find(delimiter, position)
    return len(body) if found < 0 else found


def _has_line_end(body: str, start: int, end: int) -> bool:
    return body.find("\n", start, end) >= 0 or body.find("\r", start, end) >= 0
