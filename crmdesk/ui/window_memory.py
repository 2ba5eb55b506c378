"""What the computer remembers of a window: its place, the width of the panel, which columns are folded."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from crmdesk.ui.settings import Settings
from crmdesk.ui.views.board_page import BoardPage


class WindowMemory(QObject):
    """Keeps the settings in step with the window."""

    def __init__(self, window: QMainWindow, page: BoardPage, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._page, self._settings = window, page, settings
        page.board.folds_changed.connect(self._on_folds_changed)
        page.panel_resized.connect(self._on_panel_resized)

    def bring_back(self) -> None:
        """Puts the window where it was."""
        if not self._settings.geometry.isEmpty():
            self._window.restoreGeometry(self._settings.geometry)

    def keep(self) -> None:
        """Writes down where the window is, and whether the panel is open."""
        self._settings.geometry = self._window.saveGeometry()
        self._settings.panel_shown = self._page.panel.isVisible()
        self._settings.save()

    def _on_folds_changed(self, stages: list[str]) -> None:
        self._settings.folded = tuple(stages)

    def _on_panel_resized(self, width: int) -> None:
        self._settings.panel_width = width
