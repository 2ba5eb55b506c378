"""People and firms as they are stored: names, contact points, whose they are."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain import points
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import ContactPoint, Id, Lead, Member, Opportunity, Organisation, Person
from crmdesk.services import about as abouts
from crmdesk.services import editing, normalise, workspace
from crmdesk.services.subjects import one_of
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, NN_, Label, _

_ADD_POINT = {
    "email": N_("Add an e-mail address of {name}"),
    "phone": N_("Add a phone number of {name}"),
    "address": N_("Add a postal address of {name}"),
    "handle": N_("Add a social handle of {name}"),
    "web": N_("Add a web site of {name}"),
}


@verb
def edit(
    db: Database,
    person: Id,
    *,
    prefix: str | None = None,
    given: str | None = None,
    middle: str | None = None,
    family: str | None = None,
    suffix: str | None = None,
    nickname: str | None = None,
    family_first: bool | None = None,
    job_title: str | None = None,
    department: str | None = None,
    organisation: str | None = None,
    birthday: str | None = None,
    language: str | None = None,
    note: str | None = None,
) -> None:
    """Changes what is known about a person; what is not given stays, "" clears it.

    `organisation` is a name: the one that is there already, or a new one. `birthday` is an ISO day, also without its
    year ("--03-14"). Raises NotFound, BadInput.
    """
    changed: dict[str, int | str | None] = {
        **editing.lines(prefix=prefix, given=given, middle=middle, family=family, suffix=suffix, nickname=nickname),
        **editing.lines(job_title=job_title, department=department, language=language),
    }
    if family_first is not None:
        changed["family_first"] = int(family_first)
    if birthday is not None:
        changed["birthday"] = editing.birthday(birthday)
    if note is not None:
        changed["note"] = points.many_lines(note)
    with db.read() as connection:
        stored = records.get(connection, Person, person)
        name = abouts.resolve(connection, person).name or stored.ref
        fields = editing.differing(stored, changed)
        if organisation is not None and not _is_at(connection, stored, organisation):
            fields.append("organisation_id")
    with db.write(editing.label(fields, name=name)) as tx:
        if "organisation_id" in fields:
            found = put_organisation(tx, organisation or "")
            changed["organisation_id"] = found.id if found else None
        editing.put(tx, stored, changed)


@verb
def add_point(db: Database, about: Id, kind: str, value: str, label: str = "") -> Id:
    """Adds an e-mail, phone, address, handle or web site to a person or an organisation, or to those of a lead.

    The new contact point's id; of one that is there already, its own. Raises BadInput when it cannot be one.
    """
    with db.read() as connection:
        target = abouts.resolve(connection, about)
    one_of(kind, points.KINDS, "kind")
    with db.write(Label(_ADD_POINT[kind], args={"name": target.name})) as tx:
        return put_point(tx, target.person_id or target.organisation_id, kind=kind, value=value, label=label).id


@verb
def set_owner(db: Database, ids: list[Id], member: Id | None) -> None:
    """Gives people, organisations, leads and opportunities to a member, or to nobody. Raises NotFound."""
    with db.read() as connection:
        cards = all(isinstance(abouts.record(connection, each), Lead | Opportunity) for each in ids)
        label = owner_label(connection, len(ids), member, cards=cards)
    with db.write(label) as tx:
        for each in ids:
            tx.put(replace(abouts.record(tx.connection, each), owner_id=member))


def put_point(tx: Transaction, owner: Id | None, *, kind: str, value: str, label: str = "") -> ContactPoint:
    """Adds a contact point inside a step that is open already; the one that is there when they match."""
    if owner is None:
        raise BadInput(_("There is nobody to whom this could belong."), _("Add a name first."))
    one_of(kind, points.KINDS, "kind")
    cleaned = normalise.email(value) if kind == "email" else points.clean(kind, value)
    if not cleaned:
        raise BadInput(_("Nothing was typed."), _("Write an address or a number."))
    key = normalise.match_key(kind, cleaned, country=workspace.country(tx.connection))
    person = records.find(tx.connection, Person, owner)
    link = {"person_id": owner} if person is not None else {"organisation_id": owner}
    made = ContactPoint(**link, kind=kind, label=points.one_line(label), value=cleaned, match_key=key)  # type: ignore[arg-type]
    for stored in records.where(tx.connection, ContactPoint, kind=kind, **link):
        if points.is_same(stored, made):
            return stored
    return tx.add(made)


def owner_label(connection: Connection, count: int, member: Id | None, *, cards: bool) -> Label:
    """What a step is called that gives so many `cards`, or records of any kind, to a member or to nobody."""
    if member is None:
        nobody = NN_("Give {count} card to nobody", "Give {count} cards to nobody")
        if not cards:
            nobody = NN_("Give {count} record to nobody", "Give {count} records to nobody")
        return Label(*nobody, count=count)
    name = records.get(connection, Member, member).name
    given = NN_("Give {count} card to {member}", "Give {count} cards to {member}")
    if not cards:
        given = NN_("Give {count} record to {member}", "Give {count} records to {member}")
    return Label(*given, count=count, args={"member": name})


def find_organisation(connection: Connection, name: str) -> Organisation | None:
    """The organisation that is written like this, legal form or not; the oldest when there are several."""
    key = points.organisation_key(name)
    form = points.legal_form(name)
    found = records.where(connection, Organisation, match_key=key) if key else []
    same = [each for each in found if not form or points.legal_form(each.name) in ("", form)]
    return next(iter(same), None)


def put_organisation(tx: Transaction, name: str) -> Organisation | None:
    """The organisation of that name, added when it is not there; None for an empty name."""
    cleaned = points.one_line(name)
    if not cleaned:
        return None
    found = find_organisation(tx.connection, cleaned)
    return found or tx.add(new_organisation(cleaned))


def new_organisation(name: str) -> Organisation:
    """An organisation of that name, not stored yet."""
    cleaned = points.one_line(name)
    return Organisation(name=cleaned, match_key=points.organisation_key(cleaned))


def _is_at(connection: Connection, person: Person, organisation: str) -> bool:
    """Whether the person is at the organisation of that name already; "" is at none."""
    at = records.find(connection, Organisation, person.organisation_id) if person.organisation_id else None
    return (at.name if at else "") == points.one_line(organisation)
