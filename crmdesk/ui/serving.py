"""What other starts and the terminal ask of this program, and its answers: verbs run here, as a person's steps do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.errors import CrmError
from crmdesk.services import answers, bringing_in
from crmdesk.services.answers import Mistake
from crmdesk.storage import failures
from crmdesk.storage.database import Database
from crmdesk.ui.listening import Caller
from crmdesk.ui.work import Job, Work
from crmdesk.words import _

_HOW = {"source": str, "event": str, "people_only": bool}
_AT_ONCE = 4  # works under way: an import does not keep other callers from their answers

Answer = dict[str, Any] | str
"""What is told of a line: an object, or JSON that is worded already."""


class Serving(QObject):
    """Answers callers. `database` gives what is open now; `note` hears of mistakes of the program.

    Signals: asked_for(path, token) another start wants the window before it, and a file opened unless the path is "".
    """

    asked_for = Signal(str, str)

    def __init__(
        self,
        database: Callable[[], Database | None],
        note: Callable[[BaseException, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database, self._note = database, note
        self._work = Work(self, threads=_AT_ONCE)
        self._open: dict[Caller, Database] = {}
        self._errands: dict[Caller, Errand] = {}

    def hear(self, caller: Caller, line: bytes) -> None:
        """One line of a caller: its first says what it wants, the others are verbs."""
        if (db := self._open.get(caller)) is None:
            self._greet(caller, line)
        else:
            wanted = _import(line)
            work = partial(_imported, db, wanted) if wanted is not None else partial(_answered, db, line, self._mistake)
            self._errands[caller] = Errand(caller, work, on=self._work, mistake=self._mistake)

    def let_go(self) -> None:
        """The file is about to close: imports are taken back, who waits is told so, and its callers hear no more."""
        self._work.close()
        for caller, db in tuple(self._open.items()):
            if (running := self._errands.get(caller)) is not None:
                running.leave(failures.closed(db.path))
            caller.hang_up()

    def _mistake(self, error: Exception) -> str:
        self._note(error, "a verb of the terminal")
        what = _("The program made a mistake ({name}).").format(name=type(error).__name__)
        return f"{what} {_('Its window has a report that can be copied.')}"

    def _greet(self, caller: Caller, line: bytes) -> None:
        try:
            wanted = answers.read(line)
        except ValueError:
            wanted = None
        if not isinstance(wanted, dict):
            caller.hang_up()
        elif isinstance(wanted.get("open"), str) and "\0" not in wanted["open"]:
            caller.tell({"ok": True})
            self.asked_for.emit(wanted["open"], str(wanted.get("token", "")))
        elif isinstance(wanted.get("write"), str):
            db = self._database()
            fits = db is not None and not db.read_only and db.path == Path(wanted["write"])
            caller.tell({"open": fits})
            if db is not None and fits:
                self._open[caller] = db
                caller.gone.connect(self._on_gone)
        else:
            caller.hang_up()

    def _on_gone(self, caller: Caller) -> None:
        self._open.pop(caller, None)
        if (running := self._errands.pop(caller, None)) is not None:
            running.stop()


class Errand(QObject):
    """What one line of a caller asks for: done off the thread of the windows, with its progress told.

    The caller is heard again once it has its answer.
    """

    def __init__(self, caller: Caller, work: Callable[[Job], Answer], *, on: Work, mistake: Mistake) -> None:
        super().__init__(caller)
        self._caller, self._mistake = caller, mistake
        self._over = False
        caller.set_busy(True)
        self._job = on.start(
            f"for the terminal {id(caller)}",
            work,
            finished=self._end,
            failed=self._on_failed,
            progressed=self._on_progressed,
        )

    def stop(self) -> None:
        """Nobody waits for it any more: an import is taken back."""
        if not self._over:
            self._job.cancel()

    def leave(self, error: CrmError) -> None:
        """It was ended before it was done."""
        if not self._over:
            self._on_failed(error)

    def _on_progressed(self, done: int, of: int) -> None:
        self._caller.tell({"progress": [done, of]})

    def _on_failed(self, error: Exception) -> None:
        self._end({"message": str(error) if isinstance(error, CrmError) else self._mistake(error)})

    def _end(self, told: Answer) -> None:
        self._over = True
        self._caller.tell(told)
        self._caller.set_busy(False)
        self.deleteLater()


def _answered(db: Database, line: bytes, mistake: Mistake, _job: Job) -> Answer:
    return answers.answer(db, line, mistake)[1]


def _imported(db: Database, wanted: dict[str, Any], job: Job) -> Answer:
    how = {key: wanted[key] for key in _HOW}
    files = [Path(each) for each in wanted["files"]]
    done = bringing_in.bring_in(db, files, progress=job.report, cancelled=job.cancelled, beside=True, **how)
    return {"done": done}


def _import(line: bytes) -> dict[str, Any] | None:
    """What is to be imported, if the line asks for that, says all of it, and its files can be names of files."""
    if b'"import"' not in line:
        return None
    try:
        asked = answers.read(line)
    except ValueError:
        return None
    wanted = asked.get("import") if isinstance(asked, dict) else None
    if not isinstance(wanted, dict) or not isinstance(wanted.get("files"), list):
        return None
    fits = all(isinstance(each, str) and "\0" not in each for each in wanted["files"])
    return wanted if fits and all(isinstance(wanted.get(key), kind) for key, kind in _HOW.items()) else None
