"""Work that takes time, off the thread of the windows: with progress, a cancel, and a key so that late answers lose."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from crmdesk.domain.errors import Cancelled


class Job(QObject):
    """One piece of work under way. `function` gets this job, tells `report` and looks at `cancelled`.

    Signals: progressed(done, total), finished(result), failed(exception), stopped(); exactly one of the last three
    comes, on the thread of the windows, and none once a newer job of the same key was started. over(job) comes always.
    """

    progressed = Signal(object, object)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    over = Signal(object)
    _ended = Signal(str, object)

    def __init__(self, key: str, function: Callable[[Job], Any], parent: QObject) -> None:
        super().__init__(parent)
        self.key = key
        self.superseded = False
        self._function = function
        self._stop = Event()
        self._ended.connect(self._on_ended)

    def cancel(self) -> None:
        """Asks the work to stop; it rolls back what it has done and `stopped` follows."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether it was asked to stop; callable from any thread."""
        return self._stop.is_set()

    def report(self, done: int, total: int) -> None:
        """Tells how far it is; callable from any thread."""
        self.progressed.emit(done, total)

    def run(self) -> None:
        """Does the work, on a thread of the pool; every end is told, a bug's too."""
        try:
            result = self._function(self)
        except Cancelled:
            self._ended.emit("stopped", None)
        except Exception as error:
            self._ended.emit("failed", error)
        else:
            self._ended.emit("finished", result)

    def _on_ended(self, how: str, what: object) -> None:
        if not self.superseded:
            if how == "stopped":
                self.stopped.emit()
            else:
                (self.finished if how == "finished" else self.failed).emit(what)
        self.over.emit(self)
        self.deleteLater()


class Work(QObject):
    """Starts jobs; a newer one of the same key cancels the older, whose answer is then never heard."""

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._jobs: dict[str, Job] = {}

    def start(
        self,
        key: str,
        function: Callable[[Job], Any],
        *,
        finished: Callable[[Any], None],
        failed: Callable[[Exception], None],
        stopped: Callable[[], None] | None = None,
        progressed: Callable[[int, int], None] | None = None,
    ) -> Job:
        """Runs `function(job)` on the pool and tells how it ended. The callbacks are bound methods of QObjects."""
        self.call_off(key)
        job = Job(key, function, self)
        job.finished.connect(finished)
        job.failed.connect(failed)
        if stopped is not None:
            job.stopped.connect(stopped)
        if progressed is not None:
            job.progressed.connect(progressed)
        job.over.connect(self._on_over)
        self._jobs[key] = job
        self._pool.start(job.run)  # a runnable of our own would be kept by the pool for ever, with its job
        return job

    def call_off(self, key: str) -> None:
        """The job of that key is asked to stop, and its answer is never heard; nothing where there is none."""
        if (job := self._jobs.get(key)) is not None:
            job.superseded = True
            job.cancel()

    @property
    def busy(self) -> bool:
        """Whether any job goes on."""
        return bool(self._jobs)

    def running(self, key: str) -> bool:
        """Whether a job of that key is under way."""
        return key in self._jobs

    @property
    def at_rest(self) -> bool:
        """Whether no thread works on anything, not even on what was called off."""
        return bool(self._pool.waitForDone(0))

    def close(self, *, waits: bool = True) -> None:
        """Cancels everything and waits until it has rolled back; else it must stay until it is `at_rest`."""
        for key in self._jobs:
            self.call_off(key)
        if waits:
            self._pool.waitForDone()

    def _on_over(self, job: Job) -> None:
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
