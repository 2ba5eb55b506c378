"""Honest figures of a workspace, with no name in them: how many are where and went on, what is open, won and lost."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.cards import Column, Sum
from crmdesk.domain.exits import OUTCOMES
from crmdesk.services import boards, workspace
from crmdesk.services.verbs import question
from crmdesk.storage import counting, reporting
from crmdesk.storage.database import Database
from crmdesk.words import _

FEWEST = 20  # below that a share is not told: it would be a story about single cases


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFigures:
    """A stage: how many are there now, how many ever were, how many of those went on to a later one.

    `percent` is the share that went on; None under 20 that ever were there.
    """

    stage: str
    label: str
    now: int
    entered: int
    went_on: int
    percent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitFigures:
    """How many left by one way for one reason; a reason that is on no list is "other", so that no note is told."""

    kind: str
    label: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFigures:
    """The open deals of a deal stage, with whole cents by currency; `sums` counts only deals with an amount."""

    stage: str
    label: str
    open: int
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of it. `won_percent` is the share of won among won and lost; None under 20 of both."""

    stages: tuple[StageFigures, ...]
    exits: tuple[ExitFigures, ...]
    deals: tuple[DealFigures, ...]
    won: int
    lost: int
    won_percent: int | None


@question
def figures(db: Database) -> Figures:
    """The figures of now. From counts that are kept, and one pass over those who left."""
    stages = tuple(_stage(column) for column in boards.columns(db))
    deals = tuple(
        DealFigures(stage=column.stage, label=column.label, open=column.count, sums=column.sums)
        for column in boards.columns(db, lane=boards.DEALS)
    )
    known = {kind: {each.key: each.text for each in workspace.reasons(db, kind)} for kind in ("not_a_fit", "lost")}
    with db.read() as connection:
        left = reporting.exits(connection)
    counted: dict[tuple[str, str], int] = {}
    for kind, reason, count in left:
        told = known.get(kind, {}).get(reason, _("other") if reason else "")
        counted[kind, told] = counted.get((kind, told), 0) + count
    exits = tuple(
        ExitFigures(kind=kind, label=_(OUTCOMES[kind]), reason=reason, count=count)
        for (kind, reason), count in sorted(counted.items(), key=_by_kind)
        if kind in OUTCOMES
    )
    won, lost = (sum(each.count for each in exits if each.kind == kind) for kind in ("won", "lost"))
    share = percent(won, won + lost)
    return Figures(stages=stages, exits=exits, deals=deals, won=won, lost=lost, won_percent=share)


def percent(part: int, whole: int) -> int | None:
    """The rounded share in percent; None where the whole is a small number, under 20."""
    return round(100 * part / whole) if whole >= FEWEST else None


def sizes(db: Database) -> dict[str, object]:
    """How much a workspace holds, for a report of the program: records by table, the file in MB, its format."""
    with db.read() as connection:
        counts = {table: count for table, count in counting.counts(connection).items() if count}
        number = reporting.format_number(connection)
    megabytes = round(db.path.stat().st_size / 1_000_000, 1)
    return {"File": f"{megabytes} MB, format {number}", "Records": ", ".join(f"{k} {v}" for k, v in counts.items())}


def _stage(column: Column) -> StageFigures:
    return StageFigures(
        stage=column.stage,
        label=column.label,
        now=column.count,
        entered=column.entered,
        went_on=column.went_on,
        percent=None if column.terminal else percent(column.went_on, column.entered),
    )


def _by_kind(counted: tuple[tuple[str, str], int]) -> tuple[int, int, str]:
    (kind, reason), count = counted
    return tuple(OUTCOMES).index(kind) if kind in OUTCOMES else len(OUTCOMES), -count, reason
