"""What backups and what came of a file are called on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from crmdesk import words
from crmdesk.domain import sizes
from crmdesk.services import backups
from crmdesk.services.backups import Backup, Salvaged
from crmdesk.ui.dialogs.restoring import PastBackup
from crmdesk.ui.dialogs.unopened import Came
from crmdesk.words import N_, _

# The tables a person knows, in the order they are told; what else there is comes last.
TABLES: dict[str, str] = {
    "person": N_("People"),
    "organisation": N_("Organisations"),
    "contact_point": N_("Channels"),
    "lead": N_("Leads"),
    "opportunity": N_("Opportunities"),
    "activity": N_("Activities"),
    "task": N_("Next steps"),
    "consent": N_("Consents"),
    "event": N_("Events"),
    "step": N_("History"),
}


def moment(backup: Backup, *, today: date) -> str:
    """When a backup was made, where the person is."""
    return words.moment(backup.at, today=today)


def status(backup: Backup, *, today: date) -> str:
    """The part of the status bar: the time for one of today, else the day."""
    at = datetime.fromisoformat(backup.at).astimezone()
    when = words.clock(at) if at.date() == today else words.short_day(at.date(), today=today)
    return _("Backup {time}").format(time=when)


def rows(listed: Sequence[Backup], *, today: date) -> list[PastBackup]:
    """The backups as the sheet lists them."""
    return [
        PastBackup(
            number=each.number,
            when=moment(each, today=today),
            why=backups.reason_text(each.reason),
            size=sizes.worded(each.size),
        )
        for each in listed
    ]


def came(salvaged: Salvaged) -> list[Came]:
    """What came back of a damaged file, table by table; the small ones together."""
    by_name = {each.table: each for each in salvaged.tables}
    told = [
        Came(what=_(text), kept=by_name[table].kept, lost=by_name[table].lost)
        for table, text in TABLES.items()
        if table in by_name and (by_name[table].kept or by_name[table].lost != 0)
    ]
    others = [each for each in salvaged.tables if each.table not in TABLES]
    lost = None if any(each.lost is None for each in others) else sum(each.lost or 0 for each in others)
    return [*told, Came(what=_("Everything else"), kept=sum(each.kept for each in others), lost=lost)]
