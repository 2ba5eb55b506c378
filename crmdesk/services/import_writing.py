"""A slice of a list written: people and firms added or filled up, leads placed by the entry table, talks and consents.

One slice is one commit of a long step. What a row came to is told by its outcome: imported, merged or skipped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crmdesk.domain import entry
from crmdesk.domain.entry import EntryRow
from crmdesk.domain.mapping import FIELDS
from crmdesk.domain.records import Activity, Consent, ContactPoint, Id, Lead, Organisation, Person, StageMove
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import import_parties as parties
from crmdesk.services import transitions
from crmdesk.services.import_drafts import Draft
from crmdesk.services.import_matching import Known
from crmdesk.services.import_parties import Party
from crmdesk.storage import dossiers
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _

_STRICT = ("declined", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What is the same for every row of a list: its source's row of the entry table, the event, leads or none."""

    vocabulary: Vocabulary
    row: EntryRow
    event_id: Id | None
    people_only: bool
    file: str

    @property
    def is_fair(self) -> bool:
        """Whether the people were met at a trade show."""
        return self.event_id is not None or entry.SOURCES[self.row.source].is_fair


class Slice:
    """The rows of one slice, taken one after the other and written together."""

    def __init__(self, tx: Transaction, placing: Placing, drafts: Sequence[Draft]) -> None:
        self._tx = tx
        self._placing = placing
        self._known = Known()
        self._known.load(tx.connection, drafts)
        self._met: dict[int, Party] = {}  # who gets a lead, by identity

    def take(self, draft: Draft) -> str:
        """What becomes of a row: imported, merged (somebody known got something new) or skipped (nothing new)."""
        firm, is_new, changed = self._firm(draft)
        party = firm
        if draft.has_person:
            party, is_new, changed = self._person(draft, firm, firm_changed=changed)
        assert party is not None
        changed = self._add_talk(party, draft) or changed
        changed = self._add_consents(party, draft) or changed
        changed = self._place(party) or changed
        self._known.note(party)
        if is_new:
            return "imported"
        return "merged" if changed else "skipped"

    def write(self) -> None:
        """Stores everything taken."""
        firms = [party for party in self._known.parties if isinstance(party.record, Organisation)]
        people = [party for party in self._known.parties if isinstance(party.record, Person)]
        self._make_accounts()
        self._store(firms)
        for party in people:
            if party.firm is not None and party.person is not None and party.person.organisation_id is None:
                party.record = replace(party.person, organisation_id=party.firm.id)
        self._store(people)
        everybody = [*firms, *people]
        points = self._store_points(everybody)
        leads = self._store_leads()
        self._store_activities(everybody, leads)
        self._store_consents(everybody, points)
        self._store_moves(leads)

    def _firm(self, draft: Draft) -> tuple[Party | None, bool, bool]:
        """The firm of a row, whether it is new, and whether the row adds anything to it."""
        if not draft.organisation:
            return None, False, False
        found = self._known.firm(draft.organisation)
        if found is not None:
            _keep_theirs(draft, parties.firm_differences(found, draft))
        party = found or self._known.add(parties.new_firm(draft.organisation))
        changed = parties.update_firm(party, draft, alone=not draft.has_person)
        return party, found is None, changed or found is None

    def _person(self, draft: Draft, firm: Party | None, *, firm_changed: bool) -> tuple[Party, bool, bool]:
        """The person of a row, whether it is somebody new, and whether the row adds anything."""
        found = self._known.person(draft, firm)
        if found is not None:
            _keep_theirs(draft, parties.differences(found, draft, firm))
        party = found or parties.new_person(draft, firm)
        changed = parties.update_person(party, draft, firm)
        if found is None:
            self._known.remark_likely(draft, firm)
            self._known.add(party)
        return party, found is None, changed or firm_changed

    def _add_talk(self, party: Party, draft: Draft) -> bool:
        """What the row says of a meeting: a talk at the stand, a card, a visit; whether it is new."""
        depth = draft.depth or (entry.TALKS.get(self._placing.row.source, "") if party.is_new else "")
        if not (draft.met_on or depth or draft.talk_note):
            return False
        kind = "card" if depth == "card" else "stand_talk" if depth else "visit" if self._placing.is_fair else "meeting"
        return party.add_activity(
            Activity(
                kind=kind,
                direction={"card": "in", "visit": "in"}.get(kind, "both"),
                at=draft.met_on or self._tx.now,
                depth=depth if kind == "stand_talk" else "",
                note=draft.talk_note,
                event_id=self._placing.event_id,
            )
        )

    def _add_consents(self, party: Party, draft: Draft) -> bool:
        """What the row says of consent, on its e-mail addresses; a stricter state that is there stays."""
        states: dict[str, str] = {"offers": draft.consent} if draft.consent else {}
        if draft.opted_out:
            states = {"offers": "declined", "marketing": "declined"}
        added = False
        for wanted in draft.points if states else ():
            point = party.point(wanted) if wanted.kind == "email" else None
            if point is None:
                continue
            for purpose, state in states.items():
                added = self._add_consent(party, point, draft, purpose=purpose, state=state) or added
        return added

    def _add_consent(self, party: Party, point: ContactPoint, draft: Draft, *, purpose: str, state: str) -> bool:
        present = party.consents.get((point.id or -id(point), purpose), "")
        if present in (state, *_STRICT):
            return False
        evidence = _("{file}, line {line}").format(file=self._placing.file, line=draft.line)
        consent = Consent(
            purpose=purpose,
            state=state,
            wording=draft.consent_words,
            at=draft.met_on or self._tx.now,
            evidence=evidence,
            member_id=self._tx.member_id,
        )
        party.new_consents.append((point, consent))
        party.consents[point.id or -id(point), purpose] = state
        return True

    def _place(self, party: Party) -> bool:
        """Gives a lead to whoever has had none; whether it did."""
        if party.is_met or self._placing.people_only:
            return False
        party.is_met = True
        if party.firm is not None:
            party.firm.is_met = True
        self._met[id(party)] = party
        self._add_permission(party)
        return True

    def _add_permission(self, party: Party) -> None:
        """The permission that the source itself gives, for the channel it names; nothing is stored for "not asked"."""
        for point in (*party.points, *party.new_points):
            agreed = entry.agreed(self._placing.row, point.kind)
            if agreed is None or (key := (point.id or -id(point), agreed.purpose)) in party.consents:
                continue
            party.consents[key] = agreed.state
            party.new_consents.append((point, replace(agreed, at=self._tx.now, member_id=self._tx.member_id)))

    def _store(self, found: Sequence[Party]) -> None:
        new = [party for party in found if party.is_new]
        for party, new_id in zip(new, self._tx.add_rows([party.record for party in new]), strict=True):
            party.new_id = new_id
        for party in found:
            if party.is_changed and not party.is_new:
                self._tx.put(party.record)

    def _make_accounts(self) -> None:
        """Whoever is placed as a customer is an account from today on: the firm, else the person."""
        if self._placing.vocabulary.is_customer(self._placing.row.stage):
            for party in self._met.values():
                (party.firm or party).fill(account_since=self._tx.today.isoformat())

    def _store_points(self, everybody: Sequence[Party]) -> dict[int, Id]:
        """The id of each new contact point, by identity."""
        pairs = [(party, point) for party in everybody for point in party.new_points]
        stored = self._tx.add_rows([point for _party, point in pairs], **_owners([party for party, _point in pairs]))
        return {id(point): new_id for (_party, point), new_id in zip(pairs, stored, strict=True)}

    def _store_leads(self) -> dict[int, Id]:
        """The id of the lead of each party that gets one."""
        row = self._placing.row
        met = list(self._met.values())
        lead = Lead(
            stage=row.stage,
            stage_since=self._tx.now,
            owner_id=self._tx.member_id,
            source=row.source,
            line=row.line,
            event_id=self._placing.event_id,
        )
        stored = self._tx.add_rows(
            [lead] * len(met),
            person_id=[party.id if party.person else None for party in met],
            organisation_id=[party.person.organisation_id if party.person else party.id for party in met],
        )
        return dict(zip(map(id, met), stored, strict=True))

    def _store_activities(self, everybody: Sequence[Party], leads: Mapping[int, Id]) -> None:
        pairs = [(party, activity) for party in everybody for activity in party.new_activities]
        owners = [party for party, _activity in pairs]
        self._tx.add_rows(
            [activity for _party, activity in pairs],
            lead_id=[leads.get(id(party)) for party in owners],
            at=[activity.at or self._tx.now for _party, activity in pairs],
            member_id=[self._tx.member_id] * len(pairs),
            **_owners(owners),
        )

    def _store_consents(self, everybody: Sequence[Party], points: Mapping[int, Id]) -> None:
        pairs = [pair for party in everybody for pair in party.new_consents]
        owners = [points.get(id(point), point.id) for point, _consent in pairs]
        self._tx.add_rows([consent for _point, consent in pairs], contact_point_id=owners)

    def _store_moves(self, leads: Mapping[int, Id]) -> None:
        """The placing of each lead, with the facts as they stand: a list asks no gate.

        New people of whom the same kinds of things are known have the same facts, which are looked up once for all.
        """
        alike: dict[object, list[Id]] = {}
        for party in self._met.values():
            lead = leads[id(party)]
            alike.setdefault(_what_is_known(party) if party.is_new else lead, []).append(lead)
        found = dossiers.read_many(self._tx.connection, [group[0] for group in alike.values()])
        for group in alike.values():
            first = found[group[0]]
            assert first.lead is not None
            first = replace(first, lead=replace(first.lead, stage=""))
            facts = json.dumps(transitions.snapshot(self._tx, first))
            self._tx.add_rows([self._move(facts)] * len(group), lead_id=group)

    def _move(self, facts: str) -> StageMove:
        return StageMove(
            kind="placed",
            to_stage=self._placing.row.stage,
            at=self._tx.now,
            member_id=self._tx.member_id,
            door="import",
            facts=facts,
            vocabulary=self._placing.vocabulary.key,
            vocabulary_version=self._placing.vocabulary.version,
        )


def _keep_theirs(draft: Draft, differences: Sequence[parties.Difference]) -> None:
    """What is stored stays, and what a row says otherwise becomes a line of the note."""
    for field, ours, theirs in differences:
        draft.remark("kept_ours", ours=ours, value=theirs)
        draft.notes.append(f"{_(FIELDS[field])}: {theirs}")


def _what_is_known(party: Party) -> tuple[object, ...]:
    """All that the facts of somebody new can come from, beside the source."""
    person = party.person
    firm = party.firm or (party if person is None else None)
    return (
        person is not None and not parties.is_nameless(person),
        firm is not None,
        firm is not None and not firm.is_new and firm.record.id,
        frozenset(point.kind for point in party.new_points),
        frozenset(point.kind for point in firm.new_points) if firm is not None else frozenset(),
        tuple((each.kind, each.direction, each.depth, each.at[:10]) for each in party.new_activities),
        frozenset((point.kind, consent.purpose, consent.state) for point, consent in party.new_consents),
    )


def _owners(found: Sequence[Party]) -> dict[str, list[Id | None]]:
    """The columns that say whose something is: the person's, or the firm's."""
    return {
        "person_id": [party.id if party.person else None for party in found],
        "organisation_id": [None if party.person else party.id for party in found],
    }
