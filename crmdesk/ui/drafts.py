"""Drafts of one window: kept in memory at once, and in the workspace's file within a second."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.domain.errors import Busy, CrmError
from crmdesk.services import drafts
from crmdesk.services.drafts import Kept
from crmdesk.storage.database import Database

PAUSE_MS = 500  # after the last key
LONGEST_MS = 2_000  # while typing goes on and on
AGAIN_MS = 2_000  # after somebody else was writing

log = logging.getLogger(__name__)


class Drafts(QObject):
    """Keeps texts under keys. Until `use` was called, and while the file cannot be written, in memory alone.

    Signals: failed(CrmError) when the file could not take a draft, once until it can again; written() it can again.
    """

    failed = Signal(object)
    written = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db: Database | None = None
        self._kept: dict[str, Kept] = {}
        self._in_file: set[str] | None = None  # the keys of what is there, read when first asked for
        self._waiting: dict[str, str] = {}
        self._since = 0.0
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def use(self, db: Database) -> None:
        """Keeps them in this workspace from now on; one that can only be read takes none. Old ones are swept."""
        self._db, self._in_file = db, None
        if not db.read_only:
            try:
                drafts.sweep(db)
            except CrmError:
                log.warning("old drafts could not be swept")

    @property
    def today(self) -> date:
        """The present day, as the workspace's clock tells it."""
        return self._db.clock.today() if self._db is not None else datetime.now().astimezone().date()

    def keep(self, key: str, text: str) -> None:
        """Keeps a text under a key; "" forgets it. Written down half a second after the last call."""
        if text == self.take(key):
            return
        now = self._db.clock.now() if self._db is not None else datetime.now(UTC)
        self._kept[key] = Kept(text, now)
        if not self._waiting:
            self._since = monotonic()
        self._waiting[key] = text
        left = LONGEST_MS - int((monotonic() - self._since) * 1000)
        self._timer.start(max(0, min(PAUSE_MS, left)))

    def take(self, key: str) -> str:
        """What is kept under a key; it stays there. "" when there is nothing."""
        kept = self._found(key)
        return kept.text if kept is not None else ""

    def kept_at(self, key: str) -> datetime | None:
        """When the text under a key was kept, aware, in UTC; None when there is none."""
        kept = self._found(key)
        return kept.at if kept is not None and kept.text else None

    def drop(self, key: str) -> None:
        """What was typed has been saved or is not wanted: it is forgotten now, in the file too."""
        if self.take(key):
            self.keep(key, "")
            self.flush()

    def flush(self) -> None:
        """Writes down now what waits; what the file cannot take stays in memory, and `failed` says so once.

        Tried again by itself where somebody else was only writing.
        """
        self._timer.stop()
        if self._db is None or self._db.read_only or not self._waiting:
            return
        try:
            drafts.keep(self._db, self._waiting)
        except CrmError as error:
            log.warning("%s drafts stay in memory: %s", len(self._waiting), type(error).__name__)
            if not self._told:
                self._told = True
                self.failed.emit(error)
            if isinstance(error, Busy):
                self._timer.start(AGAIN_MS)
            return
        if self._in_file is not None:
            self._in_file.update(self._waiting)
        self._waiting = {}
        if self._told:
            self._told = False
            self.written.emit()

    @property
    def unwritten(self) -> bool:
        """Whether anything stands in memory alone, though the file should have it."""
        return bool(self._waiting) and self._db is not None and not self._db.read_only

    def _found(self, key: str) -> Kept | None:
        if key not in self._kept and self._db is not None:
            if self._in_file is None:  # once for all: a page has a field for each thing, and few have a draft
                self._in_file = {each for each, _at in drafts.waiting(self._db)}
            stored = drafts.take(self._db, key) if key in self._in_file else None
            if stored is not None:
                self._kept[key] = stored
        return self._kept.get(key)
