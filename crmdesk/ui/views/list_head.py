"""The head row of a list: labels that sort by a click, widths by dragging their edges, order by dragging them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from crmdesk.domain.list_columns import ListColumn
from crmdesk.ui import paint
from crmdesk.ui.checks import paint_box
from crmdesk.ui.delegates.row import PADDING
from crmdesk.ui.theme import Theme
from crmdesk.words import _

HEIGHT, BOX = 32, 36
NARROWEST = 64
_DATED = "step"  # its day must be seen: it takes more room, but never less
_YIELDING = ("name", "organisation", "step", "source", "email")
"""Columns that take the room left, and give way where there is too little."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a list is seen: its shown columns (keys) in order, widths in px at 100 % that somebody chose, its sort."""

    shown: tuple[str, ...]
    widths: dict[str, int]
    sort: str = "name"
    descending: bool = False

    def dump(self) -> str:
        """As text for the settings."""
        return json.dumps(asdict(self))

    @staticmethod
    def load(text: str, columns: Sequence[ListColumn], usual: Sequence[str]) -> Shape:
        """What `dump` wrote; the usual columns for anything else."""
        known = {column.key for column in columns}
        try:
            body = json.loads(text)
            shown = tuple(key for key in body["shown"] if key in known)
            widths = {key: int(width) for key, width in body["widths"].items() if key in known}
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return Shape(tuple(usual), {})
        sort, falling = str(body.get("sort", "name")), body.get("descending") is True
        return Shape(shown if "name" in shown else ("name", *shown), widths, sort, falling)


class ListHead(QHeaderView):
    """The head. The first section holds the box that ticks all rows.

    Signals: all_wanted() the box was pressed; sort_wanted(str) a column's sort key; shape_changed() other columns,
    widths or order; columns_wanted(QPoint) the menu of columns, on the screen.
    """

    all_wanted = Signal()
    sort_wanted = Signal(str)
    shape_changed = Signal()
    columns_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, columns: Sequence[ListColumn], *, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._columns = theme, tuple(columns)
        self._by_key = {column.key: column for column in columns}
        self._widths: dict[str, int] = {}
        self._sort, self._descending = "name", False
        self._state = Qt.CheckState.Unchecked
        self._fitting = False
        self._room = 0
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setFirstSectionMovable(False)
        self.setMinimumSectionSize(1)
        self.sectionClicked.connect(self._on_clicked)
        self.sectionMoved.connect(self._on_moved)
        self.sectionResized.connect(self._on_resized)

    # What it shows

    @property
    def shape(self) -> Shape:
        """How the list is seen now."""
        order = [self.logicalIndex(place) for place in range(1, self.count())]
        shown = tuple(self._columns[each - 1].key for each in order if not self.isSectionHidden(each))
        return Shape(shown, dict(self._widths), self._sort, self._descending)

    def take(self, shape: Shape) -> None:
        """Shows these columns in this order."""
        self._fitting = True
        self._widths = dict(shape.widths)
        self._sort, self._descending = shape.sort, shape.descending
        sections = {column.key: place for place, column in enumerate(self._columns, 1)}
        for key, section in sections.items():
            self.setSectionHidden(section, key not in shape.shown)
        for place, key in enumerate(shape.shown, 1):
            self.moveSection(self.visualIndex(sections[key]), place)
        self._fitting = False
        self.fit()

    def show_sort(self, sort: str, *, descending: bool) -> None:
        """Marks the column that the list is sorted by."""
        self._sort, self._descending = sort, descending
        self.viewport().update()

    def show_ticks(self, state: Qt.CheckState) -> None:
        """Whether none, some or all rows are ticked."""
        if state != self._state:
            self._state = state
            self.viewport().update()

    def shown_sections(self) -> list[int]:
        """The sections that are seen, the box first, in their order."""
        order = [self.logicalIndex(place) for place in range(self.count())]
        return [each for each in order if not self.isSectionHidden(each)]

    def fit(self, room: int = 0) -> None:
        """Gives every column its width; those that yield share what is left of `room` (or of the last), or missing."""
        self._room = room or self._room
        shown = self.shown_sections()
        if len(shown) < 2 or self._fitting:
            return
        self._fitting = True
        px = self._theme.px
        self.resizeSection(0, px(BOX))
        columns = [self._columns[section - 1] for section in shown[1:]]
        wide = {column.key: self._usual(column) for column in columns}
        spare = self._room - px(BOX) - sum(wide.values())
        yielding = [key for key in wide if key in _YIELDING and key not in self._widths]
        yielding = [key for key in yielding if spare > 0 or key != _DATED]
        for _round in range(2):  # what one cannot give, the others do
            for left, key in enumerate(yielding):
                share = spare // (len(yielding) - left)
                new = max(wide[key] + share, self._usual(self._by_key[key]) * 3 // 4)
                spare -= new - wide[key]
                wide[key] = new
        for section, column in zip(shown[1:], columns, strict=True):
            self.resizeSection(section, wide[column.key])
        self._fitting = False

    # Qt

    def sizeHint(self) -> QSize:
        """32 high."""
        return QSize(super().sizeHint().width(), self._theme.px(HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Ground, label, arrow; or the box."""
        theme, px = self._theme, self._theme.px
        painter.fillRect(rect, theme.colour("window"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        if section == 0:
            side = px(16)
            box = QRect(rect.left() + px(PADDING), rect.top() + (rect.height() - side) // 2, side, side)
            paint_box(painter, theme, box, self._state)
            return
        column = self._columns[section - 1]
        room = rect.adjusted(px(PADDING), 0, -px(PADDING), 0)
        font, label = theme.font("small", weight=600), _(column.label)
        sorted_here = bool(column.sort) and column.sort == self._sort
        if sorted_here:
            room.setRight(room.right() - (0 if column.right else px(18)))
            room.setLeft(room.left() + (px(18) if column.right else 0))
        paint.text(painter, room, label, font=font, colour=theme.colour("text-2"), right=column.right)
        if sorted_here:
            wide = min(QFontMetrics(font).horizontalAdvance(label), room.width())
            left = room.right() - wide - px(17) if column.right else room.left() + wide + px(4)
            arrow = QRect(left, rect.top(), px(14), rect.height())
            paint.icon(painter, theme, arrow, "descending" if self._descending else "ascending", "text-2", size=12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The box ticks at once, the rest is Qt's."""
        if self.logicalIndexAt(event.position().toPoint()) == 0 and event.position().x() < self._theme.px(BOX) - 4:
            self.all_wanted.emit()
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of columns."""
        self.columns_wanted.emit(event.globalPos())

    def sectionSizeFromContents(self, section: int) -> QSize:
        """A double click on an edge gives the usual width back."""
        width = self._columns[section - 1].width if section else BOX
        return QSize(self._theme.px(width), self._theme.px(HEIGHT))

    # Own parts

    def _usual(self, column: ListColumn) -> int:
        """The width somebody chose, else the usual one, in which the label has room with its arrow."""
        if column.key in self._widths:
            return self._theme.px(self._widths[column.key])
        label = QFontMetrics(self._theme.font("small", weight=600)).horizontalAdvance(_(column.label))
        return max(self._theme.px(column.width), label + self._theme.px(2 * PADDING + (18 if column.sort else 0)) + 1)

    # Slots

    def _on_clicked(self, section: int) -> None:
        if section and (key := self._columns[section - 1].sort):
            self.sort_wanted.emit(key)

    def _on_moved(self, _section: int, _before: int, _after: int) -> None:
        if self._fitting:
            return
        if self.visualIndex(0) != 0:
            self._fitting = True
            self.moveSection(self.visualIndex(0), 0)
            self._fitting = False
        self.shape_changed.emit()

    def _on_resized(self, section: int, _before: int, after: int) -> None:
        if self._fitting or section == 0 or after == 0:
            return
        least = self._theme.px(NARROWEST)
        if after < least:
            self._fitting = True
            self.resizeSection(section, least)
            self._fitting = False
        self._widths[self._columns[section - 1].key] = round(max(after, least) * 100 / self._theme.percent)
        self.shape_changed.emit()
