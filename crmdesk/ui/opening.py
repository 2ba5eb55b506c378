"""Opens workspaces in the one window there is; says why one does not open, with the ways on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from crmdesk import paths
from crmdesk.domain.errors import CrmError, Damaged, ReadOnly
from crmdesk.domain.ids import Clock, IdSource
from crmdesk.services import backups, workspace
from crmdesk.storage import failures
from crmdesk.storage.database import Database
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.one_window import OneWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.theme import Theme
from crmdesk.ui.turns import Pieces, beside
from crmdesk.ui.ways_on import WaysOn
from crmdesk.words import _


class Opening(QObject):
    """Which workspace is open, by any door.

    Signals: new_wanted() a new one is to begin.
    """

    new_wanted = Signal()

    def __init__(
        self, one: OneWindow, theme: Theme, settings: Settings, *, clock: Clock, ids: IdSource, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._one, self._settings, self._clock, self._ids = one, settings, clock, ids
        self._ways_on = WaysOn(theme, clock, settings, self)
        self._ways_on.opened.connect(self._on_way_open)
        self._ways_on.read_requested.connect(self._on_read_requested)
        self._ways_on.choose_requested.connect(self.ask)
        self._ways_on.forgotten.connect(self._on_forgotten)
        self._ways_on.damage_refused.connect(self.refused)

    def recent(self) -> list[Path]:
        """The workspaces used lately that are there, or can be brought back from a backup."""
        used = [Path(each) for each in self._settings.recent]
        return [each for each in used if each.exists() or backups.listed(each)]

    def show_start(self, recent: list[Path]) -> StartWindow:
        """The start page in place of what is open."""
        window = self._one.show_start(recent)
        window.page.new_requested.connect(self.new_wanted)
        window.page.open_requested.connect(self.ask)
        window.page.recent_chosen.connect(self.choose)
        return window

    def ask(self) -> None:
        """Asks which file is to be opened."""
        dialog = QFileDialog(self._one.window, _("Open a workspace"), str(paths.data_folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Workspaces (*{suffix})").format(suffix=paths.SUFFIX))
        dialog.fileSelected.connect(self.choose)
        dialog.open()

    def choose(self, path: str) -> None:
        """Opens a workspace; why it does not open is said in the window."""
        self._one.soon(self.chosen(Path(path)))

    def chosen(self, path: Path) -> Pieces[None]:
        """The same as pieces, for who goes on after it."""
        try:
            yield from self.opened(path)
        except CrmError as error:
            self._show_ways(path.absolute(), error)

    def last(self) -> Pieces[None]:
        """Opens the workspace used last; the first start when there is none; the start page with why it cannot open."""
        if recent := self.recent():
            yield from self.chosen(recent[0])
            return
        self.show_start([])
        self.new_wanted.emit()

    def opened(self, path: Path) -> Pieces[None]:
        """Opens a workspace in place of what is open; for reading when it cannot be written, and says so.

        Raises CrmError; what was open stays then. What takes long is done on a thread and told meanwhile.
        """
        try:
            db = yield from self._opened_beside(path)
        except ReadOnly as error:
            yield from self._opened_for_reading(path, error)
            return
        window = yield from self._one.show_workspace(db, path)
        if day := self._settings.damaged_on(db.path):
            self._ways_on.remind_of_damage(window.frame, db.path, day=day)
        else:
            self._ways_on.warn_of_place(window.frame.bar, db.path)

    def refused(self, error: CrmError) -> None:
        """What the file or its disk refused and nobody has said yet: damage closes the file, with the ways on."""
        if isinstance(error, Damaged) and self._one.db is not None:
            path = self._one.db.path
            self._settings.found_damaged(path, self._clock.today().isoformat())
            window = self.show_start(self.recent())
            self._ways_on.show(window, window.sheets, path=path, error=error, was_open=True)
        elif isinstance(error, Damaged) and self._ways_on.shown:
            return  # every row that was painted tells of it
        elif self._one.window is not None:
            self._one.window.refuse(error)

    def restore(self, number: int) -> None:
        """The window leaves the file, which a backup then replaces."""
        if self._one.db is None:
            return
        path = self._one.db.path
        window = self.show_start(self.recent())
        self._one.soon(self._restoring(window, path, number))

    def close(self) -> None:
        """What goes on for a file that did not open ends."""
        self._ways_on.close()

    def _restoring(self, window: StartWindow, path: Path, number: int) -> Pieces[None]:
        self._ways_on.restore(window, window.sheets, path=path, number=number)
        yield

    def _opened_beside(self, path: Path) -> Pieces[Database]:
        told: list[str] = []
        made: list[Database] = []

        def open_it() -> None:
            made.append(workspace.open(path, clock=self._clock, ids=self._ids, doing=told.append))

        pieces = beside(open_it)
        try:
            for _piece in pieces:
                if told:
                    self._say_doing(told.pop(0))
                yield
        except GeneratorExit:  # nobody wants it any more
            pieces.close()
            for db in made:
                db.close()
            raise
        return made[0]

    def _say_doing(self, text: str) -> None:
        if self._ways_on.shown:
            self._ways_on.say_doing(text)
        else:
            self._one.say_doing(text)

    def _opened_for_reading(self, path: Path, error: CrmError) -> Pieces[None]:
        db = workspace.open(path, clock=self._clock, ids=self._ids, read_only=True)
        window = yield from self._one.show_workspace(db, path)
        self._ways_on.offer_copy(window.frame.bar, db.path, error=error)

    def _show_ways(self, path: Path, error: CrmError) -> None:
        self._one.say_doing("")
        window = self._one.window or self.show_start(self.recent())
        self._ways_on.show(window, window.sheets, path=path, error=error)

    def _on_way_open(self, path: Path, said: str) -> None:
        self._one.soon(self._way_opened(path, said))

    def _way_opened(self, path: Path, said: str) -> Pieces[None]:
        yield from self.chosen(path)
        window = self._one.window
        if said and isinstance(window, MainWindow):
            window.context.notify.done(said, undo=False)

    def _on_read_requested(self, path: Path) -> None:
        self._one.soon(self._read(path))

    def _read(self, path: Path) -> Pieces[None]:
        try:
            yield from self._opened_for_reading(path, failures.busy(path))
        except CrmError as error:
            self._show_ways(path, error)

    def _on_forgotten(self, path: Path) -> None:
        self._settings.forget(path)
        if isinstance(self._one.window, StartWindow):
            self.show_start(self.recent())
