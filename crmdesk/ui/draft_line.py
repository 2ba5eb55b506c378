"""The quiet line of a sheet that gives back what was typed before."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crmdesk import words
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _


class DraftLine(Themed, QWidget):
    """Says from when the draft is; `at` is aware.

    Signals: discarded() when it is not wanted; the line is gone then.
    """

    discarded = Signal()

    def __init__(self, theme: Theme, at: datetime, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        here = at.astimezone()
        when = words.clock(here) if here.date() == today else words.day(here.date(), today=today)
        text = _("A draft from {when} is here.").format(when=when)
        self.label = PlainLabel(theme, text, token="small", role="text-2")
        self.discard = Button(theme, _("Discard"), kind=QUIET)
        self.discard.clicked.connect(self._on_discard)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark(theme, "history", role="text-2"))
        self._row.addWidget(self.label, 1)
        self._row.addWidget(self.discard)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges: the words begin where the title does."""
        px = self.theme.px
        self._row.setContentsMargins(px(24), 0, px(16), px(4))
        self._row.setSpacing(px(8))

    def _on_discard(self) -> None:
        self.hide()
        self.discarded.emit()
