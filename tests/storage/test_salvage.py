"""Reading what can be read of a damaged workspace."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crmdesk.domain.errors import Damaged, NewerFile
from crmdesk.domain.records import Activity, Person
from crmdesk.services import backups
from crmdesk.services import workspace as workspaces
from crmdesk.storage import copying, failures, opening, salvage
from crmdesk.words import Label
from tests.support.first_format import write_first_format

PAGE = 4096
PEOPLE = 4000


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> Path:
    """A closed workspace of 4,000 people, each with a note."""
    path = tmp_path_factory.mktemp("full") / "full.crmdesk"
    db = workspaces.create(path, name="Full", country="DE", me="Jana Lindner")
    with db.write(Label("Many")) as tx:
        people = tx.add_many(Person(given=f"Given {each}", family="Family " * 4) for each in range(PEOPLE))
        tx.add_many(Activity(kind="note", person_id=each.id, at="2026-01-01", note="Text " * 20) for each in people)
    db.close()
    return path


def leaves(path: Path, table: str) -> list[int]:
    """The page numbers of a table's rows, by the kind of their first byte, found from its root."""
    connection = opening.connect(path, mode="ro")
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    content = path.read_bytes()

    def below(number: int) -> list[int]:
        page = content[(number - 1) * PAGE : number * PAGE]
        if page[0] != 5:
            return [number]
        cells = int.from_bytes(page[3:5], "big")
        places = [int.from_bytes(page[12 + 2 * at : 14 + 2 * at], "big") for at in range(cells)]
        children = [int.from_bytes(page[at : at + 4], "big") for at in places] + [int.from_bytes(page[8:12], "big")]
        return [leaf for child in children for leaf in below(child)]

    return below(root)


def broken(full: Path, tmp_path: Path, pages: list[int]) -> Path:
    path = tmp_path / "broken.crmdesk"
    content = bytearray(full.read_bytes())
    for number in pages:
        content[(number - 1) * PAGE : number * PAGE] = random.Random(number).randbytes(PAGE)
    path.write_bytes(content)
    return path


def changed(full: Path, tmp_path: Path, statement: str) -> Path:
    """A copy after a statement that the program would never run."""
    path = broken(full, tmp_path, [])
    connection = opening.connect(path, mode="rw")
    connection.execute(statement)
    connection.close()
    return path


@pytest.mark.parametrize("count", [1, 2, 7])
def test_all_but_what_stood_on_the_lost_pages_comes_back(full, tmp_path, clock, count):
    people, notes = leaves(full, "person"), leaves(full, "activity")
    lost_people = random.Random(count).sample(people, count)
    lost_notes = random.Random(count).sample(notes, count)
    path = broken(full, tmp_path, lost_people + lost_notes)
    before = path.read_bytes()
    done = backups.salvage(path, clock=clock)
    kept = {each.table: each.kept for each in done.tables}
    lost = {each.table: each.lost for each in done.tables}
    assert kept["person"] > (PEOPLE * (1 - count / len(people))) * 0.99
    assert kept["activity"] > (PEOPLE * (1 - count / len(notes))) * 0.99
    assert kept["person"] + lost["person"] == kept["activity"] + lost["activity"] == PEOPLE
    assert lost["person"] < PEOPLE * count / len(people) * 1.5
    assert done.is_sure
    assert done.aside is not None
    assert done.aside.read_bytes() == before
    db = workspaces.open(path, clock=clock)
    assert workspaces.check(db) == []
    assert workspaces.info(db).people == kept["person"]
    db.close()


def test_pages_of_everything_may_be_lost_and_the_file_works_again(full, tmp_path, clock):
    pages = full.stat().st_size // PAGE
    path = broken(full, tmp_path, random.Random(8).sample(range(80, pages), pages // 100))
    done = backups.salvage(path, clock=clock)
    assert done.kept > 8000 * 0.9
    db = workspaces.open(path, clock=clock)
    assert workspaces.check(db) == []
    db.close()


def test_lost_words_are_replaced_by_those_shipped(full, tmp_path, clock):
    path = broken(full, tmp_path, leaves(full, "vocabulary") + leaves(full, "setting"))
    backups.salvage(path, clock=clock)
    db = workspaces.open(path, clock=clock)
    assert workspaces.vocabulary(db).key == workspaces.DEFAULT_VOCABULARY
    assert workspaces.info(db).people == PEOPLE
    db.close()


def test_a_file_of_the_first_format_is_salvaged_and_brought_up_to_date(tmp_path, clock):
    path = write_first_format(tmp_path / "first.crmdesk")
    [page, *_more] = leaves(path, "task")
    path.write_bytes(broken(path, tmp_path, [page]).read_bytes())
    done = backups.salvage(path, clock=clock)
    assert next(each.kept for each in done.tables if each.table == "person") > 10
    assert opening.look(path).is_today
    db = workspaces.open(path, clock=clock)
    assert workspaces.check(db) == []
    db.close()


def test_where_nothing_can_be_read_the_file_stays_as_it_is(full, tmp_path, clock):
    path = broken(full, tmp_path, [1])
    before = path.read_bytes()
    with pytest.raises(Damaged):
        backups.salvage(path, clock=clock)
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["broken.crmdesk"]


def test_tables_are_read_whole_where_nothing_is_lost(full, tmp_path):
    saved = salvage.salvage(full, tmp_path / "new.crmdesk")
    assert {each.lost for each in saved} == {0}
    assert next(each.kept for each in saved if each.table == "person") == PEOPLE


@pytest.mark.parametrize("seed", range(12))
def test_what_is_lost_is_never_told_too_small_where_bytes_are_changed_anywhere(full, tmp_path, seed):
    content, chosen = bytearray(full.read_bytes()), random.Random(seed)
    for _each in range(40):
        start = chosen.randrange(PAGE * 8, len(content) - 64)
        for place in range(start, start + 64):
            content[place] ^= chosen.randrange(1, 256)
    path = tmp_path / "torn.crmdesk"
    path.write_bytes(content)
    try:
        saved = {each.table: each for each in salvage.salvage(path, tmp_path / "new.crmdesk")}
    except Damaged:
        return
    for table in ("person", "activity"):
        there = saved[table]
        assert there.lost is None or there.kept + there.lost >= PEOPLE, there


class Greedy:
    """A connection to a file whose indexes ask for all the memory there is, as a damaged length does."""

    def __init__(self, real: Any) -> None:
        self._real = real
        real.text_factory = salvage._as_text

    def execute(self, query: str, *values: Any) -> Any:
        if "NOT INDEXED" not in query and "INDEXED BY" in query:
            raise MemoryError
        return self._real.execute(query, *values)


def test_a_length_that_asks_for_all_memory_is_a_place_that_cannot_be_read(full, tmp_path, monkeypatch):
    path = broken(full, tmp_path, leaves(full, "person")[2:4])
    reading = copying.reading

    @contextmanager
    def greedily(path, cancelled):
        with reading(path, cancelled) as source:
            yield Greedy(source)

    monkeypatch.setattr(salvage.copying, "reading", greedily)
    saved = {each.table: each for each in salvage.salvage(path, tmp_path / "new.crmdesk")}
    assert PEOPLE * 0.5 < saved["person"].kept < PEOPLE
    assert saved["person"].lost is None
    assert saved["activity"].kept == PEOPLE
    with pytest.raises(Damaged), failures.worded(path):
        raise MemoryError


def root_of(path: Path, name: str) -> int:
    connection = opening.connect(path, mode="ro")
    root = int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
    connection.close()
    return root


def test_pages_of_another_table_in_the_journal_cost_the_journal_alone(full, tmp_path):
    path = tmp_path / "broken.crmdesk"
    content = bytearray(full.read_bytes())
    roots = [(root_of(full, name) - 1) * PAGE for name in ("journal", "ix_journal_row")]
    journal, index = ((int.from_bytes(content[root + 8 : root + 12], "big") - 1) * PAGE for root in roots)
    content[journal : journal + PAGE] = content[index : index + PAGE]
    path.write_bytes(content)
    told = {each.table: each for each in backups.salvage(path).tables}
    assert (told["person"].kept, told["activity"].kept) == (PEOPLE, PEOPLE)
    db = workspaces.open(path)
    assert workspaces.check(db) == []
    db.close()


def test_entries_of_the_journal_about_no_table_are_left_behind(full, tmp_path):
    path = changed(full, tmp_path, "INSERT INTO journal (step, tbl, row_id) VALUES (1, 'pers\u00d6n', 1)")
    backups.salvage(path)
    db = workspaces.open(path)
    assert workspaces.check(db) == []
    db.close()


def test_nothing_is_salvaged_of_a_newer_file(full, tmp_path):
    path = changed(full, tmp_path, f"PRAGMA user_version = {opening.HEAD + 1}")
    with pytest.raises(NewerFile):
        backups.salvage(path)
    assert not list(tmp_path.glob("*.part*"))


def test_changes_of_the_words_without_sense_are_damage_and_the_shipped_words_come_back(full, tmp_path):
    path = changed(full, tmp_path, "UPDATE vocabulary SET changes = '{\"prospect\": {'")
    with pytest.raises(Damaged):
        workspaces.open(path)
    backups.salvage(path)
    db = workspaces.open(path)
    assert workspaces.vocabulary(db).key == workspaces.DEFAULT_VOCABULARY
    db.close()


def test_words_that_cannot_be_read_are_damage_and_the_shipped_ones_come_back_whatever_the_clock(full, tmp_path, clock):
    path = changed(full, tmp_path, "UPDATE vocabulary SET body = 'x' || body")
    with pytest.raises(Damaged):
        workspaces.open(path)
    clock.advance(timedelta(days=-2000))
    backups.salvage(path, clock=clock)
    db = workspaces.open(path)
    assert workspaces.vocabulary(db).key == workspaces.DEFAULT_VOCABULARY
    assert workspaces.check(db) == []
    db.close()
