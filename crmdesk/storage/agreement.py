"""The text of the vocabulary in use: the teams' agreement as it is stored."""

from __future__ import annotations

from crmdesk.storage.reading import Reading

Stored = tuple[str, str, str, int, str]
"""The body, the key of the vocabulary, the workspace's own changes, version and date."""


def in_use(connection: Reading) -> Stored | None:
    """The newest one; None without any."""
    row = connection.exec_driver_sql(
        "SELECT body, key, changes, version, dated FROM vocabulary ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2], row[3], row[4])
