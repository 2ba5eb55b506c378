"""The one window there is, a workspace's or the start page, and the file that is open in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from crmdesk.domain.errors import CrmError
from crmdesk.domain.ids import Clock
from crmdesk.storage.database import Database
from crmdesk.ui import taking_over
from crmdesk.ui.first_paint import FirstPaint
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.theme import Theme
from crmdesk.ui.turns import Pieces


class OneWindow(QObject):
    """Shows one window in place of another, the first of them in place of what was seen while the program was loaded.

    Signals: made(MainWindow) it is about to be shown; leaving() the file is about to be closed.
    """

    made = Signal(object)
    leaving = Signal()

    def __init__(
        self, theme: Theme, settings: Settings, clock: Clock, *, first: FirstPaint | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme, self._settings, self._clock = theme, settings, clock
        self._first = first
        self._going: MainWindow | StartWindow | None = None
        self.window: MainWindow | StartWindow | None = None
        self.db: Database | None = None

    def show_workspace(self, db: Database, path: Path) -> Pieces[MainWindow]:
        """The window of a workspace that was opened. Raises CrmError for damage that is met only now; it is closed."""
        self.close()
        self.db = db
        try:
            window = yield from self._shown(db)
        except CrmError:
            self._discard_unfinished()
            self.close_file()
            raise
        self._settings.opened(path.resolve())
        return window

    def show_anew(self, window: MainWindow, db: Database) -> Pieces[MainWindow]:
        """Another window of the same workspace, with a person where they were in the one before."""
        standing = window.switching.standing()
        self.window = None
        window.close()
        self._let_go(window)
        again = yield from self._shown(db)
        again.switching.stand(standing)
        return again

    def show_start(self, recent: list[Path]) -> StartWindow:
        """The start page; no file is open."""
        self.close()
        window = StartWindow(self._theme, recent)
        self.window = window
        window.show()
        if self._first is not None:
            self._first.close()
            self._first = None
        return window

    def close(self) -> None:
        """No window, and no file."""
        window, self.window = self.window, None
        if window is not None:
            window.close()
            self._let_go(window)
        self.close_file()

    def close_file(self) -> None:
        """No file is open; a second time does nothing."""
        if self.db is not None:
            self.leaving.emit()
            self.db.close()
            self.db = None

    def forget(self) -> None:
        """The window was closed by somebody."""
        if self.window is not None:
            self._let_go(self.window)
            self.window = None

    def _shown(self, db: Database) -> Pieces[MainWindow]:
        content = self._first.content if self._first is not None else None
        if content is not None:
            content.leave()
        frame = content.frame if content is not None else None
        window = MainWindow(db, clock=self._clock, theme=self._theme, settings=self._settings, frame=frame)
        yield from window.assembling()
        self.made.emit(window)
        self.window = window
        if self._first is not None:
            taking_over.take_over(window, self._first)
            self._first = None
        else:
            window.show()
            window.page.take_focus()
        return window

    def _discard_unfinished(self) -> None:
        """A window that could not be built goes at once: its parts would read a file that is closed."""
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window not in (self.window, self._going):
                window.deleteLater()
                QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)

    def _let_go(self, window: MainWindow | StartWindow) -> None:
        """Qt takes a closed window apart from the outside in; Python holds it until then, for Qt still asks."""
        self._going = window
        window.deleteLater()
