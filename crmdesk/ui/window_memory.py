"""What the computer remembers of a window: its place, and which screen was seen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from crmdesk.ui.settings import Settings


class WindowMemory(QObject):
    """Keeps the settings in step with the window."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings

    def bring_back(self) -> None:
        """Puts the window where it was."""
        if not self._settings.geometry.isEmpty():
            self._window.restoreGeometry(self._settings.geometry)

    def keep(self, *, screen: str) -> None:
        """Writes down where the window is, and the key of the screen that is seen."""
        self._settings.geometry = self._window.saveGeometry()
        self._settings.screen = screen
        self._settings.save()
