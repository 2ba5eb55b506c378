"""Two panes of one scrolling middle: the right one stays in sight while the left one scrolls; else they are stacked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from crmdesk.ui.flow import LARGE
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed

_SIDE = 320
_STACKED_BELOW = 820


class Panes(Themed, QWidget):
    """`main` at the left, `side` at the right behind a line; one column in large text or a narrow sheet.

    `area` is the scroll area it stands in. The side moves along so that all of it can be seen.
    """

    def __init__(self, theme: Theme, main: QWidget, side: QWidget, *, area: QScrollArea) -> None:
        super().__init__()
        self._main, self._side, self._area = main, side, area
        for pane in (main, side):
            pane.setParent(self)
            pane.installEventFilter(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.follow(theme)

    def is_stacked(self, width: int) -> bool:
        """Whether the panes stand below each other in `width`."""
        return self.theme.percent >= LARGE or width < self.theme.px(_STACKED_BELOW)

    def hasHeightForWidth(self) -> bool:
        """Text wraps in both."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The taller pane, or both."""
        if self.is_stacked(width):
            return _tall(self._main, width) + _tall(self._side, width)
        side = self.theme.px(_SIDE)
        return max(_tall(self._main, width - side), _tall(self._side, side))

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        width = self.theme.px(_STACKED_BELOW)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrower than this nothing can be read."""
        return QSize(self.theme.px(280), self.theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places both."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A pane that needs another height is given it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line between the two."""
        at = self._side.geometry()
        line = QRect(at.left(), 0, 1, self.height())
        if self.is_stacked(self.width()):
            line = QRect(0, at.top(), self.width(), 1)
        QPainter(self).fillRect(line, self.theme.colour("line"))

    def _place(self) -> None:
        width = self.width()
        if self.is_stacked(width):
            tall = _tall(self._main, width)
            self._main.setGeometry(0, 0, width, tall)
            self._side.setGeometry(0, tall, width, max(self.height() - tall, _tall(self._side, width)))
            return
        side = self.theme.px(_SIDE)
        self._main.setGeometry(0, 0, width - side, self.height())
        seen = min(self._area.viewport().height(), self.height())
        tall = max(_tall(self._side, side), seen)
        bar = self._area.verticalScrollBar()
        reach = max(1, self.height() - seen)
        down = round(min(bar.value(), reach) * (self.height() - tall) / reach)
        self._side.setGeometry(width - side, max(0, down), side, tall)

    def _on_scrolled(self, _value: int) -> None:
        self._place()


def _tall(pane: QWidget, width: int) -> int:
    layout = pane.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return pane.sizeHint().height()
