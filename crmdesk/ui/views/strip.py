"""The columns side by side: as wide as there is room for, between their limits; beyond that they scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from crmdesk.ui.theme import Theme
from crmdesk.ui.views.column import ColumnView

SIDE, FOOT, GAP = 16, 12, 8


class Strip(QScrollArea):
    """Lays out columns; while dragging, folded ones are wider and the foot is left to the tray.

    Signals: columns_changed() after other columns have come.
    """

    columns_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.columns: list[ColumnView] = []
        self._dragging = False
        self._inside = QWidget()
        self._inside.setObjectName("page")
        self.setWidget(self._inside)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)

    @property
    def inside(self) -> QWidget:
        """The widget the columns are children of."""
        return self._inside

    def show_columns(self, columns: Sequence[ColumnView]) -> None:
        """Other columns, from left to right."""
        self.columns = list(columns)
        for column in self.columns:
            column.show()
        self.lay_out()
        self.columns_changed.emit()

    def set_dragging(self, dragging: bool) -> None:
        """Makes room for the tray, and for the words in folded columns."""
        self._dragging = dragging
        self.lay_out()

    def column_at(self, position: QPoint) -> ColumnView | None:
        """The column at a point of the screen; the blank beside, above and below belongs to none."""
        if not self.viewport().rect().contains(self.viewport().mapFromGlobal(position)):
            return None
        inside = self._inside.mapFromGlobal(position)
        return next((column for column in self.columns if column.geometry().contains(inside)), None)

    def column_of(self, stage: str) -> ColumnView | None:
        """The column of a stage."""
        return next((column for column in self.columns if column.stage == stage), None)

    def beside(self, column: ColumnView, direction: int) -> ColumnView | None:
        """The next open column with cards to the left (-1) or right (+1)."""
        here = self.columns.index(column)
        side = self.columns[here + 1 :] if direction > 0 else self.columns[:here][::-1]
        return next((one for one in side if not one.folded and one.model.rowCount()), None)

    def show_column(self, column: ColumnView) -> None:
        """Scrolls sideways until the whole column is seen."""
        self.ensureVisible(column.geometry().center().x(), 0, column.width() // 2 + GAP, 0)

    def lay_out(self) -> None:
        """Gives each column its place."""
        height = self.viewport().height()
        foot = self._theme.metrics.size("tray") if self._dragging else 0
        widths = self._widths()
        x = SIDE
        for column, width in zip(self.columns, widths, strict=True):
            column.setGeometry(QRect(x, 0, width, max(0, height - FOOT - foot)))
            x += width + GAP
        self._inside.resize(max(x - GAP + SIDE, self.viewport().width()), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out again."""
        super().resizeEvent(event)
        self.lay_out()

    def _widths(self) -> list[int]:
        size = self._theme.metrics.size
        folded = size("column-folded-dragging") if self._dragging else size("column-folded")
        wide = [column for column in self.columns if not column.folded]
        narrow = len(self.columns) - len(wide)
        room = self.viewport().width() - 2 * SIDE - GAP * (len(self.columns) - 1) - folded * narrow
        each = room // len(wide) if wide else 0
        each = size("column-ideal") if each < size("column-min") else min(each, size("column-max"))
        return [
            folded if column.folded else round(folded + (each - folded) * column.opening) for column in self.columns
        ]
