"""Python's collector of cycles, run on the thread of the windows alone: it may take widgets apart."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


class Collecting(QObject):
    """Switches the automatic collector off and collects by a timer, as much as has come together.

    WORKAROUND(PySide6 6.11): a collection that starts in a worker's thread destroys widgets there and ends the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_tick)
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Collects no more. The automatic collector stays off: a worker that ends later would start it."""
        self._timer.stop()

    def _on_tick(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
