"""The backups of one workspace: a folder of verified copies, each with a note that holds its checksum.

They are numbered in the order they were made, and that order is the only one. The note is there before its copy gets
its name, so a copy without one was never whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from crmdesk import paths
from crmdesk.domain import keeping
from crmdesk.domain.errors import Busy, CrmError
from crmdesk.domain.ids import utc
from crmdesk.storage import copying, failures
from crmdesk.storage.copying import Asked, Told, nothing_asked, untold
from crmdesk.storage.lock import WorkspaceLock

NOTE = ".json"
SHARE = 10  # percent of the free disk, unless the person says otherwise
SHARES = (5, 10, 20, 40, 80)
PATIENCE = 600.0  # seconds that one waits for another; a program that hangs would be waited for for ever
_LOOK = 0.1  # seconds between two tries

_NAME = re.compile(r"(\d{4,}) \d{4}-\d\d-\d\d \d{4}Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup. `at` is UTC text, `reason` a key, `state` the newest step in it, `rows` how many each table has.

    `kept` ones are never thinned away.
    """

    number: int
    path: Path
    at: str
    reason: str
    size: int
    format: int
    kept: bool
    state: str
    sha256: str
    rows: dict[str, int]


def folder_of(workspace: Path) -> Path:
    """Where the backups of a workspace lie, whether or not there is one or the other."""
    whole = workspace.resolve()  # a link leads to the file itself, as it does for its lock
    mark = hashlib.sha256(os.fsencode(whole)).hexdigest()[:8]
    return _all() / f"{whole.stem[:60]} {mark}"


def make(
    workspace: Path,
    *,
    reason: str,
    now: datetime,
    kept: bool = False,
    cancelled: Asked = nothing_asked,
    told: Told = untold,
) -> Backup:
    """A new backup of the workspace, open or not; afterwards older ones are thinned.

    One that is being made already is waited for. Raises what `copying.copy` raises, and Busy when that took too long.
    """
    with _only_one(workspace, cancelled) as folder:
        return _made(workspace, folder, reason=reason, now=now, kept=kept, cancelled=cancelled, told=told)


def make_if(
    is_due: Callable[[], bool], workspace: Path, *, reason: str, now: datetime, cancelled: Asked = nothing_asked
) -> Backup | None:
    """As `make`, but None when it is not due once nobody else makes one."""
    with _only_one(workspace, cancelled) as folder:
        if not is_due():
            return None
        return _made(workspace, folder, reason=reason, now=now, kept=False, cancelled=cancelled, told=untold)


def listed(workspace: Path) -> list[Backup]:
    """The backups of a workspace, newest first by their numbers; those without a readable note are left out."""
    found = (_read(note) for note in folder_of(workspace).glob(f"*{NOTE}"))
    return sorted((each for each in found if each is not None), key=_number, reverse=True)


def verify(backup: Backup, cancelled: Asked = nothing_asked) -> bool:
    """Whether the backup is bit for bit what was stored; reads it once."""
    try:
        return copying.checksum_of(backup.path, cancelled) == backup.sha256
    except OSError:
        return False


def newest_good(backups: Iterable[Backup]) -> Backup | None:
    """The newest one that is what was stored, or None; reads until it finds it."""
    return next((each for each in sorted(backups, key=_number, reverse=True) if verify(each)), None)


def thin(folder: Path, *, share: int) -> list[Path]:
    """Removes what is no longer kept, and says which; `share` is in percent of what is free without the backups."""
    backups = [each for each in (_read(note) for note in folder.glob(f"*{NOTE}")) if each is not None]
    pushable = sum(each.size for each in backups if not each.kept)
    room = (copying.free_space(folder) + pushable) * share // 100
    going = set(keeping.to_remove([_stored(each) for each in backups], room=room))
    removed = [each.path for each in backups if each.number in going]
    for path in removed:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)  # before its note: what is left without its copy is swept
            note_of(path).unlink(missing_ok=True)
    return removed


def share() -> int:
    """How much of the free disk the backups of one workspace may take on this computer, in percent."""
    try:
        percent = json.loads(_settings().read_text(encoding="utf-8"))["share"]
        return percent if isinstance(percent, int) and percent in SHARES else SHARE
    except (OSError, ValueError, TypeError, KeyError):
        return SHARE


def set_share(percent: int) -> None:
    """Sets it, one of SHARES, for every workspace on this computer. Raises what the system refuses as a CrmError."""
    place = _settings()
    unfinished = place.with_name(place.name + copying.UNFINISHED)
    try:
        unfinished.write_text(json.dumps({"share": percent}), encoding="utf-8")
        copying.sync(unfinished)
        os.replace(unfinished, place)
    except OSError as error:
        raise failures.of_system(error, place) from error


def note_of(path: Path) -> Path:
    """The note that lies beside a backup."""
    return path.with_suffix(NOTE)


def _all() -> Path:
    return paths.private(paths.data_folder() / "backups")


def _settings() -> Path:
    # Of this computer, for it is its disk; and not among the window's settings, which the terminal cannot read.
    return _all() / "settings.json"


@contextmanager
def _only_one(workspace: Path, cancelled: Asked) -> Iterator[Path]:
    """Inside the block nobody else makes a backup of the workspace; its folder. Waits for who does."""
    folder = paths.private(folder_of(workspace))
    until = time.monotonic() + PATIENCE
    while (lock := _lock(folder)) is None:
        if cancelled():
            raise copying.stopped()
        if time.monotonic() >= until:
            raise failures.backing_up(workspace)
        time.sleep(_LOOK)
    try:
        yield folder
    finally:
        lock.release()


def _lock(folder: Path) -> WorkspaceLock | None:
    try:
        return WorkspaceLock(folder / "making")
    except Busy:
        return None
    except CrmError as error:
        raise type(error)(failures.read_only(folder).what, error.remedy) from error


def _made(
    workspace: Path, folder: Path, *, reason: str, now: datetime, kept: bool, cancelled: Asked, told: Told
) -> Backup:
    _sweep(folder)
    number = max(_numbers(folder), default=0) + 1
    path = folder / f"{number:04} {now:%Y-%m-%d %H%M}Z{paths.SUFFIX}"
    hidden = path.with_name(path.name + copying.UNNAMED)
    try:
        copied = copying.copy(workspace, hidden, cancelled=cancelled, told=told)
        made = Backup(number=number, path=path, at=utc(now), reason=reason, kept=kept, **asdict(copied))
        _note_down(made)
        os.replace(hidden, path)
        copying.sync_folder(folder)
    except OSError as error:
        raise failures.of_system(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            hidden.unlink(missing_ok=True)
    thin(folder, share=share())
    return made


def _note_down(backup: Backup) -> None:
    note = note_of(backup.path)
    unfinished = note.with_name(note.name + copying.UNFINISHED)
    values = {key: value for key, value in asdict(backup).items() if key != "path"}
    copying.make_private(unfinished)
    unfinished.write_text(json.dumps(values, indent=1), encoding="utf-8")
    copying.sync(unfinished)
    os.replace(unfinished, note)


def _read(note: Path) -> Backup | None:
    """What a note says; None for one that cannot be read or whose copy is not there."""
    path = note.with_suffix(paths.SUFFIX)
    try:
        values = json.loads(note.read_text(encoding="utf-8"))
        datetime.fromisoformat(values["at"])
        return Backup(path=path, **values) if path.exists() else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _sweep(folder: Path) -> None:
    """Removes what an interrupted backup left: whoever made it is gone, for we hold the lock."""
    for each in folder.iterdir():
        alone = each.suffix == NOTE and not each.with_suffix(paths.SUFFIX).exists()
        if alone or each.name.endswith((copying.UNFINISHED, copying.UNNAMED)):
            each.unlink(missing_ok=True)


def _numbers(folder: Path) -> Iterable[int]:
    return [int(found[1]) for each in folder.iterdir() if (found := _NAME.match(each.name))]


def _stored(backup: Backup) -> keeping.Stored:
    at = datetime.fromisoformat(backup.at)
    return keeping.Stored(number=backup.number, at=at, size=backup.size, kept=backup.kept)


def _number(backup: Backup) -> int:
    return backup.number
