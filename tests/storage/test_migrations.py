"""The migrations make what the schema says, and a later one closes undo."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from crmdesk.domain.errors import NotFound, RuleBroken
from crmdesk.domain.records import Person
from crmdesk.storage import derived, journal, migrations, opening, records, schema, undo
from crmdesk.storage.existing import open_database
from crmdesk.words import Label
from tests.support.first_format import write_first_format

VERSIONS = Path(migrations.__file__).parent / "versions"

NEXT = """
from alembic import op

revision = "{number:04}"
down_revision = "{before:04}"


def upgrade() -> None:
    op.execute("{statement}")
"""


def shape(connection) -> dict[str, object]:
    """What tables and indexes there are and of what, whatever the order columns came in."""
    found: dict[str, object] = {}
    rows = connection.exec_driver_sql("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for name, kind, sql in rows:
        if kind == "index" and name.startswith("ix_"):
            found[name] = " ".join(sql.split())
        elif kind == "table" and name in schema.metadata.tables:
            columns = connection.exec_driver_sql(
                f"SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo('{name}')"
            )
            links = connection.exec_driver_sql(f'SELECT "from", "table", "to" FROM pragma_foreign_key_list(\'{name}\')')
            strict = sql.rstrip().endswith("STRICT")
            deferred = sql.count("DEFERRABLE INITIALLY DEFERRED")
            found[name] = (sorted(map(tuple, columns)), sorted(map(tuple, links)), strict, deferred)
    return found


def test_the_migrated_file_is_what_the_schema_says(db, tmp_path):
    path = tmp_path / "made.crmdesk"
    path.touch()
    with db.read() as connection:
        migrated = shape(connection)
    plain = opening._engine(lambda: opening.connect(path, mode="rw"), begin="BEGIN", pool=opening.StaticPool)
    with plain.begin() as connection:
        schema.metadata.create_all(connection, checkfirst=False)
        expected = shape(connection)
    plain.dispose()
    assert migrated == expected


def test_the_program_knows_its_last_migration(db):
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(VERSIONS.parent), version_locations=[str(VERSIONS)])
    assert int(scripts.get_current_head() or 0) == migrations.HEAD
    with db.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == migrations.HEAD
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == schema.APPLICATION_ID


def test_no_migration_imports_our_own_modules():
    scripts = sorted(VERSIONS.glob("v*.py"))
    assert len(scripts) == migrations.HEAD
    for script in scripts:
        assert not re.search(r"^(from|import) crmdesk", script.read_text(encoding="utf-8"), re.MULTILINE), script


def test_opening_an_up_to_date_file_does_not_load_alembic(workspace, clock, ids, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "alembic"]:
        monkeypatch.delitem(sys.modules, name)
    open_database(workspace, clock=clock, ids=ids).close()
    assert not any(name.split(".")[0] == "alembic" for name in sys.modules)


@pytest.fixture
def ahead(tmp_path, monkeypatch):
    """A program that is one migration ahead; the statement is what that one does."""

    def make(statement: str) -> None:
        versions = tmp_path / "versions"
        shutil.copytree(VERSIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
        number = migrations.HEAD + 1
        script = NEXT.format(number=number, before=migrations.HEAD, statement=statement)
        (versions / f"v{number:04}_more.py").write_text(script, encoding="utf-8")
        monkeypatch.setattr(opening, "HEAD", number)
        monkeypatch.setattr(migrations, "HEAD", number)
        real = migrations.upgrade
        monkeypatch.setattr(migrations, "upgrade", lambda connection: real(connection, versions=versions))

    return make


def test_a_migration_keeps_the_records_and_closes_undo_but_not_the_history(db, workspace, clock, ids, ahead):
    with db.write(Label("Add")) as tx:
        anna = tx.add(Person(given="Anna"))
    db.close()
    ahead("CREATE INDEX ix_person_family ON person (family)")
    later = open_database(workspace, clock=clock, ids=ids)
    with later.read() as connection:
        assert records.get(connection, Person, anna.id) == anna
        assert [entry.label.one for entry in journal.history(connection, "person", anna.id)] == ["Add"]
        step = journal.steps(connection)[0]
        assert derived.check(connection) == []
    assert not step.undoable
    with pytest.raises(NotFound, match="nothing to undo"):
        undo.undo_last(later)
    with pytest.raises(RuleBroken, match="older than the present form"):
        undo.undo_step(later, step.id)
    later.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(db, workspace, clock, ids, ahead):
    with db.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    db.close()
    before = workspace.read_bytes()
    ahead("UPDATE person SET organisation_id = 5")
    with pytest.raises(RuntimeError, match="1 links that point at nothing"):
        open_database(workspace, clock=clock, ids=ids)
    assert workspace.read_bytes() == before
    assert not workspace.with_name(workspace.name + ".lock").exists()


def test_a_file_of_the_first_format_comes_up_to_date_with_every_value(tmp_path, clock, ids):
    path = write_first_format(tmp_path / "first.crmdesk")
    plain = opening.connect(path, mode="ro")
    tables = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    records_of = {name for name in tables if name in schema.tables}
    columns = {name: [row[1] for row in plain.execute(f"PRAGMA table_info({name})")] for name in records_of}
    before = {
        name: plain.execute(f"SELECT {', '.join(columns[name])} FROM {name} ORDER BY id").fetchall()
        for name in records_of
    }
    plain.close()
    assert sum(len(rows) for rows in before.values()) > 300
    database = open_database(path, clock=clock, ids=ids)
    with database.read() as connection:
        for name in records_of:
            rows = connection.exec_driver_sql(f"SELECT {', '.join(columns[name])} FROM {name} ORDER BY id").fetchall()
            assert [tuple(row) for row in rows] == before[name], name
        assert derived.check(connection) == []
    assert database.problems() == []
    database.close()
