"""The Qt application itself: its name, its language, and whether there is a screen for it."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication

from crmdesk import __version__, words
from crmdesk.ui import qt_words


def has_screen() -> bool:
    """Whether there is a screen to show windows on; always outside Linux and when a platform was named."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(each) for each in named)


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
