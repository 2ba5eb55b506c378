"""What each role is called in this workspace and in the other vocabularies, as a table to read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crmdesk.services.definitions import RoleWords
from crmdesk.ui import paint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _

NOTHING = "–"


class RoleTable(Themed, QWidget):
    """Rows are roles, columns vocabularies; this workspace's own comes first and stands in 600."""

    def __init__(
        self, theme: Theme, vocabularies: Sequence[str], roles: Sequence[RoleWords], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What the others call it"))
        self._lines: list[list[PlainLabel]] = []
        self.grid = QGridLayout(self)
        for column, head in enumerate(("", *vocabularies)):
            label = PlainLabel(theme, head, token="small", role="text-2", strong=True, wrap=True)
            self._put(label, 0, column)
        for row, role in enumerate(roles, 1):
            self._put(PlainLabel(theme, role.label, role="text-2", wrap=True), row, 0)
            for column, word in enumerate(role.words, 1):
                label = PlainLabel(theme, word or NOTHING, strong=column == 1, wrap=True)
                label.setAccessibleName(f"{role.label}, {vocabularies[column - 1]}: {word or NOTHING}")
                self._put(label, row, column)
        for column in range(len(vocabularies) + 1):
            self.grid.setColumnStretch(column, 1)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the gaps of table rows."""
        px = self.theme.px
        self.grid.setContentsMargins(px(16), px(8), px(16), px(8))
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(12))

    def text(self, row: int, column: int) -> str:
        """What stands there; row 0 are the heads, column 0 the roles."""
        return self._lines[row][column].text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge of a block, a line between rows."""
        painter, theme = QPainter(self), self.theme
        radius = theme.metrics.radius("card")
        fill, edge = theme.colour("surface"), theme.colour("line")
        paint.box(painter, self.rect(), radius=radius, fill=fill, edge=edge)
        for row in range(1, self.grid.rowCount()):
            above = self.grid.cellRect(row, 0).top() - theme.px(6)
            painter.fillRect(QRect(1, above, self.width() - 2, 1), theme.colour("line"))

    def _put(self, label: PlainLabel, row: int, column: int) -> None:
        while len(self._lines) <= row:
            self._lines.append([])
        self._lines[row].append(label)
        self.grid.addWidget(label, row, column)
