"""The right to be the one program that runs for a person, and the socket that comes with it."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.domain.errors import Busy
from crmdesk.exchange import running
from crmdesk.storage.lock import WorkspaceLock
from crmdesk.ui.listening import Listening
from crmdesk.ui.serving import Serving

_AGAIN = 0.05  # seconds


def take_right(path: Path | None) -> WorkspaceLock | None:
    """The right to run; None when another start was faster, which then has the window and the file.

    Raises Busy when that one does not answer within 2 seconds.
    """
    end = monotonic() + running.PATIENCE
    while True:
        try:
            return WorkspaceLock(running.right())
        except Busy:
            if running.hand_over(path):
                return None
            if monotonic() > end:
                raise running.silent() from None
            sleep(_AGAIN)


def come_forward(window: QWidget, token: str) -> None:
    """The window is before all others, with the keys; `token` is the other start's right to that, under Wayland."""
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it from there, once
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()


class OnlyOne(QObject):
    """Holds the right, and listens to other starts and to the terminal, until `end`."""

    def __init__(self, right: WorkspaceLock, serving: Serving, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._right = right
        self._listening = Listening(serving.hear, self)
        self.listens = self._listening.begin(running.address())

    def end(self) -> None:
        """Hears nobody any more, and lets another program run."""
        self._listening.end()
        self._right.release()
