"""Firms and bodies: what is known about them."""

from __future__ import annotations

from crmdesk.domain import points
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id, Organisation
from crmdesk.services import editing
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import _


@verb
def edit(
    db: Database,
    organisation: Id,
    *,
    name: str | None = None,
    industry: str | None = None,
    size: str | None = None,
    supplier: str | None = None,
    note: str | None = None,
) -> None:
    """Changes what is known about an organisation; what is not given stays, "" clears it.

    Raises NotFound, and BadInput for an empty name.
    """
    changed: dict[str, int | str | None] = {**editing.lines(name=name, industry=industry, size=size, supplier=supplier)}
    if note is not None:
        changed["note"] = points.many_lines(note)
    if name is not None:
        if not changed["name"]:
            raise BadInput(_("A name is missing."), _("Write who it is."))
        changed["match_key"] = points.organisation_key(name)
    with db.read() as connection:
        stored = records.get(connection, Organisation, organisation)
    editing.save(db, stored, changed, name=stored.name or stored.ref)
