"""The toolbar, 48 high: the screen's title, the search field, and the one way to add something."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crmdesk.ui.controls import Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.ui.views.search import SearchField
from crmdesk.words import _

TRAIL_FROM = 600
"""px at 100 %: a narrower toolbar shows the title alone."""


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
        self._fit()
        if controls is self._controls:
            return
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
        self.search.setMaximumWidth(max(self.search.minimumWidth(), min(self.theme.px(360), self._left_over())))

    def _left_over(self) -> int:
        """What the names leave to the search field, in px: it gives way before they do."""
        texts = [label for label in (self.title, self.trail) if not label.isHidden()]
        words = sum(QFontMetrics(label.font()).horizontalAdvance(label.text()) for label in texts)
        others = [each for each in (self._controls, self.new) if each is not None]
        taken = words + sum(each.sizeHint().width() for each in others)
        return self.width() - taken - self.theme.px(32 + 12 * (len(texts) + len(others) + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.colour("line"))
