"""The event a list comes from: one that is there, or a new one by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from crmdesk.domain import points
from crmdesk.exchange.csv_file import CsvShape
from crmdesk.ui import paint
from crmdesk.ui.fields import ChoiceField
from crmdesk.ui.theme import Theme
from crmdesk.words import _

MOST_LETTERS = 60


class EventField(ChoiceField):
    """A name that can be typed or chosen; the names of the events that are there are completed while typing."""

    def __init__(self, theme: Theme, names: Sequence[str], *, name: str) -> None:
        super().__init__(theme, [(each, each) for each in names], name=name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._names = {each.casefold() for each in names}
        line = self.lineEdit()
        assert line is not None
        line.setProperty("bare", True)
        line.setPlaceholderText(_("Name of the event"))
        line.setAccessibleName(name)
        line.setTextMargins(theme.px(9), 0, 0, 0)
        self.setCurrentIndex(-1)
        self.clearEditText()

    @property
    def text(self) -> str:
        """The name of the event; "" is none."""
        return points.one_line(self.currentText())

    @property
    def is_new(self) -> bool:
        """Whether an event would be added."""
        return bool(self.text) and self.text.casefold() not in self._names

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The edge and the mark; the line inside paints its text."""
        painter, px = QPainter(self), self.theme.px
        self._paint_edge(painter, self.theme.metrics.radius("control"))
        if self.count():
            mark = QRect(self.width() - px(24), 0, px(12), self.height())
            paint.icon(painter, self.theme, mark, "down", "text-2" if self.isEnabled() else "text-3", size=12)


def guessed(names: Sequence[str], shape: CsvShape) -> str:
    """The event that the lines above the header or the file's name speak of, if it is there already; else ""."""
    said = [_plain(line) for line in (*shape.preamble, Path(shape.path).stem)]
    return next((name for name in names if any(_plain(name) in line for line in said)), "")


def suggested(shape: CsvShape) -> str:
    """What the first line above the header calls the list, when it is short enough for a name; else ""."""
    cells = [_unwrapped(points.one_line(cell)) for line in shape.preamble for cell in line.split(shape.delimiter)]
    first = next((cell for cell in cells if cell), "")
    return first if 3 < len(first) <= MOST_LETTERS and not first.casefold().startswith("sep=") else ""


def _unwrapped(cell: str) -> str:
    """A cell without the quotes of the file around it; what it quotes itself stays quoted."""
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and '"' not in cell[1:-1].replace('""', ""):
        cell = cell[1:-1].replace('""', '"').strip()
    return cell if cell.count('"') % 2 == 0 else " ".join(cell.replace('"', " ").split())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))
