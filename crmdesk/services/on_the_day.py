"""Who is on a day, section by section, and what is said of them. It only reads; `today` has the verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from crmdesk.domain import today as days
from crmdesk.domain.records import Id, Task
from crmdesk.domain.schedule import day_of, quiet_days, quiet_level
from crmdesk.domain.today import COUNTED, Entry
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.storage import records
from crmdesk.storage import today as stored
from crmdesk.storage.connection import Connection
from crmdesk.storage.today import Found

_CANDIDATES = COUNTED + 500  # some of whom are in an earlier section
_FIRST_QUIET = {"": 7, "customer": 60}


def each_once(connection: Connection, vocabulary: Vocabulary, today: date) -> Iterator[tuple[str, list[Found], bool]]:
    """Section by section who is new in it, up to 1,000 and whether that is known to be all."""
    seen: set[object] = set()
    for key in days.SECTIONS:
        candidates, exact = _candidates(connection, vocabulary, key, today)
        fresh: list[Found] = []
        for each in candidates:
            whom = each.person_id or each.organisation_id or each.card
            if whom not in seen:
                seen.add(whom)
                fresh.append(each)
        yield key, fresh, exact


def _candidates(connection: Connection, vocabulary: Vocabulary, key: str, today: date) -> tuple[list[Found], bool]:
    if key == days.NO_STEP:
        return _without_step(connection, vocabulary, today)
    if key == days.QUIET:
        return _quiet(connection, vocabulary, today)
    read = {days.OVERDUE: stored.overdue, days.TODAY: stored.due, days.PROMISED: stored.promised}.get(
        key, stored.waking
    )
    found = read(connection, today=today.isoformat(), limit=_CANDIDATES)
    return found, len(found) < _CANDIDATES


def _without_step(connection: Connection, vocabulary: Vocabulary, today: date) -> tuple[list[Found], bool]:
    """Those in the stages after the first one, customers left out: there no next step is as it should be."""
    return _merged(
        [
            stored.without_step(connection, stage, until=today.isoformat(), limit=_CANDIDATES)
            for stage in vocabulary.path[1:]
            if not vocabulary.is_customer(stage)
        ]
    )


def _quiet(connection: Connection, vocabulary: Vocabulary, today: date) -> tuple[list[Found], bool]:
    """The others that have been quiet for too long: those of the first stage, and customers."""
    groups: list[list[Found]] = []
    exact = True
    for stage in vocabulary.path:
        customer = vocabulary.is_customer(stage)
        if stage != vocabulary.path[0] and not customer:
            continue
        role = "customer" if customer else ""
        until = (today - timedelta(days=_FIRST_QUIET[role])).isoformat()
        found = stored.without_step(connection, stage, until=until, limit=_CANDIDATES)
        exact = exact and len(found) < _CANDIDATES
        groups.append(
            [each for each in found if quiet_level(quiet_days(each.since, today=today), each.source, role=role)]
        )
    merged, whole = _merged(groups)
    return merged, whole and exact


def _merged(groups: Sequence[list[Found]]) -> tuple[list[Found], bool]:
    found = [each for group in groups for each in group if not each.no_step]
    return sorted(found, key=_since, reverse=True), all(len(group) < _CANDIDATES for group in groups)


def _since(found: Found) -> str:
    return found.since


def entries(connection: Connection, vocabulary: Vocabulary, key: str, found: Sequence[Found]) -> Iterator[Entry]:
    """What is said of each of them."""
    roles = {stage.key: stage.role for stage in vocabulary.stages}
    shown = stored.who(connection, found)
    made = [
        Entry(
            section=key,
            about=each.card or each.person_id or each.organisation_id or Id(0),
            card=each.card,
            person_id=each.person_id,
            organisation_id=each.organisation_id,
            name=person.name,
            organisation=person.organisation,
            stage=person.stage,
            role=roles.get(person.stage, ""),
            source=person.source,
            task=each.task,
            quiet_since=each.since,
        )
        for each, person in zip(found, shown, strict=True)
    ]
    if key == days.WAKING:
        return _with_parking(connection, made)
    if key in (days.NO_STEP, days.QUIET):
        return _with_last_contact(connection, made, found)
    return _with_task(connection, made)


def _with_task(connection: Connection, entries: Sequence[Entry]) -> Iterator[Entry]:
    planned = records.many(connection, Task, [each.task for each in entries if each.task])
    for each in entries:
        task = planned[each.task or Id(0)]
        yield replace(
            each, title=task.title, kind=task.kind, due_on=task.due_on, due_time=task.due_time,
            promise=bool(task.promise),
        )  # fmt: skip


def _with_parking(connection: Connection, entries: Sequence[Entry]) -> Iterator[Entry]:
    parked = stored.parked(connection, [each.about for each in entries])
    for each in entries:
        wake_on, note, parked_on = parked[each.about]
        day = day_of(parked_on)
        yield replace(each, wake_on=wake_on, note=note, parked_on=day.isoformat() if day else "")


def _with_last_contact(connection: Connection, entries: Sequence[Entry], found: Sequence[Found]) -> Iterator[Entry]:
    last = stored.last_contacts(connection, found)
    for each in entries:
        kind, direction, depth, at = last.get(each.about, ("", "", "", ""))
        yield replace(each, last_kind=kind, last_direction=direction, last_depth=depth, last_at=at)
