"""Edits of many rows of a list at once: what they would do, and the doing, in one step each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmdesk.domain import points
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id
from crmdesk.services import moves, people, tags, trash, workspace
from crmdesk.services.moves import Forecast
from crmdesk.services.subjects import one_of, wake_day
from crmdesk.storage import lists as stored
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.words import _, number

OWNER, TAG, UNTAG, MOVE, NOT_NOW, REMOVE = "owner", "tag", "untag", "move", "not_now", "remove"
KINDS = (OWNER, TAG, UNTAG, MOVE, NOT_NOW, REMOVE)
MOST = {OWNER: 1_000_000, TAG: 10_000, UNTAG: 10_000, MOVE: 1_000, NOT_NOW: 1_000, REMOVE: 1_000}
"""How many rows an edit takes: what reads each record whole takes fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEdit:
    """One edit of many rows: `kind` is owner (to `member`, or to nobody), tag, untag (`tag`), move (to `stage`),

    not_now (until `wake_on`, an ISO day) or remove.
    """

    kind: str
    member: Id | None = None
    tag: str = ""
    stage: str = ""
    wake_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPreview:
    """What an edit would do. `changed` rows become different, `same` are so already or have nothing to change.

    `with_cards` are the open leads and opportunities that go along. For a move, the `changed` move at once; of the
    others `asked` lack facts, `converts` would become deals, `takes_back` would give one up, `blocked` cannot go.
    """

    changed: int
    same: int = 0
    with_cards: int = 0
    asked: int = 0
    converts: int = 0
    takes_back: int = 0
    blocked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkDone:
    """How many records an edit has changed, and how many cards stayed because something has to be asked first.

    Cards that go along with their people are counted where no person has changed.
    """

    changed: int
    stayed: int = 0


def preview(db: Database, place: str, ids: Sequence[Id], edit: BulkEdit) -> BulkPreview:
    """What `carry_out` would do."""
    _check(db, ids, edit)
    with db.read() as connection:
        if edit.kind == OWNER:
            rows, along = _others(connection, place, ids, edit.member)
            return BulkPreview(changed=len(rows), same=len(ids) - len(rows), with_cards=len(along))
        if edit.kind in (TAG, UNTAG):
            carry = stored.tagged(connection, place, ids, points.one_line(edit.tag))
            changed = len(ids) - carry if edit.kind == TAG else carry
            return BulkPreview(changed=changed, same=len(ids) - changed)
        cards = _cards(connection, place, ids, edit.kind)
    if edit.kind == MOVE:
        return _preview_move(len(ids), moves.forecast(db, cards)[edit.stage] if cards else Forecast())
    if edit.kind == NOT_NOW:
        return BulkPreview(changed=len(cards), same=max(0, len(ids) - len(cards)))
    return BulkPreview(changed=len(ids), with_cards=len(set(cards) - set(ids)))


def carry_out(db: Database, place: str, ids: Sequence[Id], edit: BulkEdit, *, door: str) -> BulkDone:
    """Does it, in one step."""
    _check(db, ids, edit)
    if edit.kind == OWNER:
        return _give(db, place, ids, edit.member)
    if edit.kind in (TAG, UNTAG):
        changed = preview(db, place, ids, edit).changed
        (tags.add if edit.kind == TAG else tags.remove)(db, list(ids), edit.tag)
        return BulkDone(changed=changed)
    if edit.kind == REMOVE:
        return BulkDone(changed=len(trash.remove(db, list(ids))))
    with db.read() as connection:
        cards = _cards(connection, place, ids, edit.kind)
    if not cards:
        raise BadInput(_("There is no lead and no deal among them."), _("Choose rows that have one."))
    if edit.kind == NOT_NOW:
        moves.park(db, cards, wake_on=edit.wake_on, door=door)
        return BulkDone(changed=len(cards))
    done = moves.move(db, cards, edit.stage, door=door)
    return BulkDone(changed=len(done.moved), stayed=len(done.asked))


def check_count(kind: str, count: int) -> None:
    """Raises BadInput for more rows than an edit of that kind takes; asked before anything is typed for them."""
    if count > MOST[kind]:
        raise BadInput(
            _("{count} rows are too many at once.").format(count=number(count)),
            _("Select at most {count}.").format(count=number(MOST[kind])),
        )


def _check(db: Database, ids: Sequence[Id], edit: BulkEdit) -> None:
    one_of(edit.kind, KINDS, "kind")
    if not ids:
        raise BadInput(_("Nothing is selected."), _("Select some rows first."))
    check_count(edit.kind, len(ids))
    if edit.kind == MOVE:
        workspace.vocabulary(db).stage(edit.stage)
    if edit.kind == NOT_NOW:
        wake_day(edit.wake_on, today=db.clock.today())
    if edit.kind in (TAG, UNTAG) and not points.one_line(edit.tag):
        raise BadInput(_("Nothing was typed."), _("Write a word or two."))


def _cards(connection: Connection, place: str, ids: Sequence[Id], kind: str) -> list[Id]:
    if kind == REMOVE:
        return stored.open_cards(connection, place, ids)
    told = stored.cards(connection, ids)
    still_open = set(stored.open_cards(connection, place, ids))
    return told if kind == MOVE else [each for each in told if each in still_open]


def _others(
    connection: Connection, place: str, ids: Sequence[Id], member: Id | None
) -> tuple[Sequence[Id], Sequence[Id]]:
    """The rows, and the open cards of people, that have another owner as the lists show them."""
    cards = stored.open_cards(connection, place, ids) if place == "people" else []
    return stored.not_owned_by(connection, ids, member), stored.not_owned_by(connection, cards, member)


def _preview_move(count: int, found: Forecast) -> BulkPreview:
    return BulkPreview(
        changed=found.at_once,
        same=max(0, count - found.at_once - found.ask - found.converts - found.takes_back - found.blocked),
        asked=found.ask,
        converts=found.converts,
        takes_back=found.takes_back,
        blocked=found.blocked,
    )


def _give(db: Database, place: str, ids: Sequence[Id], member: Id | None) -> BulkDone:
    with db.read() as connection:
        label = people.owner_label(connection, len(ids), member, cards=False)
    with db.write(label) as tx:
        rows, along = _others(tx.connection, place, ids, member)
        stored.give(tx.connection, (place,), rows, member)
        stored.give(tx.connection, ("leads", "opportunities"), along, member)
    return BulkDone(changed=len(rows) or len(along))
