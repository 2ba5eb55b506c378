"""Undo and redo from the window: what they did, and what had to stay, is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject

from crmdesk.domain.errors import CrmError
from crmdesk.services import timelines
from crmdesk.services import undo as service
from crmdesk.services.timelines import Past
from crmdesk.storage.database import Database
from crmdesk.storage.undo import UndoResult
from crmdesk.ui.actions import CAN_REDO, CAN_UNDO, WRITABLE
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.history import HistorySheet, PastStep
from crmdesk.words import _, clock, ngettext, short_day

MOST = 200  # steps that the sheet lists


class Undoing(QObject):
    """Takes back and does again."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._step = 0

    def rules(self) -> set[str]:
        """Which rules of the action table hold."""
        if self._context.db.read_only:
            return set()
        return {WRITABLE, CAN_UNDO, CAN_REDO}

    def undo(self) -> None:
        """Takes back the newest step."""
        self._do(service.undo, _("Undone: {what}."))

    def redo(self) -> None:
        """Does again what was taken back last."""
        self._do(service.redo, _("Done again: {what}."))

    def show_history(self) -> None:
        """Lists the steps; any of them can be taken back."""
        today = self._context.clock.today()
        steps = [self._past(each, today) for each in timelines.history(self._context.db, limit=MOST)]
        sheet = HistorySheet(self._context.theme, steps)
        sheet.filled.connect(self._on_chosen)
        self._context.sheets.open(sheet, key="history")

    def _on_chosen(self, step: int) -> None:
        self._step = step
        self._context.sheets.done()
        self._do(self._undo_chosen, _("Undone: {what}."))

    def _past(self, past: Past, today: date) -> PastStep:
        moment = datetime.fromisoformat(past.at).astimezone()
        day = short_day(moment.date(), today=today)
        return PastStep(
            step=past.step,
            when=_("{day}, {time}").format(day=day, time=clock(moment)),
            what=timelines.worded(past, self._context.vocabulary.word),
            who=past.member,
            undone=past.undone,
            undoable=past.undoable,
        )

    def _undo_chosen(self, db: Database) -> UndoResult:
        return service.undo_step(db, self._step)

    def _do(self, act: Callable[..., UndoResult], said: str) -> None:
        try:
            result = act(self._context.db)
        except CrmError as error:
            self._context.notify.failed(error.what, error.remedy)
            return
        text = said.format(what=result.label.text(self._context.vocabulary.word))
        if result.kept:
            kept = ngettext(
                "{count} value was changed since and stays.",
                "{count} values were changed since and stay.",
                len(result.kept),
            ).format(count=len(result.kept))
            text = f"{text} {kept}"
        self._context.notify.done(text, undo=False)
