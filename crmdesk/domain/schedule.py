"""Days: when a record has been quiet too long, and how what is due is said. Today is handed in."""

from __future__ import annotations

from datetime import date, datetime

from crmdesk.domain.entry import SOURCES
from crmdesk.words import _, day, ngettext

_QUIET_AFTER_A_FAIR = (7, 10, 14)
_QUIET_BY_ROLE = {"customer": (60, 90, 180), "in_deal": (14, 21, 30)}
_QUIET = (14, 21, 30)


def day_of(moment: str) -> date | None:
    """The local day of a stored UTC time or day; None for "" and for what is neither."""
    try:
        if len(moment) <= 10:
            return date.fromisoformat(moment)
        return datetime.fromisoformat(moment).astimezone().date()
    except ValueError:
        return None


def quiet_days(since: str, *, today: date) -> int:
    """Whole days since a stored time or day; 0 for "" and for the future."""
    start = day_of(since)
    return max((today - start).days, 0) if start else 0


def quiet_level(days: int, source: str, *, role: str = "") -> int:
    """0 not quiet, 1 quiet, 2 quieter, 3 silent: what fairs bring cools off soonest, customers latest."""
    return sum(days >= threshold for threshold in quiet_thresholds(source, role=role))


def quiet_thresholds(source: str, *, role: str = "") -> tuple[int, int, int]:
    """The days after which a card of that source, in a stage of that role, is quiet, quieter, silent."""
    fair = source in SOURCES and SOURCES[source].is_fair
    return _QUIET_BY_ROLE.get(role, _QUIET_AFTER_A_FAIR if fair else _QUIET)


def soonest_quiet(role: str) -> int:
    """The days after which a card in a stage of that role may be quiet, whatever its source."""
    return _QUIET_BY_ROLE.get(role, min(_QUIET_AFTER_A_FAIR, _QUIET))[0]


def quiet_text(days: int) -> str:
    """ "12 d quiet"."""
    return ngettext("{count} d quiet", "{count} d quiet", days).format(count=days)


def overdue_days(due_on: str, *, today: date) -> int:
    """How many days ago it was due; 0 when it is not overdue or has no day."""
    return quiet_days(due_on, today=today)


def due_text(title: str, due_on: str, due_time: str = "", *, promise: bool = False, today: date) -> str:
    """A next step in one line: "Overdue 4 d: call back", "Call back · today", "Promised: drawing · Wed 6 May".

    Without a day just the step; without a title the words "Next step".
    """
    title = title or _("Next step")
    due = day_of(due_on)
    if due is None:
        return _("Promised: {title}").format(title=title) if promise else title
    if due < today:
        days = (today - due).days
        return ngettext("Overdue {count} d: {title}", "Overdue {count} d: {title}", days).format(
            count=days, title=title
        )
    when = _when(due, due_time, today=today)
    pattern = _("Promised: {title} · {when}") if promise else _("{title} · {when}")
    return pattern.format(title=title, when=when)


def _when(due: date, due_time: str, *, today: date) -> str:
    named = _("today") if due == today else day(due, today=today)
    return _("{day} {time}").format(day=named, time=due_time) if due_time else named
