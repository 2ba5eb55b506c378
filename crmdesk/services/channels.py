"""Contact points as they are stored: written anew, marked, removed. Adding one lives in `people`."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain import points
from crmdesk.domain.column_words import POINTS
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Consent, ContactPoint, Id
from crmdesk.services import about as abouts
from crmdesk.services import normalise, workspace
from crmdesk.services.subjects import one_of
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.words import N_, Label, _

_PARTS = ("street", "postcode", "town", "region", "country")


@verb
def edit(
    db: Database,
    point: Id,
    *,
    value: str | None = None,
    label: str | None = None,
    street: str | None = None,
    postcode: str | None = None,
    town: str | None = None,
    region: str | None = None,
    country: str | None = None,
) -> None:
    """Writes a contact point anew; what is not given stays. What was agreed for it stays with it.

    The parts of an address make its value; a value in one piece clears them. Raises NotFound, BadInput for an empty or
    impossible value, for a value beside parts, and for parts of what is no address.
    """
    given = {"street": street, "postcode": postcode, "town": town, "region": region, "country": country}
    parts = {part: points.one_line(text) for part, text in given.items() if text is not None}
    with db.read() as connection:
        stored = records.get(connection, ContactPoint, point)
        land = workspace.country(connection)
        name = _name(connection, stored)
    new = replace(stored, label=stored.label if label is None else points.one_line(label))
    for part in parts:
        one_of(part, _PARTS if stored.kind == "address" else ("value", "label"), stored.kind)
        one_of("" if value is None else "value", ("", "label", *_PARTS), part)
    if parts:
        new = _joined(replace(new, **parts))  # type: ignore[arg-type]
    elif value is not None:
        new = replace(new, value=_cleaned(stored.kind, value), **dict.fromkeys(_PARTS, ""))  # type: ignore[arg-type]
    if not new.value:
        raise BadInput(_("Nothing was typed."), _("Write an address or a number."))
    new = replace(new, match_key=normalise.match_key(new.kind, new.value, country=land))
    words = {"field_word": POINTS.get(stored.kind, stored.kind), "name": name}
    with db.write(Label(N_("Change “{field_word}” of {name}"), args=words)) as tx:
        tx.put(new)


@verb
def mark(db: Database, point: Id, *, broken: bool | None = None, preferred: bool | None = None) -> None:
    """Marks a contact point as broken or preferred, or takes the mark back. Of a kind, one is preferred.

    Raises NotFound.
    """
    with db.read() as connection:
        stored = records.get(connection, ContactPoint, point)
    new = replace(
        stored,
        broken=stored.broken if broken is None else int(broken),
        preferred=stored.preferred if preferred is None else int(preferred),
    )
    with db.write(Label(N_("Mark {point}"), args={"point": stored.value})) as tx:
        tx.put(new)
        if preferred:
            owner = {"person_id": stored.person_id, "organisation_id": stored.organisation_id}
            for each in records.where(tx.connection, ContactPoint, kind=stored.kind, preferred=1, **owner):
                if each.id != stored.id:
                    tx.put(replace(each, preferred=0))


@verb
def remove(db: Database, point: Id) -> None:
    """Removes a contact point with what was agreed for it. Raises NotFound."""
    with db.read() as connection:
        stored = records.get(connection, ContactPoint, point)
        name = _name(connection, stored)
    label = Label(N_("Remove {point} of {name}"), args={"point": points.show(stored.kind, stored.value), "name": name})
    with db.write(label) as tx:
        for consent in records.where(tx.connection, Consent, contact_point_id=point):
            tx.remove(Consent, consent.id)
        tx.remove(ContactPoint, point)


def _name(connection: Connection, point: ContactPoint) -> str:
    owner = point.person_id or point.organisation_id
    return abouts.resolve(connection, owner).name if owner is not None else point.value


def _cleaned(kind: str, value: str) -> str:
    return normalise.email(value) if kind == "email" and value.strip() else points.clean(kind, value)


def _joined(address: ContactPoint) -> ContactPoint:
    """The address with its value made of its parts, in lines."""
    town = " ".join(part for part in (address.postcode, address.town) if part)
    lines = (address.street, town, address.region, address.country)
    return replace(address, value="\n".join(line for line in lines if line))
