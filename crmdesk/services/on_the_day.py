"""Who is on a day, section by section, and what is said of them. It only reads; `today` has the verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crmdesk.domain import today as days
from crmdesk.domain.ids import Id, least_id, utc
from crmdesk.domain.schedule import day_of, quiet_days, quiet_level
from crmdesk.domain.today import COUNTED, Day, Entry, Section
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.storage import today as stored
from crmdesk.storage.reading import Reading
from crmdesk.storage.today import Found

SHOWN = 60
_CANDIDATES = COUNTED + 100  # some of whom are in an earlier section
_FIRST_QUIET = {"": 7, "customer": 60}


def whole(connection: Reading, vocabulary: Vocabulary, today: date) -> Day:
    """The day, each section with its first 60."""
    sections = tuple(_sections(connection, vocabulary, today, most=SHOWN))
    next_on, next_count = stored.next_day(connection, today=today.isoformat())
    return Day(
        on=today.isoformat(),
        sections=sections,
        done=_done(connection, today),
        next_on=next_on,
        next_count=next_count,
        nobody=not sections and stored.nobody(connection),
    )


def beginning(connection: Reading, vocabulary: Vocabulary, today: date, *, rows: int) -> list[Section]:
    """The first sections of the day, so many that they have that many rows, and in the last no more than those."""
    begun: list[Section] = []
    for section in _sections(connection, vocabulary, today, most=rows):
        begun.append(section)
        rows -= len(section.entries)
        if rows <= 0:
            break
    return begun


def _sections(connection: Reading, vocabulary: Vocabulary, today: date, *, most: int) -> Iterator[Section]:
    for key, found, exact in each_once(connection, vocabulary, today):
        if found:
            shown = tuple(entries(connection, vocabulary, key, found[:most]))
            yield Section(key, shown, len(found), exact)


def each_once(connection: Reading, vocabulary: Vocabulary, today: date) -> Iterator[tuple[str, list[Found], bool]]:
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
            if len(fresh) == COUNTED:
                exact = False
                break
        yield key, fresh, exact


def _candidates(connection: Reading, vocabulary: Vocabulary, key: str, today: date) -> tuple[list[Found], bool]:
    if key == days.NO_STEP:
        return _without_step(connection, vocabulary, today)
    if key == days.QUIET:
        return _quiet(connection, vocabulary, today)
    read = {days.OVERDUE: stored.overdue, days.TODAY: stored.due, days.PROMISED: stored.promised}.get(
        key, stored.waking
    )
    found = read(connection, today=today.isoformat(), limit=_CANDIDATES)
    return found, len(found) < _CANDIDATES


def _without_step(connection: Reading, vocabulary: Vocabulary, today: date) -> tuple[list[Found], bool]:
    """Those in the stages after the first one, customers left out: there no next step is as it should be."""
    return _merged(
        [
            stored.without_step(connection, stage, until=today.isoformat(), limit=_CANDIDATES)
            for stage in vocabulary.path[1:]
            if not vocabulary.is_customer(stage)
        ]
    )


def _quiet(connection: Reading, vocabulary: Vocabulary, today: date) -> tuple[list[Found], bool]:
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


def entries(connection: Reading, vocabulary: Vocabulary, key: str, found: Sequence[Found]) -> Iterator[Entry]:
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


def _more(connection: Reading, key: str, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    """What is said of each by the section it is in."""
    if key == days.WAKING:
        return _parking(connection, found)
    if key in (days.NO_STEP, days.QUIET):
        return _last_contact(connection, found)
    return _task(connection, found)


def _task(connection: Reading, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    planned = stored.planned(connection, [each.task for each in found if each.task])
    for each in found:
        title, kind, due_on, due_time, promise = planned[each.task or Id(0)]
        yield {"title": title, "kind": kind, "due_on": due_on, "due_time": due_time, "promise": promise}


def _parking(connection: Reading, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    parked = stored.parked(connection, [_about(each) for each in found])
    for each in found:
        wake_on, note, parked_on = parked[_about(each)]
        day = day_of(parked_on)
        yield {"wake_on": wake_on, "note": note, "parked_on": day.isoformat() if day else ""}


def _last_contact(connection: Reading, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    last = stored.last_contacts(connection, found)
    for each in found:
        kind, direction, depth, at = last.get(_about(each), ("", "", "", ""))
        yield {"last_kind": kind, "last_direction": direction, "last_depth": depth, "last_at": at}


def _done(connection: Reading, today: date) -> int:
    """What was done on the local day: from its first moment up to that of the next one."""
    start = datetime.combine(today, time.min).astimezone(UTC)
    end = datetime.combine(today + timedelta(days=1), time.min).astimezone(UTC)
    return stored.done_between(connection, utc(start), utc(end), day=today.isoformat(), first=least_id(start))
