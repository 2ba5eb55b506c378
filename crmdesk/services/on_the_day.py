"""Who is on a day, section by section, and what is said of them. It only reads; `today` has the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crmdesk.domain import today as days
from crmdesk.domain.ids import NO_ID, Id, least_id, utc
from crmdesk.domain.schedule import day_of, quiet_thresholds, soonest_quiet
from crmdesk.domain.today import COUNTED, Day, Entry, Section
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.storage import today as stored
from crmdesk.storage.reading import Reading
from crmdesk.storage.today import Found

SHOWN = 40
_CANDIDATES = COUNTED + 100  # some of whom are in an earlier section

Group = tuple[str, list[Found], bool]
"""A section's key, who is new in it up to 300, and whether that is known to be all."""

More = dict[str, Any] | None


def whole(connection: Reading, vocabulary: Vocabulary, today: date, groups: Iterable[Group]) -> Day:
    """The day on which these are, each section with its first 40."""
    sections = tuple(_sections(connection, vocabulary, groups, most=SHOWN))
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
    for section in _sections(connection, vocabulary, each_once(connection, vocabulary, today), most=rows):
        begun.append(section)
        rows -= len(section.entries)
        if rows <= 0:
            break
    return begun


def _sections(connection: Reading, vocabulary: Vocabulary, groups: Iterable[Group], *, most: int) -> Iterator[Section]:
    for key, found, exact in groups:
        if found:
            shown = tuple(entries(connection, vocabulary, key, found[:most]))
            yield Section(key, shown, len(found), exact)


def each_once(connection: Reading, vocabulary: Vocabulary, today: date) -> Iterator[Group]:
    """Section by section who is on the day, each in the first one that fits."""
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
    roles = {vocabulary.path[0]: ""} | {each: "customer" for each in vocabulary.path if vocabulary.is_customer(each)}
    groups: list[list[Found]] = []
    exact = True
    for stage, role in roles.items():
        until = _days_before(today, soonest_quiet(role))
        found = stored.without_step(connection, stage, until=until, limit=_CANDIDATES)
        exact = exact and len(found) < _CANDIDATES
        since = {
            source: _days_before(today, quiet_thresholds(source, role=role)[0])
            for source in {each.source for each in found}
        }
        groups.append([each for each in found if "" < each.since <= since[each.source]])
    merged, whole = _merged(groups)
    return merged, whole and exact


def _merged(groups: Sequence[list[Found]]) -> tuple[list[Found], bool]:
    found = [each for group in groups for each in group if not each.no_step]
    return sorted(found, key=_since, reverse=True), all(len(group) < _CANDIDATES for group in groups)


def _since(found: Found) -> str:
    return found.since


def _days_before(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def entries(connection: Reading, vocabulary: Vocabulary, key: str, found: Sequence[Found]) -> Iterator[Entry]:
    """What is said of each of them; who is gone since they were found is left out."""
    roles = {stage.key: stage.role for stage in vocabulary.stages}
    shown = stored.who(connection, found)
    for each, person, more in zip(found, shown, _more(connection, key, found), strict=True):
        if more is None:
            continue
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
    return found.card or found.person_id or found.organisation_id or NO_ID


def _more(connection: Reading, key: str, found: Sequence[Found]) -> Iterator[More]:
    """What is said of each by the section it is in; None for what is not there any more."""
    if key == days.WAKING:
        return _parking(connection, found)
    if key in (days.NO_STEP, days.QUIET):
        return _last_contact(connection, found)
    return _task(connection, found)


def _task(connection: Reading, found: Sequence[Found]) -> Iterator[More]:
    planned = stored.planned(connection, [each.task for each in found if each.task])
    for each in found:
        if (step := planned.get(each.task or NO_ID)) is None:
            yield None
            continue
        title, kind, due_on, due_time, promise = step
        yield {"title": title, "kind": kind, "due_on": due_on, "due_time": due_time, "promise": promise}


def _parking(connection: Reading, found: Sequence[Found]) -> Iterator[More]:
    parked = stored.parked(connection, [_about(each) for each in found])
    for each in found:
        if (left := parked.get(_about(each))) is None:
            yield None
            continue
        wake_on, note, parked_on = left
        day = day_of(parked_on)
        yield {"wake_on": wake_on, "note": note, "parked_on": day.isoformat() if day else ""}


def _last_contact(connection: Reading, found: Sequence[Found]) -> Iterator[More]:
    last = stored.last_contacts(connection, found)
    for each in found:
        kind, direction, depth, at = last.get(_about(each), ("", "", "", ""))
        yield {"last_kind": kind, "last_direction": direction, "last_depth": depth, "last_at": at}


def _done(connection: Reading, today: date) -> int:
    """What was done on the local day: from its first moment up to that of the next one."""
    start = datetime.combine(today, time.min).astimezone(UTC)
    end = datetime.combine(today + timedelta(days=1), time.min).astimezone(UTC)
    return stored.done_between(connection, utc(start), utc(end), day=today.isoformat(), first=least_id(start))
