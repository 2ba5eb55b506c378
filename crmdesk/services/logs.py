"""The log: one file of its owner's alone in the state folder. It carries ids and types, never names, values or folders.

Our own lines are worded so; of what libraries and Qt say, only who said it and where is kept, since it may quote
anything.
"""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from crmdesk import paths
from crmdesk.services import crashes

NAME = "crmdesk.log"
LARGEST, KEPT = 512 * 1024, 2

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def begin() -> logging.Handler | None:
    """Everything that is logged goes to the file from now on; None where it cannot be written, which stops nothing."""
    try:
        handler = _PrivateFile(paths.state_folder() / NAME, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("crmdesk").setLevel(logging.INFO)
    logging.captureWarnings(True)
    return handler


def end(handler: logging.Handler | None) -> None:
    """Closes the file."""
    if handler is not None:
        logging.captureWarnings(False)
        logging.getLogger().removeHandler(handler)
        handler.close()


class _PrivateFile(RotatingFileHandler):
    """Makes its files readable for their owner alone."""

    def _open(self):  # type: ignore[no-untyped-def]
        return open(self.baseFilename, self.mode, encoding=self.encoding, errors="replace", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Discreet(logging.Formatter):
    """Leaves out what may tell of people."""

    def format(self, record: logging.LogRecord) -> str:
        """Our own words, with ~ for the home folder; of others the place alone."""
        if record.name.partition(".")[0] != "crmdesk":
            told = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "args": None})
            told.msg = f"said something at {crashes.place(record.pathname)}:{record.lineno}"
            return super().format(told)
        told = logging.makeLogRecord({**record.__dict__, "exc_text": None})  # another handler's, which quotes
        return super().format(told).replace(str(Path.home()), "~")

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        """Type and places alone."""
        return crashes.traced(ei[1]) if ei[1] is not None else ""
