"""Who the rows of a list are: the people and firms stored already or about to be, and what the rows add to them.

Blanks are filled, nothing that is stored is overwritten. Only values here: reading and writing are done elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter

from crmdesk.domain import fold, points
from crmdesk.domain.lengths import LONGEST_TEXT
from crmdesk.domain.records import NO_ID, Activity, Consent, ContactPoint, Id, Organisation, Person
from crmdesk.services.import_drafts import Draft, DraftPoint
from crmdesk.services.normalise import PersonName

Words = tuple[str, ...]
_NAME_VALUES = ("prefix", "given", "middle", "family", "suffix", "nickname", "family_first")
_BESIDE_THE_NAME = ("prefix", "middle", "suffix", "nickname")
_WORK = ("job_title", "department", "birthday", "language")
_name_value = attrgetter(*_NAME_VALUES)


@dataclass(slots=True, eq=False)
class Party:
    """A person or a firm, stored or new, with what is added to it. `met` says that it has had a lead or a deal."""

    record: Person | Organisation
    new_id: Id = NO_ID  # once it is stored
    is_new: bool = True
    is_changed: bool = False
    is_met: bool = False
    firm: Party | None = None
    points: list[ContactPoint] = field(default_factory=list)
    new_points: list[ContactPoint] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    new_activities: list[Activity] = field(default_factory=list)
    new_consents: list[tuple[ContactPoint, Consent]] = field(default_factory=list)
    consents: dict[tuple[int, str], str] = field(default_factory=dict)  # (point, purpose) → the state in force

    @property
    def id(self) -> Id:
        """The id it is stored with, NO_ID before."""
        return self.new_id or self.record.id

    @property
    def person(self) -> Person | None:
        """The person, None for a firm."""
        return self.record if isinstance(self.record, Person) else None

    @property
    def emails(self) -> set[str]:
        """The match keys of all e-mail addresses."""
        return {point.match_key for point in (*self.points, *self.new_points) if point.kind == "email"}

    @property
    def channels(self) -> set[str]:
        """The match keys of all e-mail addresses and phone numbers."""
        points = (*self.points, *self.new_points)
        return {point.match_key for point in points if point.kind in ("email", "phone") and point.match_key}

    def point(self, wanted: DraftPoint) -> ContactPoint | None:
        """The contact point that is the same as `wanted`, stored or about to be."""
        alike = [point for point in (*self.points, *self.new_points) if point.kind == wanted.kind]
        made = _contact_point(wanted) if alike else None
        return next((point for point in alike if made and points.is_same(point, made)), None)

    def add_points(self, wanted: Sequence[DraftPoint]) -> bool:
        """Adds the contact points that are not there; whether there were any."""
        before = len(self.new_points)
        for point in wanted:
            if self.point(point) is None:
                self.new_points.append(_contact_point(point))
        return len(self.new_points) > before

    def fill(self, **values: str | int) -> bool:
        """Fills the fields that are blank; whether there were any."""
        blanks = {name: value for name, value in values.items() if value and not getattr(self.record, name)}
        if blanks:
            self.record = replace(self.record, **blanks)  # type: ignore[arg-type]
            self.is_changed = True
        return bool(blanks)

    def add_note(self, lines: Sequence[str]) -> bool:
        """Adds the lines to the note that are not in it; whether there were any. A note that is full gets company."""
        fresh = [line for line in lines if line not in self.record.note]
        if not fresh:
            return False
        note = "\n".join(filter(None, (self.record.note, *fresh)))
        if len(note) > LONGEST_TEXT:
            return self.add_activity(Activity(kind="note", note="\n".join(fresh)))
        self.record = replace(self.record, note=note)
        self.is_changed = True
        return True

    def add_activity(self, activity: Activity) -> bool:
        """Adds an activity unless the same one is there; whether it was added."""
        if any(_is_same_activity(activity, other) for other in (*self.activities, *self.new_activities)):
            return False
        self.new_activities.append(activity)
        return True


def new_person(draft: Draft, firm: Party | None) -> Party:
    """The person of a draft, with nothing filled in but what `update` fills."""
    return Party(Person(**_name_values(draft.name)), firm=firm)  # type: ignore[arg-type]


def new_firm(name: str) -> Party:
    """A firm of that name."""
    return Party(Organisation(name=name, match_key=points.organisation_key(name)))


def update_person(party: Party, draft: Draft, firm: Party | None) -> bool:
    """Fills a person's blanks from a draft; whether anything was added."""
    person = party.person
    assert person is not None
    names = {part: value for part, value in _name_values(draft.name).items() if part != "family_first"}
    if person.given or person.family:
        names = {part: value for part, value in names.items() if part not in ("given", "family")}
    added = [party.fill(**names)] if draft.named or draft.name.prefix else []
    if not (person.given or person.family) and draft.name.family_first:
        party.fill(family_first=1)
    added.append(party.fill(**{field: getattr(draft, field) for field in _WORK}))
    if firm is not None and party.firm is None and not person.organisation_id:
        party.firm = firm
        added.append(True)
        party.is_changed = True
    added.append(party.add_points([point for point in draft.points if not point.firm]))
    added.append(party.add_note(draft.notes))
    return any(added)


def update_firm(party: Party, draft: Draft, *, alone: bool) -> bool:
    """Fills a firm's blanks from a draft, all of it when the draft speaks of the firm `alone`; whether it added."""
    added = [
        party.fill(industry=draft.industry, size=draft.size),
        party.add_points([point for point in draft.points if point.firm]),
    ]
    if alone:
        added.append(party.add_note(draft.notes))
    return any(added)


Difference = tuple[str, str, str]
"""A field of `mapping.FIELDS`, what is stored there, and what a list says otherwise."""


def differences(party: Party, draft: Draft, firm: Party | None) -> list[Difference]:
    """What a draft says otherwise than is stored of a person: all that would fill a blank."""
    person = party.person
    assert person is not None
    found = [(part, getattr(person, part), getattr(draft.name, part)) for part in _BESIDE_THE_NAME]
    found += [(field, getattr(person, field), getattr(draft, field)) for field in _WORK]
    if person.given or person.family:
        theirs = f"{draft.name.given} {draft.name.family}".strip()
        found.append(("name", f"{person.given} {person.family}".strip(), theirs))
    if firm is not None and party.firm is not None and party.firm is not firm:
        found.append(("organisation", getattr(party.firm.record, "name", ""), draft.organisation))
    return _unlike(found)


def firm_differences(party: Party, draft: Draft) -> list[Difference]:
    """The same of a firm."""
    return _unlike([(field, getattr(party.record, field), getattr(draft, field)) for field in ("industry", "size")])


def shares_a_name(person: Person, name: PersonName) -> bool:
    """Whether one part of the two names is the same, or one of them has no name."""
    ours, theirs = name_words(person), name_words(name)
    return not ours or not theirs or any(_is_alike(word, other) for word in ours for other in theirs)


def has_same_name(person: Person, name: PersonName) -> bool:
    """Whether every part of the shorter name is in the longer one, initials included; false without a name."""
    return is_same_name(name_words(person), name_words(name))


def is_same_name(name: Words, other: Words) -> bool:
    """The same of the words of two names."""
    ours, theirs = sorted((name, other), key=len)
    return bool(ours) and all(any(_is_alike(word, other) for other in theirs) for word in ours)


def is_nameless(person: Person | PersonName) -> bool:
    """Whether no part of a name is there."""
    return not name_words(person)


def name_words(name: Person | PersonName) -> Words:
    """The folded words of a name by which it is compared."""
    return _words(f"{name.family} {name.middle} {name.given} {name.nickname}")


@lru_cache(maxsize=4096)
def _words(name: str) -> Words:
    return tuple(fold.fold(name).split())


def _is_alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) == 1 and short.isascii() and long.startswith(short))


def _name_values(name: PersonName) -> dict[str, str | int]:
    return dict(zip(_NAME_VALUES, _name_value(name), strict=True))


def _unlike(found: Sequence[Difference]) -> list[Difference]:
    return [each for each in found if each[1] and each[2] and each[1].casefold() != each[2].casefold()]


def _is_same_activity(activity: Activity, other: Activity) -> bool:
    """The same words, or on the same day nothing that is not told there."""
    if activity.note:
        return (activity.kind, activity.note) == (other.kind, other.note)
    mine, its = ((each.kind, each.at[:10], each.event_id, each.depth) for each in (activity, other))
    return mine == its


def _contact_point(point: DraftPoint) -> ContactPoint:
    if not point.parts:
        return ContactPoint(kind=point.kind, label=point.label, value=point.value, match_key=point.match_key)
    return ContactPoint(
        kind=point.kind,
        label=point.label,
        value=point.value,
        match_key=point.match_key,
        street=point.parts.get("street", ""),
        postcode=point.parts.get("postcode", ""),
        town=point.parts.get("town", ""),
        region=point.parts.get("region", ""),
        country=point.parts.get("country", ""),
    )
