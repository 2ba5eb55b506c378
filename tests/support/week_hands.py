"""Mornings, evenings, keys and where things lie in the windows, for the week of the shop owner."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from crmdesk.app import Program
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.driver import Driver
from crmdesk.ui.board_screen import BoardScreen
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.views.first_start import FirstStart


class Hands:
    """Opens the program in the morning, does what a line of the week says, closes it in the evening."""

    def __init__(self, qapp: QApplication, folder: Path, clock: FixedClock, ids: IdSource) -> None:
        self._qapp, self.clock, self.ids = qapp, clock, ids
        self._settings = Settings(folder / "window.ini")
        self._settings.mode, self._settings.reduced_motion = "light", True
        self.driver = Driver(qapp, folder)
        self.program: Program | None = None

    # Days

    def morning(self, day: str) -> None:
        """Eight o'clock of a day (ISO text): the program starts and opens what was open last."""
        start = datetime.fromisoformat(f"{day}T08:00:00").replace(tzinfo=UTC)
        self.clock.advance(start - self.clock.now())
        self.program = Program(self._qapp, settings=self._settings, clock=self.clock, ids=self.ids)
        self.program.open_last()
        assert self.program.window is not None
        self.program.window.resize(1280, 800)
        self.program.window.activateWindow()
        self.driver.settle()

    def evening(self) -> None:
        """The window is closed by its key."""
        self.press("Ctrl+Q")
        self.driver.until(lambda: self.program is None or self.program.window is None, "the window stays")
        self.leave()

    def leave(self) -> None:
        """Lets everything go."""
        if self.program is not None:
            self.program.leave()
            self.driver.settle()
        self.program = None

    def begin(self, name: str) -> None:
        """The first start: the fourth vocabulary, no sample people, a name."""
        assert self.program is not None
        page = self.program.window.sheets.current  # type: ignore[union-attr]
        assert isinstance(page, FirstStart)
        self.driver.key(page.cards.current, Qt.Key.Key_4)
        self.driver.click(page.foot.sample)
        page.foot.place.name.selectAll()
        self.driver.write(page.foot.place.name, name)
        self.driver.key(page.foot.place.name, Qt.Key.Key_Return)
        self.driver.until(lambda: isinstance(self.program.window, MainWindow), "no workspace opens")  # type: ignore[union-attr]
        self.window.resize(1280, 800)
        self.window.activateWindow()
        self.driver.settle()

    # Windows and keys

    @property
    def window(self) -> MainWindow:
        assert self.program is not None
        assert isinstance(self.program.window, MainWindow)
        return self.program.window

    def press(self, *keys: str) -> None:
        """Keys for whoever has the focus, as a keyboard sends them; nobody having it is a fault."""
        for key in keys:
            here = QApplication.focusWidget()
            assert here is not None, f"nobody has the keys for {key}"
            stroke = QKeySequence(key)[0]
            self.driver.key(here, stroke.key(), stroke.keyboardModifiers())

    def type(self, text: str) -> None:
        here = QApplication.focusWidget()
        assert here is not None, "nobody has the keys"
        self.driver.write(here, text)

    def sheet(self, kind: type[Any]) -> Any:
        self.driver.until(lambda: isinstance(self.window.sheets.current, kind), f"no {kind.__name__}")
        return self.window.sheets.current

    def no_sheet(self) -> None:
        self.driver.until(lambda: self.window.sheets.current is None, "the sheet stays")

    def board(self, key: str = "board") -> Any:
        """The page of one of the boards."""
        self.window.go(key)
        self.driver.settle()
        page = self.window.page
        assert isinstance(page, BoardScreen)
        return page.board

    def column_of(self, name: str, key: str) -> tuple[Any, int]:
        """The column and the row of a card, as the board shows it."""
        for column in self.board(key).strip.columns:
            model = column.model
            for row in range(model.rowCount()):
                if model.card(row).name == name:
                    return column, row
        raise AssertionError(f"{name} is not on the {key}")

    def choose_card(self, name: str, key: str = "board") -> None:
        column, row = self.column_of(name, key)
        self.board(key).show_card(column.model.card(row).id)
        self.window.page.take_focus()
        self.driver.settle()
