"""The records: frozen, slotted dataclasses, one a table.

An edit is `replace(...)`; equality by value tells what is dirty.

The storage room makes its tables from these classes: `int` and `str` columns are never null, `| None` columns may be.
`link` says which table a column points at, and whether the row is *part of* what it points at (`owned`): undoing the
step that made a record keeps its parts with it when something newer hangs on it.

Times are UTC ISO text to the millisecond ("2026-05-05T12:02:00.000Z"), days ISO text ("2026-05-05"), money whole cents
with an ISO currency, flags 0 or 1, "nothing" an empty text or None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from crmdesk.domain.ids import NO_ID as NO_ID
from crmdesk.domain.ids import Id as Id


def link(table: str, *, owned: bool = False) -> Any:
    """A column that points at a row of `table`, or at nothing."""
    return field(default=None, metadata={"to": table, "owned": owned})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: an id (63 bits, time-ordered), a reference people can say, and when it was made (UTC).

    `unique` are the columns in which no two of a table may agree, in any case of letters; () where there are none.
    """

    table: ClassVar[str]
    unique: ClassVar[tuple[str, ...]] = ()
    id: Id = NO_ID
    ref: str = ""
    created_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Record):
    """One of the workspace's own settings: name, country, currency, language, member (who am I), active vocabulary."""

    table: ClassVar[str] = "setting"
    unique: ClassVar[tuple[str, ...]] = ("key",)
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyText(Record):
    """The vocabulary of the workspace, as TOML text: the agreement between the teams, with its version and date.

    `changes` are the workspace's own words and rules over that text, as JSON: stage → what of it differs.
    """

    table: ClassVar[str] = "vocabulary"
    key: str = ""
    version: int = 1
    dated: str = ""
    body: str = ""
    changes: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitReason(Record):
    """A reason on the workspace's list. `key` names a shipped one, worded when shown; `text` is the workspace's own."""

    table: ClassVar[str] = "exit_reason"
    unique: ClassVar[tuple[str, ...]] = ("kind", "key", "text")
    kind: str = ""  # not_a_fit, lost
    key: str = ""
    text: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DealStage(Record):
    """A stage of the workspace's own list for deals. `key` names a shipped one, worded when shown unless it has a text.

    `probability` is what an opportunity there is given by default, in percent, or None.
    """

    table: ClassVar[str] = "deal_stage"
    unique: ClassVar[tuple[str, ...]] = ("key",)
    key: str = ""
    text: str = ""
    position: int = 0
    probability: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView(Record):
    """A saved view of a list: which one (people, organisations, leads, opportunities), and how it is shown, as JSON."""

    table: ClassVar[str] = "saved_view"
    unique: ClassVar[tuple[str, ...]] = ("place", "name")
    place: str = ""
    name: str = ""
    body: str = "{}"
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Record):
    """One of the people who use this workspace."""

    table: ClassVar[str] = "member"
    unique: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """A trade show or another occasion where people are met."""

    table: ClassVar[str] = "event"
    unique: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""
    place: str = ""
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A firm or body. It is an account from `account_since` on (a day), by what the vocabulary says; "" before."""

    table: ClassVar[str] = "organisation"
    name: str = ""
    match_key: str = ""  # points.organisation_key(name)
    industry: str = ""
    size: str = ""
    note: str = ""
    account_since: str = ""
    owner_id: Id | None = link("member")
    supplier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Somebody, stored once. Any one fact is enough: every name may be empty. Never re-split a stored name."""

    table: ClassVar[str] = "person"
    prefix: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""
    nickname: str = ""
    family_first: int = 0
    organisation_id: Id | None = link("organisation")
    job_title: str = ""
    department: str = ""
    birthday: str = ""
    language: str = ""
    note: str = ""
    account_since: str = ""
    owner_id: Id | None = link("member")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint(Record):
    """An e-mail, phone, address, handle or web site of a person or an organisation. `value` is as people wrote it."""

    table: ClassVar[str] = "contact_point"
    person_id: Id | None = link("person", owned=True)
    organisation_id: Id | None = link("organisation", owned=True)
    kind: str = ""  # email, phone, address, handle, web
    label: str = ""  # work, mobile, home, fax, or the file's own word
    value: str = ""
    match_key: str = ""  # points.match_key(kind, value): casefolded e-mail, E.164 phone, "" when it cannot be matched
    street: str = ""
    postcode: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    preferred: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Record):
    """What was agreed for one contact point and purpose. The latest entry of a pair is in force."""

    table: ClassVar[str] = "consent"
    contact_point_id: Id | None = link("contact_point", owned=True)
    purpose: str = ""  # marketing, offers, contract
    state: str = ""  # given, legitimate_interest, not_asked, declined, withdrawn
    wording: str = ""
    at: str = ""
    place: str = ""
    evidence: str = ""
    member_id: Id | None = link("member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Record):
    """One attempt to win a person and/or an organisation; at least one of the two is set."""

    table: ClassVar[str] = "lead"
    person_id: Id | None = link("person", owned=True)
    organisation_id: Id | None = link("organisation")
    stage: str = ""  # a stage's key, or "" for the off-board list Names
    stage_since: str = ""
    rank: str = ""  # order by hand; "" when the card lies in its natural order
    owner_id: Id | None = link("member")
    source: str = ""  # a key of the entry table
    line: str = ""  # offline, online
    event_id: Id | None = link("event")
    attempt: int = 1
    amount_cents: int | None = None
    currency: str = ""
    supplier: str = ""
    exit: str = ""  # "", not_now, not_a_fit, converted
    exit_reason: str = ""  # an ExitReason's key or text
    exit_note: str = ""
    wake_on: str = ""
    exit_on: str = ""  # the day it left the path
    previous_id: Id | None = link("lead")  # the attempt before this one
    no_step: int = 0  # without a next step on purpose, until one is planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity(Record):
    """A deal. An expected close is a day or "", never invented.

    `probability` is in percent; `probability_from` says where it came from: "stage" (its deal stage's own) or "hand".
    """

    table: ClassVar[str] = "opportunity"
    name: str = ""
    organisation_id: Id | None = link("organisation")
    person_id: Id | None = link("person")
    lead_id: Id | None = link("lead")  # the lead it was converted from
    stage: str = ""  # the journey's stage: the one with role in_deal, then customer
    stage_since: str = ""
    deal_stage: str = "needs"  # a key of the workspace's list: needs, proposal, terms, contract at first
    rank: str = ""
    owner_id: Id | None = link("member")
    source: str = ""
    event_id: Id | None = link("event")
    amount_cents: int | None = None
    currency: str = ""
    probability: int | None = None
    probability_from: str = ""
    expected_close: str = ""
    supplier: str = ""
    terms: str = ""
    contract: str = ""
    exit: str = ""  # "", not_now, won, lost
    exit_reason: str = ""
    exit_note: str = ""
    wake_on: str = ""
    exit_on: str = ""
    deal_stage_since: str = ""
    attempt: int = 1
    previous_id: Id | None = link("opportunity")
    no_step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyingPart(Record):
    """A person's part in an opportunity: decides, uses, pays, advises, influences, blocks, introduces."""

    table: ClassVar[str] = "buying_part"
    unique: ClassVar[tuple[str, ...]] = ("opportunity_id", "person_id")
    opportunity_id: Id | None = link("opportunity", owned=True)
    person_id: Id | None = link("person")
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Record):
    """What is known about an asked fact of a lead or an opportunity; one row a pair, changed in place."""

    table: ClassVar[str] = "answer"
    unique: ClassVar[tuple[str, ...]] = ("lead_id", "opportunity_id", "fact")
    lead_id: Id | None = link("lead", owned=True)
    opportunity_id: Id | None = link("opportunity", owned=True)
    fact: str = ""
    value: str = "unknown"  # yes, no, unknown, not_applicable
    note: str = ""
    amount_cents: int | None = None
    currency: str = ""
    by_date: str = ""
    buying_role: str = ""
    basis: str = "said"  # said, guessed
    at: str = ""
    member_id: Id | None = link("member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """What happened. `direction` is out (we did it), in (they did) or both (a talk)."""

    table: ClassVar[str] = "activity"
    person_id: Id | None = link("person", owned=True)
    organisation_id: Id | None = link("organisation", owned=True)
    lead_id: Id | None = link("lead")
    opportunity_id: Id | None = link("opportunity")
    event_id: Id | None = link("event")
    kind: str = ""  # a key of activity_kinds.KINDS: call, mail, meeting, note, stand_talk, quote_request, purchase, …
    direction: str = ""  # out, in, both, or "" for a note
    at: str = ""  # when it happened: a time or a day
    subject: str = ""
    note: str = ""
    depth: str = ""  # stand talk: card, short, deep
    amount_cents: int | None = None
    currency: str = ""
    member_id: Id | None = link("member")
    outcome: str = ""  # a call: reached, voicemail, wrong_number, not_interested


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """What comes next. `due_on` is a day, `due_time` "09:00" or ""; a promise is a word given to them."""

    table: ClassVar[str] = "task"
    person_id: Id | None = link("person", owned=True)
    organisation_id: Id | None = link("organisation", owned=True)
    lead_id: Id | None = link("lead")
    opportunity_id: Id | None = link("opportunity")
    title: str = ""
    kind: str = ""  # call, mail, meeting, visit, or ""
    due_on: str = ""
    due_time: str = ""
    promise: int = 0
    done_at: str = ""
    member_id: Id | None = link("member")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMove(Record):
    """Every placing, move and exit: history, reports and "why here" come from here."""

    table: ClassVar[str] = "stage_move"
    lead_id: Id | None = link("lead", owned=True)
    opportunity_id: Id | None = link("opportunity", owned=True)
    kind: str = ""  # placed, moved, exit, reopened, converted; deal: from one deal stage to another
    from_stage: str = ""
    to_stage: str = ""
    at: str = ""
    member_id: Id | None = link("member")
    door: str = ""  # drag, key, menu, sheet, import, terminal, capture
    reason: str = ""  # why it was moved although something was missing
    missing: str = "[]"  # JSON list of the facts that were missing
    facts: str = "{}"  # JSON object fact → state at that moment
    vocabulary: str = ""
    vocabulary_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion(Record):
    """What a conversion linked, with the values before (JSON), so that it can be taken back at any time."""

    table: ClassVar[str] = "conversion"
    lead_id: Id | None = link("lead", owned=True)
    organisation_id: Id | None = link("organisation")
    person_id: Id | None = link("person")
    opportunity_id: Id | None = link("opportunity")
    at: str = ""
    before: str = "{}"
    member_id: Id | None = link("member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Record):
    """A word the workspace puts on records."""

    table: ClassVar[str] = "tag"
    unique: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Record):
    """A tag on one record: exactly one of the four is set."""

    table: ClassVar[str] = "tagging"
    unique: ClassVar[tuple[str, ...]] = ("tag_id", "person_id", "organisation_id", "lead_id", "opportunity_id")
    tag_id: Id | None = link("tag", owned=True)
    person_id: Id | None = link("person", owned=True)
    organisation_id: Id | None = link("organisation", owned=True)
    lead_id: Id | None = link("lead", owned=True)
    opportunity_id: Id | None = link("opportunity", owned=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal(Record):
    """A record in the trash: what was removed with it and which links were loosened, as JSON, so that it can return.

    `kind` is the table of what was removed, `name` how it is shown, `removed` its reference.
    """

    table: ClassVar[str] = "removal"
    kind: str = ""
    name: str = ""
    removed: str = ""
    at: str = ""
    body: str = "{}"
    member_id: Id | None = link("member")


RECORD_TYPES: tuple[type[Record], ...] = (
    Setting,
    VocabularyText,
    ExitReason,
    DealStage,
    SavedView,
    Member,
    Event,
    Organisation,
    Person,
    ContactPoint,
    Consent,
    Lead,
    Opportunity,
    BuyingPart,
    Answer,
    Activity,
    Task,
    StageMove,
    Conversion,
    Tag,
    Tagging,
    Removal,
)
