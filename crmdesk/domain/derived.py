"""The derived facts: each is computed from what a dossier holds and cannot be ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from crmdesk.domain import activity_kinds, consent, names
from crmdesk.domain.activity_kinds import activity_label, moment
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.entry import SOURCES, Source, source_label
from crmdesk.domain.points import show
from crmdesk.domain.records import Activity, ContactPoint
from crmdesk.domain.schedule import day_of
from crmdesk.words import _, pgettext, short_day

Finding = tuple[bool, str]
"""Whether the fact holds, and the evidence for it in words, or what is missing."""


def find(dossier: Dossier, fact: str, *, today: date) -> Finding:
    """What is stored about a derived fact (any but `scored`, which is passed by hand)."""
    return _FINDERS[fact](dossier, today)


def in_order(activities: Iterable[Activity]) -> list[Activity]:
    """The activities in the order in which they happened."""
    return sorted(activities, key=moment)


def _known(dossier: Dossier, _today: date) -> Finding:
    person = names.display(dossier.person) if dossier.person else ""
    organisation = dossier.organisation.name.strip() if dossier.organisation else ""
    name = person or organisation
    return bool(name), name or _("No name yet")


def _reachable(dossier: Dossier, _today: date) -> Finding:
    working = [point for point in dossier.points if _works(point)]
    if not working:
        broken = any(point.broken for point in dossier.points)
        return False, _("No channel that works") if broken else _("No channel yet")
    point = max(working, key=_preference)
    return True, _channel(point)


def _works(point: ContactPoint) -> bool:
    if point.broken or point.kind not in ("email", "phone", "address", "handle") or point.label in ("fax", "badge"):
        return False
    return any(part.strip() for part in (point.value, point.street, point.postcode, point.town))


def _preference(point: ContactPoint) -> int:
    return point.preferred


def _channel(point: ContactPoint) -> str:
    return show(point.kind, point.value) or " ".join(filter(None, (point.street, point.postcode, point.town)))


def _interest(dossier: Dossier, today: date) -> Finding:
    signs = _signs(dossier)
    if signs:
        return True, _told(signs[-1:], today)
    if _source_means(dossier, "interest"):
        return True, _by_source(dossier)
    return False, _("Nothing from them yet")


def _engaged(dossier: Dossier, today: date) -> Finding:
    requests = [activity for activity in dossier.activities if activity_kinds.is_request(activity)]
    if requests:
        return True, _told(in_order(requests)[-1:], today)
    if replies := _replies(dossier):
        return True, _told(replies[-1:], today)
    if second := _second_sign(dossier):
        return True, _told(second, today)
    return False, _("No second sign, reply or request yet")


def _replies(dossier: Dossier) -> list[Activity]:
    ordered = in_order(dossier.activities)
    first = next((place for place, done in enumerate(ordered) if activity_kinds.is_message_to_them(done)), None)
    if first is None:
        return []
    return [activity for activity in ordered[first:] if activity_kinds.is_message_from_them(activity)]


def _second_sign(dossier: Dossier) -> list[Activity]:
    """The signs of two different days, or the one that came on a day after the source's own sign; else nothing.

    A source says no day of its own: it happened on the day of the placing or before it.
    """
    by_day = {day_of(moment(sign)): sign for sign in reversed(_signs(dossier))}
    by_day.pop(None, None)
    if len(by_day) > 1:
        return list(reversed(by_day.values()))[:2]
    placed = _placed_on(dossier)
    if _source_means(dossier, "interest") and placed:
        return [sign for signed_on, sign in by_day.items() if signed_on and signed_on > placed]
    return []


def _placed_on(dossier: Dossier) -> date | None:
    moments = [dossier.subject.created_at, *(move.at for move in dossier.moves)]
    return day_of(min(filter(None, moments), default=""))


def _details_given(dossier: Dossier, today: date) -> Finding:
    given = [activity for activity in dossier.activities if activity_kinds.hands_over_details(activity)]
    if given:
        return True, _told(in_order(given)[:1], today)
    if _source_means(dossier, "details_given"):
        return True, _by_source(dossier)
    return False, _("Not handed over by them")


def _permission(dossier: Dossier, today: date) -> Finding:
    points = {point.id: point for point in dossier.points}
    entries = list(consent.in_force(dossier.consents).values())
    allowed = [entry for entry in entries if consent.allows(entry.state)]
    refused = [entry for entry in entries if entry.state in ("declined", "withdrawn")]
    if not allowed and not refused:
        return False, _("Not asked")
    entry = (allowed or refused)[-1]
    point = points.get(entry.contact_point_id) if entry.contact_point_id else None
    text = _("{purpose}: {state}, {channel}, {day}") if point else _("{purpose}: {state}, {day}")
    return bool(allowed), text.format(
        purpose=_(consent.PURPOSES.get(entry.purpose, entry.purpose)),
        state=_(consent.STATES[entry.state]),
        channel=_channel(point) if point else "",
        day=_day(entry.at or entry.created_at, today),
    )


def _dialogue(dossier: Dossier, today: date) -> Finding:
    talks = [activity for activity in dossier.activities if activity_kinds.is_talk(activity)]
    if talks:
        return True, _told(in_order(talks)[-1:], today)
    from_us = [activity for activity in dossier.activities if activity_kinds.is_message_to_them(activity)]
    from_them = [activity for activity in dossier.activities if activity_kinds.is_message_from_them(activity)]
    if from_us and from_them:
        return True, _told(in_order((in_order(from_us)[-1], in_order(from_them)[-1])), today)
    if from_us:
        return False, _("No answer from them yet")
    return False, _("Not answered by us yet") if from_them else _("No talk yet")


def _pursued(dossier: Dossier, today: date) -> Finding:
    contacts = [activity for activity in dossier.activities if activity_kinds.is_contact_by_us(activity)]
    if dossier.owner and contacts:
        done = _told(in_order(contacts)[-1:], today)
        return True, _("{owner}: {activity}").format(owner=dossier.owner.name, activity=done)
    if dossier.owner:
        return False, _("{owner}: no contact yet").format(owner=dossier.owner.name)
    return False, _("No owner yet")


def _purchase(dossier: Dossier, today: date) -> Finding:
    won = dossier.won or ((dossier.opportunity,) if dossier.opportunity and dossier.opportunity.exit == "won" else ())
    if won:
        deal = won[-1]
        if not deal.name:
            return True, _("Won, {day}").format(day=_day(deal.stage_since, today))
        return True, _("{opportunity}: won, {day}").format(opportunity=deal.name, day=_day(deal.stage_since, today))
    bought = [activity for activity in dossier.activities if activity.kind == "purchase"]
    if bought:
        return True, _told(in_order(bought)[-1:], today)
    if _source_means(dossier, "purchase"):
        return True, _by_source(dossier)
    return False, _("Nothing bought yet")


def _signs(dossier: Dossier) -> list[Activity]:
    return in_order(activity for activity in dossier.activities if activity_kinds.is_sign(activity))


def _source_means(dossier: Dossier, meaning: str) -> bool:
    source: Source | None = SOURCES.get(dossier.subject.source)
    return bool(source and getattr(source, meaning))


def _by_source(dossier: Dossier) -> str:
    return _("Source: {source}").format(source=source_label(dossier.subject.source))


def _told(activities: Iterable[Activity], today: date) -> str:
    between = pgettext("between the items of a list", ", ")
    return between.join(_told_one(activity, today) for activity in activities)


def _told_one(activity: Activity, today: date) -> str:
    label = activity_label(activity)
    if day_of(moment(activity)) is None:
        return label
    return _("{activity}, {day}").format(activity=label, day=_day(moment(activity), today))


def _day(when: str, today: date) -> str:
    found = day_of(when)
    return short_day(found, today=today) if found else _("day not known")


_FINDERS: dict[str, Callable[[Dossier, date], Finding]] = {
    "known": _known,
    "reachable": _reachable,
    "interest": _interest,
    "engaged": _engaged,
    "details_given": _details_given,
    "permission": _permission,
    "dialogue": _dialogue,
    "pursued": _pursued,
    "purchase": _purchase,
}
