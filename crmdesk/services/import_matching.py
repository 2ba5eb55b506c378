"""Which rows of a list speak of somebody who is stored, or of whom an earlier row spoke.

The same is who has the same e-mail address or phone number, and no other name. Without either, who has the same name at
the same firm, or at none and has no address or number either: such a list may come in twice too. Without a name too,
who has the same badge, or a number written alike. A firm is the same by its match key, unless the legal forms differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from crmdesk.domain import dedupe, names, points
from crmdesk.domain.consent import in_force
from crmdesk.domain.records import (
    Activity,
    Consent,
    ContactPoint,
    Id,
    Organisation,
    Person,
)
from crmdesk.services import import_channels as channels
from crmdesk.services import import_parties as parties
from crmdesk.services.import_drafts import Draft, DraftPoint
from crmdesk.services.import_names import NameIndex
from crmdesk.services.import_parties import Party
from crmdesk.services.normalise import PersonName
from crmdesk.storage import namesakes, records
from crmdesk.storage.connection import Connection


class Known:
    """People and firms by what they are matched with: those stored, as far as `load` looked, and those added since."""

    def __init__(self) -> None:
        self.parties: list[Party] = []
        self._places: dict[Party, int] = {}
        self._people: dict[Id, Party] = {}
        self._firms: dict[Id, Party] = {}
        self._by_channel: dict[str, dict[Party, None]] = {}
        self._nameless: dict[tuple[str, str], dict[Party, None]] = {}  # by any point they have
        self._by_firm: dict[str, dict[Party, None]] = {}
        self._by_name = NameIndex[Party]()  # at a firm's party, or with none by the family name
        self._stored_names = NameIndex[Person]()  # at a firm's id, or with none by the family name
        self._colleagues: dict[Id, dict[str, Person]] = {}  # at a firm, the oldest of each name
        self._families: set[str] = set()
        self._firm_keys: set[str] = set()

    def load(self, connection: Connection, drafts: Sequence[Draft]) -> None:
        """Reads everybody whom the drafts may speak of; a few reads, however many they are."""
        self._load_firms(connection, drafts)
        ids = self._load_names(connection, drafts) | _owners_of_points(connection, drafts)
        people = records.many(connection, Person, ids.difference(self._people))
        employers = {each.organisation_id for each in people.values() if each.organisation_id}
        self._add_firms(connection, records.many(connection, Organisation, employers.difference(self._firms)))
        new_people = {each: self._stored(people[each]) for each in sorted(people)}
        self._people |= new_people
        _surround(connection, new_people, "person_id")
        for party in new_people.values():
            self.add(party)

    def _load_firms(self, connection: Connection, drafts: Sequence[Draft]) -> None:
        keys = {points.organisation_key(draft.organisation) for draft in drafts if draft.organisation} - {""}
        found = records.where_in(connection, Organisation, "match_key", keys - self._firm_keys)
        self._firm_keys |= keys
        self._add_firms(connection, {firm.id: firm for firm in found})

    def _add_firms(self, connection: Connection, found: Mapping[Id, Organisation]) -> None:
        firms = {each: Party(firm, is_new=False) for each, firm in found.items() if each not in self._firms}
        self._firms |= firms
        _surround(connection, firms, "organisation_id")
        for party in firms.values():
            self.add(party)

    def _load_names(self, connection: Connection, drafts: Sequence[Draft]) -> set[Id]:
        """Learns who is called what where the drafts are from; the oldest of whom each may speak by the name alone."""
        named = [(draft, self.firm(draft.organisation)) for draft in drafts if draft.named]
        firms = {firm.id for _draft, firm in named if firm is not None and not firm.is_new}
        firms = firms.difference(self._colleagues)
        self._colleagues |= {firm: {} for firm in firms}
        bare = [(draft, firm) for draft, firm in named if not draft.channels]
        families = {each for draft, _firm in bare if not draft.organisation for each in _writings(draft.name)}
        fresh = families - self._families
        self._families |= families
        for person in (*namesakes.at_firms(connection, firms), *namesakes.alone(connection, fresh)):
            self._learn(person)
        return {
            min(person.id for person in same)
            for draft, firm in bare
            for place in ([firm.id] if firm is not None else _writings(draft.name))
            for same in self._stored_names.find(place, parties.name_words(draft.name))
        }

    def _learn(self, person: Person) -> None:
        self._stored_names.add(person.organisation_id or person.family, parties.name_words(person), person)
        if person.organisation_id is not None:
            colleagues = self._colleagues[person.organisation_id]
            name = dedupe.plain_name(person)
            if name not in colleagues or person.id < colleagues[name].id:
                colleagues[name] = person

    def _stored(self, person: Person) -> Party:
        employer = self._firms.get(person.organisation_id) if person.organisation_id else None
        return Party(person, is_new=False, firm=employer)

    def note(self, party: Party) -> None:
        """Makes a party findable by what it has now."""
        record = party.record
        if isinstance(record, Organisation):
            self._by_firm.setdefault(record.match_key, {})[party] = None
            return
        place = party.firm or record.family
        if place and (party.firm is not None or not party.channels):
            self._by_name.add(place, parties.name_words(record), party)
        is_nameless = parties.is_nameless(record)
        for point in (*party.points, *party.new_points):
            if is_nameless:
                self._nameless.setdefault(_point_key(point), {})[party] = None
            if point.kind in ("email", "phone") and point.match_key:
                self._by_channel.setdefault(point.match_key, {})[party] = None

    def add(self, party: Party) -> Party:
        """One party more, found from now on by what it has."""
        self._places[party] = len(self.parties)
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
        colleagues = self._colleagues.get(firm.id) if firm is not None else None
        if firm is None or not colleagues:
            return
        new = _new(draft)
        wanted = dedupe.plain_name(new)
        if not wanted:
            return
        alike = [colleagues[wanted]] if wanted in colleagues else _alike(wanted, colleagues)
        employer = firm.record if isinstance(firm.record, Organisation) else None
        profiles = [dedupe.person_profile(each, employer, ()) for each in alike]
        own = dedupe.person_profile(new, employer, ())
        for likely in dedupe.rank(own, profiles, _likeness, limit=1):
            draft.remark("likely", name=names.display(next(each for each in alike if each.id == likely.id)))

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
        return self._namesake(draft, firm)

    def _namesake(self, draft: Draft, firm: Party | None) -> Party | None:
        """The oldest of the same name at the firm; without one, of who has neither an address nor a number."""
        found = [
            next((party for party in same if party.firm is firm and (firm or not party.channels)), None)
            for place in ([firm] if firm is not None else _writings(draft.name))
            for same in self._by_name.find(place, parties.name_words(draft.name))
        ]
        return min(filter(None, found), key=self._age, default=None)

    def _age(self, party: Party) -> tuple[bool, int]:
        return party.is_new, self._places[party] if party.is_new else party.record.id

    def _nameless_one(self, draft: Draft, firm: Party | None) -> Party | None:
        """Somebody without a name who has a point of a draft without one: a badge, a number as it is written."""
        for point in _lone_points(draft):
            for party in self._nameless.get(_point_key(point), ()):
                person = party.person
                if person and parties.is_nameless(person) and (party.firm is firm or not (party.firm and firm)):
                    return party
        return None


def _owners_of_points(connection: Connection, drafts: Sequence[Draft]) -> set[Id]:
    """Who has an address or a number of a draft, or a badge where neither can be matched."""
    lone = [point for draft in drafts for point in _lone_points(draft)]
    keys = {point.match_key for draft in drafts for point in draft.channels}
    keys |= {point.match_key for point in lone} - {""}
    values = {point.value for point in lone if not point.match_key}
    found = records.where_in(connection, ContactPoint, "match_key", keys)
    if values:  # no index serves it
        found += records.where_in(connection, ContactPoint, "value", values)
    return {point.person_id for point in found if point.person_id}


def _surround(connection: Connection, loaded: Mapping[Id, Party], column: str) -> None:
    """Channels, activities, consents of everybody loaded, and who had a lead or a deal."""
    for point in records.where_in(connection, ContactPoint, column, loaded):
        loaded[getattr(point, column)].points.append(point)
    for activity in records.where_in(connection, Activity, column, loaded):
        loaded[getattr(activity, column)].activities.append(activity)
    for owner in namesakes.met(connection, column, loaded):
        loaded[owner].is_met = True
    owners = {point.id: party for party in loaded.values() for point in party.points}
    consents = records.where_in(connection, Consent, "contact_point_id", owners)
    for (point_id, purpose), consent in in_force(consents).items():
        if point_id is not None:
            owners[point_id].consents[point_id, purpose] = consent.state


def _new(draft: Draft) -> Person:
    person = parties.new_person(draft, None).person
    assert person is not None
    return person


def _alike(name: str, colleagues: Mapping[str, Person]) -> list[Person]:
    """Those whose names are alike enough to win."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract_iter

    found = extract_iter(name, colleagues.keys(), scorer=ratio, score_cutoff=100 * dedupe.ALIKE)
    return [colleagues[other] for other, _score, _place in found]


def _likeness(name: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio

    return ratio(name, other) / 100


def _writings(name: Person | PersonName) -> list[str]:
    """A family name as lists write it, small or large; none when there is none."""
    family = name.family
    return list(dict.fromkeys((family, family.upper(), family.lower(), family.title()))) if family else []


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


def outcomes(known: Known, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Party | None]]:
    """Each draft with whom it speaks of so far, for a preview: filled in as an import would, but nothing is written."""
    for draft in drafts:
        found = known.firm(draft.organisation) if draft.organisation else None
        firm = found or (known.add(parties.new_firm(draft.organisation)) if draft.organisation else None)
        if firm is not None:
            parties.update_firm(firm, draft, alone=not draft.has_person)
        party = firm
        if draft.has_person:
            found = known.person(draft, firm)
            if found is None:
                known.remark_likely(draft, firm)
            party = found or parties.new_person(draft, firm)
            parties.update_person(party, draft, firm)
            if found is None:
                known.add(party)
        yield draft, found
        if party is not None:
            known.note(party)
