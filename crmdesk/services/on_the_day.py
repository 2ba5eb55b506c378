"""Who is on a day, section by section, and what is said of them. It only reads; `today` has the verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

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
    for each, person, more in zip(found, shown, _more(connection, key, found), strict=True):
        yield Entry(
            section=key,
            about=_about(each),
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
            **more,
        )


def _about(found: Found) -> Id:
    return found.card or found.person_id or found.organisation_id or Id(0)


def _more(connection: Connection, key: str, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    """What is said of each by the section it is in."""
    if key == days.WAKING:
        return _parking(connection, found)
    if key in (days.NO_STEP, days.QUIET):
        return _last_contact(connection, found)
    return _task(connection, found)


def _task(connection: Connection, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    planned = records.many(connection, Task, [each.task for each in found if each.task])
    for each in found:
        task = planned[each.task or Id(0)]
        yield {
            "title": task.title, "kind": task.kind, "due_on": task.due_on, "due_time": task.due_time,
            "promise": bool(task.promise),
        }  # fmt: skip


def _parking(connection: Connection, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    parked = stored.parked(connection, [_about(each) for each in found])
    for each in found:
        wake_on, note, parked_on = parked[_about(each)]
        day = day_of(parked_on)
        yield {"wake_on": wake_on, "note": note, "parked_on": day.isoformat() if day else ""}


def _last_contact(connection: Connection, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    last = stored.last_contacts(connection, found)
    for each in found:
        kind, direction, depth, at = last.get(_about(each), ("", "", "", ""))
        yield {"last_kind": kind, "last_direction": direction, "last_depth": depth, "last_at": at}
