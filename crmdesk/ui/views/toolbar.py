"""The toolbar, 48 high: the screen's title, the search field, and the one way to add something."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crmdesk.ui.controls import Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.ui.views.search_field import SearchField
from crmdesk.words import _

TRAIL_FROM = 600
"""px at 100 %: a narrower toolbar shows the title alone."""

SEARCH, SEARCH_LEAST = 240, 160
"""px at 100 %: how far the search field gives way to the names, before and after the key beside *New* has gone."""


class Toolbar(Themed, QWidget):
    """Title at the left, search and *New* at the right.

    Signals: new_requested() the person wants to add somebody.
    """

    new_requested = Signal()

    def __init__(self, theme: Theme, *, search_key: str, new_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(theme, token="bar", parent=self)
        self.arrow = IconMark(theme, "right", size=12, parent=self)
        self.trail = PlainLabel(theme, role="text-2", parent=self)
        self._controls: QWidget | None = None
        self.search = SearchField(theme, key=search_key, parent=self)
        self.new = Button(theme, _("New"), icon="plus", key=new_key, parent=self)
        self.new.clicked.connect(self.new_requested)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.arrow)
        self._layout.addWidget(self.trail, 4)
        self._layout.addStretch()
        self._layout.addWidget(self.search, 4)
        self._layout.addWidget(self.new)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def set_title(self, title: str, *, trail: str = "", controls: QWidget | None = None) -> None:
        """Names the page; `controls` stand beside the name, in place of those of the page before."""
        self.title.setText(title)
        self.trail.setText(trail)
        if controls is not self._controls:
            self._change_controls(controls)
        self._fit()

    def _change_controls(self, controls: QWidget | None) -> None:
        if self._controls is not None:
            self._layout.removeWidget(self._controls)
            self._controls.hide()
        self._controls = controls
        if controls is not None:
            self._layout.insertWidget(3, controls)
            controls.show()

    def restyle(self) -> None:
        """Takes height and edges."""
        px = self.theme.px
        self.setFixedHeight(self.theme.metrics.size("toolbar"))
        self._layout.setContentsMargins(px(16), 0, px(16), 0)
        self._layout.setSpacing(px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The trail goes first when there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = bool(self.trail.text()) and self.width() >= self.theme.px(TRAIL_FROM)
        self.trail.setVisible(shown)
        self.arrow.setVisible(shown)
        px = self.theme.px
        short = self._left_over(self.new.sizeHint().width()) < px(SEARCH)
        new = self.new.minimumSizeHint().width() if short else self.new.sizeHint().width()
        self.new.setMaximumWidth(new)
        least = px(SEARCH_LEAST if short else SEARCH)
        self.search.setMinimumWidth(least)
        self.search.setMaximumWidth(max(least, min(px(360), self._left_over(new))))

    def _left_over(self, new: int) -> int:
        """What the names and *New* of that width leave to the search field, in px: it gives way before they do."""
        texts = [label for label in (self.title, self.trail) if not label.isHidden()]
        taken = new + sum(label.sizeHint().width() for label in texts)
        if self._controls is not None:
            taken += self._controls.sizeHint().width()
        gaps = len(texts) + 3 + (self._controls is not None)
        return self.width() - taken - self.theme.px(32 + 12 * gaps)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.colour("line"))
