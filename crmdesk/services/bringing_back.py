"""How a removed record comes back: its rows as they were, its links where they are free, the rest with who holds it.

The body of a removal is JSON: its rows by table, and the links elsewhere that were loosened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from crmdesk.domain.errors import BadFile
from crmdesk.domain.records import NO_ID, Id, Record, Removal
from crmdesk.storage import records, schema
from crmdesk.storage.closure import Loose, belongs, exists, links_of, means_something
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _


def body_of(rows: Iterable[Record], loose: Iterable[Loose]) -> str:
    """What a removal keeps, as JSON text."""
    kept = {
        "rows": [[row.table, asdict(row)] for row in rows],
        "links": [list(asdict(each).values()) for each in loose],
    }
    return json.dumps(kept, ensure_ascii=False)


class Returning:
    """One removal on its way back, inside a step that is open already.

    `missing_for_root` is the entry of the trash that holds what the record itself belongs to; one without a name when
    that is nowhere; None when nothing stands against it.
    """

    def __init__(self, tx: Transaction, entry: Removal) -> None:
        self._tx, self._entry = tx, entry
        self._rows, self._loose = _read(entry)
        self._root = next(iter(self._rows))
        others = [each for each in records.where(tx.connection, Removal) if each.id != entry.id]
        self._others = {each.id: each for each in others}
        self._holders = {row: each.id for each in others if _is_readable(each) for row in _read(each)[0]}
        self.missing_for_root: Removal | None = None
        while self.missing_for_root is None and self._leave_one():
            pass

    def finish(self) -> Id:
        """Writes the rows and links; the id of the record."""
        tx = self._tx
        for row in self._rows.values():
            if not exists(tx.connection, row.table, row.id):
                tx.add(row)
        for link in self._loose:
            if link.target in self._rows:
                self._tie(link)
        tx.remove(Removal, self._entry.id)
        return self._root

    def _tie(self, link: Loose) -> None:
        """Sets a loosened link again where it is still free, in a record or in what the trash holds of it."""
        row = records.find(self._tx.connection, schema.types[link.table], link.row)
        if row is not None:
            if getattr(row, link.column) is None:
                self._tx.put(replace(row, **{link.column: link.target}))  # type: ignore[arg-type]
            return
        holder = self._others.get(self._holders.get(link.row, NO_ID))
        if holder is not None:
            kept = _read(holder)[0][link.row]
            if getattr(kept, link.column) is None:
                self._hand_over(holder, row=replace(kept, **{link.column: link.target}))  # type: ignore[arg-type]

    def _leave_one(self) -> bool:
        """Finds one link to what is not there, and loosens it or leaves its row behind; whether there was one."""
        for row in self._rows.values():
            for link, target in links_of(row):
                if target not in self._rows and not exists(self._tx.connection, link.to, target):
                    self._leave(row, link, target)
                    return True
        return False

    def _leave(self, row: Record, link: schema.Link, target: Id) -> None:
        holder = self._others.get(self._holders.get(target, NO_ID))
        loosened = replace(row, **{link.column: None})  # type: ignore[arg-type]
        if not belongs(row, link) and means_something(loosened):
            self._rows[row.id] = loosened
            if holder is not None:
                self._hand_over(holder, loose=Loose(row.table, row.id, link.column, target))
        elif row.id == self._root:
            self.missing_for_root = holder or Removal()
        else:
            del self._rows[row.id]
            if holder is not None:
                self._hand_over(holder, row=row)

    def _hand_over(self, holder: Removal, *, row: Record | None = None, loose: Loose | None = None) -> None:
        """What comes back only with another record is kept with that one from now on."""
        rows, links = _read(holder)
        if row is not None:
            rows[row.id] = row
            self._holders[row.id] = holder.id
        if loose is not None and loose not in links:
            links.append(loose)
        changed = replace(holder, body=body_of(rows.values(), links))
        self._others[holder.id] = changed
        self._tx.put(changed)


def _read(entry: Removal) -> tuple[dict[Id, Record], list[Loose]]:
    """The rows, the record's own first, and the links. BadFile for a body that the program did not write."""
    try:
        body = json.loads(entry.body)
        rows = {Id(columns["id"]): schema.types[table](**columns) for table, columns in body["rows"]}
        links = [Loose(table, Id(row), column, Id(target)) for table, row, column, target in body["links"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _garbled() from error
    if not rows:
        raise _garbled()
    return rows, links


def _is_readable(entry: Removal) -> bool:
    try:
        _read(entry)
    except BadFile:
        return False
    return True


def _garbled() -> BadFile:
    what = _("What the trash holds of this cannot be read.")
    return BadFile(what, _("The file was left as it is. Open a backup of it instead."))
