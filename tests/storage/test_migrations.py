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
from crmdesk.storage.database import open_database
from crmdesk.words import Label

VERSIONS = Path(migrations.__file__).parent / "versions"

SECOND = """
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("{statement}")
"""


def shape(connection) -> dict[str, str]:
    """What the file's own statements say, without their layout."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        name: " ".join(re.sub(r"([(),])", r" \1 ", sql).split())
        for name, sql in rows
        if name in schema.metadata.tables or name.startswith("ix_")
    }


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
    for script in VERSIONS.glob("v*.py"):
        assert not re.search(r"^(from|import) crmdesk", script.read_text(encoding="utf-8"), re.MULTILINE), script


def test_opening_an_up_to_date_file_does_not_load_alembic(workspace, clock, ids, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "alembic"]:
        monkeypatch.delitem(sys.modules, name)
    open_database(workspace, clock=clock, ids=ids).close()
    assert not any(name.split(".")[0] == "alembic" for name in sys.modules)


@pytest.fixture
def second(tmp_path, monkeypatch):
    """A program that is one migration ahead; the statement is what that one does."""

    def make(statement: str) -> None:
        versions = tmp_path / "versions"
        shutil.copytree(VERSIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
        (versions / "v0002_more.py").write_text(SECOND.format(statement=statement), encoding="utf-8")
        monkeypatch.setattr(opening, "HEAD", 2)
        monkeypatch.setattr(migrations, "HEAD", 2)
        real = migrations.upgrade
        monkeypatch.setattr(migrations, "upgrade", lambda connection: real(connection, versions=versions))

    return make


def test_a_migration_keeps_the_records_and_closes_undo_but_not_the_history(db, workspace, clock, ids, second):
    with db.write(Label("Add")) as tx:
        anna = tx.add(Person(given="Anna"))
    db.close()
    second("CREATE INDEX ix_person_family ON person (family)")
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


def test_a_migration_that_fails_leaves_the_file_as_it_was(db, workspace, clock, ids, second):
    with db.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    db.close()
    before = workspace.read_bytes()
    second("UPDATE person SET organisation_id = 5")
    with pytest.raises(RuntimeError, match="1 links that point at nothing"):
        open_database(workspace, clock=clock, ids=ids)
    assert workspace.read_bytes() == before
    assert not workspace.with_name(workspace.name + ".lock").exists()
