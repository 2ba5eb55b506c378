"""Which rows of a list speak of somebody who is stored, or of whom an earlier row spoke.

The same is who has the same e-mail address or phone number, and no other name. Without either, who has the same name at
the same firm, or at none and has no address or number either: such a list may come in twice too. Without a name too,
who has the same badge, or a number written alike. A firm is the same by its match key, unless the legal forms differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from crmdesk.domain import dedupe, names, points
from crmdesk.domain.consent import in_force
from crmdesk.domain.records import (
    Activity,
    Consent,
    ContactPoint,
    Id,
    Lead,
    Opportunity,
    Organisation,
    Person,
    Record,
)
from crmdesk.services import import_channels as channels
from crmdesk.services import import_parties as parties
from crmdesk.services.import_drafts import Draft, DraftPoint
from crmdesk.services.import_parties import Party
from crmdesk.services.normalise import PersonName

R = TypeVar("R", bound=Record)
Fetch = Callable[[type[R], str, Iterable[int | str]], list[R]]
"""Reads the records of a type whose column holds one of some values; the storage room's `where_in`."""


def sparing(fetch: Fetch[R]) -> Fetch[R]:
    """The same, but nothing is read for no values: a column without an index would be read from end to end."""

    def some(kind: type[R], column: str, values: Iterable[int | str]) -> list[R]:
        wanted = list(values)
        return fetch(kind, column, wanted) if wanted else []

    return some


class Known:
    """People and firms by what they are matched with: those stored, as far as `load` looked, and those added since."""

    def __init__(self) -> None:
        self.parties: list[Party] = []
        self._people: dict[Id, Party] = {}
        self._firms: dict[Id, Party] = {}
        self._by_channel: dict[str, dict[Party, None]] = {}
        self._nameless: dict[tuple[str, str], dict[Party, None]] = {}  # by any point they have
        self._by_firm: dict[str, dict[Party, None]] = {}
        self._at_firm: dict[tuple[int, str], dict[Party, None]] = {}

    def load(self, fetch: Fetch[Record], drafts: Sequence[Draft]) -> None:
        """Reads everybody whom the drafts may speak of; ten reads, however many they are."""
        keys = {point.match_key for draft in drafts for point in draft.channels}
        firm_keys = {points.organisation_key(draft.organisation) for draft in drafts if draft.organisation}
        firms = _typed(Organisation, fetch(Organisation, "match_key", firm_keys - {""}))
        lone = [point for draft in drafts for point in _lone_points(draft)]
        keys |= {point.match_key for point in lone} - {""}
        values = {point.value for point in lone if not point.match_key}
        stored = (*fetch(ContactPoint, "match_key", keys), *fetch(ContactPoint, "value", values))
        found = [each for each in _typed(ContactPoint, stored) if each.person_id]
        ids = {each.person_id for each in found}
        people = _typed(Person, fetch(Person, "id", [each for each in ids if each]))
        people += _typed(Person, fetch(Person, "organisation_id", [firm.id for firm in firms]))
        if bare := [draft for draft in drafts if draft.named and not draft.channels]:
            families = {draft.name.family for draft in bare if not draft.organisation} - {""}
            people += [each for each in _typed(Person, fetch(Person, "family", families)) if not each.organisation_id]
        people = list({person.id: person for person in people}.values())
        employers = {each.organisation_id for each in people if each.organisation_id}
        firms += _typed(Organisation, fetch(Organisation, "id", employers - {firm.id for firm in firms}))
        new_firms = {firm.id: Party(firm, is_new=False) for firm in firms if firm.id not in self._firms}
        self._firms |= new_firms
        new_people = {person.id: self._stored(person) for person in people if person.id not in self._people}
        self._people |= new_people
        _surround(fetch, new_people, new_firms)
        for party in (*new_firms.values(), *new_people.values()):
            self.add(party)

    def _stored(self, person: Person) -> Party:
        employer = self._firms.get(person.organisation_id) if person.organisation_id else None
        return Party(person, is_new=False, firm=employer)

    def note(self, party: Party) -> None:
        """Makes a party findable by what it has now."""
        record = party.record
        if isinstance(record, Organisation):
            self._by_firm.setdefault(record.match_key, {})[party] = None
            return
        self._at_firm.setdefault(_colleagues_key(party.firm, record), {})[party] = None
        is_nameless = parties.is_nameless(record)
        for point in (*party.points, *party.new_points):
            if is_nameless:
                self._nameless.setdefault(_point_key(point), {})[party] = None
            if point.kind in ("email", "phone") and point.match_key:
                self._by_channel.setdefault(point.match_key, {})[party] = None

    def add(self, party: Party) -> Party:
        """One party more, found from now on by what it has."""
        self.parties.append(party)
        self.note(party)
        return party

    def firm(self, name: str) -> Party | None:
        """The firm that is written like this, legal form or not; the oldest of several."""
        form = points.legal_form(name)
        for party in self._by_firm.get(points.organisation_key(name), ()):
            theirs = points.legal_form(party.record.name) if isinstance(party.record, Organisation) else ""
            if not form or theirs in ("", form):
                return party
        return None

    def remark_likely(self, draft: Draft, firm: Party | None) -> None:
        """Says of somebody new that a colleague stored under almost the same name is likely the same."""
        if firm is None or firm.is_new or not draft.named:
            return
        colleagues = [each for each in self._at_firm.get(_colleagues_key(firm, draft.name), ()) if not each.is_new]
        profiles = [_profile(each, firm) for each in colleagues]
        found = dedupe.rank(_profile(parties.new_person(draft, firm), firm), profiles, _likeness, limit=1)
        for each in colleagues:
            if found and each.record.id == found[0].id and each.person is not None:
                draft.remark("likely", name=names.display(each.person))

    def person(self, draft: Draft, firm: Party | None) -> Party | None:
        """Whom a draft speaks of; None when it is somebody new. Remarks when only the name tells two apart."""
        wanted = draft.channels
        for point in wanted:
            for party in self._by_channel.get(point.match_key, ()):
                if _is_same_person(party, draft, point):
                    return party
                if not any(remark.key == "other_name" for remark in draft.remarks):
                    draft.remark("other_name")
        if wanted:
            return None
        if not draft.named:
            return self._nameless_one(draft, firm)
        if firm is None and not draft.name.family:
            return None
        for party in self._at_firm.get(_colleagues_key(firm, draft.name), ()):
            person = party.person
            if person and (firm is not None or not party.channels) and parties.has_same_name(person, draft.name):
                return party
        return None

    def _nameless_one(self, draft: Draft, firm: Party | None) -> Party | None:
        """Somebody without a name who has a point of a draft without one: a badge, a number as it is written."""
        for point in _lone_points(draft):
            for party in self._nameless.get(_point_key(point), ()):
                person = party.person
                if person and parties.is_nameless(person) and (party.firm is firm or not (party.firm and firm)):
                    return party
        return None


def _surround(fetch: Fetch[Record], people: Mapping[Id, Party], firms: Mapping[Id, Party]) -> None:
    """Channels, activities, consents of everybody loaded, and who had a lead or a deal."""
    for column, loaded in (("person_id", people), ("organisation_id", firms)):
        for point in _typed(ContactPoint, fetch(ContactPoint, column, loaded)):
            _owner(loaded, point, column).points.append(point)
        for activity in _typed(Activity, fetch(Activity, column, loaded)):
            _owner(loaded, activity, column).activities.append(activity)
        for subject in (*fetch(Lead, column, loaded), *fetch(Opportunity, column, loaded)):
            _owner(loaded, subject, column).is_met = True
    owners = {point.id: party for party in (*people.values(), *firms.values()) for point in party.points}
    consents = _typed(Consent, fetch(Consent, "contact_point_id", owners))
    for (point_id, purpose), consent in in_force(consents).items():
        if point_id is not None:
            owners[point_id].consents[point_id, purpose] = consent.state


def _profile(party: Party, firm: Party) -> dedupe.Profile:
    assert party.person is not None
    employer = firm.record if isinstance(firm.record, Organisation) else None
    return dedupe.person_profile(party.person, employer, party.points)


def _likeness(name: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio

    return ratio(name, other) / 100


def _colleagues_key(firm: Party | None, name: Person | PersonName) -> tuple[int, str]:
    """Who is at one firm, or at none and of one family name."""
    return (id(firm), "") if firm is not None else (0, name.family.casefold())


def _lone_points(draft: Draft) -> list[DraftPoint]:
    """What a person without a name is matched by, where neither an address nor a number can be matched."""
    if draft.named or not draft.has_person or draft.channels:
        return []
    return [point for point in draft.points if not point.firm]


def _point_key(point: ContactPoint | DraftPoint) -> tuple[str, str]:
    return point.kind, point.match_key or point.value.casefold()


def _is_same_person(party: Party, draft: Draft, point: DraftPoint) -> bool:
    """An own address is enough unless no part of the names agrees; what people share asks for the same name."""
    person = party.person
    assert person is not None
    if point.kind == "email" and not channels.is_shared_address(point.match_key):
        return parties.shares_a_name(person, draft.name)
    if parties.is_nameless(person) or parties.is_nameless(draft.name):
        theirs = {each.match_key for each in draft.points if each.kind == "email"}
        return point.kind == "email" or not theirs or not party.emails or bool(theirs & party.emails)
    return parties.has_same_name(person, draft.name)


def _typed(kind: type[R], found: Iterable[Record]) -> list[R]:
    return [each for each in found if isinstance(each, kind)]


def _owner(loaded: Mapping[Id, Party], record: Record, column: str) -> Party:
    return loaded[getattr(record, column)]


def outcomes(known: Known, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Party | None]]:
    """Each draft with whom it speaks of so far, for a preview: nothing is filled in, new ones are only noted."""
    for draft in drafts:
        firm = known.firm(draft.organisation) if draft.organisation else None
        if not draft.has_person:
            yield draft, firm
            party = firm or known.add(parties.new_firm(draft.organisation))
        else:
            found = known.person(draft, firm)
            if found is None:
                known.remark_likely(draft, firm)
            yield draft, found
            party = found or known.add(parties.new_person(draft, firm))
            party.add_points(draft.channels or _lone_points(draft))
        known.note(party)
