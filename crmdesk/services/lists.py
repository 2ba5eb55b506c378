"""Lists of people, organisations, leads and opportunities: ids in order, rows, counts, saved views, edits of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crmdesk.domain import consent, exits, points
from crmdesk.domain.entry import SOURCES, source_label
from crmdesk.domain.errors import BadInput
from crmdesk.domain.list_columns import COLUMNS, ListColumn
from crmdesk.domain.lists import PLACES, Count, ListFilter, ListQuery, Row
from crmdesk.domain.records import Id, SavedView
from crmdesk.domain.schedule import quiet_thresholds
from crmdesk.services import deals, list_edits, workspace
from crmdesk.services.list_edits import BulkDone, BulkEdit, BulkPreview
from crmdesk.services.subjects import one_of
from crmdesk.services.verbs import question, verb
from crmdesk.storage import list_rows, records
from crmdesk.storage import lists as stored
from crmdesk.storage.database import Database
from crmdesk.storage.lists import Orders
from crmdesk.words import N_, Label, _

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A saved view: its name, the list it shows, the columns (keys) it shows them in, "" or none are the usual ones."""

    id: Id
    name: str
    query: ListQuery
    count: Count


def columns(place: str) -> tuple[ListColumn, ...]:
    """The columns a list can show, those shown at first before the others. Raises BadInput for an unknown place."""
    return COLUMNS[one_of(place, PLACES, "place")]


@question
def ids(db: Database, query: ListQuery, most: int | None = None) -> Sequence[Id]:
    """The ids of a list in its order, or the first of them, as an array of whole numbers.

    Some two seconds for a million; the first by name, or by when they came, at once, by another column a third of one.

    Raises BadInput for an unknown place.
    """
    one_of(query.place, PLACES, "place")
    orders = _orders(db)
    with db.read() as connection:
        return stored.ids(connection, query, orders, today=db.clock.today(), most=most)


@question
def rows(db: Database, place: str, ids: list[Id]) -> list[Row]:
    """The rows of these ids, in the order asked for; those that are not in the list any more are left out."""
    one_of(place, PLACES, "place")
    with db.read() as connection:
        return list_rows.rows(connection, place, ids)


@question
def count(db: Database, query: ListQuery) -> Count:
    """How many rows a list has: exact for a whole place, else up to a thousand. Raises BadInput."""
    one_of(query.place, PLACES, "place")
    if query.filter == ListFilter():
        whole = stored.Whole(query.place)
        return db.kept(whole, whole.table)
    orders = _orders(db)
    with db.read() as connection:
        return stored.count(connection, query, orders, today=db.clock.today())


def reaches(db: Database, place: str, rows: int) -> bool:
    """Whether a place has so many rows: cheaper than to count a million."""
    with db.read() as connection:
        return stored.reaches(connection, place, rows)


@question
def cards(db: Database, ids: list[Id]) -> list[Id]:
    """The leads and opportunities that these rows tell of, each once, in the order asked for."""
    with db.read() as connection:
        return stored.cards(connection, ids)


@question
def without_consent(db: Database, ids: list[Id]) -> int:
    """How many of these rows have no consent to offers at the address an offer would go to."""
    with db.read() as connection:
        return len(ids) - stored.with_consent(
            connection, ids, [each for each in consent.STATES if consent.allows(each)]
        )


@question
def views(db: Database) -> list[View]:
    """The saved views of all lists in their order, each with its count (exact up to a thousand)."""
    with db.read() as connection:
        found = sorted(records.where(connection, SavedView), key=_place_of)
    queries = [(each, ListQuery.load(each.place, each.body)) for each in found if each.place in PLACES]
    return [View(id=each.id, name=each.name, query=query, count=count(db, query)) for each, query in queries]


@verb
def save_view(db: Database, query: ListQuery, name: str) -> Id:
    """Keeps a list under a name; the view's id. One of that name in the same place is changed. Raises BadInput."""
    one_of(query.place, PLACES, "place")
    cleaned = _name(name)
    with db.write(Label(N_("Save the view “{name}”"), args={"name": cleaned})) as tx:
        kept = records.where(tx.connection, SavedView)
        for each in kept:
            if each.place == query.place and each.name.casefold() == cleaned.casefold():
                tx.put(replace(each, name=cleaned, body=query.dump()))
                return each.id
        position = 1 + max((each.position for each in kept), default=0)
        return tx.add(SavedView(place=query.place, name=cleaned, body=query.dump(), position=position)).id


@verb
def rename_view(db: Database, view: Id, name: str) -> None:
    """Gives a saved view another name. Raises BadInput, NotFound."""
    cleaned = _name(name)
    with db.read() as connection:
        kept = records.get(connection, SavedView, view)
    label = Label(N_("Rename the view “{view}” to “{name}”"), args={"view": kept.name, "name": cleaned})
    with db.write(label) as tx:
        tx.put(replace(kept, name=cleaned))


@verb
def remove_view(db: Database, view: Id) -> None:
    """Removes a saved view; what it shows stays. Raises NotFound."""
    with db.read() as connection:
        kept = records.get(connection, SavedView, view)
    with db.write(Label(N_("Remove the view “{name}”"), args={"name": kept.name})) as tx:
        tx.remove(SavedView, view)


@question
def bulk_preview(db: Database, place: str, ids: list[Id], edit: BulkEdit) -> BulkPreview:
    """What an edit of these rows would do, in numbers; nothing is changed. Raises what `bulk` raises."""
    one_of(place, PLACES, "place")
    return list_edits.preview(db, place, ids, edit)


@verb
def bulk(db: Database, place: str, ids: list[Id], edit: BulkEdit, *, door: str = "terminal") -> BulkDone:
    """Edits all these rows in one step: owner, tag, stage, not now, or the trash.

    An owner goes to people and their open leads and opportunities. Of cards that are moved, those that pass the gate
    move, the others stay and are counted. Raises BadInput for too many rows or an edit that says nothing.
    """
    one_of(place, PLACES, "place")
    return list_edits.carry_out(db, place, ids, edit, door=door)


def _orders(db: Database) -> Orders:
    """The order of stages, deal stages, sources and states of consent, as the workspace words them now."""
    vocabulary = workspace.vocabulary(db)
    usual = quiet_thresholds("")[0]
    by_stage = {stage.key: quiet_thresholds("", role=stage.role)[0] for stage in vocabulary.stages}
    with_role = {key: days for key, days in by_stage.items() if vocabulary.is_deal(key) or vocabulary.is_customer(key)}
    by_source = {key: quiet_thresholds(key)[0] for key in SOURCES}
    return Orders(
        words={
            "stage": vocabulary.path,
            "source": sorted(SOURCES, key=_source_word),
            "consent": tuple(consent.STATES),
            "deal_stage": [each.key for each in deals.stages(db)],
        },
        left=tuple(exits.OUTCOMES),
        quiet=usual,
        quiet_stages=with_role,
        quiet_sources={key: days for key, days in by_source.items() if days != usual},
    )


def _source_word(key: str) -> str:
    return source_label(key).casefold()


def _name(text: str) -> str:
    cleaned = points.one_line(text)
    if not cleaned:
        raise BadInput(_("Nothing was typed."), _("Write a word or two."))
    if len(cleaned) > LONGEST_NAME:
        raise BadInput(
            _("“{text}” is too long for a name.").format(text=cleaned[:LONGEST_NAME]), _("Write a word or two.")
        )
    return cleaned


def _place_of(view: SavedView) -> tuple[int, Id]:
    return view.position, view.id
