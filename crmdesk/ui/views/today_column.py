"""The column of the day's list: how far the day is, and below it the list or what stands in its place."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.ui.views.today_parts import Progress

PANEL = 340
"""px at 100 %: how wide it is what stands beside the column."""

_BAR = 6  # px of the list's scroll bar, which stands in the edge


class TodayColumn(Themed, QWidget):
    """The progress, and `shown` with the room that is left."""

    def __init__(self, theme: Theme, shown: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = Progress(theme)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.progress)
        self._column.addWidget(shown, 1)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        self._column.setContentsMargins(px(16), px(12), px(16) - _BAR, 0)
        self._column.setSpacing(0)
        self.progress.setContentsMargins(px(12), 0, px(12) + _BAR, 0)
