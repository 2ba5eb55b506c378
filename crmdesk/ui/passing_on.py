"""Actions of the table that a page does: handed to the one that is seen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from crmdesk.ui.switching import Switching


class PageAct(QObject):
    """An action that the page that is seen does in its own way."""

    def __init__(self, switching: Switching, action: str, parent: QObject) -> None:
        super().__init__(parent)
        self._switching, self._action = switching, action

    def do(self) -> None:
        """Has it done, if the page offers it now."""
        if (act := self._switching.act(self._action)) is not None:
            act()


class PlaceAct(QObject):
    """An action that shows a screen."""

    def __init__(self, switching: Switching, screen: str, parent: QObject) -> None:
        super().__init__(parent)
        self._switching, self._screen = switching, screen

    def do(self) -> None:
        """Shows it."""
        self._switching.go(self._screen)
