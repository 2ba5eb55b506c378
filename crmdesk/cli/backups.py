"""What `crmdesk backup` and `crmdesk restore` do and tell: the shapes that the README fixes, and the same in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from crmdesk import words
from crmdesk.cli import printing
from crmdesk.cli.columns import table
from crmdesk.domain import sizes
from crmdesk.services import backups
from crmdesk.services.backups import Backup
from crmdesk.storage import failures
from crmdesk.storage.database import Database
from crmdesk.words import _

Told = dict[str, Any]


def make(db: Database) -> Told:
    """A backup among the others of this workspace."""
    return _shape(backups.make(db, "asked"), good=True)


def copy(db: Database, target: Path) -> Told:
    """A verified copy as a file of its own, which is none of the backups."""
    backups.save_copy(db, target)
    size = target.stat().st_size
    return {"number": None, "path": str(target.absolute()), "bytes": size, "good": True}


def listed(path: Path) -> list[Told]:
    """The backups, newest first, each read and compared with what was stored.

    Raises NotFound where there is neither a workspace nor a backup of one.
    """
    found = backups.listed(path)
    if not found and not path.exists():
        raise failures.missing(path)
    return [_shape(each, good=backups.verify(each)) for each in found]


def restore(path: Path, number: int) -> Told:
    """Puts a backup in the place of the workspace, and says what became of the file that lay there."""
    replaced = backups.restore(path, number)
    kept = replaced.kept.number if replaced.kept is not None else None
    return {"restored": number, "kept": kept, "aside": str(replaced.aside or "")}


def say_made(told: Told) -> None:
    """One line."""
    text = _("Backed up to “{path}”: {size}, checked.")
    printing.line(text.format(path=told["path"], size=sizes.worded(told["bytes"])))


def say_listed(told: list[Told]) -> None:
    """One line a backup; a sentence where there is none."""
    if not told:
        printing.line(_("There is no backup yet."))
    for line in table([_cells(each) for each in told]):
        printing.line(line)


def say_restored(told: Told) -> None:
    """Two sentences."""
    printing.line(_("Restored backup {number}.").format(number=told["restored"]))
    if told["kept"] is not None:
        printing.line(_("What lay there before is backup {number}, and is kept.").format(number=told["kept"]))
    elif told["aside"]:
        printing.line(_("What lay there before is “{name}” now.").format(name=Path(told["aside"]).name))


def _shape(backup: Backup, *, good: bool) -> Told:
    return {
        "number": backup.number,
        "path": str(backup.path),
        "at": backup.at,
        "reason": backup.reason,
        "bytes": backup.size,
        "format": backup.format,
        "kept": backup.kept,
        "good": good,
    }


def _cells(told: Told) -> list[str]:
    when = words.moment(told["at"], today=datetime.now().astimezone().date())
    state = _("whole") if told["good"] else _("damaged")
    return [str(told["number"]), when, backups.reason_text(told["reason"]), sizes.worded(told["bytes"]), state]
