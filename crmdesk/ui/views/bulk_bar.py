"""The bar that floats at the foot of a list while rows are ticked: how many, and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from crmdesk.ui import paint, shadows
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.keys import printed
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel, Themed
from crmdesk.words import N_, _, ngettext, number

HEIGHT, ABOVE = 48, 16
EDGE = 24  # room for the shadow

BUTTONS: Mapping[str, tuple[str, str, str]] = {
    "move": (N_("Move to"), "moved", "M"),
    "tag": (N_("Tag"), "tag", "T"),
    "owner": (N_("Owner"), "person", "Shift+O"),
    "remove": (N_("Remove"), "trash", "Del"),
}
"""Act → words, icon, key."""


class BulkBar(Themed, QWidget):
    """48 high, 16 above the foot of what it floats over.

    Signals: wanted(str) an act of BUTTONS; cleared() nothing shall be ticked any more.
    """

    wanted = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = PlainLabel(theme, strong=True, parent=self)
        self.consent = PlainLabel(theme, role="text-2", parent=self)
        self.buttons: dict[str, Button] = {}
        self._row = QHBoxLayout(self)
        self._told = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addLayout(self._told)
        for label in (self.count, self.consent):  # where room is short the printed keys go, not the numbers
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._told.addWidget(label)
        for act, (text, icon, key) in BUTTONS.items():
            button = Button(theme, _(text), kind=QUIET, icon=icon, key=printed(key), parent=self)
            button.setObjectName(act)
            button.pad = 8
            button.clicked.connect(self._on_clicked)
            self.buttons[act] = button
            self._row.addWidget(button)
        self._row.addWidget(Divider(theme, down=True))
        self.clear = Button(theme, _("Clear"), kind=QUIET, icon="close", key=printed("Esc"), parent=self)
        self.clear.pad = 8
        self.clear.clicked.connect(self.cleared)
        self._row.addWidget(self.clear)
        self.hide()
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        self._row.setContentsMargins(EDGE + px(16), EDGE + px(4), EDGE + px(8), EDGE + px(4))
        self._row.setSpacing(px(4))

    @property
    def reach(self) -> int:
        """How far up from the foot it covers what lies below, in px."""
        return self.theme.px(HEIGHT + 2 * ABOVE)

    def say(self, count: int, without: int | None) -> None:
        """How many are ticked, and how many of them have given no consent; None says nothing of it."""
        self.count.setText(ngettext("{count} selected", "{count} selected", count).format(count=number(count)))
        text = ""
        if without:
            text = ngettext("{count} without consent", "{count} without consent", without).format(count=number(without))
        self.consent.setText(text)
        self.consent.setVisible(bool(text))
        self.setVisible(count > 0)
        self.place()

    def place(self) -> None:
        """Centred over the foot of its parent; where room is short the two numbers stand one above the other."""
        host = self.parentWidget()
        if host is None:
            return
        px = self.theme.px
        room = host.width() - px(16) + 2 * EDGE
        self._tell(QBoxLayout.Direction.LeftToRight, px(4))
        if self._row.minimumSize().width() > room:
            self._tell(QBoxLayout.Direction.TopToBottom, 0)
        width = min(self.sizeHint().width(), room)
        height = px(HEIGHT) + 2 * EDGE
        top = host.height() - px(ABOVE) - px(HEIGHT) - EDGE
        self.setGeometry(QRect((host.width() - width) // 2, top, width, height))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The raised ground with its shadow."""
        painter, colour = QPainter(self), self.theme.colour
        body = self.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        shadows.paint(painter, body, self.theme.shadow(1), self.theme.tokens.shadow[1])
        paint.box(painter, body, radius=10, fill=colour("raised"), edge=colour("line"))

    def _tell(self, direction: QBoxLayout.Direction, gap: int) -> None:
        self._told.setDirection(direction)
        self._told.setSpacing(gap)
        self._row.activate()

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.wanted.emit(button.objectName())
