"""The first thing seen: an empty window in its colour and place, while a thread loads the rest of the program.

Nothing heavy but Qt is imported here before that window is painted. It goes as soon as the real one is there.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from crmdesk.ui import tokens
from crmdesk.ui.application import bare, has_screen
from crmdesk.ui.settings import Settings

SIZE = (1280, 800)


class FirstPaint(QMainWindow):
    """The empty window."""

    def __init__(self) -> None:
        super().__init__()
        settings = Settings()
        self.resize(*SIZE)
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
        system = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = settings.mode == "dark" or (settings.mode == "system" and system)
        self._colour = QColor(tokens.load().colours["window"][tokens.DARK if dark else tokens.LIGHT])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the window to come."""
        QPainter(self).fillRect(self.rect(), self._colour)


class _Loading(QObject):
    """Imports a module on a thread. Signals: over() it is there, or it failed."""

    over = Signal()

    def run(self, module: str) -> None:
        """A mistake in it is met again, and told, by who imports it afterwards."""
        with suppress(Exception):
            importlib.import_module(module)
        self.over.emit()


@contextmanager
def until_loaded(module: str) -> Iterator[None]:
    """Shows the empty window until a module is imported, and keeps it through the block unless it leaves before.

    Nothing is shown without a screen, or when the module is there already.
    """
    if module in sys.modules or QApplication.instance() is not None or not has_screen():
        yield
        return
    bare()
    window = FirstPaint()
    window.show()
    QApplication.processEvents()
    _load(module)
    try:
        yield
    finally:
        window.close()


def leave() -> None:
    """The empty window goes, if there is one: the real one is there."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, FirstPaint):
            window.close()


def _load(module: str) -> None:
    loading, loop = _Loading(), QEventLoop()
    loading.over.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    gc.disable()  # what is imported stays: looking through it again and again would only hold the window
    Thread(target=loading.run, args=(module,), daemon=True).start()
    loop.exec()
    gc.freeze()
    gc.enable()
