"""Brings a workspace file to the present shape by alembic, which is imported only when there is something to do.

The scripts stand in `versions`, each with its own words: none imports the live schema. A file's shape is the number of
its last script, kept in `PRAGMA user_version` beside alembic's own table. What makes and changes tables stands in each
script's list STATEMENTS, so that the shape of every format can be told without alembic.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

HEAD = 2

_HERE = Path(__file__).parent


def upgrade(connection: Connection, *, versions: Path = _HERE / "versions", to: int | None = None) -> int:
    """Run what is missing, up to the format `to` if one is named, on a writing connection within its transaction.

    Returns the file's number afterwards.

    The connection has no journal triggers and its foreign keys are off, since a table may have to be rebuilt; what
    they would have refused is looked for at the end: RuntimeError for links to nothing, a mistake of the script. What
    was done before can no longer be undone.
    """
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(_HERE), version_locations=[str(versions)])
    target = "head" if to is None else f"{to:04}"
    context = MigrationContext.configure(
        connection,
        opts={
            "fn": lambda revision, _context: scripts._upgrade_revs(target, revision),
            "script": scripts,
            "transactional_ddl": True,
        },
    )
    with Operations.context(context):
        context.run_migrations()
    number = _number(scripts) if to is None else to
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    connection.exec_driver_sql("UPDATE meta SET undo_floor = (SELECT coalesce(max(id), 0) FROM step)")
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"a migration left {len(broken)} links that point at nothing")
    return number


def statements(number: int) -> list[str]:
    """What makes the tables and indexes of a file of format `number`, in order; empty for a format there never was."""
    scripts = sorted((_HERE / "versions").glob("v*.py"))[:number]
    found: list[str] = []
    for script in scripts:
        for node in ast.parse(script.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "STATEMENTS":
                found += ast.literal_eval(node.value)
    return found if len(scripts) == number else []


def _number(scripts: ScriptDirectory) -> int:
    head = scripts.get_current_head()
    return int(head) if head else 0
