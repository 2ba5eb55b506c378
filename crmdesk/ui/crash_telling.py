"""Tells of mistakes of the program in its window: one sheet at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from crmdesk.domain.errors import CrmError
from crmdesk.services import logs
from crmdesk.ui.crashes import Crashes, Facts
from crmdesk.ui.dialogs.crash import CrashSheet
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme

KEY = "crash"


class Watch(QObject):
    """Inside its `with` block: the log, the hooks, and a sheet for what they caught.

    `sizes` gives how much is open; `sheets` the sheets of what is the window then, None while there is none.

    Signals: refused(CrmError) nobody else has caught what the file or its disk refused.
    """

    refused = Signal(object)

    def __init__(
        self, theme: Theme, *, sizes: Facts, sheets: Callable[[], Sheets | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._sheets = theme, sheets
        self._crashes = Crashes(sizes, self)
        self._log: logging.Handler | None = None
        self._before = ""
        # Queued: what has gone wrong is over, and a report may come from any thread.
        self._crashes.happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)
        self._crashes.again.connect(self._on_again, Qt.ConnectionType.QueuedConnection)
        self._crashes.refused.connect(self.refused, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> Watch:
        self._log = logs.begin()
        self._before = self._crashes.install()
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """What ends the program is reported as well."""
        if isinstance(error, Exception) and not isinstance(error, CrmError):
            self._crashes.note(error, "the start")
        self._crashes.uninstall()
        logs.end(self._log)

    def note(self, error: BaseException, where: str) -> None:
        """Reports what somebody has caught; `where` says who, in a word."""
        self._crashes.note(error, where)

    def tell_of_last_time(self) -> None:
        """Shows what was found at the start, if the run before this one ended by a hard crash."""
        if self._before:
            self._open(CrashSheet(self._theme, self._before, before=True))

    def _on_happened(self, report: str) -> None:
        if (open_ := self._standing()) is not None:
            open_.happened_again()
        else:
            self._open(CrashSheet(self._theme, report))

    def _on_again(self) -> None:
        if (open_ := self._standing()) is not None:
            open_.happened_again()

    def _standing(self) -> CrashSheet | None:
        sheets = self._sheets()
        current = sheets.current if sheets is not None else None
        return current if isinstance(current, CrashSheet) else None

    def _open(self, sheet: CrashSheet) -> None:
        if (sheets := self._sheets()) is not None:
            sheets.open(sheet, key=KEY)
        else:
            sheet.deleteLater()
