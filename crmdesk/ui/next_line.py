"""The next step in one typed line, echoed in full below it: "send offer fri" is "Send offer on Friday, 8 May 2026"."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crmdesk import words
from crmdesk.domain import step_line
from crmdesk.domain.step_line import StepLine
from crmdesk.ui.fields import Field, LineField
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.words import _


class NextLine(Field):
    """And then? A line with its echo.

    `needs_day` says that a day alone is enough, and has to be there.
    Signals: changed() after every key; entered() by Enter.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, typed: Typed, *, parent: QWidget | None = None) -> None:
        self.line = LineField(theme, name=_("And then?"), placeholder=_("send offer fri"))
        super().__init__(theme, "", self.line, steady=True, parent=parent)
        self._typed = typed
        self._read = StepLine("")
        self.needs_day = False
        self.line.textChanged.connect(self._on_text_changed)
        self.line.returnPressed.connect(self.entered)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text().strip()

    @property
    def title(self) -> str:
        """What is to be done, with a capital; "" when nothing is said of it."""
        return capital(self._read)

    @property
    def day(self) -> date | None:
        """The day it is due."""
        return self._read.due_on

    @property
    def time(self) -> str:
        """The time of day, "09:30" or ""."""
        return self._read.due_time

    def clear(self) -> None:
        """Nothing typed."""
        self.line.clear()

    def check(self) -> bool:
        """Whether it can be planned as it stands, or is empty; what is missing is said below."""
        if not self.text and not self.needs_day:
            return True
        if self.day is None:
            self.set_error(day_missing(self._read))
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if not self.title and not self.needs_day:
            self.set_error(_("Say what is to be done, in a few words."))
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends here; the rest goes on to the panel."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # of the one without it the line tells
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        self._read = step_line.read(text, today=self._typed.today)
        self.sentence.label.set_strong_parts([self.title] if self.day else [])
        self.set_echo(echo(self._read))
        self.changed.emit()


def day_missing(read: StepLine) -> str:
    """What is said where a line has no day on which anything could be due."""
    if read.past_on is not None:
        return f"{echo(read)} {_('Write today or a day after it.')}"
    return _("The day is missing. Add one at the end, like fri, 8 May or in 2 weeks.")


def echo(read: StepLine) -> str:
    """What was understood, in full; that a day is past; "" without one."""
    if read.past_on is not None:
        return _("“{text}” lies in the past: {day}.").format(text=read.day_text, day=words.full_day(read.past_on))
    if read.due_on is None:
        return ""
    day = words.full_day(read.due_on)
    if read.due_time:
        day = _("{day}, {time}").format(day=day, time=read.due_time)
    return _("{what} on {day}").format(what=capital(read), day=day) if read.title else day


def capital(read: StepLine) -> str:
    """What is to be done, with a capital; "" when nothing is said of it."""
    return read.title[:1].upper() + read.title[1:]
