"""Putting a backup, or what was salvaged, into the place of a workspace; what lay there is kept, whatever it is."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crmdesk.domain.errors import BadFile, NotFound
from crmdesk.storage import backup, copying, failures, opening
from crmdesk.storage.backup import Backup
from crmdesk.storage.copying import Asked, nothing_asked
from crmdesk.storage.lock import WorkspaceLock

ASIDE = "{stem} (set aside {number}){suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What became of the file that lay there: a backup that is kept, or a file set aside; None where there was none."""

    kept: Backup | None = None
    aside: Path | None = None


def restore(workspace: Path, chosen: Backup, *, now: datetime, cancelled: Asked = nothing_asked) -> Replaced:
    """Puts a backup in the place of a workspace that is open nowhere, whole or not at all.

    What lies there becomes a backup that is never thinned away; what cannot be one is set aside beside it, untouched.
    Raises Damaged for a backup that is not what was stored, Busy while the workspace is open, DiskFull, ReadOnly.
    """
    with held(workspace):
        coming = workspace.with_name(workspace.name + copying.COMING)
        try:
            _bring(chosen, coming, cancelled=cancelled)
            return put_in_place(workspace, coming, now=now)
        except OSError as error:
            raise failures.of_system(error, workspace) from error
        finally:
            with contextlib.suppress(OSError):
                coming.unlink(missing_ok=True)


def put_in_place(workspace: Path, coming: Path, *, now: datetime) -> Replaced:
    """Gives a whole file beside a workspace its name; who calls holds the workspace's lock. OSError, CrmError."""
    replaced = Replaced()
    if os.path.lexists(workspace):
        try:
            opening.look(workspace)
            replaced = Replaced(kept=backup.make(workspace, reason="restore", now=now, kept=True))
            _empty_log(workspace)
        except (BadFile, NotFound):
            replaced = Replaced(aside=set_aside(workspace))
    os.replace(coming, workspace)
    for suffix in opening.BESIDE:
        opening.beside(workspace, suffix).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # what stands there is whole, whichever of the two the disk remembers
        copying.sync_folder(workspace.parent)
    return replaced


def set_aside(workspace: Path) -> Path:
    """A second name for the file and what lies beside it, so that the first may be given to another; the new name."""
    number = 1
    while os.path.lexists(aside := _aside(workspace, number)):
        number += 1
    try:
        os.link(workspace, aside)
    except OSError:  # a disk that knows no second names
        shutil.copyfile(workspace, aside)
        copying.sync(aside)
    for suffix in opening.BESIDE:
        with contextlib.suppress(FileNotFoundError):
            os.replace(opening.beside(workspace, suffix), opening.beside(aside, suffix))
    return aside


@contextlib.contextmanager
def held(workspace: Path) -> Iterator[None]:
    """The workspace belongs to this program inside the block; Busy when it belongs to another."""
    lock = WorkspaceLock(workspace)
    try:
        yield
    finally:
        lock.release()


def _aside(workspace: Path, number: int) -> Path:
    return workspace.with_name(ASIDE.format(stem=workspace.stem, number=number, suffix=workspace.suffix))


def _bring(chosen: Backup, coming: Path, *, cancelled: Asked) -> None:
    """A copy of the backup beside the workspace, on the disk, bit for bit what was stored."""
    copying.make_room(coming, chosen.size)
    copying.make_private(coming)
    total = hashlib.sha256()
    with chosen.path.open("rb") as source, coming.open("wb") as target:
        while block := source.read(copying.BLOCK):
            if cancelled():
                raise copying.stopped()
            total.update(block)
            target.write(block)
    if total.hexdigest() != chosen.sha256:
        raise failures.damaged(chosen.path)
    copying.sync(coming)
    if copying.checksum_of(coming) != chosen.sha256:
        raise failures.unreadable(coming)


def _empty_log(workspace: Path) -> None:
    """Moves the write-ahead log into the file, or it would be read as a part of the one that comes. Raises Busy."""
    with failures.worded(workspace):
        connection = opening.connect(workspace, mode="rw")
        try:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.close()
    if busy:
        raise failures.busy(workspace)
