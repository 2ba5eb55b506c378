"""The file of a sample workspace as a whole: made, and removed at once with its backups; never anybody's own file."""

from __future__ import annotations

import shutil
from pathlib import Path

from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.ids import Clock, IdSource
from crmdesk.services import samples, workspace
from crmdesk.storage import backup, copying, failures, opening
from crmdesk.storage.database import Database
from crmdesk.words import _


def make(path: Path, *, vocabulary: str, name: str, clock: Clock, ids: IdSource) -> Database:
    """A sample workspace, lived through; it has its name when it is whole. Raises CrmError, and leaves nothing then."""
    making = path.with_name(path.name + copying.UNFINISHED)
    copying.sweep(path)
    try:
        db = workspace.create(making, vocabulary=vocabulary, name=name, sample=True, clock=clock, ids=ids)
        try:
            samples.fill(db, year=True)
        finally:
            db.close()
        copying.take_name(making, path)
    except BaseException:
        copying.sweep(path)
        raise
    return workspace.open(path, clock=clock, ids=ids)


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
