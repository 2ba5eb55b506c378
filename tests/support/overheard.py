"""A connection that remembers what it was asked."""

from __future__ import annotations

from typing import Any

from crmdesk.storage.connection import Connection, Rows


class Overheard(Connection):
    """Stands in for a connection and keeps each statement with its values."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.driver)
        self.asked: list[tuple[str, Any]] = []

    def exec_driver_sql(self, statement: str, values: Any = ()) -> Rows:
        self.asked.append((statement, values))
        return super().exec_driver_sql(statement, values)
