"""Undo and redo from the window: what they did, and what had to stay, is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from crmdesk.domain.errors import CrmError, NotFound
from crmdesk.services import timelines
from crmdesk.services import undo as service
from crmdesk.services.timelines import Past
from crmdesk.storage.database import Database
from crmdesk.storage.undo import Big, UndoResult
from crmdesk.ui.actions import CAN_REDO, CAN_UNDO, WRITABLE
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.history import HistorySheet, PastStep
from crmdesk.ui.work import Job
from crmdesk.words import _, moment, ngettext

MOST = 200  # steps that the sheet lists
_KEY = "undo"
_UNTIL_DONE = 3600  # seconds


class Undoing(QObject):
    """Takes back and does again."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = False
        self._waiting: list[Callable[[], None]] = []  # what was asked for while a long one is under way

    def rules(self) -> set[str]:
        """Which rules of the action table hold."""
        if self._context.db.read_only:
            return set()
        return {WRITABLE, CAN_UNDO, CAN_REDO}

    def undo(self) -> None:
        """Takes back the newest step."""
        if not self._waits(self.undo):
            self._do(service.undo, service.big(self._context.db))

    def redo(self) -> None:
        """Does again what was taken back last."""
        if not self._waits(self.redo):
            self._do(service.redo, service.big(self._context.db, redo=True))

    def show_history(self) -> None:
        """Lists the steps; any of them can be taken back."""
        today = self._context.clock.today()
        steps = [self._past(each, today) for each in timelines.history(self._context.db, limit=MOST)]
        sheet = HistorySheet(self._context.theme, steps, why_not=self._why_not)
        sheet.filled.connect(self._on_chosen)
        self._context.sheets.open(sheet, key="history")

    def _why_not(self, step: int) -> str:
        """Why a step that is listed cannot be taken back."""
        refused = service.refusal(self._context.db, step)
        if refused is None:  # a redo
            return _("Take back the step itself, further down.")
        return f"{refused.what} {refused.remedy}".strip()

    def _on_chosen(self, step: int) -> None:
        self._context.sheets.done()
        self._take_back_step(step)

    def _take_back_step(self, step: int) -> None:
        if not self._waits(partial(self._take_back_step, step)):
            self._do(partial(service.undo_step, step=step), service.big(self._context.db, step=step))

    def _waits(self, asked: Callable[[], None]) -> bool:
        """Whether a long one is under way; then this follows it."""
        if self._busy:
            self._waiting.append(asked)
        return self._busy

    def _past(self, past: Past, today: date) -> PastStep:
        return PastStep(
            step=past.step,
            when=moment(past.at, today=today),
            what=timelines.worded(replace(past, undone=False), self._context.vocabulary.word),  # `undone` says so
            who=past.member,
            undone=past.undone,
            undoable=past.undoable,
        )

    def _do(self, act: Callable[[Database], UndoResult], big: Big | None) -> None:
        """At once; what takes long is done off the thread of the windows, one at a time."""
        context = self._context
        if big is not None:
            doing = _("Doing again: {what} …") if big.again else _("Undoing: {what} …")
            text = doing.format(what=big.label.text(context.vocabulary.word))
            context.notify.done(text, undo=False, seconds=_UNTIL_DONE)
            work = partial(_on_thread, act, context.db)
            self._busy = True
            context.work.start(_KEY, work, finished=self._on_done, failed=self._on_failed)
            return
        try:
            result = act(context.db)
        except CrmError as error:
            self._on_failed(error)
        else:
            self._on_done(result)

    def _on_done(self, result: UndoResult) -> None:
        self._busy = False
        said = _("Done again: {what}.") if result.again else _("Undone: {what}.")
        text = said.format(what=result.label.text(self._context.vocabulary.word))
        if result.kept:
            kept = ngettext(
                "{count} value was changed since and stays.",
                "{count} values were changed since and stay.",
                len(result.kept),
            ).format(count=len(result.kept))
            text = f"{text} {kept}"
        self._context.notify.done(text, undo=False)
        if self._waiting:
            self._waiting.pop(0)()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._waiting.clear()
        if not isinstance(error, CrmError):
            raise error
        if (toast := self._context.notify.toast) is not None:
            toast.leave()
        if isinstance(error, NotFound):  # the end was reached, which is nothing wrong
            self._context.notify.done(error.what, undo=False)
        else:
            self._context.notify.failed(error.what, error.remedy)


def _on_thread(act: Callable[[Database], UndoResult], db: Database, job: Job) -> UndoResult:
    with db.stopping(job.cancelled):  # a window that is closed meanwhile waits for no more than the taking back of this
        return act(db)
