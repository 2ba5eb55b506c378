"""A list comes in: looked at, planned with nothing written, applied as one step that can be taken back.

Every data row is accounted for: imported + merged + skipped + reported = read. Blank lines, the header and what stands
above it are counted apart.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from crmdesk import words
from crmdesk.domain import dates, entry
from crmdesk.domain.errors import BadFile, BadInput, Cancelled, CrmError, DiskFull
from crmdesk.domain.mapping import Column, Target, suggest
from crmdesk.domain.records import Event, Id
from crmdesk.exchange import csv_file
from crmdesk.services import backups, events, import_matching, workspace
from crmdesk.services.import_drafts import Draft, Remark
from crmdesk.services.import_matching import Known
from crmdesk.services.import_plans import ImportResult, Look, LookColumn, OddRow, Plan, Problem
from crmdesk.services.import_rows import Reading, read
from crmdesk.services.import_writing import Placing, Slice
from crmdesk.services.verbs import question, verb
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.long_step import LongStep
from crmdesk.words import N_, Label, _

SLICE_ROWS, LEAST_ROWS = 200, 20
SLICE_SECONDS = 0.07  # an edit waits for one slice at most: as many rows as the machine writes in that time
ODD_ROWS = 5

Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""


def look(path: str | Path, *, encoding: str = "", delimiter: str = "", header: bool | None = None) -> Look:
    """What a file is; what is given is taken, the rest is found. Read from end to end. BadFile when it is no list."""
    stamp = _stamp(path)
    shape = csv_file.look(Path(path), language=words.language(), encoding=encoding, delimiter=delimiter, header=header)
    filled = (record for record in csv_file.records(shape) if not record.is_blank)
    sample = [record.cells for record in itertools.islice(filled, csv_file.SAMPLE_ROWS)]
    found = suggest(shape.header, sample, named=bool(shape.header_line))
    counts = [0, 0]
    for record in csv_file.records(shape):
        counts[record.is_blank] += 1
    dated = [cells[each.index] for cells in sample for each in found if _is_date(each) and each.index < len(cells)]
    return Look(
        shape=shape,
        columns=tuple(_look_column(column) for column in found),
        rows=counts[False],
        blank=counts[True],
        month_first=dates.looks_month_first(dated),
        stamp=stamp,
    )


@question
def plan(
    db: Database,
    look: Look,
    *,
    mapping: list[str] | None = None,
    source: str = "address_book",
    event: Id | None = None,
    event_name: str = "",
    people_only: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """What applying a list would do; nothing is written. `mapping` has a target for each column, by itself the look's.

    `source` is a key of the entry table; the event is named or one that is there. Raises NotFound for an unknown source
    or event, BadInput for a mapping that does not fit, BadFile for a file that was changed since it was looked at,
    Cancelled when `cancelled` says so.
    """
    targets = _checked(look, mapping)
    entry.placing(workspace.vocabulary(db), source)
    with db.read() as connection:
        if event is not None:
            records.get(connection, Event, event)
        drafts = _drafts(look, targets, country=workspace.country(connection))
        counts, odd = _foreseen(connection, drafts, cancelled)
    return Plan(
        look=look,
        mapping=tuple(target.text for target in targets),
        source=source,
        event=event,
        event_name=event_name,
        people_only=people_only,
        read=counts.total(),
        new=counts["new"],
        same=counts["same"],
        doubled=counts["doubled"],
        reported=counts["reported"],
        odd=odd,
    )


def _foreseen(
    connection: Connection, drafts: Iterator[Draft], cancelled: Callable[[], bool] | None
) -> tuple[Counter[str], tuple[OddRow, ...]]:
    """How many rows would come to what, and the oddest of them."""
    counts = Counter[str]()
    odd: list[tuple[Remark, Draft]] = []
    known = Known()
    for batch in _batches(drafts):
        _stop_if(cancelled)
        taken = [draft for draft in batch if not draft.refused]
        known.load(connection, taken)
        counts["reported"] += len(batch) - len(taken)
        for _draft, party in import_matching.outcomes(known, taken):
            counts["new" if party is None else "doubled" if party.is_new else "same"] += 1
        odd = _oddest([*odd, *((remark, draft) for draft in batch for remark in draft.remarks)])
    rows = sorted((draft.line, draft.text, remark.what, remark.level) for remark, draft in odd)
    return counts, tuple(OddRow(line=line, text=text, what=what, level=level) for line, text, what, level in rows)


@verb
def apply(
    db: Database,
    plan: Plan,
    *,
    problems_beside: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    rows: Callable[[LongStep], Done] | None = None,
    draft: str = "",
) -> ImportResult:
    """Writes a list as one step, in slices between which others may write. Blanks are filled, nothing is overwritten.

    Raises Cancelled when `cancelled` says so, and BadFile when the file was changed since it was looked at: everything
    is taken back. With `problems_beside` the rows that were not taken are written beside the file, as "<name>
    problems.csv". A backup is made first, if anything changed since the last one; DiskFull when there is no room for
    it. `rows` writes them in place of `write_rows`, in another process. `draft` is the key of what was typed for it,
    which is done with when the list is in.
    """
    backups.make_if_due(db, "import", cancelled=cancelled)
    step = db.long_write(label(plan))
    try:
        done = rows(step) if rows else write_rows(db, step, plan, progress=progress, cancelled=cancelled)
        step.finish(draft=draft)
    except DiskFull as error:
        _take_back_on_a_full_disk(step, error)
        raise
    except BaseException:
        step.cancel()
        raise
    return done.result(_write_beside(plan.look, done.reported) if problems_beside else "")


def label(plan: Plan) -> Label:
    """What an import is called in the history."""
    return Label(N_("Import {file}"), args={"file": plan.look.name})


def write_rows(
    db: Database, step: LongStep, plan: Plan, *, progress: Progress | None, cancelled: Callable[[], bool] | None
) -> Done:
    """All rows of a list as slices of a step, and what became of them; the step is left open. Raises as `apply`."""
    done = Done()
    for drafts in _paced(step, _drafts(plan.look, _checked(plan.look, list(plan.mapping)), country=_country(db))):
        _stop_if(cancelled)
        done.note(drafts, _write_slice(db, step, plan, drafts))
        if progress is not None:
            progress(done.read, plan.read)
    return done


def _take_back_on_a_full_disk(step: LongStep, full: DiskFull) -> None:
    """Taking back needs room too; where there is none it happens at the next start, and that is what is said."""
    try:
        step.cancel()
    except CrmError:
        raise DiskFull(
            _("The disk is full, and a part of the list is still in the workspace."),
            _("Make room and start the program again: it takes that part back by itself."),
        ) from full


class _NothingToWriteError(Exception):
    """Takes back a slice that holds only what is known already, so that no empty step is left in the history."""


def _write_slice(db: Database, step: LongStep, plan: Plan, drafts: list[Draft]) -> list[str]:
    """What became of each draft."""
    vocabulary = workspace.vocabulary(db)
    row = entry.placing(vocabulary, plan.source)
    taken = [draft for draft in drafts if not draft.refused]
    outcomes: dict[int, str] = {}
    with suppress(_NothingToWriteError), step.slice() as tx:
        event = events.put(tx, plan.event_name).id if plan.event_name else plan.event
        placing = Placing(
            vocabulary=vocabulary, row=row, event_id=event, people_only=plan.people_only, file=plan.look.name
        )
        writer = Slice(tx, placing, taken)
        outcomes = {id(draft): writer.take(draft) for draft in taken}
        if not set(outcomes.values()) & {"imported", "merged"}:
            raise _NothingToWriteError
        writer.write()
    return [outcomes.get(id(draft), "reported") for draft in drafts]


class Done:
    """What became of the rows so far."""

    def __init__(self) -> None:
        self.reported: list[Draft] = []
        self._counts = Counter[str]()
        self._problems: list[Problem] = []

    @property
    def read(self) -> int:
        """How many rows were taken so far."""
        return self._counts.total()

    def note(self, drafts: list[Draft], outcomes: list[str]) -> None:
        """Counts a slice."""
        self._counts.update(outcomes)
        self.reported.extend(draft for draft in drafts if draft.refused)
        for draft in drafts:
            self._problems.extend(
                Problem(
                    line=draft.line,
                    what=remark.what,
                    remedy=remark.remedy,
                    text=draft.text,
                    kept=draft.refused is None,
                )
                for remark in draft.remarks
                if remark.level != "good"
            )

    def result(self, beside: str) -> ImportResult:
        """The whole of it."""
        return ImportResult(
            read=self.read,
            imported=self._counts["imported"],
            merged=self._counts["merged"],
            skipped=self._counts["skipped"],
            reported=self._counts["reported"],
            problems=tuple(self._problems),
            beside=beside,
        )


def _stop_if(cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled(_("The import was stopped."), _("Everything it had written was taken back."))


def _write_beside(look: Look, reported: list[Draft]) -> str:
    """The rows that were not taken, with why, in a file beside the list; "" when there are none."""
    if not reported:
        return ""
    path = Path(look.shape.path)
    header = (_("Line"), _("Problem"), *look.shape.header)
    rows = ((str(draft.line), draft.refused.what if draft.refused else "", *draft.cells) for draft in reported)
    beside = path.with_name(_("{name} problems").format(name=path.stem) + ".csv")
    return str(csv_file.write(beside, itertools.chain([header], rows), delimiter=look.shape.delimiter))


def _drafts(look: Look, targets: tuple[Target, ...], *, country: str) -> Iterator[Draft]:
    """The rows, read. BadFile, at the end too, when they are not those that were looked at."""
    reading = Reading(
        targets=targets,
        headers=look.shape.header,
        delimiter=look.shape.delimiter,
        country=country,
        language="vi" if country == "VN" else "",
        month_first=look.month_first,
    )
    _refuse_changed(look)
    for record in csv_file.records(look.shape):
        if not record.is_blank:
            yield read(record, reading)
    _refuse_changed(look)


def _stamp(path: str | Path) -> tuple[int, int]:
    try:
        found = Path(path).stat()
    except OSError:  # said by who reads it
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _refuse_changed(look: Look) -> None:
    if _stamp(look.shape.path) != look.stamp:
        raise BadFile(
            _("“{name}” was changed after it had been looked at.").format(name=look.name), _("Choose the file again.")
        )


def _paced(step: LongStep, drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    """Rows for a slice each, as many as the slice before says."""
    least = min(LEAST_ROWS, SLICE_ROWS)
    count = least
    while batch := list(itertools.islice(drafts, count)):
        yield batch
        fitting = int(len(batch) * SLICE_SECONDS / step.held) if step.held else SLICE_ROWS
        count = max(least, min(fitting, 2 * count, SLICE_ROWS))


def _batches(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    while batch := list(itertools.islice(drafts, SLICE_ROWS)):
        yield batch


def _country(db: Database) -> str:
    with db.read() as connection:
        return workspace.country(connection)


def _checked(look: Look, mapping: list[str] | None) -> tuple[Target, ...]:
    """The targets of all columns. BadInput when there are too few or too many."""
    chosen = look.mapping if mapping is None else tuple(mapping)
    if len(chosen) != len(look.columns):
        raise BadInput(
            _("The list has {columns} columns, but {given} fields were chosen.").format(
                columns=len(look.columns), given=len(chosen)
            ),
            _("Choose a field for each column."),
        )
    return tuple(Target.of(text) for text in chosen)


def _oddest(found: list[tuple[Remark, Draft]]) -> list[tuple[Remark, Draft]]:
    """A few odd rows, each another one and odd in its own way as far as there are."""
    seen: Counter[str | int] = Counter()
    ranked: list[tuple[int, int, int, int, tuple[Remark, Draft]]] = []
    for remark, draft in found:
        ranked.append((seen[draft.line], seen[remark.key], remark.place, draft.line, (remark, draft)))
        seen.update((remark.key, draft.line))
    ranked.sort(key=_rank)
    return [pair for *_place, pair in ranked[:ODD_ROWS]]


def _rank(entry_: tuple[int, int, int, int, tuple[Remark, Draft]]) -> tuple[int, int, int, int]:
    return entry_[:4]


def _is_date(column: Column) -> bool:
    return column.target.field in ("met_on", "birthday")


def _look_column(column: Column) -> LookColumn:
    return LookColumn(
        index=column.index,
        header=column.header,
        example=column.example[:200],
        field=column.target.text,
        words=column.target.words,
        how=column.how,
    )
