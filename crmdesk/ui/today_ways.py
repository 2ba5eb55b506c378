"""Reads how somebody of the day can be reached and what was agreed for it, and words that."""

from __future__ import annotations

from crmdesk import words
from crmdesk.domain.activity_kinds import activity_label, moment
from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import ContactPoint
from crmdesk.domain.schedule import day_of
from crmdesk.domain.today import Entry
from crmdesk.services import today
from crmdesk.ui.context import Context
from crmdesk.ui.views.panel_view import channel
from crmdesk.ui.views.today_pieces import Way
from crmdesk.words import _


def read(context: Context, entry: Entry) -> tuple[Way, ...]:
    """The ways to somebody, phones and addresses in the order of preference; none when the record is gone."""
    try:
        found = today.ways(context.db, entry.about)
    except NotFound:
        return ()
    return tuple(_way(context, point, found) for point in found.points if point.label != "badge")


def _way(context: Context, point: ContactPoint, found: today.Ways) -> Way:
    shown = channel(point, found.consents)
    agreed = shown.chip
    since = day_of(moment(found.request)) if found.request is not None else None
    if shown.chip_icon == "not_asked" and found.request is not None and since is not None:
        day = words.short_day(since, today=context.clock.today())
        agreed = _("Not asked. {request} on {day}: an answer to that is fine.").format(
            request=activity_label(found.request), day=day
        )
    return Way(point.id, point.kind, shown.icon, shown.value, agreed, shown.chip_icon)
