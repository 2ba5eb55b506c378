"""Who and what a lead could be joined with: existing accounts, contacts and opportunities, ranked, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crmdesk.domain import names, points
from crmdesk.domain.dedupe import FREE_MAIL
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.fold import fold
from crmdesk.domain.records import NO_ID, ContactPoint, Id, Opportunity, Organisation, Person
from crmdesk.services.import_channels import is_shared_address
from crmdesk.storage import records, search
from crmdesk.storage.connection import Connection
from crmdesk.words import N_, _, money

MOST = 5
_DOMAIN_HITS = 50
_SAME_POINT = {
    "email": (N_("Same e-mail"), 10),
    "phone": (N_("Same phone"), 8),
    "web": (N_("Same web site"), 8),
    "handle": (N_("Same handle"), 8),
    "address": (N_("Same address"), 4),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that is there already: its name, a second line, why it is offered. A `sure` one is chosen first."""

    id: Id
    name: str
    detail: str = ""
    reasons: tuple[str, ...] = ()
    sure: bool = False


@dataclass(slots=True)
class _Weighed:
    """Reasons found so far for one record; the same reason counts once."""

    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str, weight: int) -> None:
        self.reasons[reason] = max(weight, self.reasons.get(reason, 0))

    @property
    def weight(self) -> int:
        return sum(self.reasons.values())


def accounts(connection: Connection, dossier: Dossier) -> tuple[Candidate, ...]:
    """Organisations the lead could belong to, best first, at most five; its own only when it is an account already."""
    own = dossier.organisation
    found: dict[Id, _Weighed] = {}
    if own is not None and own.account_since:
        _at(found, own.id).add(_("An account already"), 20)
    if own is not None and own.match_key:
        for each in records.where(connection, Organisation, match_key=own.match_key):
            _at(found, each.id).add(_("Same name"), 6)
    for domain in _domains(dossier.points):
        for each_id in _at_domain(connection, domain):
            _at(found, each_id).add(_("Same domain {domain}").format(domain=domain), 6)
    for point in _same_points(connection, dossier.points):
        if point.organisation_id is not None:
            reason, weight = _SAME_POINT[point.kind]
            _at(found, point.organisation_id).add(_(reason), weight)
    if own is not None and not own.account_since:
        found.pop(own.id, None)
    stored = records.many(connection, Organisation, found)
    return _ranked(found, {each.id: _account(each, found[each.id]) for each in stored.values()})


def contacts(connection: Connection, dossier: Dossier) -> tuple[Candidate, ...]:
    """Other people who are likely the same as the lead's person, best first, at most five."""
    found: dict[Id, _Weighed] = {}
    for point in _same_points(connection, dossier.points):
        if point.person_id is not None and not _is_shared(point):
            reason, weight = _SAME_POINT[point.kind]
            _at(found, point.person_id).add(_(reason), weight)
    own = dossier.person
    if own is not None:
        for each in _namesakes(connection, own):
            _at(found, each).add(_("Same name"), 4)
        found.pop(own.id, None)
    stored = records.many(connection, Person, found)
    firms = records.many(
        connection, Organisation, [each.organisation_id for each in stored.values() if each.organisation_id]
    )
    made = {}
    for person in stored.values():
        firm = firms.get(person.organisation_id) if person.organisation_id else None
        made[person.id] = Candidate(
            id=person.id,
            name=names.display(person) or person.ref,
            detail=firm.name if firm else "",
            reasons=tuple(found[person.id].reasons),
        )
    return _ranked(found, made)


def opportunities(
    connection: Connection, dossier: Dossier, offered: tuple[Candidate, ...], stages: Mapping[str, str]
) -> tuple[Candidate, ...]:
    """Open opportunities of the organisations in question, the latest first, at most five.

    What tells two of one firm apart is said: amount, stage (`stages` are the labels of deal stages by key), person.
    """
    firms = {each.id for each in offered}
    if dossier.organisation is not None:
        firms.add(dossier.organisation.id)
    deals = records.where_in(connection, Opportunity, "organisation_id", firms)
    if dossier.person is not None:
        deals += records.where(connection, Opportunity, person_id=dossier.person.id)
    found = sorted({each.id: each for each in deals if not each.exit}.values(), key=_made_at, reverse=True)[:MOST]
    known = records.many(connection, Organisation, [each.organisation_id for each in found if each.organisation_id])
    people = records.many(connection, Person, [each.person_id for each in found if each.person_id])
    made = []
    for deal in found:
        firm = known.get(deal.organisation_id) if deal.organisation_id else None
        amount = money(deal.amount_cents, deal.currency) if deal.amount_cents is not None and deal.currency else ""
        person = people.get(deal.person_id) if deal.person_id else None
        told = (amount, stages.get(deal.deal_stage, ""), names.display(person) if person else "")
        detail = firm.name if firm and firm.name != deal.name else ""
        made.append(Candidate(id=deal.id, name=deal.name, detail=detail, reasons=tuple(filter(None, told))))
    return tuple(made)


def _account(organisation: Organisation, weighed: _Weighed) -> Candidate:
    return Candidate(
        id=organisation.id,
        name=organisation.name,
        detail=organisation.industry,
        reasons=tuple(weighed.reasons),
        sure=bool(organisation.account_since) and weighed.weight >= 12,
    )


def _ranked(found: dict[Id, _Weighed], made: dict[Id, Candidate]) -> tuple[Candidate, ...]:
    order = sorted(made, key=_Best(found))
    return tuple(made[each] for each in order[:MOST])


@dataclass(frozen=True, slots=True)
class _Best:
    """The heaviest reasons first, of two alike the older record."""

    found: dict[Id, _Weighed]

    def __call__(self, record_id: Id) -> tuple[int, Id]:
        return -self.found[record_id].weight, record_id


def _at(found: dict[Id, _Weighed], record_id: Id) -> _Weighed:
    return found.setdefault(record_id, _Weighed())


def _same_points(connection: Connection, own: Iterable[ContactPoint]) -> list[ContactPoint]:
    """Contact points of others that are the same as one of these."""
    kept = {point.id for point in own}
    keys = {(point.kind, point.match_key) for point in own if point.match_key}
    same = records.where_in(connection, ContactPoint, "match_key", sorted({key for _kind, key in keys}))
    others = [point for point in same if point.id not in kept and (point.kind, point.match_key) in keys]
    return [point for point in others if point.kind != "address" or points.tells_a_place(point)]


def _is_shared(point: ContactPoint) -> bool:
    """Whether all of an office have it: info@…, and a web site without a page of somebody's own."""
    if point.kind == "email":
        return is_shared_address(point.match_key)
    return point.kind == "web" and "/" not in point.match_key


def _domains(own: Iterable[ContactPoint]) -> list[str]:
    """The firms' domains among the addresses, without those of free mail providers."""
    found = dict.fromkeys(points.email_domain(point.value) for point in own if point.kind == "email")
    return [domain for domain in found if domain and domain not in FREE_MAIL]


def _at_domain(connection: Connection, domain: str) -> list[Id]:
    """Organisations with an address of that domain, or with people who have one."""
    # Without the end that very many have in common; with it when that is too little to tell them.
    for words in (domain.rpartition(".")[0], domain):
        found = search.having(connection, words, limit=_DOMAIN_HITS)
        if len(found) < _DOMAIN_HITS:
            break
    owners = records.pointing(connection, ContactPoint, {"person_id": found, "organisation_id": found})
    at_domain = [each for each in owners if each.kind == "email" and points.email_domain(each.value) == domain]
    people = records.many(connection, Person, [each.person_id for each in at_domain if each.person_id])
    firms = [each.organisation_id or people[each.person_id or NO_ID].organisation_id for each in at_domain]
    return [each for each in dict.fromkeys(firms) if each is not None]


def _namesakes(connection: Connection, own: Person) -> list[Id]:
    """Others whose whole name is written the same, accents and case aside."""
    name = names.display(own)
    if not name:
        return []
    hits = search.find(connection, name, limit=20, tier=True)
    return [hit.id for hit in hits if hit.kind == "person" and fold(hit.name) == fold(name)]


def _made_at(deal: Opportunity) -> tuple[str, Id]:
    return deal.created_at, deal.id
