"""The line above the pages of a sample workspace: whose people these are, and the ways to one's own or to remove it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _


class SampleBar(Themed, QWidget):
    """Says that the people are invented.

    Signals: start_wanted() a workspace of one's own; removal_wanted() of the sample.
    """

    start_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = _("Sample data: everybody here is invented. It lies in a file of its own.")
        self.start = Button(theme, _("Start your own"), kind=QUIET, icon="plus")
        self.remove = Button(theme, _("Remove the sample"), kind=QUIET, icon="trash")
        self.start.clicked.connect(self.start_wanted)
        self.remove.clicked.connect(self.removal_wanted)
        row = QHBoxLayout(self)
        px = theme.px
        row.setContentsMargins(px(16), px(2), px(8), px(2))
        row.setSpacing(px(8))
        row.addWidget(IconMark(theme, "info", role="warn"))
        row.addWidget(PlainLabel(theme, text, token="small", wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.start)
        row.addWidget(self.remove)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def restyle(self) -> None:
        """At least 36 high."""
        self.setMinimumHeight(self.theme.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The quiet amber ground, with a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("warn-soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.colour("line"))
