"""What can still be read of a damaged workspace, put into a new file; the damaged one is only read.

Each table is read from both ends up to what cannot be read; what lies between is found through the indexes, which know
the keys, and by halving. Links to rows that are lost are loosened, derived tables made anew. What was done before can
no longer be undone, for the journal may have holes.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crmdesk.domain.errors import CrmError
from crmdesk.storage import copying, failures, opening, schema
from crmdesk.storage.copying import Asked, nothing_asked

Key = tuple[Any, ...]
Row = tuple[Any, ...]
_Gap = tuple[int, int, Key | None, Key | None]
"""The widest comes first, then the one found first; what lies between which keys."""

_TREE = re.compile(r"\bTree (\d+) page ")
_MOST_SAID = 100  # lines; then it ends before it has seen all
_PROBES = 2_000  # where no index knows the keys: so many halvings at most
_JOURNAL = ("step", "tbl", "row_id")
_OTHERS: dict[str, tuple[str, ...]] = {"journal": _JOURNAL, "draft": ("key",), "meta": ("one",)}
_KINDS: dict[str, tuple[type, ...]] = {"journal": (int, str, int), "draft": (str,)}  # of keys; one number elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSaved:
    """How many rows of a table came over; `lost` is None when nobody knows how many there were."""

    table: str
    kept: int
    lost: int | None


def salvage(damaged: Path, new: Path, cancelled: Asked = nothing_asked) -> list[TableSaved]:
    """Makes the file `new` of what can be read of `damaged`, which no other program works on.

    Raises Damaged when not even its tables can be told, NewerFile, DiskFull, Cancelled; `new` is then for the caller to
    remove.
    """
    with failures.worded(damaged), copying.reading(damaged, cancelled) as source:
        source.text_factory = _as_text
        number, names = _told(source, damaged)
        copying.make_private(new)
        target = opening.lay_out_records(new, number)
        try:
            target.execute("BEGIN IMMEDIATE")
            target.execute("DELETE FROM meta")
            saved = [_save(source, target, name) for name in sorted(names & schema.metadata.tables.keys())]
            _mend(target)
            target.execute("COMMIT")
        finally:
            target.close()
    with failures.worded(new):
        opening.lay_out(new)
    return [each for each in saved if each.table not in _OTHERS]


def can_read(damaged: Path) -> bool:
    """Whether anything of a damaged file can be read, so far as its tables can be told; nothing is touched."""
    try:
        with failures.worded(damaged), copying.reading(damaged) as source:
            source.text_factory = _as_text
            _told(source, damaged)
    except CrmError:
        return False
    return True


def _told(source: Any, damaged: Path) -> tuple[int, set[str]]:
    """The format of a damaged file and the names of its tables. Raises Damaged, NewerFile."""
    number = copying.format_of(source)
    names = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if number > opening.HEAD:
        raise failures.newer(damaged, file=number, program=opening.HEAD)
    if number < 1 or not names.intersection(schema.tables):
        raise failures.damaged(damaged)
    return number, names


def _save(source: Any, target: Any, table: str) -> TableSaved:
    columns = [row[1] for row in target.execute(f'PRAGMA table_info("{table}")')]
    reader = _Reader(source, table, columns)
    listed, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    kept = 0
    for row in reader.rows():
        try:
            target.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', row)
            kept += 1
        except (dbapi2.IntegrityError, dbapi2.DataError):
            reader.spoilt += 1  # read, but it makes no sense
    return TableSaved(table=table, kept=kept, lost=reader.lost())


class _Reader:
    """Reads the rows of one table as far as they can be read, each once."""

    def __init__(self, source: Any, table: str, columns: list[str]) -> None:
        self._source, self._table = source, table
        self._key = _OTHERS.get(table, ("id",))
        self._kinds = _KINDS.get(table, (int,))
        self._columns = ", ".join(f'"{name}"' for name in columns)
        self._places = [columns.index(name) for name in self._key]
        self._seen = self._gaps = 0
        query = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?"
        self._root = source.execute(query, (table,)).fetchone()[0]
        self._known: list[Key] | None = None
        self._sure = True
        self._broken = False
        self.spoilt = 0

    def rows(self) -> Iterator[Row]:
        """All rows that can be read, in no order that matters."""
        low: Key | None = None
        for row in self._run(None, None):
            low = self._key_of(row)
            yield row
        torn = _torn(self._source, self._table)
        if not self._broken and torn is not None and self._root not in torn:
            return
        self._know(torn)
        if not self._broken:
            return
        high: Key | None = None
        for row in self._run(low, None, back=True):
            high = self._key_of(row)
            yield row
        if self._broken:
            yield from self._between(low, high)

    def _know(self, torn: set[int] | None) -> None:
        """Asks the indexes which rows there were; one that is torn itself does not know all of them."""
        known, self._sure = _known_keys(self._source, self._table, self._key, torn)
        self._known = sorted(key for key in known if _is_of(self._kinds, key))

    def lost(self) -> int | None:
        """How many rows there were and did not come over; None when that cannot be told."""
        if self._known is None:
            return self.spoilt
        return max(len(self._known) - self._seen, 0) + self.spoilt if self._sure else None

    def _between(self, low: Key | None, high: Key | None) -> Iterator[Row]:
        """What lies between two keys: from a key in the middle in both directions, then in what is left."""
        gaps: list[_Gap] = [(0, 0, low, high)]
        probes = 0
        while gaps and probes < _PROBES + 4 * len(self._known or ()):
            probes += 1
            _width, _place, low, high = heapq.heappop(gaps)
            middle = self._middle(low, high)
            if middle is None:
                continue
            above = middle
            for row in self._run(middle, high, at=True):
                above = self._key_of(row)
                yield row
            self._leave(gaps, above, high)
            below = middle
            for row in self._run(low, middle, back=True):
                below = self._key_of(row)
                yield row
            self._leave(gaps, low, below)

    def _leave(self, gaps: list[_Gap], low: Key | None, high: Key | None) -> None:
        if self._broken:
            self._gaps += 1
            heapq.heappush(gaps, (-self._width(low, high), self._gaps, low, high))

    def _middle(self, low: Key | None, high: Key | None) -> Key | None:
        """A key between two others, one there is where the indexes know; None when nothing lies between."""
        if self._known and self._sure:
            start, end = self._span(low, high)
            return self._known[(start + end) // 2] if start < end else None
        if len(self._key) > 1 or not all(end is None or isinstance(end[0], int) for end in (low, high)):
            return None
        least = low[0] if low is not None else 0
        most = high[0] if high is not None else 2**63 - 1
        return ((least + most) // 2,) if most - least > 1 else None

    def _width(self, low: Key | None, high: Key | None) -> int:
        if self._known and self._sure:
            start, end = self._span(low, high)
            return end - start
        return int((high[0] if high else 2**63 - 1) - (low[0] if low else 0)) if len(self._key) == 1 else 0

    def _span(self, low: Key | None, high: Key | None) -> tuple[int, int]:
        known = self._known or []
        start = bisect_right(known, low) if low is not None else 0
        return start, bisect_left(known, high) if high is not None else len(known)

    def _run(self, low: Key | None, high: Key | None, *, back: bool = False, at: bool = False) -> Iterator[Row]:
        """Rows above `low` (with `at` from it on) and below `high`, backwards if asked, until one cannot be read.

        Then `_broken` says so. The driver reads one row ahead and loses the one before an error, so the last ones are
        asked for one by one.
        """
        self._broken = False
        last: Key | None = None
        for single in (False, True):
            while True:
                try:
                    for row in self._ask(low, high, back=back, at=at and last is None, single=single):
                        key = self._key_of(row)
                        if not _is_of(self._kinds, key):
                            raise dbapi2.DatabaseError("a page of another table")
                        if last is not None and (key >= last if back else key <= last):
                            raise dbapi2.DatabaseError("the pages go round in a circle")
                        last = key
                        low, high = (low, last) if back else (last, high)
                        self._seen += 1
                        yield row
                        if single:
                            break
                    else:
                        return
                except failures.UNREADABLE as error:
                    if failures.is_stopped(error):
                        raise
                    break
        self._broken = True

    def _ask(self, low: Key | None, high: Key | None, *, back: bool, at: bool, single: bool) -> Any:
        names = f"({', '.join(self._key)})"
        marks = f"({', '.join('?' * len(self._key))})"
        conditions = [f"{names} {'>=' if at else '>'} {marks}"] if low is not None else []
        conditions += [f"{names} < {marks}"] if high is not None else []
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = ", ".join(f"{name}{' DESC' if back else ''}" for name in self._key)
        query = f'SELECT {self._columns} FROM "{self._table}" NOT INDEXED{where} ORDER BY {order}'
        return self._source.execute(query + (" LIMIT 1" if single else ""), (*(low or ()), *(high or ())))

    def _key_of(self, row: Row) -> Key:
        return tuple(row[place] for place in self._places)


def _is_of(kinds: tuple[type, ...], key: Key) -> bool:
    return tuple(type(part) for part in key) == kinds


def _torn(source: Any, table: str) -> set[int] | None:
    """The roots of the trees of a table and its indexes that hang together no more; None when that cannot be told.

    SQLite reads past a torn place without a word: what hung there is just not there.
    """
    try:
        said = str(source.execute(f'PRAGMA quick_check("{table}")').fetchone()[0])  # of all its trees; then of rows
    except failures.UNREADABLE as error:
        if failures.is_stopped(error):
            raise
        return None
    if said == "ok":
        return set()
    roots = {int(number) for number in _TREE.findall(said)}
    return roots if roots and said.count("\n") < _MOST_SAID else None


def _known_keys(source: Any, table: str, key: tuple[str, ...], torn: set[int] | None) -> tuple[set[Key], bool]:
    """The keys that the indexes of a table know, and whether one that is not torn could be read to its end."""
    found: set[Key] = set()
    sure = False
    query = "SELECT name, sql, rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    for name, text, root in source.execute(query, (table,)).fetchall():
        whole, _where, condition = text.partition(" WHERE ")
        column = whole.rpartition("(")[2].split(",")[0].strip(" )")
        limit = f" WHERE {condition}" if condition else ""
        for order in ("", " DESC"):
            asked = f'SELECT {", ".join(key)} FROM "{table}" INDEXED BY "{name}"{limit} ORDER BY {column}{order}'
            try:
                for row in source.execute(asked):
                    found.add(tuple(row))
            except failures.UNREADABLE:
                continue
            sure = sure or (not condition and torn is not None and root not in torn)
            break
    return found, sure


def _mend(target: Any) -> None:
    """Loosens links to rows that are lost, and makes the journal fit the steps that are left."""
    made = {row[0] for row in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in sorted(made & schema.tables.keys()):
        for row in target.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            to, column = row[2], row[3]
            target.execute(
                f'UPDATE "{table}" SET "{column}" = NULL WHERE "{column}" IS NOT NULL'
                f' AND "{column}" NOT IN (SELECT id FROM "{to}")'
            )
    for statement in (
        "DELETE FROM journal WHERE step NOT IN (SELECT id FROM step)",
        "DELETE FROM journal WHERE tbl NOT IN (SELECT name FROM sqlite_master WHERE type = 'table')",
        "UPDATE step SET part_of = NULL WHERE part_of NOT IN (SELECT id FROM step)",
        "UPDATE step SET undoes = NULL WHERE undoes NOT IN (SELECT id FROM step)",
        "UPDATE step SET state = 'done' WHERE state = 'open'",
        "DELETE FROM meta",
        "INSERT INTO meta (one, current_step, undo_floor) SELECT 1, NULL, coalesce(max(id), 0) FROM step",
    ):
        target.execute(statement)


def _as_text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
