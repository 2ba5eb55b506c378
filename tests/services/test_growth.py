"""What shows one screenful takes about as many instructions of SQLite in a workspace four times as big."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Pool, event

from crmdesk.domain.lists import PLACES, ListFilter, ListQuery
from crmdesk.domain.records import NO_ID, Id
from crmdesk.services import (
    boards,
    deals,
    definitions,
    dossiers,
    lists,
    moves,
    profiles,
    qualify,
    searches,
    tags,
    timelines,
    today,
    trash,
    values,
    workspace,
)
from crmdesk.storage.database import Database
from tests.speed import world

SIZES = {"some": 3000, "many": 12000}
MOST_GROWTH = 1.2
LEVELS = 500  # instructions for the levels that trees of words and rows gain, however big
FIRST = 40  # rows of a list; there are as many deals even in the smaller one
NOBODY = (NO_ID,)


@dataclass(frozen=True)
class Grown:
    """A workspace, and the ids of some of its records by table."""

    db: Database
    some: Mapping[str, list[Id]]


Question = Callable[[Grown], object]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Grown]]:
    """The smaller and the bigger one."""
    folder = tmp_path_factory.mktemp("growth")
    tables = ("person", "organisation", "lead", "opportunity")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRMDESK_SPEED", str(folder / "made"))
        for size, people in SIZES.items():
            patch.setitem(world.SIZES, size, people)
        opened = [world.opened(size, folder, told=lambda _text: None) for size in SIZES]
    yield [Grown(db, {table: world.some(db, table, count=30) for table in tables}) for db in opened]
    for db in opened:
        db.close()


@contextmanager
def instructions() -> Iterator[Callable[[], int]]:
    """How many of them the statements of connections took that are taken inside the block."""
    taken: list[Any] = []
    count = 0

    def one_more() -> int:
        nonlocal count
        count += 1
        return 0

    def listen(connection: Any, *_more: object) -> None:
        taken.append(connection)
        connection.set_progress_handler(one_more, 1)

    event.listen(Pool, "checkout", listen)
    try:
        yield lambda: count
    finally:
        event.remove(Pool, "checkout", listen)
        for connection in taken:
            connection.set_progress_handler(None, 0)


def cost(question: Question, of: Grown) -> int:
    """The instructions of a question; what the workspace keeps is read before."""
    question(of)
    with instructions() as count:
        question(of)
        return count()


def each_of(table: str, ask: Callable[[Database, Id], object]) -> Question:
    def asked(of: Grown) -> None:
        for each in of.some[table]:
            ask(of.db, each)

    return asked


def first(place: str, **wanted: Any) -> Question:
    query = ListQuery(place=place, filter=ListFilter(**wanted))
    return lambda of: lists.ids(of.db, query, FIRST)


def count(place: str, **wanted: Any) -> Question:
    query = ListQuery(place=place, filter=ListFilter(**wanted))
    return lambda of: lists.count(of.db, query)


def find(text: str) -> Question:
    return lambda of: searches.find(of.db, text, 20)


def first_stage(db: Database) -> str:
    return workspace.vocabulary(db).path[0]


def plainly(ask: Callable[[Database], object]) -> Question:
    return lambda of: ask(of.db)


RECORDS: dict[str, Callable[[Database, Id], object]] = {
    "profiles.read": profiles.read,
    "timelines.timeline": timelines.timeline,
    "timelines.history": timelines.history,
    "tags.of": tags.of,
    "values.changes": values.changes,
    "dossiers.card_of": dossiers.card_of,
}
CARDS: dict[str, Callable[[Database, Id], object]] = {
    "dossiers.read": dossiers.read,
    "qualify.why": qualify.why,
    "today.ways": today.ways,
}
FILTERS: dict[str, dict[str, Any]] = {
    "all": {},
    "of nobody": {"owners": NOBODY},
    "with words nobody has": {"text": "nobodyatall"},
}
QUESTIONS: dict[str, Question] = {
    "boards.columns": plainly(boards.columns),
    "boards.columns, deals": plainly(partial(boards.columns, lane=boards.DEALS)),
    "boards.page": plainly(lambda db: boards.page(db, first_stage(db))),
    "definitions.shown": plainly(definitions.shown),
    "lists.rows": lambda of: lists.rows(of.db, "people", of.some["person"]),
    "lists.views": plainly(lists.views),
    "tags.listed": plainly(tags.listed),
    "timelines.history": plainly(timelines.history),
    "today.listed": plainly(today.listed),
    "trash.listed": plainly(trash.listed),
    "moves.forecast": each_of("lead", lambda db, lead: moves.forecast(db, [lead])),
    "deals.forecast": each_of("opportunity", lambda db, deal: deals.forecast(db, [deal])),
    "deals.candidates": each_of("opportunity", deals.candidates),
    "searches.find, a letter": find("n"),
    "searches.find, a common name": find("nguyen"),
    "searches.find, nobody": find("nobodyatall"),
} | {
    f"{name} of a {table}": each_of(table, ask)
    for asked, tables in (
        (RECORDS, ("person", "organisation", "lead", "opportunity")),
        (CARDS, ("lead", "opportunity")),
    )
    for name, ask in asked.items()
    for table in tables
} | {
    f"lists.{ask.__name__} of {place} {name}": ask(place, **wanted)
    for ask in (first, count)
    for place in PLACES
    for name, wanted in FILTERS.items()
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_screenful_takes_no_more_in_a_bigger_workspace(grown: list[Grown], name: str) -> None:
    less, more = (cost(QUESTIONS[name], each) for each in grown)
    assert more <= less * MOST_GROWTH + LEVELS, (less, more)
