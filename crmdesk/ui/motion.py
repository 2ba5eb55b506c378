"""The few things that move: what floats fades in while it rises 8 px, and fades out; without time it is just there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QVariantAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

RISE = 8


class Fade(QObject):
    """Fades one floating widget in or out; the newest wish wins.

    `progress` is told 0 to 1 on the way, `finished` is called once at the end.
    """

    def __init__(self, widget: QWidget, progress: Callable[[float], None] | None = None) -> None:
        super().__init__(widget)
        self._widget = widget
        self._progress = progress
        self._finished: Callable[[], None] | None = None
        self._home = QPoint()
        self._rising = False
        self._animation = QVariantAnimation(self)
        self._animation.valueChanged.connect(self._on_value)
        self._animation.finished.connect(self._on_finished)

    def fade_in(self, home: QPoint, *, ms: int) -> None:
        """Shows the widget, rising to `home`."""
        self._finished, self._home, self._rising = None, home, True
        self._run(0.0, 1.0, ms, QEasingCurve.Type.OutCubic)

    def fade_out(self, *, ms: int, finished: Callable[[], None]) -> None:
        """Lets the widget go; `finished` hides or deletes it."""
        self._finished, self._rising = finished, False
        self._run(1.0, 0.0, ms, QEasingCurve.Type.Linear)

    def _run(self, start: float, end: float, ms: int, curve: QEasingCurve.Type) -> None:
        self._animation.stop()
        if ms <= 0 or not self._widget.isVisible():
            self._on_value(end)
            self._on_finished()
            return
        self._widget.setGraphicsEffect(QGraphicsOpacityEffect(self._widget))
        self._animation.setStartValue(start)
        self._animation.setEndValue(end)
        self._animation.setDuration(ms)
        self._animation.setEasingCurve(curve)
        self._on_value(start)
        self._animation.start()

    def _on_value(self, value: float) -> None:
        effect = self._widget.graphicsEffect()
        if isinstance(effect, QGraphicsOpacityEffect):
            effect.setOpacity(value)
        if self._rising:
            self._widget.move(self._home + QPoint(0, round(RISE * (1 - value))))
        if self._progress is not None:
            self._progress(value)

    def _on_finished(self) -> None:
        self._widget.setGraphicsEffect(None)  # type: ignore[arg-type]
        finished, self._finished = self._finished, None
        if finished is not None:
            finished()
