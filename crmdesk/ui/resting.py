"""What is done when nobody does anything, off the thread of the windows: the log goes into the file, old trash goes,
and so does the journal of imports that were stopped.

Shortly after the first paint the file and the reading of days are made ready for the first edit, and Python is for
objects of Qt's own.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QScrollArea

from crmdesk.domain import dates
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.services import trash, undo
from crmdesk.ui.context import Context
from crmdesk.ui.turns import Pieces, Turns
from crmdesk.ui.work import Job

REST_MS = 5_000
WARM_MS = 100  # after the first paint
log = logging.getLogger(__name__)


class Resting(QObject):
    """Waits for a pause after the last change."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._on_pause)
        context.bus.changed.connect(self._on_changed)
        self._swept = False
        self._timer.start()
        QTimer.singleShot(WARM_MS, self, self._on_painted)

    def _on_painted(self) -> None:
        self._context.work.start("warm", self._warm, finished=self._on_done, failed=self._on_failed)
        Turns(_first_things(), self)

    def _on_changed(self, _change: object) -> None:
        self._timer.start()

    def _on_pause(self) -> None:
        if not self._context.db.read_only:
            self._context.work.start("checkpoint", self._rest, finished=self._on_done, failed=self._on_failed)

    def _warm(self, _job: Job) -> None:
        self._context.db.warm()

    def _rest(self, job: Job) -> None:
        if not self._swept:
            trash.empty_old(self._context.db)
            self._swept = True
        undo.clear_stopped(self._context.db, stopped=job.cancelled)
        self._context.db.checkpoint()
        vocabularies.all_shipped()  # the page of definitions has them then

    def _on_done(self, _nothing: object) -> None:
        """Nothing to say: it is housekeeping."""

    def _on_failed(self, error: Exception) -> None:
        log.warning("what is done at rest was not done: %s", type(error).__name__)


def _first_things() -> Pieces[None]:
    """What would make the first sheet, the first drag and the first letter of a next step stick."""
    yield from _meet_the_own_objects_of_qt()
    yield from dates.make_ready()  # on a thread it would hold up the first edit more than its pieces do


def _meet_the_own_objects_of_qt() -> Pieces[None]:
    """WORKAROUND(PySide6 6.11): met for the first time, a widget that Qt made itself costs all classes it might be of,
    any other object as many again (12 and 22 ms). Else the first sheet and the first drag would stick.
    """
    yield
    QScrollArea().viewport()
    yield
    if (app := QCoreApplication.instance()) is not None:
        app.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly)
