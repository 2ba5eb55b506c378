"""A long list comes in by a process of its own beside the window: cancelled, killed, orphaned, and written beside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import sleep

import pytest

from crmdesk import words
from crmdesk.domain.changes import ALL, Change
from crmdesk.domain.errors import BadFile, Cancelled, CrmError
from crmdesk.domain.ids import IdSource, SystemClock
from crmdesk.domain.records import Lead, Person
from crmdesk.services import crashes, importing, undo, workspace
from crmdesk.services.crashes import Elsewhere
from crmdesk.services.import_process import ImportProcess
from crmdesk.storage import derived, journal, records
from crmdesk.storage import undo as stored
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
from tests.support.dump import dump

ROWS = 3000

WINDOW = """
import sys
from pathlib import Path
from crmdesk.services import importing, workspace
from crmdesk.services.import_process import ImportProcess
db = workspace.open(Path(sys.argv[1]))
lists = ImportProcess(db)
plan = lists.plan(lists.look(sys.argv[2]), source="badge_scan")
def told(done, of):
    print(lists._process.pid, done, flush=True)
lists.apply(plan, progress=told)
"""


@pytest.fixture
def book(tmp_path: Path):
    words.use("en")
    db = workspace.create(tmp_path / "desk.crmdesk", country="DE", currency="EUR", me="Jana")
    yield db
    db.close()


@pytest.fixture
def lists(book: Database):
    lists = ImportProcess(book)
    yield lists
    lists.close()


@pytest.fixture
def long(tmp_path: Path) -> Path:
    path = tmp_path / "long.csv"
    rows = [f"Given{number},Family{number},g{number}@long.example" for number in range(ROWS)]
    path.write_text("\n".join(["First name,Last name,E-mail", *rows, ",,,"]), encoding="utf-8")
    return path


def state(db: Database) -> dict[str, list[tuple[object, ...]]]:
    with db.read() as connection:
        return dump(connection)


def people(db: Database) -> list[str]:
    with db.read() as connection:
        return sorted(person.given for person in records.where(connection, Person))


def labels(db: Database) -> list[tuple[str, str, str]]:
    with db.read() as connection:
        return [(step.label.one, step.kind, step.state) for step in journal.steps(connection)][:-1]


def sound(db: Database) -> bool:
    with db.read() as connection:
        return workspace.check(db) == [] and derived.check(connection) == []


def test_a_long_list_comes_in_by_another_process_as_one_step_that_is_told_here(book, lists, long):
    before = state(book)
    told: list[Change] = []
    book.subscribe(told.append)
    steps: list[tuple[int, int]] = []
    plan = lists.plan(lists.look(long), source="badge_scan")
    result = lists.apply(plan, progress=lambda done, of: steps.append((done, of)))
    assert lists._process is not None
    assert (result.imported, result.read) == (ROWS, plan.read)
    assert steps[-1] == (plan.read, plan.read)
    assert [change.tables["person"] for change in told] == [ALL]
    assert labels(book) == [("Import {file}", "long", "done")]
    with book.read() as connection:
        assert {each.owner_id for each in records.where(connection, Lead)} == {book.member_id}
    assert sound(book)
    undo.undo(book)
    assert state(book) == before


def test_a_short_list_needs_no_process(book, lists, tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("First name,E-mail\nAnna,anna@short.example\n", encoding="utf-8")
    assert lists.apply(lists.plan(lists.look(path), source="badge_scan")).imported == 1
    assert lists._process is None


def test_without_a_window_there_is_no_process(book, long):
    lists = ImportProcess(book, beside=False)
    assert lists.apply(lists.plan(lists.look(long), source="badge_scan")).imported == ROWS
    assert lists._process is None


def test_edits_made_meanwhile_go_before_the_next_slice_and_stay_when_it_is_stopped(book, lists, long):
    plan = lists.plan(lists.look(long), source="badge_scan")
    edits: list[int] = []

    def edit(done: int, _of: int) -> None:
        def write() -> None:
            with book.write(Label("Edit")) as tx:
                tx.add(Person(given=f"edit {done}"))

        person = threading.Thread(target=write)  # the window's own thread, while this one serves the process
        person.start()
        person.join()
        edits.append(done)

    with pytest.raises(Cancelled):
        lists.apply(plan, progress=edit, cancelled=lambda: len(edits) >= 4)
    assert people(book) == sorted(f"edit {done}" for done in edits)
    assert len(edits) == 4
    assert ("Import {file}", "long", "cancelled") in labels(book)
    assert sound(book)
    assert lists.apply(plan).imported == ROWS  # the same process goes on


def test_when_the_process_is_killed_everything_is_taken_back_at_once(book, lists, long):
    before = state(book)
    plan = lists.plan(lists.look(long), source="badge_scan")

    def kill(done: int, _of: int) -> None:
        if done > 600:
            os.kill(lists._process.pid, signal.SIGKILL)

    with pytest.raises(CrmError, match="taken back") as caught:
        lists.apply(plan, progress=kill)
    assert not isinstance(caught.value, Cancelled)
    assert state(book) == before
    assert sound(book)
    assert lists.apply(plan).imported == ROWS


@pytest.mark.parametrize("both", [False, True])
def test_when_the_window_is_killed_the_next_start_takes_everything_back(book, long, both):
    path = book.path
    before = state(book)
    book.close()
    window = subprocess.Popen([sys.executable, "-c", WINDOW, str(path), str(long)], stdout=subprocess.PIPE, text=True)
    assert window.stdout is not None
    worker = int(window.stdout.readline().split()[0])
    window.stdout.readline()
    if both:
        os.kill(worker, signal.SIGKILL)
    os.kill(window.pid, signal.SIGKILL)
    window.wait()
    clock = SystemClock()
    again = open_database(path, clock=clock, ids=IdSource(clock))
    assert state(again) == before
    for _each in range(100):
        if not _is_alive(worker):
            break
        sleep(0.05)
    assert not _is_alive(worker)
    assert state(again) == before
    assert ("Import {file}", "long", "cancelled") in labels(again)
    assert sound(again)
    again.close()
    window.stdout.close()


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_a_process_that_outlived_its_program_writes_nothing_into_a_step_that_was_taken_back(book, lists, long):
    plan = lists.plan(lists.look(long), source="badge_scan")
    step = book.long_write(Label("Import"))
    step.begin()
    stored.take_back_unfinished(book)
    before = state(book)
    with pytest.raises(CrmError, match="has taken back"):
        lists._asked("rows", {"plan": plan, "step": step.step})
    assert state(book) == before


def test_what_is_wrong_crosses_over_in_both_sentences_and_in_the_persons_language(book, lists, tmp_path):
    words.use("de")
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100_000)
    with pytest.raises(BadFile) as here:
        importing.look(path)
    with pytest.raises(BadFile) as there:
        lists.look(path)
    assert lists._process is not None
    assert (there.value.what, there.value.remedy) == (here.value.what, here.value.remedy)
    assert "Bild" in there.value.what


def test_a_mistake_of_the_program_there_is_reported_with_its_place(book, lists, long):
    look = lists.look(long)
    with pytest.raises(Elsewhere, match=r"import_process\.py") as caught:
        lists.plan(look, nonsense=1)
    assert "TypeError" in crashes.traced(caught.value)


def test_the_process_ends_with_the_workspace(book, lists, long):
    lists.look(long)
    process = lists._process
    book.close()
    assert process.poll() is not None
    assert [each.name for each in book.path.parent.glob("desk.crmdesk*")] == ["desk.crmdesk"]
