"""The first thing seen: a window in its colour and place, then the beginning of the day in its frame.

A thread loads meanwhile what comes next. Before the first paint nothing heavy but Qt is imported here, before the
second one only what it shows. The window goes as soon as the real one is there, which takes its frame over.
"""

from __future__ import annotations

import builtins
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from crmdesk import words
from crmdesk.domain.ids import SystemClock
from crmdesk.ui import tokens
from crmdesk.ui.application import bare, first_size, has_screen, speak
from crmdesk.ui.ending import Terminator
from crmdesk.ui.settings import Settings

if TYPE_CHECKING:
    from crmdesk.domain.today import Day
    from crmdesk.ui.first_frame import FirstFrame

ROWS = 40
"""More than a tall screen shows."""


class FirstPaint(QMainWindow):
    """The first window. `content` is what it shows by now: nothing but its ground, or the frame.

    `terminator` hears the system end the program, which closes the window.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.content: FirstFrame | None = None
        self.terminator: Terminator | None = None
        self.resize(first_size())
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
        system = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._dark = settings.mode == "dark" or (settings.mode == "system" and system)
        mode = tokens.DARK if self._dark else tokens.LIGHT
        self._colour, self._ink = (QColor(tokens.load().colours[role][mode]) for role in ("window", "text-2"))
        self._doing = ""

    def fill(self, app: QApplication, day: Day) -> None:
        """Shows the frame and the beginning of the day."""
        from crmdesk.ui import first_frame
        from crmdesk.ui.theme import Theme

        speak(app, self.settings.language)
        theme = Theme.of(self.settings)
        theme.apply(app)
        QApplication.processEvents()
        self.content = first_frame.FirstFrame(theme, self, day)
        QApplication.processEvents()

    def say_doing(self, text: str) -> None:
        """Says on the bare ground what takes long; "" that nothing does."""
        self._doing = text
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no part of it answers to is kept for the real window."""
        if self.content is not None:
            self.content.keep_key(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the window to come, and what is being done."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colour)
        if self._doing:
            painter.setPen(self._ink)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._doing)


class _Work(QObject):
    """Something done on a thread while the windows live. Signals: over() it is done, or it failed."""

    over = Signal()

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self.done: Any = None

    def run(self) -> None:
        """A mistake is met again, and told, by who does the same afterwards."""
        with suppress(Exception):
            self.done = self._work()
        self.over.emit()


@contextmanager
def until_loaded(module: str, path: Path | None = None) -> Iterator[FirstPaint | None]:
    """Shows the first window until a module is imported, and keeps it through the block unless it leaves before.

    It shows the beginning of the day in `path`, else in the workspace used last. Nothing is shown without a screen, or
    when the module is there already. Who closes it meanwhile has closed the program: nothing more is loaded.
    """
    if module in sys.modules or QApplication.instance() is not None or not has_screen():
        yield None
        return
    _import_plainly()
    app, settings = bare(), Settings()
    window = FirstPaint(settings)
    window.show()
    QApplication.processEvents()
    window.terminator = Terminator(window)
    window.terminator.terminated.connect(window.close)
    recent = settings.recent
    if shown := path or (Path(recent[0]) if recent else None):
        day = _meanwhile(partial(_beginning, shown))
        if day is not None and window.isVisible():
            window.fill(app, day)
    if window.isVisible():
        _meanwhile(partial(_loaded, module))
    gc.freeze()  # what is loaded stays: looking through it again and again would only hold the window
    try:
        yield window
    finally:
        window.close()


def _loaded(module: str) -> None:
    """The rest of the program, and what days are written with."""
    import_module(module)
    words.full_day(SystemClock().today())


def _beginning(path: Path) -> Day | None:
    """The beginning of the day in a workspace, None when there is nobody on it; with what is needed to show it."""
    from crmdesk.services import first_page

    import_module("crmdesk.ui.first_frame")
    return first_page.read(path, SystemClock().today(), rows=ROWS)


def _meanwhile(work: Callable[[], Any]) -> Any:
    """What some work gives that is done on a thread, while the windows live; None when it failed."""
    working, loop = _Work(work), QEventLoop()
    working.over.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    thread = Thread(target=working.run, daemon=True)
    thread.start()
    loop.exec()
    thread.join()  # or it would let go of the work, and take it apart, while the loop goes here: that ends the program
    return working.done


def _import_plainly() -> None:
    """Modules are imported by Python's own function again.

    WORKAROUND(PySide6 6.11, PYSIDE-2029): once it is loaded, PySide reads the source of every module that is imported,
    to see whether that one may want `from __feature__ import snake_case`. None of ours does; 140 ms of 1,000 go.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
