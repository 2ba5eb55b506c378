"""The window while no workspace is open: the start page, and a menu with the ways in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from crmdesk.domain.errors import CrmError
from crmdesk.ui.actions import Actions
from crmdesk.ui.application import first_size
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.start import StartPage


class StartWindow(QMainWindow):
    """The window while no workspace is open."""

    def __init__(self, theme: Theme, recent: list[Path]) -> None:
        super().__init__()
        self.page = StartPage(theme, recent)
        self.setCentralWidget(self.page)
        self.setWindowTitle("CrmDesk")
        self.resize(first_size())
        self.sheets = Sheets(self)
        self.actions_ = actions = Actions(self, theme)
        actions.on("new_workspace", self.page.new_requested.emit)
        actions.on("open", self.page.open_requested.emit)
        actions.on("quit", QApplication.closeAllWindows)
        actions.enable(())
        actions.fill(self.menuBar())

    def close_at_once(self, *, waits: bool = True) -> None:
        """Closes; nothing is to be asked here, and nothing goes on."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaves what is open."""
        self.sheets.close()
        super().closeEvent(event)

    def say_doing(self, text: str) -> None:
        """Says below the ways in what takes long; "" that nothing does."""
        self.page.doing.setText(text)

    def refuse(self, error: CrmError) -> None:
        """Says above the page what went wrong."""
        self.page.bar.say(error.what, error.remedy)
