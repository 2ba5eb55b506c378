"""How far an import is: what, how much, how long still, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.ui.controls import Button
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel, Themed
from crmdesk.words import _, ngettext

_FIRST_GUESS_MS = 1500


class ProgressBand(Themed, QWidget):
    """A band above the foot of a sheet while it works.

    Signals: stop_requested() by its button.
    """

    stop_requested = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._first = 0  # done already when the clock began
        self.text = PlainLabel(theme, weight=500)
        self.left = PlainLabel(theme, token="small", role="text-2", right=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button(theme, _("Stop"))
        self.stop.clicked.connect(self.stop_requested)
        words_row = QHBoxLayout()
        words_row.addWidget(self.text, 1)
        words_row.addWidget(self.left)
        bars = QVBoxLayout()
        bars.setSpacing(theme.px(6))
        bars.addLayout(words_row)
        bars.addWidget(self.bar)
        row = QHBoxLayout()
        px = theme.px
        row.setContentsMargins(px(24), px(12), px(24), px(12))
        row.setSpacing(px(16))
        row.addLayout(bars, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider(theme))
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        self.follow(theme)

    def begin(self, done: int) -> None:
        """Seen from now on, with so much done already; what is left is guessed from what comes next."""
        self._first = done
        self._clock.start()
        self.stop.setEnabled(True)
        self.show()

    def say(self, done: int, total: int) -> None:
        """Shows how far it is."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        text = how_far(done, total)
        self.text.setText(text)
        self.bar.setAccessibleName(text)
        self.left.setText(self._time_left(done, total))

    def stopping(self) -> None:
        """Says that everything is being taken back."""
        self.stop.setEnabled(False)
        self.text.setText(_("Stopping. What was written is taken back."))
        self.left.setText("")

    def _time_left(self, done: int, total: int) -> str:
        passed, came = self._clock.elapsed(), done - self._first
        if not came or passed < _FIRST_GUESS_MS:
            return ""
        seconds = round(passed / came * (total - done) / 1000)
        if seconds >= 90:
            minutes = round(seconds / 60)
            return ngettext("{count} minute left", "{count} minutes left", minutes).format(count=minutes)
        return ngettext("{count} second left", "{count} seconds left", max(1, seconds)).format(count=max(1, seconds))


def how_far(done: int, total: int) -> str:
    """So many lines of so many."""
    return _("Importing {done} of {total}").format(done=words.number(done), total=words.number(total))
