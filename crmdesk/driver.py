"""Drives real windows by real mouse and key events, waits for what follows, and takes pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.domain.errors import CrmError

PATIENCE = 60.0  # seconds until a wait gives up
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class NothingFollowed(CrmError):
    """What should have followed an act did not."""


class Driver:
    """Mouse, keys and camera over one application."""

    def __init__(self, app: QApplication, out: Path) -> None:
        self._app, self._out = app, out
        self.pictures: list[Path] = []
        self._at = QPoint()

    def settle(self) -> None:
        """Lets everything that waits in the queues happen."""
        for _each in range(8):
            self._app.processEvents()
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Waits until something holds. Raises NothingFollowed after a minute."""
        end = monotonic() + PATIENCE
        while not holds():
            if monotonic() > end:
                raise NothingFollowed(what)
            self._app.processEvents()
            sleep(0.005)  # QTest's own wait keeps Python's other threads from working
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """One click of the left button, in the middle unless said otherwise."""
        QTest.mouseClick(widget, LEFT, NONE, at or widget.rect().center())
        self.settle()

    def key(self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """One key."""
        QTest.keyClick(widget, key, modifiers)
        self.settle()

    def write(self, widget: QWidget, text: str) -> None:
        """Types a text, letter by letter; QTest's own way knows ASCII alone."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self._app.sendEvent(widget, QKeyEvent(kind, 0, NONE, letter))
        self.settle()

    def press(self, window: QWidget, at: QPoint) -> None:
        """Holds the left button down at a point of the window."""
        self._at = at
        QTest.mousePress(window.windowHandle(), LEFT, NONE, at)
        self.settle()

    def move(self, window: QWidget, to: QPoint) -> None:
        """Moves the pointer to a point of the window, in steps as a hand does."""
        start = self._at
        for step in (1, 2, 3, 4):
            QTest.mouseMove(window.windowHandle(), start + (to - start) * step / 4)
        self._at = to
        self.settle()

    def release(self, window: QWidget) -> None:
        """Lets the left button go where the pointer is."""
        QTest.mouseRelease(window.windowHandle(), LEFT, NONE, self._at)
        self.settle()

    def picture(self, window: QWidget, name: str) -> Path:
        """Writes a numbered picture of a window, with the menus that are open over it."""
        self.settle()
        path = self._out / f"{len(self.pictures) + 1:02}-{name}.png"
        if not _with_popups(window).save(str(path)):
            raise NothingFollowed(str(path))
        self.pictures.append(path)
        return path


def _with_popups(window: QWidget) -> QPixmap:
    """A window as it is seen: menus are windows of their own."""
    grabbed = window.grab()
    painter = QPainter(grabbed)
    for popup in QApplication.topLevelWidgets():
        if popup.isVisible() and popup.windowType() == Qt.WindowType.Popup:
            painter.drawPixmap(window.mapFromGlobal(popup.mapToGlobal(QPoint(0, 0))), popup.grab())
    painter.end()
    return grabbed
