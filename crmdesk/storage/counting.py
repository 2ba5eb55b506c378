"""How many records there are."""

from __future__ import annotations

from sqlalchemy import Connection

from crmdesk.storage import schema


def counts(connection: Connection) -> dict[str, int]:
    """Records by table. SQLite counts from its smallest index: some ten milliseconds for a million."""
    return {
        table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one() for table in schema.tables
    }
