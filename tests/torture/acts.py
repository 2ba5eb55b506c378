"""What is done while it is tortured: each act makes a workspace ready, then does some edits one after the other.

Clock and ids are handed in, so an act leaves exactly the same rows each time: a file after a torture is compared with
the same act done in peace.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.records import Id, Person, Task
from crmdesk.services import backups, boards, capture, convert, importing, moves, samples, tasks, trash, undo, workspace
from crmdesk.storage import clearing, records
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.conftest import TUESDAY
from tests.support.first_format import write_first_format

FILE, LIST = "torture.crmdesk", "list.csv"
ROWS, SLICE = 60, 20
ANYWAY = "As agreed at the stand"

Edit = Callable[[], object]
Edits = Iterator[Edit]


def clock_and_ids(seed: int = 7) -> tuple[FixedClock, IdSource]:
    """Both go on by themselves, the same way each time."""
    clock = FixedClock(TUESDAY, timedelta(milliseconds=1))
    return clock, IdSource(clock, random.Random(seed))


def opened(folder: Path, *, seed: int = 7) -> Database:
    clock, ids = clock_and_ids(seed)
    return workspace.open(folder / FILE, clock=clock, ids=ids)


@cache
def _sample() -> bytes:
    """A closed workspace with the sample people."""
    clock, ids = clock_and_ids(seed=1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        db = workspace.create(path, vocabulary="dialogue", me="Jana Lindner", country="DE", clock=clock, ids=ids)
        try:
            with db.hasty():
                samples.fill(db)
        finally:
            db.close()
        return path.read_bytes()


def ready(folder: Path) -> None:
    """A closed workspace with the sample people, in a folder of its own."""
    (folder / FILE).write_bytes(_sample())
    lines = (f"Person Number{each},Firm {each % 9} Ltd,p{each}@firm.example" for each in range(ROWS))
    (folder / LIST).write_text("\n".join(("Name,Company,E-mail", *lines, "")), encoding="utf-8")


def ready_first(folder: Path) -> None:
    """A workspace as the first version made it."""
    write_first_format(folder / FILE)


def ready_restore(folder: Path) -> None:
    """A workspace with a backup, and an edit since."""
    ready(folder)
    db = opened(folder, seed=2)
    backups.make(db)
    capture.add(db, name="Since The Backup", source="business_card_short")
    db.close()


def ready_stopped(folder: Path) -> None:
    """A workspace in which a list was stopped."""
    ready(folder)
    db = opened(folder, seed=2)
    step = db.long_write(Label("Import"))
    for number in range(3):
        with step.slice() as tx:
            tx.add_many(Person(given=f"{number}-{row}") for row in range(SLICE))
    step.cancel()
    db.close()


def leads(db: Database, stage: str) -> list[Id]:
    return [card.id for card in boards.every_card(db, stage) if card.kind == "lead"]


def moving(folder: Path) -> Edits:
    db = opened(folder)
    for each in leads(db, "lead")[:3]:
        yield partial(moves.move, db, [each], "prospect", because=ANYWAY)
    yield db.checkpoint
    for each in leads(db, "prospect")[:2]:
        yield partial(moves.move, db, [each], "lead", because=ANYWAY)
    yield db.close


def bringing_in(folder: Path) -> Edits:
    importing.SLICE_ROWS = SLICE
    db = opened(folder)

    def bring_in() -> None:
        importing.apply(db, importing.plan(db, importing.look(folder / LIST), source="badge_scan"))

    yield bring_in
    yield db.close


def converting(folder: Path) -> Edits:
    db = opened(folder)
    for each in leads(db, "prospect")[:2]:
        yield partial(_convert, db, each)
    yield db.close


def _convert(db: Database, lead: Id) -> None:
    convert.convert(db, lead, replace(convert.propose(db, lead).default, because=ANYWAY))


def taking_back(folder: Path) -> Edits:
    db = opened(folder)
    for verb in (undo.undo, undo.undo, undo.redo, undo.undo):
        yield partial(verb, db)
    yield db.close


def migrating(folder: Path) -> Edits:
    made: list[Database] = []
    yield lambda: made.append(opened(folder))
    yield lambda: made.pop().close()


def backing_up(folder: Path) -> Edits:
    db = opened(folder)
    yield partial(backups.make, db)
    yield partial(capture.add, db, name="Between Two", source="business_card_short")
    yield partial(backups.make, db)
    yield db.close


def restoring(folder: Path) -> Edits:
    clock, _ids = clock_and_ids()
    yield partial(backups.restore, folder / FILE, 1, clock=clock)


def removing(folder: Path) -> Edits:
    db = opened(folder)
    with db.read() as connection:
        people = [each.id for each in records.where(connection, Person)][:2]
    for each in people:
        yield partial(trash.remove, db, [each])
        yield partial(_bring_back, db)
    yield db.close


def _bring_back(db: Database) -> None:
    trash.bring_back(db, trash.listed(db)[0].removal)


def freeing(folder: Path) -> Edits:
    clearing.SLICE = SLICE
    db = opened(folder)
    yield partial(undo.clear_stopped, db, stopped=bool)
    yield partial(capture.add, db, name="After It", source="business_card_short")
    yield db.close


def steady(folder: Path) -> Edits:
    """Goes on until it is stopped: small edits, with the idle moments between them."""
    db = opened(folder)
    with db.read() as connection:
        about = records.where(connection, Person)[0].id
    for number in range(100_000):
        yield partial(tasks.plan, db, about, title=f"Step {number}", due_on="2026-06-01")
        if number % 16 == 15:
            db.checkpoint()


def planned_steps(db: Database) -> list[int]:
    """The numbers of the steps that `steady` planned and that are in the file."""
    with db.read() as connection:
        titles = [each.title for each in records.where(connection, Task)]
    return sorted(int(each.removeprefix("Step ")) for each in titles if each.startswith("Step "))


ACTS: dict[str, tuple[Callable[[Path], None], Callable[[Path], Edits]]] = {
    "move": (ready, moving),
    "import": (ready, bringing_in),
    "conversion": (ready, converting),
    "undo": (ready, taking_back),
    "migration": (ready_first, migrating),
    "backup": (ready, backing_up),
    "restore": (ready_restore, restoring),
    "trash": (ready, removing),
    "freeing": (ready_stopped, freeing),
}
STEADY = "steady"


def edits_of(act: str, folder: Path) -> Edits:
    return steady(folder) if act == STEADY else ACTS[act][1](folder)
