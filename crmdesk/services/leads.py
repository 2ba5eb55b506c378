"""Attempts to win somebody: what is known about the attempt itself."""

from __future__ import annotations

from crmdesk.domain.entry import SOURCES
from crmdesk.domain.records import Id, Lead
from crmdesk.services import about as abouts
from crmdesk.services import editing, events
from crmdesk.services.subjects import one_of
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.database import Database


@verb
def edit(
    db: Database,
    lead: Id,
    *,
    source: str | None = None,
    event: str | None = None,
    amount_cents: int | None = None,
    currency: str | None = None,
    supplier: str | None = None,
) -> None:
    """Changes what is known about a lead; what is not given stays, "" clears it.

    `source` is a key of the entry table; the lead stays where it stands. `event` is a name: the one that is there
    already, or a new one. An amount is in whole cents, of its own currency or the workspace's when none is given; a
    currency "" clears it. Raises NotFound, BadInput.
    """
    changed: dict[str, int | str | None] = {**editing.lines(supplier=supplier)}
    if source is not None:
        changed["source"] = one_of(source, tuple(SOURCES), "source")
        changed["line"] = SOURCES[source].line
    with db.read() as connection:
        stored = records.get(connection, Lead, lead)
        name = abouts.resolve(connection, lead).name
        changed |= (
            {"amount_cents": None, "currency": ""}
            if currency == ""
            else editing.amount(connection, stored, amount_cents, currency)
        )
    fields = editing.differing(stored, changed) + (["event_id"] if event is not None else [])
    with db.write(editing.label(fields, name=name)) as tx:
        if event is not None:
            changed["event_id"] = events.put(tx, event).id if event.strip() else None
        editing.put(tx, stored, changed)
