"""What the status bar says while nothing special goes on: when something was saved, in which words, and where."""

from __future__ import annotations

from datetime import date, datetime

from crmdesk import words
from crmdesk.services import timelines
from crmdesk.ui.context import Context
from crmdesk.ui.views.status_bar import Part
from crmdesk.words import _


def parts(context: Context, backup: str) -> tuple[list[Part], list[Part]]:
    """The parts at the left and at the right; `backup` says when the newest one was made."""
    left: list[Part] = []
    if steps := timelines.history(context.db, limit=1):
        left.append(("saved", _("Saved {time}").format(time=_when(steps[0].at, context.clock.today()))))
    if backup:
        left.append(("", backup))
    left.append(("", _("Words: {vocabulary}").format(vocabulary=context.vocabulary.name())))
    return left, [("computer", _("On this computer only"))]


def _when(stored: str, today: date) -> str:
    """The time alone of a moment of today."""
    at = datetime.fromisoformat(stored).astimezone()
    return words.clock(at) if at.date() == today else words.moment(stored, today=today)
