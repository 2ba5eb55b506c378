"""Parts that write: moves, conversions, edits, imports and their undo, backups."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event

from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import Id
from crmdesk.services import backups, convert, importing, moves, tasks, undo, workspace
from crmdesk.storage.database import Database
from tests.speed.ground import Ground
from tests.speed.measure import Figure, raw, timed, times
from tests.speed.world import csv_lines, some

FRAME_MS = 16.7
IMPORTED = {"10k": 5_000, "100k": 20_000, "1m": 100_000}


def move(ground: Ground) -> Iterator[Figure]:
    """A card to the next stage: rules, journal, tallies, search, lists, committed for good."""
    sync = ground.sync()
    floor = {"floor": sync, "floor_is": "one commit"}
    with ground.database() as db:
        first, second = workspace.vocabulary(db).path[:2]
        cards = some(db, "card", where=f"stage = '{first}'", count=80)
        yield Figure(what="move one card", times=times(partial(_move, db, second), cards), goal="p50 <= 6 ms", **floor)
        ranked = times(lambda card: _move(db, second, card, before=cards[0]), cards[1:])
        yield Figure(what="move one card by hand order", times=ranked, goal="p50 <= 6 ms", **floor)
        done = times(partial(_task, db), some(db, "task", where="done_at = ''", count=40))
        yield Figure(what="tick a task off", times=done, **floor)
        wanted = some(db, "lead", where="exit = ''", count=45)
        proposed: list[float] = []
        with _written() as written:
            converted = tuple(_converted(db, lead, proposed) for lead in wanted)
        back = times(lambda _each: undo.undo(db), wanted, warm=0)
        yield Figure(what="undo of one step", times=back, **floor)
    bare = median(_replayed(ground.path, written))
    yield Figure(what="conversion: what is proposed", times=tuple(proposed), goal=f"p99 <= {FRAME_MS} ms")
    yield Figure(what="conversion, one step", times=converted, goal="10 x raw", floor=bare, floor_is="the same, raw")


def _move(db: Database, stage: str, card: Id, *, before: Id | None = None) -> None:
    try:
        moves.move(db, [card], stage, door="key", because="speed", before=before)
    except RuleBroken as error:
        raise AssertionError(str(error)) from error


@contextmanager
def _written() -> Iterator[list[tuple[str, Any]]]:
    """The statements that write, as they are sent: all that a step says itself, nothing that follows by triggers."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def _replayed(path: Path, written: list[tuple[str, Any]]) -> tuple[float, ...]:
    """The same steps by the driver alone, each with its commit, in a file in which they were taken back; in ms."""
    connection = raw(path)
    steps: list[list[tuple[str, Any]]] = []
    for statement, parameters in written:
        if statement.startswith("INSERT INTO step "):
            steps.append([])
        steps[-1].append((statement, parameters))
    try:
        return tuple(timed(partial(_say_again, connection, each)) for each in steps)
    finally:
        connection.close()


def _say_again(connection: Any, step: list[tuple[str, Any]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, parameters in step:
        connection.execute(statement, parameters)
    connection.execute("COMMIT")


def _task(db: Database, task: Id) -> None:
    tasks.done(db, task)


def _converted(db: Database, lead: Id, proposed: list[float]) -> float:
    """How long the step takes, in ms; `proposed` gets what the sheet asked before."""
    start = perf_counter()
    choice = replace(convert.propose(db, lead).default, because="speed")
    proposed.append((perf_counter() - start) * 1000)
    return timed(lambda: convert.convert(db, lead, choice))


def bring_in(ground: Ground) -> Iterator[Figure]:
    """A list comes in, as one step, and is taken back; the floor is csv, executemany and FTS5 alone."""
    count = IMPORTED[ground.size]
    path = ground.folder / "list.csv"
    path.write_text("".join(csv_lines(count, seed=3)), encoding="utf-8")
    floor = _floor(ground.folder, path)
    note = {"rows": float(count)}
    with ground.database() as db:
        backups.make(db)
        plan = importing.plan(db, importing.look(path), source="business_card_short")
        took = timed(lambda: importing.apply(db, plan))
        rate = {**note, "rows/s": count / took * 1000}
        yield Figure(what="import of a list", times=(took,), floor=floor, goal="1.5 x", notes=rate, floor_is="csv+FTS5")
        looked = timed(lambda: importing.plan(db, importing.look(path), source="business_card_short"))
        yield Figure(what="import: look and plan", times=(looked,), floor=floor, notes=note)
        back = timed(lambda: undo.undo(db))
        yield Figure(what="undo of the import", times=(back,), goal="2 s for 100k", notes=note)


def _floor(folder: Path, path: Path) -> float:
    """The same rows as one table of people, one of points, one of leads, and FTS5 over the names; in ms."""
    connection = raw(folder / "floor.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(
        """
        CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, firm TEXT, town TEXT);
        CREATE TABLE point (id INTEGER PRIMARY KEY, person_id INTEGER, value TEXT);
        CREATE TABLE lead (id INTEGER PRIMARY KEY, person_id INTEGER, stage TEXT);
        CREATE INDEX by_person ON point (person_id);
        CREATE INDEX by_value ON point (value);
        CREATE INDEX by_lead ON lead (person_id);
        CREATE VIRTUAL TABLE words USING fts5 (name, other, content='', tokenize='ascii', prefix='1 2 3 4 5 6 7');
        """
    )
    start = perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(enumerate(csv.reader(file, delimiter=";")))[1:]
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", ((n, r[0], r[1], r[4]) for n, r in rows))
    points = ((n, value) for n, r in rows for value in (r[2], r[3]))
    connection.executemany("INSERT INTO point (person_id, value) VALUES (?, ?)", points)
    connection.executemany("INSERT INTO lead VALUES (?, ?, 'lead')", ((n, n) for n, _r in rows))
    connection.executemany(
        "INSERT INTO words (rowid, name, other) VALUES (?, ?, ?)", ((n, r[0], r[1]) for n, r in rows)
    )
    connection.execute("COMMIT")
    took = (perf_counter() - start) * 1000
    connection.close()
    for left in folder.glob("floor.db*"):
        left.unlink()
    return took


def backup(ground: Ground) -> Iterator[Figure]:
    """A checked copy; the floor is SQLite's own backup without a look at it."""
    with ground.database() as db:
        target = ground.folder / "plain.db"
        floor = timed(lambda: _plain_copy(ground.path, target))
        target.unlink()
        yield Figure(what="backup", times=(timed(lambda: backups.make(db)),), floor=floor, floor_is="VACUUM INTO")
        yield Figure(what="check", times=(timed(lambda: workspace.check(db)),), floor=floor, floor_is="VACUUM INTO")


def _plain_copy(path: Path, target: Path) -> None:
    connection = raw(path, reading=True)
    connection.execute("VACUUM INTO ?", (str(target),))
    connection.close()
