"""The Qt application itself: its name, its language, and what there is of a screen for it."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crmdesk import __version__, words
from crmdesk.ui import qt_words

FIRST_SIZE, LEAST_SIZE = QSize(1280, 800), QSize(1024, 700)
_TITLE_BAR = 40  # of most systems, in px


def has_screen() -> bool:
    """Whether there is a screen to show windows on; always outside Linux and when a platform was named."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(each) for each in named)


def first_size() -> QSize:
    """What a window takes the first time: 1280 × 800, or what is left of a smaller screen beside its title bar."""
    screen = QGuiApplication.primaryScreen()
    if screen is None or QGuiApplication.platformName() == "offscreen":
        return FIRST_SIZE
    return fitting(screen.availableSize())


def fitting(room: QSize) -> QSize:
    """The first size in so much room; never less than a window's least."""
    return FIRST_SIZE.boundedTo(room - QSize(0, _TITLE_BAR)).expandedTo(LEAST_SIZE)


def application(language: str | None = None) -> QApplication:
    """The Qt application, made once, with the program's name and the person's language."""
    app = bare()
    speak(app, language or "")
    return app


def bare() -> QApplication:
    """The Qt application with the program's name, and no words yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["crmdesk"])
    app.setApplicationName("crmdesk")
    app.setApplicationDisplayName("CrmDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("crmdesk")
    return app


def speak(app: QApplication, language: str) -> None:
    """Our words and Qt's own come in `language` from now on ("" is the system's); what is on the screen stays."""
    qt_words.use(app, words.use(language or words.system_language()))
