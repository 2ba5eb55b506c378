"""All rows of all record tables, to compare a workspace before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from crmdesk.storage import schema


def dump(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every record table's rows in the order of their ids; derived tables and the journal are not in it."""
    return {
        name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY id')]
        for name in schema.tables
    }
