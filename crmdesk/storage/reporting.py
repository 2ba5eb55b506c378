"""Counts for figures: who left the path and why, and which format a file has."""

from __future__ import annotations

from sqlalchemy import Connection


def exits(connection: Connection) -> list[tuple[str, str, int]]:
    """Way off the path, stored reason, how many. Of leads and opportunities; reads every one that has left."""
    rows = connection.exec_driver_sql(
        """
        SELECT exit, exit_reason, count(*) FROM (
            SELECT exit, exit_reason FROM lead WHERE exit <> ''
            UNION ALL SELECT exit, exit_reason FROM opportunity WHERE exit <> ''
        ) GROUP BY 1, 2 ORDER BY 1, 2
        """
    )
    return [(str(kind), str(reason), int(count)) for kind, reason, count in rows]


def format_number(connection: Connection) -> int:
    """The number of the file's format."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
