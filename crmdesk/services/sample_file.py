"""The file of a sample workspace as a whole: it is removed at once, with its backups, and never anybody's own file."""

from __future__ import annotations

import shutil
from pathlib import Path

from crmdesk.domain.errors import RuleBroken
from crmdesk.services import workspace
from crmdesk.storage import backup, failures, opening
from crmdesk.words import _


def remove(path: Path) -> None:
    """Removes a sample workspace that nobody has open. This cannot be undone: nothing in it is anybody's own.

    Raises RuleBroken for a workspace that is no sample, Busy when it is open, what `open_database` raises otherwise.
    """
    db = workspace.open(path)
    sample = workspace.is_sample(db)
    db.close()
    if not sample:
        raise RuleBroken(
            _("“{file}” is no sample workspace.").format(file=path.name),
            _("Only a sample can be removed from here."),
        )
    try:
        for one in (path, *(opening.beside(path, suffix) for suffix in opening.BESIDE)):
            one.unlink(missing_ok=True)
        shutil.rmtree(backup.folder_of(path), ignore_errors=True)
    except OSError as error:
        raise failures.of_system(error, path) from error
