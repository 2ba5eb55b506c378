"""A list is read and written by a niced process beside the window, so that its frames stay as they are when idle.

The process is this program, started with the word IMPORT_WORKER; both ends speak here. The window's process keeps the
step: it begins it, hands out the turns to write (its own edits go first), and finishes it or takes it back, also when
the process dies. The process asks for every turn. When nobody answers any more it ends, and what it might still write
is refused by the step, which is not open then.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from crmdesk import IMPORT_WORKER, words
from crmdesk.domain.errors import CrmError
from crmdesk.exchange import text
from crmdesk.services import crashes, importing
from crmdesk.services.crashes import Elsewhere
from crmdesk.services.import_plans import ImportResult, Look, Plan
from crmdesk.services.importing import Done, Progress
from crmdesk.storage import existing
from crmdesk.storage.database import Database
from crmdesk.storage.long_step import LongStep
from crmdesk.words import _

SHORT_BYTES = 64 * 1024  # a file up to this, about 500 rows, is done before a process would have started
_NICENESS = 5  # lower still, edits would wait long for a slice on a busy machine

Asked = Callable[[], bool]


class ImportProcess:
    """Looks at, plans and applies lists for an open workspace: short ones here, others in the process.

    For one thread at a time, the others wait. The process starts when it is first needed, and ends with `close`. Where
    no window is to be disturbed all is done here: `beside` is false.
    """

    def __init__(self, db: Database, *, beside: bool = True) -> None:
        self._db = db
        self._beside = beside
        self._one = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def look(self, path: str | Path, *, encoding: str = "", delimiter: str = "") -> Look:
        """As `importing.look`; BadFile, too, for the open workspace itself, which is not touched."""
        if self._db.has_open(Path(path)):
            text.check_text(text.DATABASE, Path(path).name)
        if self._is_for_here(path):
            return importing.look(path, encoding=encoding, delimiter=delimiter)
        found: Look = self._asked("look", {"path": str(path), "encoding": encoding, "delimiter": delimiter})
        return found

    def plan(self, look: Look, *, cancelled: Asked | None = None, **how: Any) -> Plan:
        """As `importing.plan`."""
        if self._is_for_here(look.shape.path):
            return importing.plan(self._db, look, cancelled=cancelled, **how)
        made: Plan = self._asked("plan", {"look": look, **how}, cancelled=cancelled)
        return made

    def apply(
        self, plan: Plan, *, progress: Progress | None = None, cancelled: Asked | None = None, **how: Any
    ) -> ImportResult:
        """As `importing.apply`; a CrmError, too, when the process dies: everything is taken back."""
        if self._is_for_here(plan.look.shape.path):
            return importing.apply(self._db, plan, progress=progress, cancelled=cancelled, **how)

        def rows(step: LongStep) -> Done:
            wanted = {"plan": plan, "step": step.begin()}
            done: Done = self._asked("rows", wanted, cancelled=cancelled, progress=progress)
            return done

        return importing.apply(self._db, plan, cancelled=cancelled, rows=rows, **how)

    def close(self) -> None:
        """Ends the process; for when nothing is under way. The next list starts another."""
        with self._one:
            self._end()

    def _is_for_here(self, path: str | Path) -> bool:
        try:
            return not self._beside or Path(path).stat().st_size <= SHORT_BYTES
        except OSError:  # said by who reads it
            return True

    def _asked(self, what: str, given: Any, *, cancelled: Asked | None = None, progress: Progress | None = None) -> Any:
        with self._one:
            if self._process is None:
                self._process = _started(self._db)
                self._db.before_close.append(self.close)
            try:
                _send(self._process.stdin, (what, words.language(), self._db.member_id, given))
                return self._answer(self._process, cancelled, progress)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self._end()
                raise _died() from error
            except (CrmError, Elsewhere):
                raise
            except BaseException:  # ours, in the middle of its work
                self._end()
                raise

    def _answer(self, process: subprocess.Popen[bytes], cancelled: Asked | None, progress: Progress | None) -> Any:
        """Serves the process until it is done with what was asked of it."""
        with ExitStack() as turn:
            while True:
                kind, value = _receive(process.stdout)
                if kind == "turn":
                    turn.enter_context(self._db.lend_turn())
                    _send(process.stdin, True)
                elif kind == "written":
                    turn.close()
                elif kind == "cancelled":
                    _send(process.stdin, cancelled is not None and cancelled())
                elif kind == "progress":
                    if progress is not None:
                        progress(*value)
                elif kind == "done":
                    return value
                else:
                    raise value

    def _end(self) -> None:
        """It is gone before anything else is done: what it wrote last is committed or rolled back."""
        if self._process is not None:
            process, self._process = self._process, None
            self._db.before_close.remove(self.close)
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]


def _died() -> CrmError:
    return CrmError(_("The import was stopped."), _("Everything it had written was taken back."))


def _started(db: Database) -> subprocess.Popen[bytes]:
    frozen = getattr(sys, "frozen", False)
    how: dict[str, Any] = {}
    if sys.platform == "win32":
        how["creationflags"] = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
    command = [sys.executable, *(() if frozen else ("-m", "crmdesk")), IMPORT_WORKER]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **how)
    _send(process.stdin, (db.path, db.clock))
    return process


def _send(pipe: IO[bytes] | None, value: Any) -> None:
    assert pipe is not None
    pickle.dump(value, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> Any:
    """The next value; EOFError when the other end is gone. Only our own program writes into these pipes."""
    assert pipe is not None
    return pickle.load(pipe)


# The other end


class _Link:
    """The way from the process to the window's one. EOFError and OSError when that is gone."""

    def __init__(self, to: IO[bytes], back: IO[bytes]) -> None:
        self._to, self._back = to, back

    def next(self) -> Any:
        """What is wanted."""
        return _receive(self._back)

    def tell(self, kind: str, value: Any = None) -> None:
        """Says something that has no answer."""
        _send(self._to, (kind, value))

    def progress(self, done: int, of: int) -> None:
        """How far it is."""
        self.tell("progress", (done, of))

    def cancelled(self) -> bool:
        """Whether it is to stop."""
        self.tell("cancelled")
        return bool(_receive(self._back))

    @contextmanager
    def take(self, *, patient: bool = False, long: bool = False) -> Iterator[None]:  # noqa: ARG002
        """The turn to write, which the window's process hands out; always the patient kind."""
        self.tell("turn")
        _receive(self._back)
        try:
            yield
        finally:
            self.tell("written")


def serve() -> int:
    """The process itself: does what it is asked until nobody asks any more; the exit code."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    link = _Link(os.fdopen(os.dup(1), "wb"), os.fdopen(os.dup(0), "rb"))
    sys.stdout = sys.stderr  # nothing but answers goes into the pipe
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        path, clock = link.next()
        with existing.open_beside(path, clock=clock, turns=link) as db:
            while True:
                what, language, db.member_id, given = link.next()
                words.use(language)
                link.tell(*_done(db, link, what, given))
    return 0


def _done(db: Database, link: _Link, what: str, given: dict[str, Any]) -> tuple[str, Any]:
    try:
        if what == "look":
            return "done", importing.look(**given)
        if what == "plan":
            return "done", importing.plan(db, cancelled=link.cancelled, **given)
        plan = given["plan"]
        step = db.long_write(importing.label(plan), begun=given["step"])
        return "done", importing.write_rows(db, step, plan, progress=link.progress, cancelled=link.cancelled)
    except CrmError as error:
        return "failed", error
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:
        return "failed", Elsewhere(crashes.traced(error))
