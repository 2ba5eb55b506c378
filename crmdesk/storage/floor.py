"""How far back undo goes: nothing up to the floor can be taken back."""

from __future__ import annotations

from crmdesk.storage.database import Database


def raise_floor(db: Database) -> None:
    """Everything written so far stays: the start of a workspace is no step that a person took."""
    with db.aside() as connection:
        connection.exec_driver_sql("UPDATE meta SET undo_floor = (SELECT coalesce(max(id), 0) FROM step)")
