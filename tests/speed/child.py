"""One start of the program, measured from inside: `python -m tests.speed.child bare|ours WORKSPACE HOME BEGAN`.

Prints the milliseconds since BEGAN (the parent's monotonic clock): to the first paint, to a page with its rows painted,
and to the moment when nothing waits any more; then the longest wait between two ticks of the event loop after the first
paint. Nothing is imported before the program's own imports but Qt, which it needs anyway.
"""

from __future__ import annotations

import os
import sys
import time

from PySide6 import QtCore, QtWidgets

FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
CALM_TICKS = 40


class Seeing(QtWidgets.QApplication):
    """Sees the first paint of a window, and asks from then on whether its page is filled."""

    began, bare = 0.0, False

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.marks: list[float] = []
        self._calm, self._painted, self._last, self._gap = 0, 0, 0.0, 0.0
        self._timer = QtCore.QTimer(self, interval=5)
        self._timer.timeout.connect(self._on_tick)

    def painted(self) -> None:
        """A window is painted; the first time counts."""
        if not self.marks:
            self._mark()
            self._last = time.monotonic()
            self._timer.start()

    def _mark(self) -> None:
        self.marks.append((time.monotonic() - self.began) * 1000)

    def _on_tick(self) -> None:
        now = time.monotonic()
        self._gap, self._last = max(self._gap, now - self._last), now
        windows = [each for each in self.topLevelWidgets() if hasattr(each, "context")]
        if len(self.marks) == 1:
            self._painted += self.bare or any(map(_filled, self.topLevelWidgets()))
            if self._painted == 2:  # what was filled at the last tick is painted by now
                self._mark()
        if len(self.marks) >= 2:
            busy = (not windows and not self.bare) or any(each.context.work.busy for each in windows)
            self._calm = 0 if busy else self._calm + 1
            if self._calm == 1:
                del self.marks[2:]
                self._mark()
            if self._calm == CALM_TICKS:
                sys.stdout.write(" ".join(str(each) for each in (*self.marks, self._gap * 1000)))
                sys.stdout.flush()
                os._exit(0)


class Seen(QtWidgets.QMainWindow):
    """A window that tells when it is painted: a filter that hears every event would be a part of the figure."""

    def event(self, event: QtCore.QEvent) -> bool:
        """As ever."""
        app = QtWidgets.QApplication.instance()
        if event.type() == QtCore.QEvent.Type.Paint and isinstance(app, Seeing):
            app.painted()
        return super().event(event)


def main() -> None:
    """Starts, and ends by itself."""
    kind, path, home, began = sys.argv[1:]
    os.environ.update(dict.fromkeys(FOLDERS, home))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    Seeing.began, Seeing.bare = float(began), kind == "bare"
    QtWidgets.QApplication = Seeing  # type: ignore[assignment, misc]
    QtWidgets.QMainWindow = Seen  # type: ignore[assignment, misc]
    if Seeing.bare:
        app = Seeing(["bare"])
        window = Seen()
        window.resize(1280, 800)
        window.show()
        app.exec()
    from crmdesk.cli import main as program

    sys.exit(program([path]))


def _filled(window: QtWidgets.QWidget) -> bool:
    """Whether a window, the first one or the real one, has rows on its page."""
    page = getattr(window, "content", None) or getattr(window, "page", None)
    rows = getattr(getattr(page, "list", None), "rows", None)
    return rows is not None and rows.rowCount() > 0


if __name__ == "__main__":
    main()
