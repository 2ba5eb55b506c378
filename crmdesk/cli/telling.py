"""What went wrong, told on standard error in sentences. Nothing but the standard library is needed for it."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from crmdesk.words import _


def mistake(error: Exception) -> str:
    """What a person is told of an error of the program itself; where CRMDESK_DEBUG is set, the traceback on stderr."""
    _trace(error)
    what = _("The program made a mistake ({name}).").format(name=type(error).__name__)
    remedy = _("Set CRMDESK_DEBUG=1 and do the same again to see where, and report that.")
    return f"{what} {remedy}"


def of_system(error: OSError) -> str:
    """What a person is told when the operating system refuses something."""
    _trace(error)
    cause = error.strerror or type(error).__name__
    remedy = _("Check the name and the folder, then do it again.")
    if error.filename is None:
        what = _("The system refused it: {cause}.").format(cause=cause)
    else:
        name = Path(os.fsdecode(error.filename)).name
        what = _("“{name}” cannot be used: {cause}.").format(name=name, cause=cause)
    return f"{what} {remedy}"


def of_bytes(error: UnicodeError) -> str:
    """What a person is told when bytes are not text."""
    _trace(error)
    what = _("Something holds bytes that are not text: a name, a word or a file.")
    remedy = _("Write it in UTF-8, or rename the file.")
    return f"{what} {remedy}"


def _trace(error: Exception) -> None:
    if os.environ.get("CRMDESK_DEBUG"):
        say("".join(traceback.format_exception(error)).rstrip())


def say(text: str) -> None:
    """One message on stderr; what cannot be written, as of bytes in a name that are not text, is a question mark."""
    sys.stderr.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
