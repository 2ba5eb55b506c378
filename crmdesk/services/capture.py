"""New people, firms and leads, one at a time: any one fact is enough. The entry table says where they start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crmdesk.domain import entry, points
from crmdesk.domain.entry import EntryRow
from crmdesk.domain.errors import BadInput, RuleBroken
from crmdesk.domain.records import Activity, ContactPoint, Event, Id, Lead, Organisation, Person
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import about as abouts
from crmdesk.services import activities, consents, normalise, people, transitions, workspace
from crmdesk.services.normalise import PersonName
from crmdesk.services.quick_line import QuickLine
from crmdesk.services.subjects import called
from crmdesk.services.verbs import verb
from crmdesk.storage import dossiers, records
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What came of one entry: the lead, its person and its organisation, each None where there is none."""

    lead_id: Id
    person_id: Id | None
    organisation_id: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was given about somebody new; "" for what was not."""

    name: PersonName
    organisation: str
    email: str
    phone: str
    job_title: str
    note: str


@verb
def add(
    db: Database,
    *,
    given: str = "",
    family: str = "",
    name: str = "",
    organisation: str = "",
    email: str = "",
    phone: str = "",
    job_title: str = "",
    note: str = "",
    source: str = "address_book",
    event: Id | None = None,
    stage: str | None = None,
    door: str = "capture",
) -> Captured:
    """Adds a person and/or an organisation with a lead, placed where its source says; no gate is asked.

    Either `given` and `family`, or `name` in one piece. `stage` places it elsewhere; "" is the off-board list Names. An
    organisation that is there already is used, not doubled. Raises BadInput when not one fact is given.
    """
    parts = normalise.split_name(name) if name.strip() else normalise.join_name(given=given, family=family)
    entered = Entry(
        name=parts,
        organisation=points.one_line(organisation),
        email=email.strip(),
        phone=phone.strip(),
        job_title=points.one_line(job_title),
        note=points.many_lines(note),
    )
    return _capture(db, entered, source=source, event=event, stage=stage, door=door)


@verb
def start(
    db: Database,
    about: Id,
    *,
    source: str = "address_book",
    event: Id | None = None,
    stage: str | None = None,
    door: str = "capture",
) -> Captured:
    """Starts an attempt to win somebody who is on file without an open lead; placed by the source, no gate is asked.

    `about` is a person or an organisation. A new attempt has the next number; the earlier ones stay as they are. Raises
    RuleBroken when a lead of theirs is open.
    """
    vocabulary = workspace.vocabulary(db)
    row = entry.placing(vocabulary, source)
    if stage:
        vocabulary.stage(stage)
    with db.read() as connection:
        found = abouts.resolve(connection, about)
        person = records.get(connection, Person, found.person_id) if found.person_id else None
        firm_id = person.organisation_id if person else found.organisation_id
        firm = records.get(connection, Organisation, firm_id) if firm_id else None
        link = {"person_id": person.id} if person else {"organisation_id": firm_id}
        earlier = records.where(connection, Lead, **link)
    if any(not lead.exit for lead in earlier):
        raise RuleBroken(_("{name} has an open lead.").format(name=found.name), _("Go on with that one."))
    with db.write(Label(N_("Start a lead with {name}"), args={"name": found.name})) as tx:
        lead = _place(
            tx, vocabulary, row, person=person, firm=firm, event=event, stage=stage, door=door, earlier=earlier
        )
    return Captured(lead_id=lead.id, person_id=lead.person_id, organisation_id=lead.organisation_id)


def _capture(db: Database, entered: Entry, *, source: str, event: Id | None, stage: str | None, door: str) -> Captured:
    vocabulary = workspace.vocabulary(db)
    row = entry.placing(vocabulary, source)
    if stage:
        vocabulary.stage(stage)
    with db.write(Label(N_("Add {name}"), args={"name": called_as(entered)})) as tx:
        if event is not None:
            records.get(tx.connection, Event, event)
        firm = people.put_organisation(tx, entered.organisation)
        person = _put_person(tx, entered, firm)
        _keep_note(tx, person or firm, entered.note)
        added = _put_points(tx, entered, person, firm)
        lead = _place(tx, vocabulary, row, person=person, firm=firm, event=event, stage=stage, door=door)
        _note_origin(tx, lead, row, added)
    return Captured(lead_id=lead.id, person_id=lead.person_id, organisation_id=lead.organisation_id)


def put_parties(tx: Transaction, entered: Entry) -> tuple[Organisation | None, Person | None]:
    """The firm and the person an entry speaks of, those on file or new ones, inside a step that is open already.

    A person of that very name at the firm is the one. Raises BadInput when not one fact is given.
    """
    firm = people.put_organisation(tx, entered.organisation)
    person = _same_name(tx, entered.name, firm) or _put_person(tx, entered, firm)
    _keep_note(tx, person or firm, entered.note)
    _put_points(tx, entered, person, firm)
    return firm, person


def put_named(tx: Transaction, name: PersonName, firm: Organisation | None) -> Person:
    """The person of that very name at the firm, else a new one there. Raises BadInput for an empty name."""
    entered = Entry(name=name, organisation="", email="", phone="", job_title="", note="")
    person = _same_name(tx, name, firm) or _put_person(tx, entered, firm)
    if person is None:
        raise BadInput(_("A name is missing."), _("Write who it is."))
    return person


def entered_by(line: QuickLine) -> Entry:
    """What a typed line says of somebody, without its next step."""
    return Entry(
        name=normalise.split_name(line.person),
        organisation=line.organisation,
        email=line.email,
        phone=line.phone,
        job_title="",
        note=line.note,
    )


def called_as(entered: Entry) -> str:
    """How a sentence calls whom an entry speaks of; "" when it says nothing."""
    name = entered.name
    person = Person(
        given=name.given,
        middle=name.middle,
        family=name.family,
        nickname=name.nickname,
        family_first=name.family_first,
    )
    firm = Organisation(name=entered.organisation) if entered.organisation else None
    return called(person, firm) or entered.email or entered.phone


def _same_name(tx: Transaction, name: PersonName, firm: Organisation | None) -> Person | None:
    """Who of a firm has that name; "jun." and "sen." are two, and without such a word it is the only one there is."""
    if firm is None or not (name.given or name.family):
        return None
    same = {"given": name.given, "middle": name.middle, "family": name.family}
    known = records.where(tx.connection, Person, organisation_id=firm.id, **same)
    alike = [each for each in known if each.suffix.casefold() == name.suffix.casefold()]
    if not alike and not name.suffix and len(known) == 1:
        alike = known
    return alike[0] if alike else None


def _put_points(
    tx: Transaction, entered: Entry, person: Person | None, firm: Organisation | None
) -> list[ContactPoint]:
    owner = person.id if person else firm.id if firm else None
    given = (("email", entered.email), ("phone", entered.phone))
    return [people.put_point(tx, owner, kind=kind, value=value) for kind, value in given if value]


def _keep_note(tx: Transaction, whose: Person | Organisation | None, note: str) -> None:
    """What was typed goes below the note of who is on file, unless it stands there."""
    if whose is not None and note not in whose.note:
        tx.put(replace(whose, note="\n".join(filter(None, (whose.note, note)))))


def _put_person(tx: Transaction, entered: Entry, firm: Organisation | None) -> Person | None:
    """The person an entry speaks of; none when it is a firm alone."""
    name = entered.name
    parts = (name.given, name.middle, name.family, name.nickname, entered.email, entered.phone, entered.job_title)
    if not any(parts):
        if firm is None:
            raise BadInput(_("There is nothing to add yet."), _("Any one fact is enough: a name, a number, a firm."))
        if not (name.prefix or name.suffix):
            return None
    return tx.add(
        Person(
            prefix=name.prefix,
            given=name.given,
            middle=name.middle,
            family=name.family,
            suffix=name.suffix,
            nickname=name.nickname,
            family_first=name.family_first,
            organisation_id=firm.id if firm else None,
            job_title=entered.job_title,
            note=entered.note,
        )
    )


def _place(
    tx: Transaction,
    vocabulary: Vocabulary,
    row: EntryRow,
    *,
    person: Person | None,
    firm: Organisation | None,
    event: Id | None,
    stage: str | None,
    door: str,
    earlier: Sequence[Lead] = (),
) -> Lead:
    placed = row.stage if stage is None else stage
    lead = tx.add(
        Lead(
            person_id=person.id if person else None,
            organisation_id=firm.id if firm else None,
            stage=placed,
            stage_since=tx.now,
            owner_id=tx.member_id,
            source=row.source,
            line=row.line,
            event_id=event,
            attempt=len(earlier) + 1,
            previous_id=earlier[-1].id if earlier else None,
        )
    )
    dossier = replace(dossiers.read(tx.connection, lead.id), lead=replace(lead, stage=""))
    transitions.note_move(tx, vocabulary, dossier, kind="placed", to_stage=placed, door=door)
    if vocabulary.is_customer(placed):
        transitions.make_account(tx, vocabulary, placed, organisation=lead.organisation_id, person=lead.person_id)
    return lead


def _note_origin(tx: Transaction, lead: Lead, row: EntryRow, added: list[ContactPoint]) -> None:
    """What the source says by itself: the talk at the stand, and the permission for the channel it names."""
    depth = entry.TALKS.get(row.source)
    if depth:
        activities.add(tx, abouts.resolve(tx.connection, lead.id), Activity(kind="stand_talk", depth=depth))
    for point in added:
        if (agreed := entry.agreed(row, point.kind)) is not None:
            consents.add(tx, replace(agreed, contact_point_id=point.id))
