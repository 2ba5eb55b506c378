"""What SQLite and the system refuse, said as a person's error: two sentences, the thing and its cause, the remedy."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from crmdesk.domain import sizes
from crmdesk.domain.errors import (
    BadFile,
    Busy,
    Cancelled,
    CrmError,
    Damaged,
    DiskFull,
    Foreign,
    NewerFile,
    NotFound,
    ReadOnly,
)
from crmdesk.words import _, pgettext

# SQLite's primary result codes
_ERROR, _BUSY, _LOCKED, _READONLY, _INTERRUPT = 1, 5, 6, 8, 9
_IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 10, 11, 13, 14, 26

_NAMED = 3  # odd things named in one sentence

# The driver's own copying from file to file tells no code, only these words.
_CODES = {
    "disk I/O error": _IOERR,
    "database or disk is full": _FULL,
    "database is locked": _BUSY,
    "database disk image is malformed": _CORRUPT,
}

# What the driver says of text that is none, where it reads it itself and where it hands it to one of our functions.
_GARBLED = ("Could not decode to UTF-8", "user-defined function raised exception")


UNREADABLE = (dbapi2.DatabaseError, MemoryError)
"""What the driver raises for a place that cannot be read; the second where a damaged length asks for all there is."""


class Contradiction(Exception):
    """Two places of the file do not say the same: it is damaged, though SQLite reads both."""


@contextmanager
def making_sense() -> Iterator[None]:
    """Around a statement that only a damaged file can refuse without a code of its own: it is a Contradiction then."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        if _code_of(getattr(error, "orig", error)) == _ERROR:
            raise Contradiction(str(error)) from error
        raise


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Turns what SQLite reports about the file inside the block into a CrmError; a bug in a statement stays one."""
    try:
        yield
    except DBAPIError as error:
        if known := of_sqlite(error.orig, path):
            raise known from error
        raise
    except dbapi2.Error as error:
        if known := of_sqlite(error, path):
            raise known from error
        raise
    except (UnicodeDecodeError, Contradiction, MemoryError) as error:  # two of the driver, met with garbage
        raise damaged(path) from error


def of_sqlite(error: BaseException | None, path: Path) -> CrmError | None:
    """The person's error for one of SQLite's, or None when it is a bug."""
    code = _code_of(error)
    if code == _FULL:
        return disk_full(path)
    if code in (_BUSY, _LOCKED):
        return busy(path)
    if code == _READONLY:
        return read_only(path)
    if code == _INTERRUPT:
        return Cancelled(_("The search was stopped."))
    if code in (_CORRUPT, _NOTADB) or str(error).startswith(_GARBLED):
        return damaged(path)
    if code == _CANTOPEN:
        return cannot_open(path)
    return unreadable(path) if code == _IOERR else None


def is_stopped(error: BaseException) -> bool:
    """Whether SQLite's error is that somebody interrupted it."""
    return _code_of(error) == _INTERRUPT


def of_system(error: OSError, path: Path) -> CrmError:
    """The person's error for one of the operating system's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(path)
    if error.errno == errno.ENOENT:
        return no_folder(path)
    return unreadable(path)


def disk_full(path: Path) -> DiskFull:
    """No room for `path`."""
    what = _("“{name}” could not be saved: its disk is full.").format(name=path.name)
    return DiskFull(what, _("Nothing was changed. Make room, or save a copy on another disk."))


def no_room(path: Path, *, free: int, needed: int) -> DiskFull:
    """`needed` bytes do not fit where `path` was to be."""
    what = _("“{name}” could not be saved: it needs {needed}, and {free} are free on its disk.").format(
        name=path.name, needed=sizes.worded(needed), free=sizes.worded(free)
    )
    return DiskFull(what, _("Nothing was changed. Make room, or save a copy on another disk."))


def backing_up(path: Path) -> Busy:
    """A backup of `path` is being made by somebody else."""
    what = _("A backup of “{name}” is being made already.").format(name=path.name)
    return Busy(what, _("Wait a moment, then do it again."))


def busy(path: Path, *, who: tuple[int, str] | None = None) -> Busy:
    """Another program works on `path`; `who` is its process and its computer, where that is known."""
    what = _("“{name}” is open in another window or program.").format(name=path.name)
    if who is not None:
        what = _("“{name}” is open in another window or program: process {process} on {computer}.").format(
            name=path.name, process=who[0], computer=who[1]
        )
    return Busy(what, _("Go on there, or close it first."))


def held() -> Busy:
    """Somebody writes what takes seconds and cannot be interrupted."""
    return Busy(_("A long step is being taken back or done again."), _("Wait until it is finished."))


def read_only(path: Path) -> ReadOnly:
    """`path`, its folder or its medium cannot be written."""
    what = _("“{name}” can be read but not changed where it lies.").format(name=path.name)
    return ReadOnly(what, _("Copy it to a folder of your own and open it there."))


def taken_back() -> Busy:
    """Somebody else, who took the writer for dead, has taken back what was written so far."""
    what = _("Another program has taken back what was written so far.")
    return Busy(what, _("Close the other one and try again."))


def damaged(path: Path) -> Damaged:
    """`path` is not a workspace, or not whole."""
    what = _("“{name}” is damaged, or is not a workspace.").format(name=path.name)
    return Damaged(what, _("The file was left as it is. Open a backup of it instead."))


def empty(path: Path) -> Damaged:
    """`path` holds not one byte."""
    what = _("“{name}” is empty.").format(name=path.name)
    return Damaged(what, _("The file was left as it is. Open a backup of it instead."))


def folder(path: Path) -> Foreign:
    """`path` is no file."""
    return Foreign(_("“{name}” is a folder.").format(name=path.name), _("Choose a file in it."))


def foreign(path: Path) -> Foreign:
    """`path` was made by another program."""
    what = _("“{name}” is not a workspace: another program made it.").format(name=path.name)
    return Foreign(what, _("Choose a file that ends in .crmdesk, or import it as a list."))


def planted(path: Path, things: Sequence[str]) -> Foreign:
    """`path` holds something that runs by itself, or tables and indexes that are not as we make them."""
    named = pgettext("between the items of a list", ", ").join(things[:_NAMED])
    what = _("“{name}” holds something this program never puts there: {thing}.").format(name=path.name, thing=named)
    return Foreign(what, _("It was not opened. Ask where the file comes from, or open a backup."))


def newer(path: Path, *, file: int, program: int) -> NewerFile:
    """`path` was written by a newer program."""
    what = _("“{name}” was written by a newer version of this program: its format is {file}, this one reads {program}.")
    return NewerFile(
        what.format(name=path.name, file=file, program=program),
        _("The file was not touched. Update the program and open it again."),
    )


def older(path: Path) -> ReadOnly:
    """`path` has to be brought up to date first, which reading alone cannot do."""
    what = _("“{name}” was written by an older version and has to be brought up to date first.").format(name=path.name)
    return ReadOnly(what, _("Open it once in the window, then read it again."))


def missing(path: Path) -> NotFound:
    """There is no `path`."""
    what = _("There is no file “{name}”.").format(name=path.name)
    return NotFound(what, _("It may have been moved or renamed. Choose it again."))


def moved(path: Path) -> BadFile:
    """`path` is open, and is not there any more under its name."""
    what = _("“{name}” was moved, renamed or replaced while it was open.").format(name=path.name)
    return BadFile(what, _("Nothing was changed. Put it back in its place, or open it where it is now."))


def no_folder(path: Path) -> NotFound:
    """The folder of `path` is not there."""
    what = _("The folder for “{name}” is not there.").format(name=path.name)
    return NotFound(what, _("Choose another folder."))


def taken(path: Path) -> BadFile:
    """Something lies at `path` already."""
    what = _("“{name}” is there already.").format(name=path.name)
    return BadFile(what, _("Choose another name, or open that one."))


def closed(path: Path) -> Cancelled:
    """A late reader of a workspace that was closed."""
    return Cancelled(_("“{name}” was closed.").format(name=path.name))


def cannot_open(path: Path) -> BadFile:
    """`path` cannot be opened, most often because its write-ahead log cannot."""
    what = _("“{name}” could not be opened where it lies.").format(name=path.name)
    return BadFile(what, _("Copy it, with the files that lie beside it, to a folder of your own and open it there."))


def unreadable(path: Path) -> BadFile:
    """The disk reported an error."""
    what = _("“{name}” could not be read or saved: the disk reported an error.").format(name=path.name)
    return BadFile(what, _("Nothing was changed. Save a copy on another disk, and check this one."))


def _code_of(error: BaseException | None) -> int:
    """SQLite's primary result code; 0 for none."""
    return int(getattr(error, "sqlite_errorcode", 0) or _CODES.get(str(error), 0)) & 0xFF
