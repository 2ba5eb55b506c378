"""What an import shows before and after it writes: plain values, ready for a screen, a terminal or a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crmdesk.domain.records import Id
from crmdesk.exchange.csv_file import CsvShape


@dataclass(frozen=True, slots=True, kw_only=True)
class LookColumn:
    """A column as the preview shows it: header, an example, the field it goes to (as text and in words), and why.

    `how` is a key of mapping.HOW.
    """

    index: int
    header: str
    example: str
    field: str
    words: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file is: how it is read, its columns, and how many data rows and blank lines it has.

    `stamp` tells whether it is still the same file, (0, 0) for one that is not there.
    """

    shape: CsvShape
    columns: tuple[LookColumn, ...]
    rows: int
    blank: int
    month_first: bool  # in dates with slashes
    stamp: tuple[int, int]  # bytes, nanoseconds of its last change

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.shape.path).name

    @property
    def mapping(self) -> tuple[str, ...]:
        """Where the columns go by themselves."""
        return tuple(column.field for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class OddRow:
    """A row worth a look before anything is written: its line, its text, what is odd; level bad, warn or good."""

    line: int
    text: str
    what: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What applying would do: new + same + doubled + reported = read. `doubled` repeat somebody of the same file."""

    look: Look
    mapping: tuple[str, ...]
    source: str
    event: Id | None
    event_name: str
    people_only: bool
    read: int
    new: int
    same: int
    doubled: int
    reported: int
    odd: tuple[OddRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to know about a row. `kept` says that the row was imported all the same."""

    line: int
    what: str
    remedy: str
    text: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of the rows: imported + merged + skipped + reported = read.

    `merged` added something to somebody known, `skipped` had nothing new, `reported` were not taken. `beside` is the
    file with the reported rows, "" when none was asked for or needed.
    """

    read: int
    imported: int
    merged: int
    skipped: int
    reported: int
    problems: tuple[Problem, ...]
    beside: str
