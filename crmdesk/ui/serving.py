"""What other starts and the terminal ask of this program, and its answers: verbs run here, as a person's steps do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.errors import CrmError
from crmdesk.services import answers, bringing_in
from crmdesk.services.answers import Mistake
from crmdesk.storage.database import Database
from crmdesk.ui.listening import Caller
from crmdesk.ui.work import Job, Work
from crmdesk.words import _

_HOW = {"source": str, "event": str, "people_only": bool}


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
        self._work = Work(self)
        self._open: dict[Caller, Database] = {}
        self._imports: dict[Caller, Import] = {}

    def hear(self, caller: Caller, line: bytes) -> None:
        """One line of a caller: its first says what it wants, the others are verbs."""
        if (db := self._open.get(caller)) is None:
            self._greet(caller, line)
        elif (wanted := _import(line)) is not None:
            self._bring_in(caller, db, wanted)
        else:
            _done, text = answers.answer(db, line, self._mistake)
            caller.tell(text)

    def let_go(self) -> None:
        """The file is about to close: imports are taken back, its callers hear no more."""
        self._work.close()
        for caller in tuple(self._open):
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
        elif isinstance(wanted.get("open"), str):
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

    def _bring_in(self, caller: Caller, db: Database, wanted: dict[str, Any]) -> None:
        caller.set_busy(True)
        self._imports[caller] = Import(caller, db, wanted, work=self._work, mistake=self._mistake)

    def _on_gone(self, caller: Caller) -> None:
        self._open.pop(caller, None)
        if (running := self._imports.pop(caller, None)) is not None:
            running.stop()


class Import(QObject):
    """One import for a caller: off the thread of the windows, with its progress told."""

    def __init__(self, caller: Caller, db: Database, wanted: dict[str, Any], *, work: Work, mistake: Mistake) -> None:
        super().__init__(caller)
        self._caller, self._mistake = caller, mistake
        files = [Path(each) for each in wanted["files"]]
        how = {key: wanted[key] for key in _HOW}

        def write(job: Job) -> dict[str, Any]:
            return bringing_in.bring_in(db, files, progress=job.report, cancelled=job.cancelled, **how)

        self._job = work.start(
            f"for the terminal {id(caller)}",
            write,
            finished=self._on_finished,
            failed=self._on_failed,
            progressed=self._on_progressed,
        )
        self._over = False

    def stop(self) -> None:
        """Nobody waits for it any more: it is taken back."""
        if not self._over:
            self._job.cancel()

    def _on_progressed(self, done: int, of: int) -> None:
        self._caller.tell({"progress": [done, of]})

    def _on_finished(self, counts: dict[str, Any]) -> None:
        self._end({"done": counts})

    def _on_failed(self, error: Exception) -> None:
        self._end({"message": str(error) if isinstance(error, CrmError) else self._mistake(error)})

    def _end(self, told: dict[str, Any]) -> None:
        self._over = True
        self._caller.tell(told)
        self._caller.set_busy(False)


def _import(line: bytes) -> dict[str, Any] | None:
    """What is to be imported, if the line asks for that and says all of it."""
    if b'"import"' not in line:
        return None
    try:
        asked = answers.read(line)
    except ValueError:
        return None
    wanted = asked.get("import") if isinstance(asked, dict) else None
    if not isinstance(wanted, dict) or not isinstance(wanted.get("files"), list):
        return None
    fits = all(isinstance(each, str) for each in wanted["files"])
    return wanted if fits and all(isinstance(wanted.get(key), kind) for key, kind in _HOW.items()) else None
