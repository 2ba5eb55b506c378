"""What each role is called in this workspace and in the other vocabularies, as a table to read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.services.definitions import RoleWords
from crmdesk.ui import paint
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.painted_row import Cells, PaintedRow, Words
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import _

NOTHING = "–"


class RoleTable(Themed, QWidget):
    """Rows are roles, columns vocabularies; this workspace's own comes first and stands in 600."""

    def __init__(
        self, theme: Theme, vocabularies: Sequence[str], roles: Sequence[RoleWords], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What the others call it"))
        self._words = [
            ["", *vocabularies],
            *([each.label, *(word or NOTHING for word in each.words)] for each in roles),
        ]
        self._rows = [self._row(theme, line) for line in self._words]
        self._column = QVBoxLayout(self)
        for row in self._rows:
            self._column.addWidget(row)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the gaps of table rows."""
        px = self.theme.px
        self._column.setContentsMargins(px(16), px(8), px(16), px(8))
        self._column.setSpacing(px(12))

    def text(self, row: int, column: int) -> str:
        """What stands there; row 0 are the heads, column 0 the roles."""
        return self._words[row][column]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge of a block, a line between rows."""
        painter, theme = QPainter(self), self.theme
        radius = theme.metrics.radius("card")
        fill, edge = theme.colour("surface"), theme.colour("line")
        paint.box(painter, self.rect(), radius=radius, fill=fill, edge=edge)
        for row in self._rows[1:]:
            painter.fillRect(QRect(1, row.y() - theme.px(6), self.width() - 2, 1), theme.colour("line"))

    def _row(self, theme: Theme, words: Sequence[str]) -> PaintedRow:
        heads = self._words[0]
        if words is heads:
            texts = [LaidText(theme, each, token="small", role="text-2", strong=True, wrap=True) for each in words]
            said = ", ".join(words[1:])
        else:
            texts = [LaidText(theme, words[0], role="text-2", wrap=True)]
            texts += [LaidText(theme, each, strong=at == 0, wrap=True) for at, each in enumerate(words[1:])]
            told = (f"{head}: {word}" for head, word in zip(heads[1:], words[1:], strict=True))
            said = f"{words[0]}. {', '.join(told)}"
        cells = (Words(each, fills=True) for each in texts)
        return PaintedRow(theme, Cells(theme, *cells, gap=12), said=said)
