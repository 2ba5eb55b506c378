"""Writes one detail of a record that was edited in its place: the text as typed, read and handed to its verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id, Lead, Opportunity, Organisation, Person
from crmdesk.services import channels, deals, leads, lists, organisations, people, verbs
from crmdesk.services.list_edits import BulkEdit
from crmdesk.storage.database import Database
from crmdesk.ui.typed import Typed
from crmdesk.words import _

Save = Callable[..., None]

_PERCENT = re.compile(r"\s*(\d{1,3})\s*%?\s*")
_EDITS: Mapping[type, Save] = {Person: people.edit, Organisation: organisations.edit, Lead: leads.edit,
                               Opportunity: deals.edit}  # fmt: skip


def save(
    db: Database, record: Person | Organisation | Lead | Opportunity, key: str, text: str, *, typed: Typed
) -> None:
    """Writes a detail by its key. Raises BadInput for what cannot be read, and what the verb raises."""
    if key.startswith("point:"):
        _save_point(db, key, text)
    elif key == "owner":
        _save_owner(db, record, verbs.id_of(db, text) if text else None)
    elif key == "deal_stage":
        deals.move(db, [record.id], text, door="menu")
    elif key == "amount":
        _save_amount(db, record.id, text, typed, deal=isinstance(record, Opportunity))
    elif key == "probability":
        _save_probability(db, record.id, text)
    elif key in ("birthday", "expected_close"):
        _EDITS[type(record)](db, record.id, **{key: _day(text, typed, past=key == "birthday")})
    else:
        _EDITS[type(record)](db, record.id, **{key: text})


def _save_owner(db: Database, record: Person | Organisation | Lead | Opportunity, member: Id | None) -> None:
    """A person's open cards go along, as from the list: the owner that is shown may be that of a card."""
    if isinstance(record, Person):
        lists.bulk(db, "people", [record.id], BulkEdit(kind="owner", member=member), door="menu")
    else:
        people.set_owner(db, [record.id], member)


def _save_point(db: Database, key: str, text: str) -> None:
    _point, ref, *part = key.split(":")
    point = verbs.id_of(db, ref)
    if not part:
        channels.edit(db, point, value=text)
    elif part == ["town"]:
        first, _blank, rest = text.strip().partition(" ")
        coded = bool(rest) and any(letter.isdigit() for letter in first)
        channels.edit(db, point, postcode=first if coded else "", town=rest if coded else text)
    else:
        channels.edit(db, point, **{part[0]: text})


def _save_amount(db: Database, record: Id, text: str, typed: Typed, *, deal: bool) -> None:
    if text.strip():
        cents, currency = typed.amount(text, typed.own_currency)
        edit: Save = deals.edit if deal else leads.edit
        edit(db, record, amount_cents=cents, currency=currency)
    elif deal:
        deals.edit(db, record, clear=["amount"])
    else:
        leads.edit(db, record, currency="")


def _save_probability(db: Database, record: Id, text: str) -> None:
    if not text.strip():
        deals.edit(db, record, clear=["probability"])
        return
    found = _PERCENT.fullmatch(text)
    if found is None:
        raise BadInput(_("“{text}” is not a percentage.").format(text=text), _("Write a number from 0 to 100."))
    deals.edit(db, record, probability=int(found[1]))


def _day(text: str, typed: Typed, *, past: bool) -> str:
    if not text.strip() or re.fullmatch(r"\s*-?-?\d*-?\d\d-\d\d\s*", text):
        return text.strip()
    return (typed.past_day(text) if past else typed.day(text)).isoformat()
