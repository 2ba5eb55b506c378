"""The workspace as a whole: creating and opening it, its vocabulary, settings and people, and whether it is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from crmdesk.domain import exits, points
from crmdesk.domain import vocabulary as words_of
from crmdesk.domain.changes import Change
from crmdesk.domain.errors import BadFile, BadInput, NotFound
from crmdesk.domain.ids import Clock, IdSource, SystemClock
from crmdesk.domain.records import ExitReason, Id, Member, Setting, VocabularyText
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import agreed, surroundings, team
from crmdesk.services.subjects import one_of
from crmdesk.services.team import MemberInput
from crmdesk.services.verbs import question, verb
from crmdesk.storage import counting, creating, derived, existing, failures, records, soundness
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _, initials_of

DEFAULT_VOCABULARY = "lead-first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The workspace's own settings; `country` is ISO 3166 (two letters), `currency` ISO 4217, `member` who I am."""

    name: str
    country: str
    currency: str
    member: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """The workspace in few words; counts are of all records there are."""

    name: str
    path: str
    vocabulary: str
    vocabulary_version: int
    people: int
    organisations: int
    leads: int
    opportunities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonInput:
    """A reason as it is to be: `key` of one on the list, "" for a new one; without a `text` it keeps its words."""

    key: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason for leaving the path: `key` is what is stored, `text` how it is worded."""

    key: str
    text: str


def create(
    path: Path,
    *,
    vocabulary: str = DEFAULT_VOCABULARY,
    name: str = "",
    country: str = "",
    currency: str = "",
    me: str = "",
    sample: bool = False,
    clock: Clock | None = None,
    ids: IdSource | None = None,
) -> Database:
    """A new workspace with a shipped vocabulary. What is left empty comes from the system; nothing is invented.

    `sample` says that what will be in it is not the person's own: the window offers to remove it all.

    Raises NotFound for an unknown vocabulary, BadFile when the file is there already.
    """
    text = words_of.shipped_text(vocabulary)
    ticking = clock or SystemClock()
    land = (country or surroundings.country()).upper()
    settings = {
        "name": points.one_line(name) or path.stem,
        "country": land,
        "currency": (currency or surroundings.currency(land)).upper(),
    }
    if sample:
        settings["sample"] = "1"
    source = ids or IdSource(ticking)
    fill = partial(_fill, text=text, me=me or surroundings.full_name())
    return _as_me(creating.create(path, clock=ticking, ids=source, settings=settings, fill=fill))


def open(  # noqa: A001
    path: Path,
    *,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    read_only: bool = False,
    doing: Callable[[str], object] = str,
) -> Database:
    """Opens a workspace as the member this computer's person is; `doing` hears of what takes long.

    Raises what `open_database` raises, and BadFile when there is no sense in what the file says of itself.
    """
    ticking = clock or SystemClock()
    db = existing.open_database(path, clock=ticking, ids=ids or IdSource(ticking), read_only=read_only, doing=doing)
    return _as_me(db)


@question
def vocabulary(db: Database) -> Vocabulary:
    """The words in use here, with the workspace's own over them. Parsed once for each version. BadFile without one."""
    try:
        return db.kept(agreed.in_use, VocabularyText.table)
    except (ValueError, BadFile) as error:
        raise failures.damaged(db.path) from error


@question
def settings(db: Database) -> Settings:
    """The workspace's own settings; "" and None for what is not set."""
    return db.kept(_settings, Setting.table, Member.table)


@question
def is_sample(db: Database) -> bool:
    """Whether the people in it came with the program."""
    with db.read() as connection:
        return bool(_stored(connection, "sample"))


@verb
def change(
    db: Database,
    *,
    name: str | None = None,
    country: str | None = None,
    currency: str | None = None,
    members: list[MemberInput] | None = None,
) -> None:
    """Changes the workspace's name, country (two letters), currency (three letters) or team; the others stay.

    Raises BadInput for what is no name and no code, and for two people of the same name.
    """
    given = {"name": name, "country": country, "currency": currency}
    with db.write(Label(N_("Change the settings"))) as tx:
        stored = {each.key: each for each in records.where(tx.connection, Setting)}
        for key, value in given.items():
            if value is not None:
                tx.put(replace(stored[key], value=_setting(key, value)))
        team.arrange(tx, members or ())


@question
def members(db: Database) -> list[Member]:
    """Who uses this workspace, in the order they came."""
    return list(db.kept(team.listed, Member.table))


@verb
def add_member(db: Database, name: str) -> Id:
    """Adds somebody who uses this workspace; of one who is there already, the id."""
    cleaned = team.cleaned(name)
    with db.write(Label(N_("Add {name} to the team"), args={"name": cleaned})) as tx:
        if (found := team.called(tx.connection, cleaned)) is not None:
            return found.id
        return tx.add(Member(name=cleaned, initials=initials_of(cleaned))).id


@verb
def be(db: Database, member: Id) -> None:
    """Says which of the team I am: what is written from now on is theirs. Raises NotFound."""
    with db.write(Label(N_("Change the settings"))) as tx:
        team.be(tx, member)


@question
def reasons(db: Database, kind: str) -> list[Reason]:
    """The reasons on the list for `kind`: not_a_fit or lost, in the order of their digits."""
    one_of(kind, tuple(exits.REASONS), "kind")
    with db.read() as connection:
        found = sorted(records.where(connection, ExitReason, kind=kind), key=_position)
    return [Reason(key=each.key or each.text, text=reason_text(kind, each.key or each.text)) for each in found]


@verb
def change_reasons(db: Database, kind: str, reasons: list[ReasonInput]) -> None:
    """Makes these the reasons for `kind` (not_a_fit or lost), in this order: added, reworded, removed.

    A record keeps the words it was closed with: a reworded reason is another one from now on. Raises BadInput for one
    without words, for two of the same, and for an empty list.
    """
    one_of(kind, tuple(exits.REASONS), "kind")
    with db.write(Label(N_("Change the list of reasons"))) as tx:
        stored = {each.key or each.text: each for each in records.where(tx.connection, ExitReason, kind=kind)}
        kept: set[Id] = set()
        for place, new in enumerate(_checked_reasons(kind, reasons, tuple(stored))):
            old = stored.get(new.key or new.text)
            if old is None:
                tx.add(replace(new, position=place))
            else:
                tx.put(replace(old, position=place))
                kept.add(old.id)
        for each in stored.values():
            if each.id not in kept:
                tx.remove(ExitReason, each.id)


def reason_text(kind: str, key: str) -> str:
    """A stored reason as it is worded: a shipped one in the language in use, the workspace's own as it is."""
    shipped = exits.REASONS.get(kind, {})
    return _(shipped[key]) if key in shipped else key


@question
def info(db: Database) -> Info:
    """Name, place, vocabulary and how much there is. Counts without reading the records."""
    words, own = vocabulary(db), settings(db)
    with db.read() as connection:
        counts = counting.counts(connection)
    return Info(
        name=own.name,
        path=str(db.path),
        vocabulary=words.key,
        vocabulary_version=words.version,
        people=counts["person"],
        organisations=counts["organisation"],
        leads=counts["lead"],
        opportunities=counts["opportunity"],
    )


@question
def check(db: Database) -> list[str]:
    """What is wrong with the file, its links, its journal, its derived tables; nothing if all is well. Reads it all."""
    found = db.problems()
    with db.read() as connection:
        found.extend(soundness.journal_problems(connection))
        found.extend(derived.check(connection))
    return found


def country(connection: Connection) -> str:
    """The country whose numbers need no country code here; "" when none is set."""
    return _stored(connection, "country")


def currency(connection: Connection) -> str:
    """The workspace's own currency."""
    return _stored(connection, "currency")


def _settings(connection: Connection) -> Settings:
    found = {each.key: each.value for each in records.where(connection, Setting)}
    return Settings(
        name=found.get("name", ""),
        country=found.get("country", ""),
        currency=found.get("currency", ""),
        member=team.me(connection),
    )


def _stored(connection: Connection, key: str) -> str:
    return next((each.value for each in records.where(connection, Setting, key=key)), "")


def _fill(tx: Transaction, *, text: str, me: str) -> None:
    """The first records of a new workspace: its words, its reasons, and who made it. They are no step to take back."""
    words = words_of.load(text, DEFAULT_VOCABULARY)
    tx.add(VocabularyText(key=words.key, version=words.version, dated=words.dated, body=text))
    member = tx.add(Member(name=me, initials=initials_of(me)))
    tx.add(Setting(key="member", value=member.ref))
    for kind, shipped in exits.REASONS.items():
        tx.add_many(ExitReason(kind=kind, key=key, position=place) for place, key in enumerate(shipped))


def _as_me(db: Database) -> Database:
    """The workspace as this computer's person uses it."""
    try:
        vocabulary(db)
        db.member_id = settings(db).member
    except NotFound as error:
        db.close()
        raise failures.damaged(db.path) from error
    except BaseException:
        db.close()
        raise
    db.subscribe(partial(_follow, db))
    return db


def _follow(db: Database, change: Change) -> None:
    """Who I am may be another one after a step, taken back or done again too."""
    if change.touches(Setting.table, Member.table):
        db.member_id = settings(db).member


def _setting(key: str, value: str) -> str:
    cleaned = points.one_line(value)
    lengths = {"country": 2, "currency": 3}
    if key in lengths:
        cleaned = cleaned.upper()
        if len(cleaned) != lengths[key] or not cleaned.isascii() or not cleaned.isalpha():
            raise BadInput(
                _("“{value}” is not a code.").format(value=value),
                _("Write it as in DE or EUR."),
            )
    return cleaned


def _checked_reasons(kind: str, reasons: list[ReasonInput], known: tuple[str, ...]) -> list[ExitReason]:
    """The reasons as records not stored yet: a shipped one by its key while it has its own words."""
    made: list[ExitReason] = []
    for each in reasons:
        key = one_of(each.key, ("", *known), "key")
        text = points.one_line(each.text) or reason_text(kind, key)
        if not text:
            raise BadInput(_("A reason has no words yet."), _("Write some, or remove the reason."))
        shipped = next((one for one in exits.REASONS[kind] if reason_text(kind, one) == text), "")
        made.append(ExitReason(kind=kind, key=shipped, text="" if shipped else text))
    if not made:
        raise BadInput(_("A list without a reason asks for nothing."), _("Keep at least one."))
    if len({reason_text(kind, each.key or each.text).casefold() for each in made}) < len(made):
        raise BadInput(_("Two reasons have the same words."), _("Give each its own."))
    return made


def _position(reason: ExitReason) -> int:
    return reason.position
