"""The real program, with somebody who types into it: `python -m tests.support.typing_program WORKSPACE WHAT`.

WHAT is `form` (a new contact, not saved), `slowly` (the same, letter by letter, for ever), `foot` (the foot of the
first column), `mistake` (a slot that raises, then the form) or `fault` (a hard crash). "typed" on standard output says
that it was done, of `slowly` each letter.
"""

from __future__ import annotations

import faulthandler
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk import app
from crmdesk.ui.dialogs.crash import CrashSheet

NAME = "Zausel Quorin"


class Somebody(QObject):
    """Waits for the window, then types."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)

    def begin(self) -> None:
        self._timer.start(100)

    def _on_tick(self) -> None:
        window = next((each for each in QApplication.topLevelWidgets() if hasattr(each, "recorder")), None)
        if window is None or not window.isVisible():
            return
        self._timer.stop()
        getattr(self, f"_{self._what}")(window)

    def _form(self, window) -> None:
        window.actions_.get("new_contact").trigger()
        QTest.keyClicks(window.sheets.current.lines["name"], NAME)
        _say("typed")

    def _slowly(self, window) -> None:
        window.actions_.get("new_contact").trigger()
        self._field = window.sheets.current.lines["name"]
        self._letters = QTimer(self)
        self._letters.timeout.connect(self._on_letter)
        self._letters.start(10)

    def _on_letter(self) -> None:
        if self._field.isVisible():  # nobody types into a window that is closing
            QTest.keyClicks(self._field, "z")
            _say("typed")

    def _foot(self, window) -> None:
        window.go("board")
        QApplication.processEvents()
        QTest.keyClicks(window.board.strip.columns[0].quick_add.line, NAME)
        _say("typed")

    def _mistake(self, window) -> None:
        QTimer.singleShot(0, self, self._on_wrong)
        self._window = window
        QTimer.singleShot(500, self, self._on_after)

    def _on_wrong(self) -> None:
        raise LookupError(NAME)

    def _on_after(self) -> None:
        assert isinstance(self._window.sheets.current, CrashSheet)
        QTest.keyClick(self._window.sheets.current, Qt.Key.Key_Escape)
        self._form(self._window)

    def _fault(self, _window) -> None:
        faulthandler._sigsegv()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    somebody = Somebody(arguments[1])
    made = app.application

    def application(language: str | None = None) -> QApplication:
        qapp = made(language)
        somebody.begin()
        return qapp

    app.application = application
    return app.run_window(Path(arguments[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
