"""What was typed and not yet saved: a text under a key, with its moment. Not journalled, no records."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection


def put(connection: Connection, texts: Mapping[str, str], *, at: str) -> None:
    """Keep each text under its key in place of what was there; an empty one is removed. `at` is UTC text."""
    for key, text in texts.items():
        if text:
            connection.exec_driver_sql("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (key, text, at))
        else:
            connection.exec_driver_sql("DELETE FROM draft WHERE key = ?", (key,))


def get(connection: Connection, key: str) -> tuple[str, str] | None:
    """Text and moment under a key; None when there is nothing."""
    row = connection.exec_driver_sql("SELECT text, at FROM draft WHERE key = ?", (key,)).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))


def keys(connection: Connection) -> list[tuple[str, str]]:
    """All keys with their moments, UTC text, the newest first."""
    rows = connection.exec_driver_sql("SELECT key, at FROM draft ORDER BY at DESC, key").fetchall()
    return [(str(row[0]), str(row[1])) for row in rows]


def remove_before(connection: Connection, at: str) -> int:
    """Remove what is older than `at`, UTC text; how many there were."""
    return connection.exec_driver_sql("DELETE FROM draft WHERE at < ?", (at,)).rowcount


def older(connection: Connection, at: str) -> bool:
    """Whether anything is older than `at`, UTC text; so that a file is not written for nothing."""
    return connection.exec_driver_sql("SELECT 1 FROM draft WHERE at < ? LIMIT 1", (at,)).fetchone() is not None
