"""The values of a record in words, what they were before, and bringing one of them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from crmdesk import words
from crmdesk.domain import exits, names, points
from crmdesk.domain.column_words import COLUMNS, POINTS, column_word
from crmdesk.domain.deals import DealStageView
from crmdesk.domain.entry import SOURCES, source_label
from crmdesk.domain.errors import NotFound, RuleBroken
from crmdesk.domain.records import ContactPoint, Event, Id, Lead, Member, Opportunity, Organisation, Person, Record
from crmdesk.services import about as abouts
from crmdesk.services import deal_stages, editing, normalise, workspace
from crmdesk.services.verbs import question, verb
from crmdesk.storage import counting, journal, records, schema
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.journal import Entry
from crmdesk.words import N_, Label, _

Value = int | str | None

NOT_BY_HAND = frozenset(
    ("stage", "deal_stage", "exit", "exit_reason", "exit_note", "exit_on", "wake_on", "account_since", "attempt",
     "person_id", "lead_id", "probability")
)  # fmt: skip
"""Columns that moving, leaving and converting write: they come back by taking the step back, never alone."""

# Columns that make one value: the first of them is shown, all of them come back together.
_TOGETHER: dict[str, tuple[str, ...]] = {
    "amount_cents": ("currency",),
    "source": ("line",),
    "name": ("match_key",),
    "value": ("match_key", "street", "postcode", "town", "region", "country"),
}
_SECOND = {second for others in _TOGETHER.values() for second in others}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One value of a record that a step changed: the field, and both values in words.

    `record` is the record itself or one of its contact points; `can_return` says that the value can be brought back by
    itself.
    """

    step: int
    at: str
    member: str
    record: Id
    column: str
    field: str
    before: str
    after: str
    can_return: bool


@question
def changes(db: Database, record: Id) -> list[Changed]:
    """Every change of a record's own values and its contact points', newest first; of a lead also its person's.

    Raises NotFound.
    """
    speaking = workspace.vocabulary(db)
    with db.read() as connection:
        found = abouts.record(connection, record)
        worded = _Worded(connection, speaking.word, today=db.clock.today())
        own = list(_of_one(connection, found, worded))
        whose = found
        if isinstance(found, Lead) and found.person_id is not None:
            whose = records.get(connection, Person, found.person_id)
            own += _of_one(connection, whose, worded)
        column = {Person: "person_id", Organisation: "organisation_id"}.get(type(whose))
        for point in records.where(connection, ContactPoint, **{column: whose.id}) if column else ():
            own += _of_one(connection, point, worded)
    return sorted(own, key=_step, reverse=True)


@verb
def bring_back(db: Database, record: Id, *, column: str, step: int) -> None:
    """Gives a record the value a column had before a step. Raises NotFound, and RuleBroken when it cannot have it."""
    with db.read() as connection:
        found = _editable(connection, record)
        before = _before(connection, found, column, step)
        new = replace(found, **before)  # type: ignore[arg-type]
        _check_links(connection, new, before)
        if isinstance(new, ContactPoint):
            key = normalise.match_key(new.kind, new.value, country=workspace.country(connection))
            before |= {"match_key": key}
        name = _name(connection, found)
    word = POINTS.get(found.kind, found.kind) if isinstance(found, ContactPoint) else COLUMNS[column]
    label = Label(N_("Bring back “{field_word}” of {name}"), args={"field_word": word, "name": name})
    with db.write(label) as tx:
        editing.put(tx, found, before)


class _Worded:
    """Stored values in words, each linked record looked up once."""

    def __init__(self, connection: Connection, stage_word: Callable[[str], str], *, today: date) -> None:
        self._connection, self._stage_word, self._today = connection, stage_word, today
        self._stages: list[DealStageView] = deal_stages.read(connection)
        self.members = {each.id: each.name for each in records.where(connection, Member)}

    def word(self, column: str, value: Value, image: dict[str, Value]) -> str:
        """A value as people read it; "" for nothing."""
        if value is None or value == "":
            return ""
        if column == "amount_cents":
            return words.money(int(value), str(image.get("currency") or "EUR"))
        if column == "probability":
            return _("{percent} %").format(percent=value)
        if column in ("broken", "preferred", "family_first"):
            return _("Yes") if value else ""
        if column.endswith("_id"):
            return self._linked(column, Id(int(value)))
        return self._text(column, str(value))

    def _text(self, column: str, value: str) -> str:
        if column == "stage":
            return self._stage_word(value)
        if column == "deal_stage":
            return next((each.label for each in self._stages if each.key == value), value)
        if column == "source":
            return source_label(value)
        if column == "exit":
            return _(exits.OUTCOMES[value]) if value in exits.OUTCOMES else value
        if column == "exit_reason":
            shipped = exits.NOT_A_FIT | exits.LOST
            return _(shipped[value]) if value in shipped else value
        if column in ("expected_close", "wake_on", "exit_on", "account_since"):
            return day_words(value, today=self._today)
        return birthday_words(value, today=self._today) if column == "birthday" else value

    def _linked(self, column: str, record: Id) -> str:
        if column == "owner_id":
            return self.members.get(record, "")
        kind = {"organisation_id": Organisation, "event_id": Event, "person_id": Person}.get(column)
        if kind is None:
            return ""
        found = records.find(self._connection, kind, record)
        if isinstance(found, Person):
            return names.display(found) or found.ref
        return found.name if isinstance(found, Organisation | Event) else _("removed meanwhile")


def day_words(value: str, *, today: date) -> str:
    """A stored day in few words; what is none stays as it is."""
    try:
        return words.short_day(date.fromisoformat(value[:10]), today=today)
    except ValueError:
        return value


def birthday_words(value: str, *, today: date) -> str:
    """A birthday in few words, without the year when none is known."""
    if value.startswith("--"):
        return day_words(f"{today.year}-{value[2:]}", today=today)
    return day_words(value, today=date(1, 1, 1))


def _of_one(connection: Connection, found: Record, worded: _Worded) -> Iterator[Changed]:
    images = _images(connection, found)
    for entry, before, after in images:
        if entry.action != "changed":
            continue
        for change in entry.changes:
            field = _field(found, change.column)
            if field and change.column not in _SECOND:
                yield Changed(
                    step=entry.step,
                    at=entry.at,
                    member=worded.members.get(entry.member_id, "") if entry.member_id else "",
                    record=found.id,
                    column=change.column,
                    field=field,
                    before=worded.word(change.column, change.before, before),
                    after=worded.word(change.column, change.after, after),
                    can_return=change.column not in NOT_BY_HAND and getattr(found, change.column) != change.before,
                )


def _images(connection: Connection, found: Record) -> list[tuple[Entry, dict[str, Value], dict[str, Value]]]:
    """Each step with the columns that matter together as they were before and after it, from the present back."""
    now: dict[str, Value] = {column: getattr(found, column) for column in schema.column_names[found.table]}
    told = []
    for entry in reversed(journal.history(connection, found.table, found.id)):
        before = now | {change.column: change.before for change in entry.changes}
        told.append((entry, before, now))
        now = before
    return told


def _field(found: Record, column: str) -> str:
    if isinstance(found, ContactPoint):
        kind = _(POINTS[found.kind]) if found.kind in POINTS else found.kind
        if column == "value":
            return kind
        return _("{channel}: {field}").format(channel=kind, field=column_word(column)) if column_word(column) else ""
    return column_word(column)


def _editable(connection: Connection, record: Id) -> Record:
    kind = schema.types.get(counting.table_of(connection, record) or "")
    if kind not in (Person, Organisation, Lead, Opportunity, ContactPoint):
        raise NotFound(
            _("This record is not there any more."), _("It was removed meanwhile, or its making was undone.")
        )
    return records.get(connection, kind, record)


def _before(connection: Connection, found: Record, column: str, step: int) -> dict[str, Value]:
    if column in NOT_BY_HAND or column in _SECOND or column not in COLUMNS:
        raise RuleBroken(
            _("This value cannot be brought back alone."), _("Undo the step that changed it, in the history.")
        )
    for entry, before, _after in _images(connection, found):
        changed = entry.action == "changed" and any(change.column == column for change in entry.changes)
        if entry.step == step and changed:
            together = (column, *(each for each in _TOGETHER.get(column, ()) if each in before))
            return {each: before[each] for each in together}
    raise NotFound(_("There is no such step in the history."))


def _check_links(connection: Connection, new: Record, before: dict[str, Value]) -> None:
    for link in schema.links:
        target = before.get(link.column) if link.table == new.table else None
        if target is not None and records.find(connection, schema.types[link.to], Id(int(target))) is None:
            raise RuleBroken(
                _("What this value named is not there any more."), _("Bring that back from the trash first.")
            )
    if isinstance(new, Opportunity) and new.exit:
        raise RuleBroken(_("A closed deal is not changed any more."), _("Bring the deal back first."))
    if isinstance(new, Lead | Opportunity) and new.source and new.source not in SOURCES:
        raise RuleBroken(_("What this value named is not there any more."))
    if isinstance(new, Organisation) and not points.one_line(new.name):
        raise RuleBroken(_("A name is missing."), _("Write who it is."))


def _name(connection: Connection, found: Record) -> str:
    if isinstance(found, ContactPoint):
        owner = found.person_id or found.organisation_id
        return abouts.resolve(connection, owner).name if owner else found.value
    return abouts.resolve(connection, found.id).name or found.ref


def _step(changed: Changed) -> tuple[int, Id]:
    return changed.step, changed.record
