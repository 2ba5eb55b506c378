"""Databases of others, and ours with something planted in it: refused by name, untouched, and a backup leads on."""

from __future__ import annotations

import random

import pytest
from sqlcipher3 import dbapi2

from crmdesk.domain.errors import CrmError, Damaged, Foreign
from crmdesk.services import backups, unopened, workspace
from tests.torture import acts
from tests.torture.acts import FILE
from tests.torture.test_damage import salvaged

EVENTS = ("INSERT", "UPDATE", "DELETE")
TABLES = ("person", "consent", "task", "lead", "organisation", "journal", "step", "draft", "setting")
KINDS = ("trigger", "view", "unique", "virtual", "table", "column", "cascade", "check", "expression")


def plant(path, kind: str, chance: random.Random) -> None:
    """Puts something of that kind into a workspace."""
    table, other = chance.sample(TABLES, 2)
    name = chance.choice(("friendly", f"{table}_x", "search_index_x", "Über", "a b", "card_by_x"))
    statements = {
        "trigger": f'CREATE TRIGGER "{name}" AFTER {chance.choice(EVENTS)} ON {table} BEGIN DELETE FROM {other}; END',
        "view": f'CREATE VIEW "{name}" AS SELECT * FROM {table}',
        "unique": f'CREATE UNIQUE INDEX "{name}" ON {chance.choice(("person", "task", "lead"))} (ref, created_at)',
        "virtual": f'CREATE VIRTUAL TABLE "{name}" USING fts5(a)',
        "table": f'CREATE TABLE "{name}" (a)',
        "column": f"ALTER TABLE {table} ADD COLUMN extra TEXT",
        "expression": f'CREATE INDEX "{name}" ON {table} (abs({_column(path, table)}))',
    }
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        if kind in statements:
            connection.execute(statements[kind])
        else:
            words = {"cascade": "REFERENCES organisation (id) ON DELETE CASCADE", "check": "CHECK (length(given) < 3)"}
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(
                "UPDATE sqlite_master SET sql = replace(sql, 'given TEXT', 'given TEXT ' || ?) WHERE name = 'person'",
                (words[kind],),
            )
    finally:
        connection.close()


def _column(path, table: str) -> str:
    connection = dbapi2.connect(str(path))
    try:
        return str(connection.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_is_refused_and_a_backup_leads_on(ground, at_home, amount, kind):
    here = ground("restore")
    folder = at_home(here.folder)
    chance = random.Random(kind)
    for _each in range(amount.times(20, 1)):
        path = here.fresh() / FILE
        plant(path, kind, chance)
        before = path.read_bytes()
        clock, ids = acts.clock_and_ids()
        for read_only in (False, True):
            with pytest.raises(Foreign) as caught:
                workspace.open(path, clock=clock, ids=ids, read_only=read_only)
        assert path.read_bytes() == before
        trouble = unopened.look_into(path, caught.value)
        assert trouble.kind == unopened.FOREIGN
        assert trouble.backup is not None
        backups.restore(path, trouble.backup.number, clock=clock)
        db = acts.opened(folder)
        assert workspace.check(db) == []
        db.close()


@pytest.mark.parametrize("kind", ["trigger", "view", "virtual", "cascade"])
def test_nothing_planted_comes_along_when_it_is_salvaged(ground, at_home, kind):
    path = at_home(ground("move").fresh()) / FILE
    plant(path, kind, random.Random(kind))
    if salvaged(path) is not None:
        db = acts.opened(path.parent)
        assert workspace.check(db) == []
        db.close()


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE notes (a)",),
        ("CREATE TABLE person (id, name)", "INSERT INTO person VALUES (1, 'Anna')"),
        ("CREATE VIEW v AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT * FROM r",),
        ("CREATE VIRTUAL TABLE person USING fts5(given)",),
        ("PRAGMA user_version = 2", "CREATE TABLE meta (one)"),
    ],
)
@pytest.mark.parametrize("ours", [False, True], ids=["as it is", "with our mark"])
def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path, ground, statements, ours):
    path = tmp_path / "other.crmdesk"
    mark = _mark(ground("move").fresh() / FILE)
    connection = dbapi2.connect(str(path), isolation_level=None)
    for each in (*statements, *((f"PRAGMA application_id = {mark}",) if ours else ())):
        connection.execute(each)
    connection.close()
    before = path.read_bytes()
    clock, ids = acts.clock_and_ids()
    with pytest.raises((Foreign, Damaged)) as caught:
        workspace.open(path, clock=clock, ids=ids)
    trouble = unopened.look_into(path, caught.value)
    assert trouble.remedy
    assert path.read_bytes() == before
    assert isinstance(caught.value, CrmError)


def _mark(path) -> int:
    connection = dbapi2.connect(str(path))
    try:
        return int(connection.execute("PRAGMA application_id").fetchone()[0])
    finally:
        connection.close()
