"""Two records of the same person or firm become one: blanks are filled, nothing is overwritten, and it can go back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from crmdesk.domain import points
from crmdesk.domain.consent import in_force, strictest
from crmdesk.domain.records import (
    RECORD_TYPES,
    Consent,
    ContactPoint,
    Id,
    Lead,
    Opportunity,
    Organisation,
    Person,
)
from crmdesk.services.reversible import Ledger, hanging_on
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.words import _

S = TypeVar("S", Person, Organisation)

_OWN = frozenset(("id", "ref", "created_at", "match_key"))
_NAME = frozenset(("prefix", "given", "middle", "family", "suffix", "nickname", "family_first", "name"))
_KEEPS = (Person, Lead, Opportunity)


def blanks(into: S, other: S) -> dict[str, str | int]:
    """The columns that `into` has empty and `other` has not: what joining fills. A name is never pieced together."""
    own = _OWN | _NAME
    return {
        each.name: getattr(other, each.name)
        for each in fields(into)
        if each.name not in own and not getattr(into, each.name) and getattr(other, each.name)
    }


def join(ledger: Ledger, other: S, into: S) -> None:
    """Everything of `other` becomes part of `into`, and `other` goes."""
    ledger.change(into, **blanks(into, other))
    kept = records.where(ledger.tx.connection, ContactPoint, **{f"{into.table}_id": into.id})
    for point in records.where(ledger.tx.connection, ContactPoint, **{f"{into.table}_id": other.id}):
        twin = next((each for each in kept if points.is_same(each, point)), None)
        if twin is not None:
            _join_points(ledger, point, twin)
    for record_type in RECORD_TYPES:
        for each in fields(record_type):
            if each.metadata.get("to") == other.table:
                for row in records.where(ledger.tx.connection, record_type, **{each.name: other.id}):
                    ledger.change(row, **{each.name: into.id})
    ledger.remove(other)


def nothing_else_on(ledger: Ledger, organisation: Organisation) -> bool:
    """Whether no person, lead or opportunity points at an organisation any more."""
    return not any(isinstance(each, _KEEPS) for each in hanging_on(ledger.tx, organisation))


def stricter(connection: Connection, other: Id, into: Id, *, table: str = "person") -> dict[tuple[Id, str], str]:
    """Where two records share an address: (point that stays, purpose) → the strictest state, if not in force there."""
    column = f"{table}_id"
    kept = records.where(connection, ContactPoint, **{column: into})
    found: dict[tuple[Id, str], str] = {}
    for point in records.where(connection, ContactPoint, **{column: other}):
        twin = next((each for each in kept if points.is_same(each, point)), None)
        if twin is not None:
            found.update(_stricter_of(connection, point, twin))
    return found


def _join_points(ledger: Ledger, point: ContactPoint, twin: ContactPoint) -> None:
    """The same address twice: the entries of both are kept on the one that stays, and the strictest is in force."""
    tx = ledger.tx
    strict = _stricter_of(tx.connection, point, twin)
    for consent in records.where(tx.connection, Consent, contact_point_id=point.id):
        ledger.change(consent, contact_point_id=twin.id)
    for (_point, purpose), state in strict.items():
        ledger.add(
            Consent(
                contact_point_id=twin.id,
                purpose=purpose,
                state=state,
                at=tx.now,
                evidence=_("The stricter one of two records that were joined"),
                member_id=tx.member_id,
            )
        )
    ledger.remove(point)


def _stricter_of(connection: Connection, point: ContactPoint, twin: ContactPoint) -> Mapping[tuple[Id, str], str]:
    both = records.where_in(connection, Consent, "contact_point_id", (point.id, twin.id))
    states = {key: entry.state for key, entry in in_force(both).items()}
    latest = in_force(_as_of(both, twin.id))
    found = {}
    for purpose in {purpose for _point, purpose in states}:
        strict = strictest(state for (_point, each), state in states.items() if each == purpose)
        if latest[twin.id, purpose].state != strict:
            found[twin.id, purpose] = strict
    return found


def _as_of(consents: Iterable[Consent], point: Id) -> list[Consent]:
    return [replace(each, contact_point_id=point) for each in consents]
