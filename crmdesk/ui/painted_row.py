"""Rows of words and marks that are painted: a widget each would make a long page slow to build, lay out and show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed, show_whole


class Cell(Protocol):
    """What stands in a row: those that are to, `fills`, share the room that is left by the others."""

    fills: bool

    def width(self) -> int:
        """What it needs, in px."""

    def height(self, width: int) -> int:
        """What it needs in that width, in px."""

    def restyle(self) -> None:
        """Takes lengths and fonts from the theme as it is now."""

    def paint(self, painter: QPainter, rect: QRect) -> str:
        """Paints itself; what of its words is cut off, "" when nothing is."""


class Words:
    """Texts under each other; `wide` px when it is not 0, `lower` px below the top of the row."""

    def __init__(self, *texts: LaidText, fills: bool = False, wide: int = 0, lower: int = 0) -> None:
        self.texts, self.fills, self.wide, self._lower = texts, fills, wide, lower

    def width(self) -> int:
        """That of the widest text."""
        return self.wide or max((each.natural for each in self.texts), default=0)

    def height(self, width: int) -> int:
        """Of all of them."""
        return self._lower + sum(each.height(width) for each in self.texts)

    def restyle(self) -> None:
        """Takes the fonts."""
        for each in self.texts:
            each.restyle()

    def paint(self, painter: QPainter, rect: QRect) -> str:
        """One after the other."""
        top, cut = rect.top() + self._lower, []
        for each in self.texts:
            height = each.height(rect.width())
            if each.paint(painter, QRect(rect.left(), top, rect.width(), height)):
                cut.append(each.words)
            top += height
        return "\n".join(cut)


@dataclass(slots=True)
class Icon:
    """An icon, as tall as a line of body text."""

    theme: Theme
    icon: str
    role: str = "text-2"
    size: int = 16
    fills = False

    def width(self) -> int:
        """Its side."""
        return self.theme.px(self.size)

    def height(self, _width: int) -> int:
        """At least a line."""
        return max(self.width(), self.theme.metrics.line("body"))

    def restyle(self) -> None:
        """It keeps nothing."""

    def paint(self, painter: QPainter, rect: QRect) -> str:
        """In the middle."""
        paint.icon(painter, self.theme, rect, self.icon, self.role, size=self.size)
        return ""


@dataclass(slots=True)
class State:
    """A small chip that says a state."""

    theme: Theme
    text: str
    kind: str = "outline"
    icon: str = ""
    fills = False

    def width(self) -> int:
        """That of its words."""
        return paint.chip_size(self.theme, self.text, has_icon=bool(self.icon)).width()

    def height(self, _width: int) -> int:
        """That of every chip."""
        return self.theme.metrics.size("chip")

    def restyle(self) -> None:
        """It keeps nothing."""

    def paint(self, painter: QPainter, rect: QRect) -> str:
        """Its ground and words."""
        paint.chip(painter, self.theme, rect, self.text, kind=self.kind, icon_name=self.icon)
        return ""


@dataclass(slots=True)
class Key:
    """A printed key."""

    theme: Theme
    key: str
    fills = False

    def width(self) -> int:
        """That of its name."""
        return paint.keycap_size(self.theme, self.key).width()

    def height(self, _width: int) -> int:
        """That of every key."""
        return self.theme.metrics.size("keycap")

    def restyle(self) -> None:
        """It keeps nothing."""

    def paint(self, painter: QPainter, rect: QRect) -> str:
        """As keys are printed."""
        paint.keycap(painter, self.theme, rect, self.key)
        return ""


class Cells:
    """Cells side by side, `gap` px at 100 % apart: at the top of the row, or in its middle."""

    LEAST = 24  # px at 100 % of each that fills

    def __init__(self, theme: Theme, *cells: Cell, gap: int = 8, centred: bool = False) -> None:
        self._theme, self.cells, self._gap, self._centred = theme, cells, gap, centred
        self._heights: dict[int, int] = {}

    def restyle(self) -> None:
        """Takes lengths and fonts from the theme as it is now, or other words of its cells."""
        self._heights.clear()
        for each in self.cells:
            each.restyle()

    def width(self) -> int:
        """What all of them need, in px."""
        return sum(each.width() for each in self.cells) + self._gaps()

    def least(self) -> int:
        """The same where those that fill give way."""
        least = self._theme.px(self.LEAST)
        return sum(min(each.width(), least) if each.fills else each.width() for each in self.cells) + self._gaps()

    def height(self, width: int) -> int:
        """What the tallest of them needs when the row is `width` px wide."""
        if width not in self._heights:
            self._heights[width] = max(
                (cell.height(wide) for cell, wide in zip(self.cells, self._widths(width), strict=True)), default=0
            )
        return self._heights[width]

    def places(self, rect: QRect) -> list[tuple[Cell, QRect]]:
        """Each cell with its place in the row."""
        left, found = rect.left(), []
        for cell, wide in zip(self.cells, self._widths(rect.width()), strict=True):
            height = cell.height(wide)
            down = (rect.height() - height) // 2 if self._centred else 0
            found.append((cell, QRect(left, rect.top() + down, wide, height)))
            left += wide + self._theme.px(self._gap)
        return found

    def paint(self, painter: QPainter, rect: QRect) -> str:
        """All of them; what of their words is cut off."""
        return "\n".join(cut for cell, place in self.places(rect) if (cut := cell.paint(painter, place)))

    def _gaps(self) -> int:
        return self._theme.px(self._gap) * (len(self.cells) - 1)

    def _widths(self, width: int) -> list[int]:
        rest = width - self._gaps() - sum(each.width() for each in self.cells if not each.fills)
        share = max(0, rest) // max(1, sum(each.fills for each in self.cells))
        return [share if each.fills else each.width() for each in self.cells]


class OfCells(Themed):
    """Mixed into a widget that is made of cells: its size by what they need, with edges around them."""

    cells: Cells
    _edges = (0, 0)

    def hold(self, theme: Theme, cells: Cells, *, across: int = 0, down: int = 0) -> None:
        """Takes the cells, with `across` and `down` px at 100 % around them; call once, at the end of `__init__`."""
        assert isinstance(self, QWidget)
        self.cells, self._edges = cells, (across, down)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes lengths and fonts."""
        self.cells.restyle()

    def sizeHint(self) -> QSize:
        """All its words on one line."""
        width = self.cells.width() + 2 * self.theme.px(self._edges[0])
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Where the cells that fill give way."""
        across, down = map(self.theme.px, self._edges)
        return QSize(self.cells.least() + 2 * across, self.theme.metrics.line("small") + 2 * down)

    def heightForWidth(self, width: int) -> int:
        """The lines its words take."""
        across, down = map(self.theme.px, self._edges)
        return self.cells.height(width - 2 * across) + 2 * down

    def room(self) -> QRect:
        """Where its cells stand."""
        assert isinstance(self, QWidget)
        across, down = map(self.theme.px, self._edges)
        return self.rect().adjusted(across, down, -across, -down)


class PaintedRow(OfCells, QLabel):
    """Cells as one widget; to a screen reader it is one text, `said`."""

    def __init__(
        self, theme: Theme, cells: Cells, *, said: str, across: int = 0, down: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)  # else a label drops its height for width with other words or another font
        self.setText(said)
        self.setAccessibleName(said)
        self.hold(theme, cells, across=across, down=down)

    def renew(self, said: str) -> None:
        """Its cells say something else now."""
        self.setText(said)
        self.setAccessibleName(said)
        self.cells.restyle()
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The cells; what has no room becomes the tooltip."""
        show_whole(self, self.cells.paint(QPainter(self), self.room()))
