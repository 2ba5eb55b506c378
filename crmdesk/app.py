"""The composition root: one process, one workspace, one window. All is made here and handed to whom it serves."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from pathlib import Path

os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog

from crmdesk import __version__, paths, words
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.errors import CrmError, ReadOnly
from crmdesk.domain.ids import Clock, IdSource, SystemClock
from crmdesk.services import samples, workspace
from crmdesk.storage.database import Database
from crmdesk.ui import qt_words
from crmdesk.ui.collecting import Collecting
from crmdesk.ui.dialogs.new_workspace import NewWorkspace, NewWorkspaceSheet
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.theme import Theme, system_is_dark
from crmdesk.words import _

log = logging.getLogger("crmdesk")


def run_window(path: Path | None) -> int:
    """Opens the window on a workspace, else on the one used last, else on the start page; the exit code.

    Raises CrmError when a workspace was named that cannot be opened.
    """
    if not has_screen():
        raise CrmError(
            _("There is no screen to show a window on."),
            _("Use the commands of “crmdesk --help”, or “crmdesk tour --out DIR” for pictures of the windows."),
        )
    settings = Settings()
    app = application(settings.language)
    program = Program(app, settings=settings)
    terminator = Terminator(program)
    terminator.terminated.connect(program.leave)
    if path is not None:
        program.open(path)
    else:
        program.open_last()
    return int(app.exec())


def has_screen() -> bool:
    """Whether there is a screen to show windows on; always outside Linux and when a platform was named."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(each) for each in named)


def application(language: str | None = None) -> QApplication:
    """The Qt application, made once, with the program's name and the person's language."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["crmdesk"])
    app.setApplicationName("crmdesk")
    app.setApplicationDisplayName("CrmDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("crmdesk")
    speak(app, language or "")
    return app


def speak(app: QApplication, language: str) -> None:
    """Our words and Qt's own come in `language` from now on ("" is the system's); what is on the screen stays."""
    qt_words.use(app, words.use(language or words.system_language()))


class Program(QObject):
    """The one window that is open: a workspace, or the start page."""

    def __init__(
        self,
        app: QApplication,
        *,
        settings: Settings,
        clock: Clock | None = None,
        ids: IdSource | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._clock = clock or SystemClock()
        self._ids = ids or IdSource(self._clock)
        self.settings = settings
        self.theme = Theme(
            mode=settings.mode,
            percent=settings.percent,
            system_dark=system_is_dark(),
            reduced_motion=settings.reduced_motion,
            parent=self,
        )
        self.theme.apply(app)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._collecting = Collecting(self)
        self.window: MainWindow | StartWindow | None = None
        self._going: MainWindow | StartWindow | None = None
        self._db: Database | None = None

    def open(self, path: Path) -> None:
        """Opens a workspace in place of what is open; for reading when it cannot be written, and says so.

        Raises CrmError; what was open stays then.
        """
        try:
            db = workspace.open(path, clock=self._clock, ids=self._ids)
        except ReadOnly as error:
            db = workspace.open(path, clock=self._clock, ids=self._ids, read_only=True)
            self._show_workspace(db, path).refuse(error)
            return
        self._show_workspace(db, path)

    def open_last(self) -> None:
        """Opens the workspace used last; the start page when there is none, or says there why it cannot be opened."""
        recent = [Path(each) for each in self.settings.recent if Path(each).exists()]
        if not recent:
            self._show_start([])
            return
        try:
            self.open(recent[0])
        except CrmError as error:
            self._show_start(recent).refuse(error)

    def leave(self) -> None:
        """Closes everything in order; called when the system ends the program."""
        if self.window is not None:
            self.window.close()
        self._collecting.stop()
        QApplication.quit()

    def relanguage(self, language: str) -> None:
        """The window again in a language ("" is the system's), where it was; the workspace stays open meanwhile.

        What was typed into an open sheet stays as its draft.
        """
        self.settings.language = language
        speak(self._app, language)
        self.theme.apply(self._app)
        window, db = self.window, self._db
        if not isinstance(window, MainWindow) or db is None:
            return
        standing = window.switching.standing()
        self.window = None
        window.close()
        self._let_go(window)
        self._show_window(db).switching.stand(standing)

    # Own parts

    def _show_workspace(self, db: Database, path: Path) -> MainWindow:
        self._close()
        self._db = db
        self.settings.opened(path.resolve())
        return self._show_window(db)

    def _show_window(self, db: Database) -> MainWindow:
        window = MainWindow(db, clock=self._clock, theme=self.theme, settings=self.settings)
        window.new_requested.connect(self._on_new)
        window.open_requested.connect(self._on_open)
        window.closed.connect(self._on_closed)
        window.language_chosen.connect(self.relanguage, Qt.ConnectionType.QueuedConnection)
        self.window = window
        window.show()
        window.page.take_focus()
        return window

    def _show_start(self, recent: list[Path]) -> StartWindow:
        self._close()
        window = StartWindow(self.theme, recent)
        window.page.new_requested.connect(self._on_new)
        window.page.open_requested.connect(self._on_open)
        window.page.recent_chosen.connect(self._on_chosen)
        self.window = window
        window.show()
        return window

    def _close(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.close()
            self._let_go(window)
        self._close_file()

    def _let_go(self, window: MainWindow | StartWindow) -> None:
        """Qt takes a closed window apart from the outside in; Python holds it until then, for Qt still asks."""
        self._going = window
        window.deleteLater()

    def _close_file(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _refuse(self, error: CrmError) -> None:
        sheets = self.window.sheets if self.window is not None else None
        if sheets is not None and sheets.current is not None:
            sheets.current.refuse(error.what, error.remedy)
        elif self.window is not None:
            self.window.refuse(error)

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self.theme.set_system_dark(scheme == Qt.ColorScheme.Dark)

    def _on_closed(self) -> None:
        if self.window is not None and self.sender() is self.window:
            self._let_go(self.window)
            self.window = None
            self._close_file()

    def _on_new(self) -> None:
        if self.window is None:
            return
        known = [vocabularies.load(vocabularies.shipped_text(key), key) for key in vocabularies.shipped()]
        sheet = NewWorkspaceSheet(self.theme, known)
        sheet.filled.connect(self._on_new_filled)
        self.window.sheets.open(sheet, key="new_workspace")

    def _on_new_filled(self, new: NewWorkspace) -> None:
        path = paths.data_folder() / f"{_file_name(new.name)}{paths.SUFFIX}"
        try:
            db = self._make(path, new)
        except CrmError as error:
            self._refuse(error)
            return
        if self.window is not None:
            self.window.sheets.done()
        self._show_workspace(db, path)

    def _make(self, path: Path, new: NewWorkspace) -> Database:
        """A new workspace, with the sample people if they are wanted; nothing stays when they cannot all be added."""
        db = workspace.create(path, vocabulary=new.vocabulary, name=new.name, clock=self._clock, ids=self._ids)
        if new.sample:
            try:
                samples.fill(db)
            except CrmError:
                db.close()
                path.unlink(missing_ok=True)
                raise
        return db

    def _on_open(self) -> None:
        dialog = QFileDialog(self.window, _("Open a workspace"), str(paths.data_folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Workspaces (*{suffix})").format(suffix=paths.SUFFIX))
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, path: str) -> None:
        try:
            self.open(Path(path))
        except CrmError as error:
            self._refuse(error)


class Terminator(QObject):
    """SIGTERM and SIGINT as a Qt signal.

    WORKAROUND(Qt 6): a Python signal handler is never called while the Qt loop is idle, so the wake-up descriptor is
    watched by a notifier.

    Signals: terminated() once a signal to end has come in.
    """

    terminated = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _noted)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def _on_woken(self) -> None:
        try:
            self._read.recv(64)
        except BlockingIOError:
            return
        self.terminated.emit()


def _noted(_number: int, _frame: object) -> None:
    """The wake-up descriptor does the work; this only keeps the default action from ending the process."""


def _file_name(name: str) -> str:
    """A name as every file system takes it."""
    kept = "".join(each if each not in '\\/:*?"<>|' and each.isprintable() else " " for each in name)
    return " ".join(kept.split()).strip(". ")[:80] or "workspace"
