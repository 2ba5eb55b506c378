"""A workspace that does not open: what is the matter with it, and which ways lead on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crmdesk.domain.errors import Busy, CrmError, Damaged, Foreign, NewerFile, NotFound, ReadOnly
from crmdesk.services import backups
from crmdesk.services.backups import Backup
from crmdesk.storage import places
from crmdesk.storage.places import Place

DAMAGED, EMPTY, FOREIGN, NEWER, READ_ONLY, BUSY, MISSING, OTHER = (
    "damaged", "empty", "foreign", "newer", "read_only", "busy", "missing", "other",
)  # fmt: skip

_KINDS: tuple[tuple[type[CrmError], str], ...] = (
    (NewerFile, NEWER),
    (Foreign, FOREIGN),
    (Damaged, DAMAGED),
    (ReadOnly, READ_ONLY),
    (Busy, BUSY),
    (NotFound, MISSING),
)
_WITH_BACKUP = {DAMAGED, EMPTY, FOREIGN, MISSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What keeps a workspace from opening; `backup` is the newest good one that could go into its place.

    `readable` says of a damaged one whether anything could come back of it.
    """

    path: Path
    kind: str
    what: str
    remedy: str
    backup: Backup | None
    readable: bool = False


def look_into(path: Path, error: CrmError) -> Trouble:
    """What is the matter with a workspace that raised `error`. Reads backups until one is good; touches nothing."""
    kind = next((name for raised, name in _KINDS if isinstance(error, raised)), OTHER)
    if kind == DAMAGED and _is_empty(path):
        kind = EMPTY
    good = backups.newest_good(backups.listed(path)) if kind in _WITH_BACKUP else None
    readable = kind == DAMAGED and backups.can_salvage(path)
    return Trouble(path=path, kind=kind, what=error.what, remedy=error.remedy, backup=good, readable=readable)


def unsafe_place(path: Path) -> Place | None:
    """The cloud folder or network share a workspace lies in, or None."""
    return places.of(path)


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:
        return False
