"""The one window there is, a workspace's or the start page, and the file that is open in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow
from shiboken6 import isValid

from crmdesk.domain.ids import Clock
from crmdesk.storage.database import Database
from crmdesk.ui import taking_over
from crmdesk.ui.first_paint import FirstPaint
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.switching import Standing
from crmdesk.ui.theme import Theme
from crmdesk.ui.turns import Pieces, Turns

_AGAIN_MS = 50


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
        self._going: list[MainWindow | StartWindow] = []
        self._place: tuple[QRect, Qt.WindowState] | None = None
        self._work: Turns | None = None
        self.window: MainWindow | StartWindow | None = None
        self.db: Database | None = None

    def soon(self, work: Pieces[object]) -> None:
        """Does, piece by piece, what ends in another window; the one there is is seen and used until then.

        Only the newest of such works goes on, and none once the window is closed or the start page shows.
        """
        self._stop_work()
        self._work = Turns(work, self)

    def show_workspace(self, db: Database, path: Path) -> Pieces[MainWindow]:
        """The window of a workspace that was opened. Raises CrmError for damage that is met only now; it is closed."""
        try:
            window = yield from self._assembled(db)
            yield
        except BaseException:
            db.close()
            raise
        before = self.window
        self._put(window)
        if before is not None:
            self._leave(before)
        self._let_file_go()
        self.db = db
        self._settings.opened(path.resolve())
        return window

    def show_anew(self, before: MainWindow, db: Database) -> Pieces[None]:
        """Another window of the same workspace, with a person where they were in the one before.

        What still goes on there, a backup that rolls back, is not waited for: the file stays open.
        """
        before.sheets.keep_now()
        aside = frozenset(before.sheets.put_aside)
        window = yield from self._assembled(db, before.switching.standing(), aside)
        yield
        self._put(window)
        self._leave(before, waits=False)
        window.page.take_focus()

    def show_start(self, recent: list[Path]) -> StartWindow:
        """The start page; no file is open."""
        self.close()
        window = StartWindow(self._theme, recent)
        self._put(window)
        return window

    def say_doing(self, text: str) -> None:
        """Says in whatever is seen what takes long before the next window is there; "" that nothing does."""
        if isinstance(self.window, MainWindow):
            if text:
                self.window.context.notify.done(text, undo=False)
        elif (seen := self.window or self._first) is not None:
            seen.say_doing(text)

    def close(self) -> None:
        """No window, and no file."""
        window, self.window = self.window, None
        if window is not None:
            self._leave(window)
        self.close_file()

    def close_file(self) -> None:
        """No file is open, and none is about to be; a second time does nothing."""
        self._stop_work()
        self._let_file_go()

    def forget(self) -> None:
        """The window was closed by somebody."""
        if self.window is not None:
            self._let_go(self.window)
            self.window = None

    def _assembled(
        self, db: Database, standing: Standing | None = None, aside: frozenset[str] = frozenset()
    ) -> Pieces[MainWindow]:
        """A window of a workspace, not shown yet; it goes if it is not finished: its parts would read a closed file."""
        content = self._first.content if self._first is not None else None
        if content is not None:
            content.leave()
        frame = content.frame if content is not None else None
        window = MainWindow(db, clock=self._clock, theme=self._theme, settings=self._settings, frame=frame)
        try:
            yield from window.assembling(standing, aside)
        except BaseException:
            window.context.bus.close()
            window.context.work.close()
            window.deleteLater()
            QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
            raise
        return window

    def _put(self, window: MainWindow | StartWindow) -> None:
        """Shows a window where the one before it is or was; at the very first, where this computer saw one last."""
        if isinstance(window, MainWindow):
            self.made.emit(window)
        before: QMainWindow | None = self.window or self._first
        if before is not None:
            self._place = _place(before)
        if self._place is not None:
            window.setGeometry(self._place[0])
            window.setWindowState(self._place[1])
        elif not self._settings.geometry.isEmpty():
            window.restoreGeometry(self._settings.geometry)
        self.window = window
        window.show()
        first, self._first = self._first, None
        if first is not None:
            first.close()
        if isinstance(window, MainWindow):
            window.page.take_focus()
            if first is not None and first.content is not None:
                taking_over.go_on(window, first.content)

    def _leave(self, window: MainWindow | StartWindow, *, waits: bool = True) -> None:
        self._place = _place(window)
        window.close_at_once(waits=waits)
        self._let_go(window)

    def _let_go(self, window: MainWindow | StartWindow) -> None:
        """Qt takes a closed window apart from the outside in; Python holds it until then, for Qt still asks."""
        self._going = [*(each for each in self._going if isValid(each)), window]
        self._take_apart()

    def _take_apart(self) -> None:
        """Windows that were left, each as soon as none of its threads works any more."""
        self._going = [each for each in self._going if isValid(each)]
        working = [each for each in self._going if isinstance(each, MainWindow) and not each.context.work.at_rest]
        for each in self._going:
            if each not in working:
                each.deleteLater()
        if working:
            QTimer.singleShot(_AGAIN_MS, self, self._take_apart)

    def _let_file_go(self) -> None:
        if self.db is not None:
            self.leaving.emit()
            for each in self._going:
                if isinstance(each, MainWindow) and isValid(each):
                    each.context.work.close()
            self.db.close()
            self.db = None

    def _stop_work(self) -> None:
        if self._work is not None and isValid(self._work):
            self._work.stop()
        self._work = None


def _place(window: QMainWindow) -> tuple[QRect, Qt.WindowState]:
    """Where a window is: what it takes when it is neither maximised nor minimised, and whether it is."""
    return window.normalGeometry(), window.windowState()
