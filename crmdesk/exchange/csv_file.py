"""A delimited text file: its encoding, delimiter, preamble and header are found, its records come as a stream.

What the columns mean is not decided here (`domain/mapping.py`), and nothing is kept in memory but a sample.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crmdesk.domain.column_values import looks_like_data
from crmdesk.domain.errors import BadFile, ReadOnly
from crmdesk.domain.mapping import strength, usual_width
from crmdesk.exchange import text
from crmdesk.exchange.csv_records import DELIMITERS, CsvRecord, read
from crmdesk.words import _

SAMPLE_ROWS = 300
MOST_PREAMBLE = 15
LONGEST_LINE = 16 * 1024 * 1024
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvShape:
    """How a file is to be read. `header_line` is the physical line of the header, 0 when there is none."""

    path: str
    encoding: str
    mark: int  # bytes of the byte order mark
    delimiter: str
    header_line: int
    header: tuple[str, ...]
    preamble: tuple[str, ...]  # the lines above the header, blank ones too
    damaged: int  # bytes that do not fit the encoding


def look(path: Path, *, language: str, encoding: str = "", delimiter: str = "", header: bool | None = None) -> CsvShape:
    """The shape of a file; what is given is taken, the rest is found. `header` says whether there is a header row.

    `language` (a key of words.LANGUAGES) names the code pages tried. BadFile when it is empty, cannot be read, or is no
    text.
    """
    found = text.detect(path, language=language)
    if encoding and encoding != found.name:
        found = text.Encoding(encoding)
    with _lines(path, found.name, found.mark) as lines:
        sample = list(itertools.islice(lines, SAMPLE_ROWS * 2))
    told = _separator_line(sample)
    chosen = delimiter or told or _best_delimiter(sample)
    first = 2 if told else 1
    rows = list(itertools.islice(read(sample[first - 1 :], chosen, first_line=first), SAMPLE_ROWS))
    row = _header_row(rows, wanted=header)
    first = row.line if row else first
    return CsvShape(
        path=str(path),
        encoding=found.name,
        mark=found.mark,
        delimiter=chosen,
        header_line=row.line if row else 0,
        header=tuple(cell.strip() for cell in row.cells) if row else (),
        preamble=tuple(line.rstrip("\r\n") for line in sample[: first - 1]),
        damaged=found.damaged,
    )


def records(shape: CsvShape) -> Iterator[CsvRecord]:
    """The data records below the header, blank ones included, streamed. BadFile when a line is longer than 16 MB."""
    start = len(shape.preamble) + 1
    with _lines(Path(shape.path), shape.encoding, shape.mark) as lines:
        below = itertools.islice(lines, start - 1, None)
        found = read(below, shape.delimiter, first_line=start)
        if shape.header_line:
            next(found, None)
        yield from found


def write(path: Path, rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> Path:
    """Writes a table that no spreadsheet runs as formulas; a number is added to a name that is taken. The path used."""
    for number in itertools.count(1):
        chosen = path if number == 1 else path.with_name(f"{path.stem} {number}{path.suffix}")
        try:
            with open(chosen, "x", encoding="utf-8-sig", newline="", opener=_private) as stream:
                csv.writer(stream, delimiter=delimiter).writerows([guarded(cell) for cell in row] for row in rows)
        except FileExistsError:
            continue
        except OSError as error:
            what = _("“{name}” cannot be written: {cause}.").format(name=chosen.name, cause=error.strerror or error)
            raise ReadOnly(what, _("Choose a folder of yours.")) from None
        return chosen
    raise AssertionError("every name is taken")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet takes as text: an apostrophe before what it would run."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def unguarded(cell: str) -> str:
    """A cell without the guard of `guarded`, and without the ="…" that keeps leading zeros."""
    if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS):
        return cell[1:]
    if cell.startswith('="') and cell.endswith('"') and '"' not in cell[2:-1]:
        return cell[2:-1]
    return cell


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


@contextmanager
def _lines(path: Path, encoding: str, mark: int) -> Iterator[Iterator[str]]:
    """The physical lines of a file below its mark, with their ends, as they stand there."""
    try:
        with path.open("rb") as stream:
            stream.seek(mark)
            wrapped = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
            yield _limited(wrapped, path.name)
    except LookupError:
        raise BadFile(
            _("There is no encoding “{name}”.").format(name=encoding), _("Choose another encoding.")
        ) from None
    except OSError as error:
        what = _("“{name}” cannot be read: {cause}.").format(name=path.name, cause=error.strerror or error)
        raise BadFile(what, _("Copy it to a folder of yours and choose it there.")) from None


def _limited(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise BadFile(
                _("“{name}” has a line of more than 16 MB.").format(name=name), _("Choose a list of contacts.")
            )
        yield line


def _separator_line(sample: Sequence[str]) -> str:
    """The delimiter of a first line "sep=;", which spreadsheets write; "" without one."""
    first = sample[0].strip("\r\n").strip('"') if sample else ""
    return first[4:] if first.casefold().startswith("sep=") and len(first) == 5 else ""


def _best_delimiter(sample: Sequence[str]) -> str:
    """The delimiter that cuts the sample into the most alike rows; a comma when none cuts anything."""
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=scores.__getitem__)


def _score(sample: Sequence[str], delimiter: str) -> float:
    """How alike the rows are (the share of the commonest width), more for many columns and for known headers.

    Broken quotes and text beside quotes count against it.
    """
    rows = [row for row in itertools.islice(read(sample, delimiter), SAMPLE_ROWS) if not row.is_blank]
    widths = [len(row.cells) for row in rows if len(row.cells) > 1]
    if not widths:
        return 0.0
    usual = usual_width([row.cells for row in rows if len(row.cells) > 1])
    alike = sum(width == usual for width in widths) / len(rows)
    torn = sum(row.broken or any(cell.count('"') % 2 for cell in row.cells) for row in rows) / len(rows)
    headers = max(sum(strength(cell) == 2 for cell in row.cells) for row in rows[:MOST_PREAMBLE])
    return (alike - torn) * math.sqrt(min(usual, 30)) + headers


def _header_row(rows: Sequence[CsvRecord], *, wanted: bool | None) -> CsvRecord | None:
    """The row with the headers: the one with most known ones near the top, else a first row unlike those below it.

    In doubt there is none: a header taken as a person is seen at once, a person taken as a header is lost.
    """
    filled = [row for row in rows if not row.is_blank]
    if wanted is False or not filled:
        return None
    usual = usual_width([row.cells for row in filled])
    known = max(filled[:MOST_PREAMBLE], key=_counted(usual))
    if _counted(usual)(known) >= min(2, usual) and _stands_on_top(known, filled):
        return known
    first = next((row for row in filled[:MOST_PREAMBLE] if len(row.cells) >= usual), filled[0])
    if wanted or any(strength(cell) for cell in first.cells) or _unlike_below(first, filled):
        return first if wanted or not any(map(looks_like_data, first.cells)) else None
    return None


def _stands_on_top(header: CsvRecord, rows: Sequence[CsvRecord]) -> bool:
    """Whether only text stands above a header: rows that fill fewer columns."""
    above = [row for row in rows if row.line < header.line]
    return all(_filled(row) < _filled(header) for row in above)


def _filled(row: CsvRecord) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _counted(usual: int) -> Callable[[CsvRecord], float]:
    """How many known headers a row has; none when it is much narrower than the others or holds data."""

    def count(row: CsvRecord) -> float:
        if len(row.cells) * 2 < usual or any(map(looks_like_data, row.cells)):
            return 0
        return sum(strength(cell) / 2 for cell in row.cells)

    return count


def _unlike_below(first: CsvRecord, rows: Sequence[CsvRecord]) -> bool:
    """Whether a column below mostly holds numbers, addresses or dates, while the first row has words there."""
    below = [row for row in rows if row.line > first.line]
    for index, cell in enumerate(first.cells):
        values = [row.cells[index] for row in below if index < len(row.cells) and row.cells[index].strip()]
        if cell.strip() and values and sum(map(looks_like_data, values)) > len(values) / 2:
            return not looks_like_data(cell)
    return False
