"""Words of the workspace's own that are put on people, organisations, leads and opportunities."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crmdesk.domain import points
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id, Lead, Opportunity, Organisation, Person, Tag, Tagging
from crmdesk.services import about as abouts
from crmdesk.services.verbs import question, verb
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, NN_, Label, _

LONGEST = 60

_LINKS: dict[type[object], str] = {
    Person: "person_id",
    Organisation: "organisation_id",
    Lead: "lead_id",
    Opportunity: "opportunity_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TagUse:
    """A tag and how many records carry it."""

    id: Id
    name: str
    count: int


@verb
def add(db: Database, ids: list[Id], name: str) -> Id:
    """Puts a tag on records, made when there is none of that name in any case; its id. Raises BadInput, NotFound.

    A record that carries it already stays as it is.
    """
    cleaned = _name(name)
    one = _called(db, ids)
    label = Label(
        *NN_("Tag {count} record with “{tag}”", "Tag {count} records with “{tag}”"),
        count=len(ids),
        args={"tag": cleaned},
    )
    if one:
        label = Label(N_("Tag {name} with “{tag}”"), args={"name": one, "tag": cleaned})
    with db.write(label) as tx:
        found = _find(tx.connection, cleaned) or tx.add(Tag(name=cleaned))
        for each in dict.fromkeys(ids):
            _put(tx, found.id, each)
        return found.id


@verb
def remove(db: Database, ids: list[Id], name: str) -> None:
    """Takes a tag off records; those that do not carry it stay as they are. Raises NotFound."""
    cleaned = _name(name)
    one = _called(db, ids)
    label = Label(
        *NN_("Take “{tag}” off {count} record", "Take “{tag}” off {count} records"),
        count=len(ids),
        args={"tag": cleaned},
    )
    if one:
        label = Label(N_("Take “{tag}” off {name}"), args={"name": one, "tag": cleaned})
    with db.write(label) as tx:
        found = _find(tx.connection, cleaned)
        for each in ids if found else ():
            link = {_LINKS[type(abouts.record(tx.connection, each))]: each}
            for tagging in records.where(tx.connection, Tagging, tag_id=found.id if found else None, **link):
                tx.remove(Tagging, tagging.id)


@verb
def rename(db: Database, tag: Id, name: str) -> Id:
    """Gives a tag another name; where one of that name is there already, the two become one. The id that is left.

    Raises BadInput, NotFound.
    """
    cleaned = _name(name)
    with db.read() as connection:
        stored = records.get(connection, Tag, tag)
    label = Label(N_("Rename the tag “{tag}” to “{name}”"), args={"tag": stored.name, "name": cleaned})
    with db.write(label) as tx:
        other = _find(tx.connection, cleaned)
        if other is None or other.id == tag:
            tx.put(replace(stored, name=cleaned))
            return tag
        for tagging in records.where(tx.connection, Tagging, tag_id=tag):
            if _has(tx.connection, other.id, tagging):
                tx.remove(Tagging, tagging.id)
            else:
                tx.put(replace(tagging, tag_id=other.id))
        tx.remove(Tag, tag)
        return other.id


@question
def listed(db: Database) -> list[TagUse]:
    """The tags in use, by name. Reads every tagging."""
    with db.read() as connection:
        counts: dict[Id | None, int] = {}
        for tagging in records.where(connection, Tagging):
            counts[tagging.tag_id] = counts.get(tagging.tag_id, 0) + 1
        found = [
            TagUse(id=each.id, name=each.name, count=counts.get(each.id, 0)) for each in records.where(connection, Tag)
        ]
    return sorted((each for each in found if each.count), key=_order)


@question
def of(db: Database, record: Id) -> list[Tag]:
    """The tags on one record, in the order they were put there. Raises NotFound."""
    with db.read() as connection:
        link = {_LINKS[type(abouts.record(connection, record))]: record}
        taggings = records.where(connection, Tagging, **link)
        found = records.many(connection, Tag, [each.tag_id for each in taggings if each.tag_id])
        return [found[each.tag_id] for each in taggings if each.tag_id in found]


def _put(tx: Transaction, tag: Id, record: Id) -> None:
    link = {_LINKS[type(abouts.record(tx.connection, record))]: record}
    if not records.where(tx.connection, Tagging, tag_id=tag, **link):
        tx.add(Tagging(tag_id=tag, **link))  # type: ignore[arg-type]


def _has(connection: Connection, tag: Id, like: Tagging) -> bool:
    links = {column: getattr(like, column) for column in _LINKS.values()}
    return bool(records.where(connection, Tagging, tag_id=tag, **links))


def _find(connection: Connection, name: str) -> Tag | None:
    return next((each for each in records.where(connection, Tag) if each.name.casefold() == name.casefold()), None)


def _called(db: Database, ids: list[Id]) -> str:
    """How the one record is called; "" for several."""
    if len(ids) != 1:
        return ""
    with db.read() as connection:
        return abouts.resolve(connection, ids[0]).name


def _name(text: str) -> str:
    cleaned = points.one_line(text)
    if not cleaned:
        raise BadInput(_("Nothing was typed."), _("Write a word or two."))
    if len(cleaned) > LONGEST:
        raise BadInput(_("“{text}” is too long for a tag.").format(text=cleaned[:LONGEST]), _("Write a word or two."))
    return cleaned


def _order(tag: TagUse) -> str:
    return tag.name.casefold()
