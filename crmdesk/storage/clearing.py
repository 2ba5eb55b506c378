"""The journal of imports that were stopped: taken back for good, they can be neither undone nor done again.

Of a long list that is as much as the list took in the file, and nothing reads it any more. What else was touched, and
what was not taken back because something hangs on it, keeps its history.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from crmdesk.storage import undo
from crmdesk.storage.stepping import Stepping

SLICE = 2_000
"""Rows of one commit: others wait for no more."""

_CANCELLED = "SELECT id, undone_by FROM step WHERE state = 'cancelled' AND undone_by IS NOT NULL ORDER BY id"
_FULL = "SELECT 1 FROM journal WHERE step = ? LIMIT 1"
_CLEAR = """
    DELETE FROM journal WHERE (step, tbl, row_id) IN (
        SELECT j.step, j.tbl, j.row_id FROM journal AS j WHERE j.step = :step AND NOT EXISTS (
            SELECT 1 FROM journal AS other WHERE other.tbl = j.tbl AND other.row_id = j.row_id
            AND other.step NOT IN (SELECT value FROM json_each(:slices) UNION ALL SELECT value FROM json_each(:undos)))
        AND EXISTS (
            SELECT 1 FROM journal AS back WHERE back.tbl = j.tbl AND back.row_id = j.row_id
            AND back.step IN (SELECT value FROM json_each(:undos)))
        LIMIT :slice)
"""


def clear_cancelled(db: Stepping, *, stopped: Callable[[], bool]) -> int:
    """Removes these rows in slices until `stopped` says so; how many there were. An end at any time does no harm."""
    with db.read() as connection:
        cancelled = connection.exec_driver_sql(_CANCELLED).fetchall()
        slices = [part for step, _undo in cancelled for part in undo.parts(connection, step)]
        undos = [undone_by for _step, undone_by in cancelled]
        steps = [step for step in (*slices, *undos) if connection.exec_driver_sql(_FULL, (step,)).first()]
    dead = {"slices": json.dumps(slices), "undos": json.dumps(undos), "slice": SLICE}
    removed = 0
    for step in steps:
        while not stopped():
            with db.aside() as connection:
                removed += (here := connection.exec_driver_sql(_CLEAR, {"step": step, **dead}).rowcount)
            if here < SLICE:
                break
    return removed
