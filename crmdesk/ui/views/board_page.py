"""A board with the record panel beside it or, when there is no room, over it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.ui.views.board import Board
from crmdesk.ui.views.record_panel import RecordPanel

OVER_BELOW = 1180  # px of the window at 100 %: below it the panel lies over the board


class BoardPage(Themed, QWidget):
    """Lays its parts out; decides nothing.

    Signals: panel_resized(int) the width of the panel in px at 100 %; covered_changed() it covers more or less.
    """

    panel_resized = Signal(int)
    covered_changed = Signal()

    def __init__(self, theme: Theme, board: Board, *, panel_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board = board
        self.panel = RecordPanel(theme)
        self._width = panel_width
        self._over = False
        self.covered = 0
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(board)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        self._stack.addWidget(self.splitter, 1)
        self.panel.hide()
        self.follow(theme)

    def restyle(self) -> None:
        """Panel limits follow the text size."""
        self._place_panel()

    def show_panel(self, *, shown: bool) -> None:
        """Opens or closes the panel."""
        self.panel.setVisible(shown)
        self._place_panel()
        QTimer.singleShot(0, self.board, self.board.see_pointer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel lies over the board when there is no room beside it."""
        super().resizeEvent(event)
        self._place_panel()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.theme.colour("window"))

    def _place_panel(self) -> None:
        """Beside the board or over it."""
        px = self.theme.px
        over = self.window().width() < px(OVER_BELOW)
        if over != self._over:
            self._over = over
            self._reparent()
        width = max(px(340), min(px(self._width), px(480)))
        if over:
            place = self.splitter.geometry()
            self.panel.setMaximumWidth(16777215)
            left = max(place.left() + px(48), place.right() + 1 - width)
            self.panel.setGeometry(left, place.top(), place.right() + 1 - left, place.height())
            self.panel.raise_()
            width = place.right() + 1 - left
        else:
            self.panel.setMaximumWidth(px(480))
            if self.panel.isVisible():
                self.splitter.setSizes([max(1, self.splitter.width() - width), width])
        self.covered = 0 if self.panel.isHidden() else width
        self.covered_changed.emit()

    def _reparent(self) -> None:
        visible = not self.panel.isHidden()
        if self._over:
            self.panel.setParent(self)
        else:
            self.splitter.addWidget(self.panel)
        self.panel.setVisible(visible)

    def _on_splitter_moved(self, _position: int, _index: int) -> None:
        self._width = round(self.panel.width() * 100 / self.theme.percent)
        self.panel_resized.emit(self._width)
