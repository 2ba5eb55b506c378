"""Where the terminal writes: into the file itself, or, while a window has it open, through the running program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any, Protocol

from crmdesk.cli.telling import mistake
from crmdesk.domain.errors import Busy, CrmError
from crmdesk.exchange import running
from crmdesk.exchange.running import LONGEST, Running
from crmdesk.services import answers, bringing_in, workspace
from crmdesk.storage.database import Database
from crmdesk.words import _

_TRIES, _BETWEEN = 5, 0.1  # a window that is just closing, or has just opened the file

Progress = Callable[[int, int], None] | None


class Writer(Protocol):
    """One of the two ways, with the same answers."""

    def answer(self, line: bytes) -> tuple[bool, str]:
        """Whether a line of `do` was done, and its answer."""
        ...

    def bring_in(self, files: Sequence[Path], *, progress: Progress, **how: Any) -> dict[str, Any]:
        """Imports files; the counts of all. Raises CrmError."""
        ...


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """The way to write to a workspace. Raises what opening it raises; Busy when another program has it."""
    writer = _writer(path)
    try:
        yield writer
    finally:
        writer.close()


def result_of(writer: Writer, verb: str) -> dict[str, Any]:
    """What a verb without arguments gives, as JSON. Raises CrmError with the words of the refusal."""
    done, text = writer.answer(json.dumps({"verb": verb}).encode())
    told = json.loads(text)
    if not done:
        raise CrmError(told["message"])
    result: dict[str, Any] = told["result"]
    return result


def _writer(path: Path) -> _Into | _Through:
    for _each in range(_TRIES - 1):
        try:
            return _Into(workspace.open(path))
        except Busy:
            if (link := _running(path)) is not None:
                return _Through(link)
            sleep(_BETWEEN)
    return _Into(workspace.open(path))


def _running(path: Path) -> Running | None:
    """The way to the running program, if it has the file open."""
    link = running.find()
    if link is None:
        return None
    if link.ask({"write": str(path.resolve())}, patience=running.PATIENCE).get("open") is True:
        return link
    link.close()
    return None


class _Into:
    """The file itself."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def close(self) -> None:
        """Lets the file go."""
        self._db.close()

    def answer(self, line: bytes) -> tuple[bool, str]:
        """Does it here."""
        return answers.answer(self._db, line, mistake)

    def bring_in(self, files: Sequence[Path], *, progress: Progress, **how: Any) -> dict[str, Any]:
        """Imports here."""
        return bringing_in.bring_in(self._db, files, progress=progress, **how)


class _Through:
    """The running program."""

    def __init__(self, link: Running) -> None:
        self._link = link

    def close(self) -> None:
        """Says no more."""
        self._link.close()

    def answer(self, line: bytes) -> tuple[bool, str]:
        """Sends it on, and waits for the answer, which comes after the commit."""
        if len(line) >= LONGEST:
            return False, json.dumps({"error": None, "message": _("This line is too long.")}, ensure_ascii=False)
        self._link.send(line)
        told = self._link.answer()
        return "ack" in told, json.dumps(told, ensure_ascii=False)

    def bring_in(self, files: Sequence[Path], *, progress: Progress, **how: Any) -> dict[str, Any]:
        """Lets the running program import; it reads the files itself."""
        wanted = {"files": [str(file.resolve()) for file in files], **how}
        told = self._link.ask({"import": wanted})
        while "progress" in told:
            if progress is not None:
                progress(*told["progress"])
            told = self._link.answer()
        if "done" not in told:
            raise CrmError(str(told.get("message", "")))
        done: dict[str, Any] = told["done"]
        return done
