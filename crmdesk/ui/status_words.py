"""What the status bar says while nothing special goes on: when something was saved, in which words, and where."""

from __future__ import annotations

from datetime import datetime

from crmdesk import words
from crmdesk.services import timelines
from crmdesk.ui.context import Context
from crmdesk.ui.views.status_bar import Part
from crmdesk.words import _


def parts(context: Context, backup: str) -> tuple[list[Part], list[Part]]:
    """The parts at the left and at the right; `backup` says when the newest one was made."""
    left: list[Part] = []
    if steps := timelines.history(context.db, limit=1):
        at = datetime.fromisoformat(steps[0].at).astimezone()
        left.append(("saved", _("Saved {time}").format(time=words.clock(at))))
    if backup:
        left.append(("", backup))
    left.append(("", _("Words: {vocabulary}").format(vocabulary=context.vocabulary.name())))
    return left, [("computer", _("On this computer only"))]
