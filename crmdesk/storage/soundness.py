"""Whether the journal fits the file: every entry belongs to a step, and no step is half open."""

from __future__ import annotations

from sqlalchemy import Connection

_QUESTIONS = (
    ("journal: {count} entries of no step", "SELECT count(*) FROM journal WHERE step NOT IN (SELECT id FROM step)"),
    (
        "journal: {count} entries of no table",
        "SELECT count(*) FROM journal WHERE tbl NOT IN (SELECT name FROM sqlite_master)",
    ),
    ("step: {count} open between two writes", "SELECT count(*) FROM meta WHERE current_step IS NOT NULL"),
    ("step: {count} slices of no step", "SELECT count(*) FROM step WHERE part_of NOT IN (SELECT id FROM step)"),
    ("step: {count} undo steps of no step", "SELECT count(*) FROM step WHERE undoes NOT IN (SELECT id FROM step)"),
)


def journal_problems(connection: Connection) -> list[str]:
    """What does not fit; nothing when all is well. Reads the journal once."""
    counts = ((text, connection.exec_driver_sql(query).scalar_one()) for text, query in _QUESTIONS)
    return [text.format(count=count) for text, count in counts if count]
