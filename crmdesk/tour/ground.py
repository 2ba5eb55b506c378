"""What every act of the tour stands on: the program, its windows, mouse and keys, and a second reader of the file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from crmdesk import app, paths
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.records import Id
from crmdesk.driver import NONE, Driver, NothingFollowed
from crmdesk.services import boards, dossiers, searches, workspace
from crmdesk.storage.database import Database
from crmdesk.ui.actions import text_of
from crmdesk.ui.application import application
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.pages import Page
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.views.board import Board
from crmdesk.ui.views.column import ColumnView

DAY = datetime(2026, 5, 5, 12, 2, tzinfo=UTC)
SEED = 2026
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
K = Qt.Key

P = TypeVar("P", bound=Page)
S = TypeVar("S", bound=Sheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the windows of a tour look: language, colours, text size in percent, window size in px."""

    language: str = "en"
    theme: str = "light"
    percent: int = 100
    size: tuple[int, int] = (1440, 900)


class Tour:
    """One tour: `file` is the workspace of its story, `usual` where a person's workspaces would lie."""

    def __init__(self, folder: Path, out: Path, look: Look, *, usual: Path, file: Path | None = None) -> None:
        self.folder, self.look, self.usual = folder, look, usual
        qapp = application(look.language)
        self.driver = Driver(qapp, out)
        self.clock = FixedClock(DAY, timedelta(milliseconds=1))
        self.ids = IdSource(self.clock, random.Random(SEED))
        settings = Settings(folder / "window.ini")
        settings.mode, settings.percent, settings.reduced_motion = look.theme, look.percent, True
        self.program = app.Program(qapp, settings=settings, clock=self.clock, ids=self.ids)
        self.file = file or folder / f"Lindner Spanntechnik{paths.SUFFIX}"
        self.card = Id(0)  # whom the story follows over the board

    def end(self) -> None:
        """Closes the window."""
        self.program.leave()
        self.driver.settle()

    # The window

    @property
    def window(self) -> MainWindow:
        """The window as it is now. Raises NothingFollowed while no workspace is open."""
        window = self.program.window
        if not isinstance(window, MainWindow):
            raise NothingFollowed("no workspace is open")
        return window

    @property
    def focus(self) -> QWidget:
        """Where a key goes."""
        return QApplication.focusWidget() or self.window

    def open(self) -> None:
        """Opens the workspace of the story in a window of the look's size."""
        self.program.open(self.file)
        self.measure()

    def measure(self) -> None:
        """The window gets the look's size, and the keys: without a screen nobody gives them to it."""
        self.window.resize(*self.look.size)
        self.window.activateWindow()
        self.driver.settle()

    def page(self, kind: type[P]) -> P:
        """The page that is seen. Raises NothingFollowed when it is another."""
        page = self.window.page
        if not isinstance(page, kind):
            raise NothingFollowed(f"{type(page).__name__} shows, not {kind.__name__}")
        return page

    def sheet(self, kind: type[S]) -> S:
        """The sheet that opens. Raises NothingFollowed when none of that kind does."""
        self.driver.until(lambda: isinstance(self._current(), kind), f"no {kind.__name__} opens")
        sheet = self._current()
        assert isinstance(sheet, kind)
        return sheet

    def closed(self) -> None:
        """The sheet closes."""
        self.driver.until(lambda: self._current() is None, "the sheet does not close")

    def read(self) -> None:
        """Everything that pages read behind their first rows is there."""
        self.driver.until(lambda: not self.window.context.work.busy, "it is read for ever")

    def column(self, stage: str, board: Board | None = None) -> ColumnView:
        """A column of the journey board, or of another."""
        column = (board or self.window.board).strip.column_of(stage)
        if column is None:
            raise NothingFollowed(stage)
        return column

    # Mouse, keys and pictures

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """A key where the focus is."""
        self.driver.key(self.focus, key, modifiers)

    def shortcut(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """A key of the window; without a screen nobody gives the keys back to it after another window closed."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.driver.settle()
        self.driver.key(self.window, key, modifiers)

    def write(self, text: str) -> None:
        """Types where the focus is."""
        self.driver.write(self.focus, text)

    def picture(self, name: str) -> None:
        """A numbered picture of the window."""
        self.driver.picture(self.window, name)

    def command(self, action: str) -> None:
        """Finds an action in the palette by its words, and does it."""
        words = text_of(action).rstrip("…")
        self.shortcut(K.Key_K, CTRL)
        self.driver.write(self.window.toolbar.search, words)
        named = [hit.name for hit in self.window.hits.model.hits]
        self.holds(words in named, f"the palette does not offer “{words}”")
        for _each in range(named.index(words)):
            self.driver.key(self.window.toolbar.search, K.Key_Down)
        self.driver.key(self.window.toolbar.search, K.Key_Return)

    def press(self, text: str) -> None:
        """Presses an entry of the menus that are open; one that leads to further entries opens them."""
        menus = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()]
        for menu in menus:
            for action in menu.actions():
                if action.text() == text:
                    leads_on = action.menu() is not None
                    self.driver.click(menu, menu.actionGeometry(action).center())
                    if leads_on:
                        self.driver.key(menu, K.Key_Right)
                    return
        raise NothingFollowed(f"no menu offers “{text}”")

    # The file, as another reader finds it

    def holds(self, held: object, what: str) -> None:
        """Raises NothingFollowed unless it is so."""
        if not held:
            raise NothingFollowed(what)

    @contextmanager
    def reader(self) -> Iterator[Database]:
        """The file, opened once more to be read."""
        db = workspace.open(self.file, clock=self.clock, ids=self.ids, read_only=True)
        try:
            yield db
        finally:
            db.close()

    def found(self, text: str) -> Id:
        """The card of somebody."""
        with self.reader() as db:
            cards = [hit.card_id for hit in searches.find(db, text) if hit.card_id is not None]
        if not cards:
            raise NothingFollowed(f"nobody is found by “{text}”")
        return cards[0]

    def record(self, text: str, kind: str) -> Id:
        """The first record of a kind that a search finds."""
        with self.reader() as db:
            return next(hit.id for hit in searches.find(db, text) if hit.kind == kind)

    def stage(self) -> str:
        """The stage of the card of the story."""
        with self.reader() as db:
            return dossiers.read(db, self.card).stage

    def exit(self, card: Id) -> tuple[str, str]:
        """How a card left the board, and why; "" and "" while it is there."""
        with self.reader() as db:
            subject = dossiers.read(db, card).subject
            return subject.exit, subject.exit_reason

    def cards(self) -> int:
        """How many cards there are on the board."""
        with self.reader() as db:
            return sum(column.count for column in boards.columns(db))

    def _current(self) -> Sheet | None:
        return self.window.sheets.current
