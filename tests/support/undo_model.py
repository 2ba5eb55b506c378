"""What an undo of one step must lead to, worked out row by row in plain Python: the measure for the set-based one."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from crmdesk.storage import schema, undo
from tests.support.dump import dump

Key = tuple[str, int]
Row = dict[str, Any]


class UndoModel:
    """What an undo of one step must lead to, worked out row by row in Python from the journal."""

    def __init__(self, connection: Connection, step: int) -> None:
        self.before = dump(connection)
        self.now = {
            (table, row[0]): dict(zip(schema.column_names[table], row, strict=True))
            for table, rows in self.before.items()
            for row in rows
        }
        unit = set(undo.parts(connection, step))
        entries = connection.exec_driver_sql("SELECT step, tbl, row_id, before FROM journal ORDER BY step").fetchall()
        self.images: dict[Key, tuple[Any, Any]] = {}
        for number, table, row, before in entries:
            if number in unit and (table, row) not in self.images:
                later = [e for e in entries if e[1:3] == (table, row) and e[0] > number and e[0] not in unit]
                left = later[0][3] and json.loads(later[0][3]) if later else self.now.get((table, row))
                self.images[table, row] = (before and json.loads(before), left)
        self.kept: set[Key] = set()
        self._work()

    def _links(self, key: Key, row: Row) -> list[Key]:
        return [
            (link.to, row[link.column])
            for link in schema.links
            if link.table == key[0] and row[link.column] is not None
        ]

    def _work(self) -> None:
        rows = {key: dict(row) for key, row in self.now.items()}
        back = {k: b for k, (b, a) in self.images.items() if b is not None and k not in rows and a is None}
        while lost := [
            key for key, row in back.items() if any(t not in rows and t not in back for t in self._links(key, row))
        ]:
            for key in lost:
                del back[key]
                self.kept.add(key)
        rows.update(back)
        for key, (before, left) in self.images.items():
            if before is not None and key not in self.now and left is not None:
                self.kept.add(key)
            if before is None or left is None or key not in self.now:
                continue
            for column, value in before.items():
                if value == left[column] or rows[key][column] == value:
                    continue
                target = [link.to for link in schema.links if (link.table, link.column) == (key[0], column)]
                is_lost = target and value is not None and (target[0], value) not in rows
                if rows[key][column] != left[column] or is_lost:
                    self.kept.add(key)
                else:
                    rows[key][column] = value
        self._delete(rows)

    def _delete(self, rows: dict[Key, Row]) -> None:
        going = {key for key, (before, _left) in self.images.items() if before is None and key in self.now}
        staying = {key for key in going if self.images[key][1] != self.now[key]}
        while True:
            stays = set(rows) - (going - staying)
            needed = {target for key in stays for target in self._links(key, rows[key])} & going
            parts = {
                key
                for key in going
                for link in schema.links
                if link.owned and link.table == key[0] and (link.to, rows[key][link.column]) in staying
            }
            if (needed | parts) <= staying:
                break
            staying |= needed | parts
        self.kept |= staying
        self._rows = {key: row for key, row in rows.items() if key not in going - staying}

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table: [tuple(row.values()) for key, row in sorted(self._rows.items()) if key[0] == table]
            for table in schema.tables
        }
