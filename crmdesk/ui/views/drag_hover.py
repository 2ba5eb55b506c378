"""What happens by itself while cards hover: near an edge the board scrolls, and a folded column opens."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QRect, QTimer, QVariantAnimation, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from crmdesk.ui.theme import Theme
from crmdesk.ui.views.column import ColumnView
from crmdesk.ui.views.strip import Strip

NEAR = 48  # px from an edge where scrolling starts
FASTEST = 20  # px a tick at the very edge
TICK = 16


class DragHover(QObject):
    """Watches the pointer while cards are on their way.

    Signals: moved() after something scrolled or opened under the pointer.
    """

    moved = Signal()

    def __init__(self, strip: Strip, theme: Theme) -> None:
        super().__init__(strip)
        self._strip, self._theme = strip, theme
        self._position = QPoint()
        self._column: ColumnView | None = None
        self._opened: list[ColumnView] = []
        self._scroll = QTimer(self)
        self._scroll.setInterval(TICK)
        self._scroll.timeout.connect(self._on_tick)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._on_waited)
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.valueChanged.connect(self._on_opening)

    def follow(self, position: QPoint, column: ColumnView | None) -> None:
        """The pointer is at a point of the screen, over a column or none."""
        self._position = position
        if column is not self._column:
            self._column = column
            self._wait.stop()
            if column is not None and column.folded:
                self._wait.start(self._theme.tokens.motion["fold-wait"])
        if any(self._steps()) != self._scroll.isActive():
            (self._scroll.stop if self._scroll.isActive() else self._scroll.start)()

    def finish(self, dropped_on: str) -> None:
        """Folds again what opened by itself, but for the column of the drop."""
        self._scroll.stop()
        self._wait.stop()
        self._motion.stop()
        for column in self._opened:
            column.opening = 1.0
            column.set_folded(column.stage != dropped_on)
        self._opened.clear()
        self._column = None

    def _steps(self) -> tuple[int, int]:
        """How far to scroll at each tick, sideways and down, in px."""
        across = _step(self._position.x(), _screen_rect(self._strip), along_x=True)
        column = self._column
        if column is None or column.folded:
            return _useful(across, self._strip.horizontalScrollBar()), 0
        down = _step(self._position.y(), _screen_rect(column.list), along_x=False)
        bars = self._strip.horizontalScrollBar(), column.list.verticalScrollBar()
        return _useful(across, bars[0]), _useful(down, bars[1])

    def _on_tick(self) -> None:
        across, down = self._steps()
        self._strip.horizontalScrollBar().setValue(self._strip.horizontalScrollBar().value() + across)
        if down and self._column is not None:
            bar = self._column.list.verticalScrollBar()
            bar.setValue(bar.value() + down)
        if across or down:
            self.moved.emit()

    def _on_waited(self) -> None:
        column = self._column
        if column is None or not column.folded:
            return
        self._opened.append(column)
        column.opening = 0.0
        column.set_folded(False)
        ms = self._theme.ms("fold-open")
        if ms == 0:
            self._on_opening(1.0)
            return
        self._motion.setDuration(ms)
        self._motion.start()

    def _on_opening(self, share: object) -> None:
        if isinstance(share, float) and self._opened:
            self._opened[-1].opening = share
            self._strip.lay_out()
            self.moved.emit()


def _screen_rect(area: QAbstractScrollArea) -> QRect:
    view = area.viewport()
    return QRect(view.mapToGlobal(QPoint(0, 0)), view.size())


def _step(at: int, rect: QRect, *, along_x: bool) -> int:
    first, last = (rect.left(), rect.right()) if along_x else (rect.top(), rect.bottom())
    near = min(NEAR, (last - first) // 4)
    if near and at < first + near:
        return -_speed(first + near - at, near)
    if near and at > last - near:
        return _speed(at - last + near, near)
    return 0


def _speed(depth: int, near: int) -> int:
    return max(1, round(FASTEST * min(depth, near) / near))


def _useful(step: int, bar: QScrollBar) -> int:
    room = bar.maximum() - bar.value() if step > 0 else bar.value() - bar.minimum()
    return step if room > 0 else 0
