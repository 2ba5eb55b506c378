"""The ground a sheet stands on, and where it may begin."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from crmdesk.ui import paint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed


class SheetFrame(Themed, QWidget):
    """The raised, rounded ground of a sheet."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.follow(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fills itself; in the dark, and without shadows, a line around it."""
        edge = self.theme.colour("line") if self.theme.dark or self.theme.high_contrast else None
        radius = self.theme.metrics.radius("sheet")
        paint.box(QPainter(self), self.rect(), radius=radius, fill=self.theme.colour("raised"), edge=edge)


def menu_height(window: QWidget) -> int:
    """The height of a menu bar inside the window, which a sheet leaves free; 0 without one."""
    bar = window.menuBar() if isinstance(window, QMainWindow) else None
    return bar.height() if bar is not None and bar.isVisible() and not bar.isNativeMenuBar() else 0
