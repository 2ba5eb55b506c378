"""Backups of a workspace: when one is due, making, listing and restoring them, and what can be read of a damaged file.

Where they lie and which are kept is told in `storage.backup` and `domain.keeping`. None of this is a step: it stands in
no history and is not taken back.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crmdesk.domain import agreement
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.errors import CrmError, NotFound
from crmdesk.domain.ids import Clock, IdSource, SystemClock
from crmdesk.domain.records import VocabularyText
from crmdesk.services import workspace as workspaces
from crmdesk.storage import backup, copying, existing, failures, opening, records, restoring
from crmdesk.storage import salvage as salvaging
from crmdesk.storage.backup import SHARES, Backup, listed, newest_good, set_share, share, verify
from crmdesk.storage.copying import nothing_asked, untold
from crmdesk.storage.database import Database
from crmdesk.storage.restoring import Replaced
from crmdesk.storage.salvage import TableSaved
from crmdesk.storage.salvage import can_read as can_salvage
from crmdesk.words import N_, Label, _

__all__ = [
    "REASONS",
    "SHARES",
    "Backup",
    "Replaced",
    "Salvaged",
    "can_salvage",
    "is_due",
    "listed",
    "make",
    "make_if_due",
    "newest_good",
    "numbered",
    "reason_text",
    "restore",
    "salvage",
    "save_copy",
    "set_share",
    "share",
    "verify",
]

REASONS: dict[str, str] = {
    "timer": N_("While working"),
    "asked": N_("By hand"),
    "import": N_("Before an import"),
    "merge": N_("Before a merge"),
    "migration": N_("Before a new version"),
    "restore": N_("Before restoring"),
}

Asked = Callable[[], bool] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What came back of a damaged workspace: rows by table, and where the damaged file lies now."""

    tables: tuple[TableSaved, ...]
    aside: Path | None

    @property
    def kept(self) -> int:
        """Rows that came over."""
        return sum(each.kept for each in self.tables)

    @property
    def lost(self) -> int:
        """Rows that are known to be lost; there may be more where `is_sure` is false."""
        return sum(each.lost or 0 for each in self.tables)

    @property
    def is_sure(self) -> bool:
        """Whether all that is lost is known."""
        return all(each.lost is not None for each in self.tables)


def make(
    db: Database, reason: str = "asked", *, cancelled: Asked = None, told: Callable[[int, int], None] | None = None
) -> Backup:
    """A verified backup of the open workspace as it is now, from any thread; edits go on meanwhile.

    Raises DiskFull with the free space, Damaged, ReadOnly, Busy, Cancelled; nothing half is left then.
    """
    now = db.clock.now()
    return backup.make(db.path, reason=reason, now=now, cancelled=cancelled or nothing_asked, told=told or untold)


def is_due(db: Database) -> bool:
    """Whether anything changed since the newest backup; its order says which that is, whatever the clock says."""
    found = listed(db.path)
    with db.read() as connection:
        state = connection.exec_driver_sql(copying.STATE).scalar()
    return not found or found[0].state != (state or "")


def make_if_due(db: Database, reason: str, *, cancelled: Asked = None) -> Backup | None:
    """As `make`; None when the newest one holds all there is, also one that was just being made."""
    due, now = partial(is_due, db), db.clock.now()
    return backup.make_if(due, db.path, reason=reason, now=now, cancelled=cancelled or nothing_asked)


def save_copy(db: Database, target: Path, *, cancelled: Asked = None) -> None:
    """A verified copy of the open workspace, anywhere, also when its file was moved or replaced meanwhile.

    Raises as `copy_file`.
    """
    _refuse_taken(target)
    with db.displaced() as live:
        copying.copy(db.path, target, live=live, cancelled=cancelled or nothing_asked)


def copy_file(path: Path, target: Path, *, cancelled: Asked = None) -> None:
    """A verified copy of a workspace that may be open or not. Raises as `make`; BadFile where something lies already.

    Nothing is replaced: it could be open elsewhere, and a write-ahead log left beside it would be read into the copy.
    """
    _refuse_taken(target)
    copying.copy(path, target, cancelled=cancelled or nothing_asked)


def numbered(path: Path, number: int) -> Backup:
    """The backup of that number. Raises NotFound."""
    for each in listed(path):
        if each.number == number:
            return each
    raise NotFound(
        _("There is no backup {number} of “{name}”.").format(number=number, name=path.name),
        _("Choose one from the list of backups."),
    )


def restore(path: Path, number: int, *, clock: Clock | None = None, cancelled: Asked = None) -> Replaced:
    """Puts a backup in the place of the workspace, which is open nowhere; what lies there is kept, and never thinned.

    Raises NotFound, Damaged for a backup that is not what was stored, Busy, DiskFull, ReadOnly: all is as before then.
    """
    now, path = (clock or SystemClock()).now(), path.resolve()
    return restoring.restore(path, numbered(path, number), now=now, cancelled=cancelled or nothing_asked)


def salvage(
    path: Path, *, clock: Clock | None = None, ids: IdSource | None = None, cancelled: Asked = None
) -> Salvaged:
    """Puts what can be read of a damaged workspace in its place; the damaged file is set aside beside it, untouched.

    Its words are those shipped when its own are lost. Raises Damaged when nothing can be read, Busy, DiskFull,
    ReadOnly, Cancelled: all is as before then.
    """
    ticking, path = clock or SystemClock(), path.resolve()
    made = path.with_name(f"{path.name}{copying.UNFINISHED}")
    with restoring.held(path):
        try:
            tables = salvaging.salvage(path, made, cancelled or nothing_asked)
            _see_to_words(made, ticking, ids or IdSource(ticking))
            copying.sync(made)
            replaced = restoring.put_in_place(path, made, now=ticking.now())
        except OSError as error:
            raise failures.of_system(error, path) from error
        finally:
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    made.with_name(made.name + suffix).unlink(missing_ok=True)
    return Salvaged(tables=tuple(tables), aside=replaced.aside)


def reason_text(key: str) -> str:
    """Why a backup was made, in words."""
    return _(REASONS.get(key, key))


def _refuse_taken(target: Path) -> None:
    for one in (target, *(opening.beside(target, suffix) for suffix in opening.BESIDE)):
        if os.path.lexists(one):
            raise failures.taken(one)


def _see_to_words(path: Path, clock: Clock, ids: IdSource) -> None:
    """A workspace cannot be without a vocabulary: the one shipped as usual is put in for one that is lost."""
    db = existing.open_database(path, clock=clock, ids=ids)
    try:
        with db.read() as connection:
            stored = records.where(connection, VocabularyText)
        if not any(_is_readable(each) for each in stored):
            text = vocabularies.shipped_text(workspaces.DEFAULT_VOCABULARY)
            words = vocabularies.load(text, workspaces.DEFAULT_VOCABULARY)
            with db.write(Label(N_("Put in the shipped words"))) as tx:
                for each in stored:  # one made while the clock was ahead would be taken for the newest
                    tx.remove(VocabularyText, each.id)
                tx.add(VocabularyText(key=words.key, version=words.version, dated=words.dated, body=text))
    finally:
        db.close()


def _is_readable(stored: VocabularyText) -> bool:
    try:
        agreement.load(stored.body, stored.key, changes=stored.changes, version=stored.version, dated=stored.dated)
    except (CrmError, ValueError):
        return False
    return True
