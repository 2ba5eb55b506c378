"""The composition root: one process, one workspace, one window. All is made here and handed to whom it serves."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from crmdesk.domain.errors import CrmError
from crmdesk.domain.ids import Clock, IdSource, SystemClock
from crmdesk.services import reporting, sample_file
from crmdesk.storage.database import Database
from crmdesk.storage.lock import WorkspaceLock
from crmdesk.ui import only_one
from crmdesk.ui.application import application, has_screen, speak
from crmdesk.ui.beginning import Beginning, Made
from crmdesk.ui.collecting import Collecting
from crmdesk.ui.crash_telling import Watch
from crmdesk.ui.ending import Terminator
from crmdesk.ui.first_paint import FirstPaint
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.notify import IMPORT_SECONDS
from crmdesk.ui.one_window import OneWindow
from crmdesk.ui.only_one import OnlyOne
from crmdesk.ui.opening import Opening
from crmdesk.ui.serving import Serving
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.system_look import SystemLook
from crmdesk.ui.theme import Theme
from crmdesk.ui.turns import Pieces, at_once
from crmdesk.words import _


def run_window(path: Path | None, first: FirstPaint | None = None) -> int:
    """Opens the window on a workspace, else on the one used last, else on the start page; the exit code.

    `first` is the window that is seen until then. Why a workspace does not open is said in it. Raises CrmError
    where there is no screen.
    """
    if not has_screen():
        raise CrmError(
            _("There is no screen to show a window on."),
            _("Use the commands of “crmdesk --help”, or “crmdesk tour --out DIR” for pictures of the windows."),
        )
    right = only_one.take_right(path)
    if right is None:
        return 0
    settings = first.settings if first is not None else Settings()
    app = application(settings.language)
    program = Program(app, settings=settings, first=first)
    watch = Watch(program.theme, sizes=program.sizes, sheets=program.sheets, parent=program)
    terminator = (first.terminator if first is not None else None) or Terminator(program)
    terminator.terminated.connect(program.leave)
    watch.refused.connect(program.opening.refused)
    app.commitDataRequest.connect(program.keep_drafts)
    app.aboutToQuit.connect(program.stop)
    try:
        with watch:
            program.start(path, then=partial(_opened, program, right=right, watch=watch))
            return int(app.exec())
    finally:
        program.stop()


def _opened(program: Program, *, right: WorkspaceLock, watch: Watch) -> None:
    program.listen(right, watch.note)
    watch.tell_of_last_time()


class Program(QObject):
    """The one window that is open: a workspace, or the start page."""

    def __init__(
        self,
        app: QApplication,
        *,
        settings: Settings,
        clock: Clock | None = None,
        ids: IdSource | None = None,
        first: FirstPaint | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._clock = clock or SystemClock()
        self._ids = ids or IdSource(self._clock)
        self.settings = settings
        if first is not None and first.content is not None:
            self.theme = first.content.theme
        else:
            self.theme = Theme.of(settings)
            self.theme.apply(app)
        self.theme.setParent(self)
        SystemLook(app, self.theme, self)
        self._collecting = Collecting(self)
        self._beginning = Beginning(self.theme, clock=self._clock, ids=self._ids, parent=self)
        self._beginning.made.connect(self._on_made)
        self._beginning.words_chosen.connect(self._on_words_chosen, Qt.ConnectionType.QueuedConnection)
        self._one = OneWindow(self.theme, settings, self._clock, first=first, parent=self)
        self._one.made.connect(self._on_window_made)
        self.opening = Opening(self._one, self.theme, settings, clock=self._clock, ids=self._ids, parent=self)
        self.opening.new_wanted.connect(self._on_new)
        self.serving: Serving | None = None
        self.only_one: OnlyOne | None = None

    @property
    def window(self) -> MainWindow | StartWindow | None:
        """The window there is."""
        return self._one.window

    def listen(self, right: WorkspaceLock, note: Callable[[BaseException, str], None]) -> None:
        """Hears of other starts and of the terminal from now on, until `stop`; `note` hears of mistakes in between."""
        self.serving = Serving(self._database, note, self)
        self.serving.asked_for.connect(self._on_asked_for)
        self._one.leaving.connect(self.serving.let_go)
        self.only_one = OnlyOne(right, self.serving, self)

    def start(self, path: Path | None, then: Callable[[], None]) -> None:
        """Opens the workspace that was named, else the one used last; why one does not open is said in a window.

        Begins with the event loop, and goes on between what happens there; does `then` at the end.
        """
        self._one.soon(self._started(path, then))

    def open(self, path: Path) -> None:
        """Opens a workspace in place of what is open; for reading when it cannot be written, and says so.

        Raises CrmError; what was open stays then.
        """
        at_once(self.opening.opened(path))

    def open_last(self) -> None:
        """Opens the workspace used last; the first start when there is none; the start page with why it cannot open."""
        at_once(self.opening.last())

    def leave(self) -> None:
        """Closes everything in order; called when the system ends the program."""
        if self.window is not None:
            self.window.close_at_once()
        self.stop()
        QApplication.quit()

    def keep_drafts(self, _manager: object = None) -> None:
        """What is typed at this moment is in the file; called when the session ends."""
        if self.window is not None:
            self.window.sheets.keep_now()

    def stop(self) -> None:
        """Lets the file go, and hears nobody any more; a second time does nothing."""
        self.opening.close()
        self._beginning.close()
        self._one.close_file()
        if self.only_one is not None:
            self.only_one.end()
        self._collecting.stop()

    def relanguage(self, language: str, then: Callable[[], None]) -> None:
        """The window again, soon, in a language ("" is the system's), where it was; the workspace stays open meanwhile.

        Does `then` when it is there. What was typed into an open sheet stays as its draft. Not while a list is coming
        in, which would be stopped.
        """
        window, db = self.window, self._one.db
        if isinstance(window, MainWindow) and window.importer.running:
            window.view_menu.tick_language()
            window.refuse(CrmError(_("The language waits until the import is finished."), _("Choose it again then.")))
            then()
            return
        self.settings.language = language
        speak(self._app, language)
        if isinstance(window, MainWindow) and db is not None:
            self._one.soon(self._shown_anew(window, db, then))
        elif window is not None:
            self.opening.show_start(self.opening.recent())
            then()

    def sizes(self) -> dict[str, object]:
        """How much is open, for a report; nothing without a workspace."""
        return reporting.sizes(self._one.db) if self._one.db is not None else {}

    def sheets(self) -> Sheets | None:
        """The sheets of the window there is."""
        return self.window.sheets if self.window is not None else None

    # Own parts

    def _started(self, path: Path | None, then: Callable[[], None]) -> Pieces[None]:
        try:
            yield from self.opening.chosen(path) if path is not None else self.opening.last()
        except Exception:  # a mistake of ours ends the opening, not the program
            then()
            raise
        then()

    def _shown_anew(self, window: MainWindow, db: Database, then: Callable[[], None]) -> Pieces[None]:
        yield from self._one.show_anew(window, db)
        then()

    def _database(self) -> Database | None:
        return self._one.db

    def _on_asked_for(self, path: str, token: str) -> None:
        """Another start: the window comes forward, and opens its file."""
        if self.window is None:
            return
        only_one.come_forward(self.window, token)
        if path and (self._one.db is None or self._one.db.path != Path(path).resolve()):
            self.opening.choose(path)

    def _on_window_made(self, window: MainWindow) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        window.new_requested.connect(self._on_new)
        window.open_requested.connect(self.opening.ask)
        window.closed.connect(self._on_closed)
        window.sampling.own_wanted.connect(self._on_own_wanted, queued)
        window.sampling.removal_wanted.connect(self._on_sample_unwanted, queued)
        window.restore_requested.connect(self.opening.restore, queued)
        window.language_chosen.connect(self._on_language_chosen, queued)

    def _on_closed(self) -> None:
        if self.window is not None and self.sender() is self.window:
            self._one.forget()
            self.stop()

    def _on_new(self) -> None:
        if self.window is not None:
            self._beginning.ask(self.window.sheets)

    def _on_made(self, made: Made) -> None:
        self.settings.opened(made.own.resolve())
        self._one.soon(self._begun(made))

    def _begun(self, made: Made) -> Pieces[None]:
        window = yield from self._one.show_workspace(made.db, made.path)
        if made.path != made.own:
            told = _("These people are invented. Your own workspace is ready: Open workspace, {file}.")
            window.context.notify.done(told.format(file=made.own.name), undo=False, seconds=IMPORT_SECONDS)

    def _on_own_wanted(self) -> None:
        """From the sample to the person's own workspace; the first start when there is none yet."""
        here = self._one.db.path if self._one.db is not None else None
        own = next((each for each in self.opening.recent() if each != here), None)
        if own is not None:
            self.opening.choose(str(own))
        else:
            self._on_new()

    def _on_sample_unwanted(self) -> None:
        if self._one.db is None:
            return
        path = self._one.db.path
        self.opening.show_start([])
        self._one.soon(self._without_sample(path))

    def _without_sample(self, path: Path) -> Pieces[None]:
        """The sample goes, and what was open last comes back; where it cannot go, it does."""
        try:
            sample_file.remove(path)
        except CrmError as error:
            yield from self.opening.chosen(path)
            if self.window is not None:
                self.window.refuse(error)
            return
        self.settings.forget(path)
        yield
        yield from self.opening.last()

    def _on_language_chosen(self, language: str) -> None:
        self.relanguage(language, then=_nothing)

    def _on_words_chosen(self, language: str) -> None:
        """The first start goes on in another language."""
        self.relanguage(language, then=self._on_new)


def _nothing() -> None:
    """Nothing follows."""
