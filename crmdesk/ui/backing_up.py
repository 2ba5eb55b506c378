"""Backups while the window is open: one every 30 minutes in which something changed, and those a person asks for."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from crmdesk import paths
from crmdesk.domain import sizes
from crmdesk.domain.errors import CrmError, Damaged
from crmdesk.services import backups
from crmdesk.services.backups import Backup
from crmdesk.ui import backup_words, choosing
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.restoring import RestoreSheet
from crmdesk.ui.work import Job
from crmdesk.words import _

FIRST_MS, EVERY_MS = 60_000, 30 * 60_000  # what an earlier, short session changed is not left for half an hour
LOOK_MS = 500  # after the first paint
_MAKE, _LIST, _READ, _COPY = "backup", "backup list", "backup read", "backup copy"

log = logging.getLogger(__name__)


class BackingUp(QObject):
    """Makes backups off the thread of the windows, and offers them.

    Signals: changed() when there is a newer backup to tell of; restore_requested(number) a backup is to take the
    place of the file, which the window has to leave for it.
    """

    changed = Signal()
    restore_requested = Signal(object)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._newest: Backup | None = None
        self._sheet: RestoreSheet | None = None
        self._due = QTimer(self)
        self._due.setInterval(FIRST_MS)
        self._due.timeout.connect(self._on_due)
        if not context.db.read_only:
            self._due.start()
        QTimer.singleShot(LOOK_MS, self, self.look)

    @property
    def status(self) -> str:
        """What the status bar says of the newest backup; "" while there is none to tell of."""
        if self._newest is None:
            return ""
        return backup_words.status(self._newest, today=self._context.clock.today())

    def look(self) -> None:
        """Finds out which backup is the newest."""
        path = self._context.db.path

        def newest(_job: Job) -> Backup | None:
            return next(iter(backups.listed(path)), None)

        self._context.work.start(_LIST, newest, finished=self._on_newest, failed=self._on_failed)

    def now(self) -> None:
        """A backup, whether or not anything changed."""
        self._make("asked")

    def save_copy(self) -> None:
        """Asks where a copy of the workspace is to lie, and makes it."""
        choosing.copy_target(self._window, self._context.db.path, self._on_target)

    def restore(self) -> None:
        """Lists the backups; each is read while the list is open."""
        listed = backups.listed(self._context.db.path)
        today = self._context.clock.today()
        rows = backup_words.rows(listed, today=today)
        sheet = RestoreSheet(self._context.theme, rows, share=backups.share(), shares=backups.SHARES)
        sheet.filled.connect(self._on_chosen)
        sheet.share_chosen.connect(self._on_share)
        sheet.closed.connect(self._on_closed)
        self._context.sheets.open(sheet, key="restore")
        self._sheet = sheet

        def read(job: Job) -> None:
            for each in listed:
                job.report(each.number, int(backups.verify(each, job.cancelled)))

        self._context.work.start(
            _READ, read, finished=self._on_read, failed=self._on_failed, progressed=self._on_read_one
        )

    # Making

    def _make(self, reason: str) -> None:
        db = self._context.db

        def made(job: Job) -> Backup | None:
            make = backups.make_if_due if reason == "timer" else backups.make
            return make(db, reason, cancelled=job.cancelled)

        if not self._context.work.running(_MAKE):
            finished = self._on_made if reason == "timer" else self._on_asked_made
            self._context.work.start(_MAKE, made, finished=finished, failed=self._on_failed)

    def _on_due(self) -> None:
        self._due.setInterval(EVERY_MS)
        self._make("timer")

    def _on_made(self, made: Backup | None) -> None:
        if made is not None:
            self._on_newest(made)

    def _on_asked_made(self, made: Backup) -> None:
        self._on_newest(made)
        text = _("Backed up: {size}, checked.").format(size=sizes.worded(made.size))
        self._context.notify.done(text, undo=False)

    def _on_newest(self, newest: Backup | None) -> None:
        self._newest = newest
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Damaged) or not isinstance(error, CrmError):
            raise error  # heard by who has the ways on
        log.warning("no backup: %s", type(error).__name__)
        self._context.notify.failed(error.what, error.remedy)

    # Copies

    def _on_target(self, target: str) -> None:
        db, path = self._context.db, Path(target).with_suffix(paths.SUFFIX)

        def copy(job: Job) -> Path:
            backups.save_copy(db, path, cancelled=job.cancelled)
            return path

        self._context.work.start(_COPY, copy, finished=self._on_copied, failed=self._on_failed)

    def _on_copied(self, path: Path) -> None:
        self._context.notify.done(_("Saved a copy as “{name}”.").format(name=path.name), undo=False)

    # Restoring

    def _on_read_one(self, number: int, good: int) -> None:
        if self._sheet is not None:
            self._sheet.show_state(number, good=bool(good))

    def _on_read(self, _nothing: object) -> None:
        """All were read, and each told."""

    def _on_share(self, percent: int) -> None:
        try:
            backups.set_share(percent)
        except CrmError as error:
            if self._sheet is not None:
                self._sheet.refuse(error.what, error.remedy)

    def _on_chosen(self, number: int) -> None:
        self._context.sheets.done()
        self.restore_requested.emit(number)

    def _on_closed(self) -> None:
        if self.sender() is self._sheet:
            self._sheet = None
