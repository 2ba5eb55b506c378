"""What a column of cards and the list of the day have in common: rows below one another under a slim scroll bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from crmdesk.ui.theme import Theme
from crmdesk.ui.views.slim_bar import SlimBar

if TYPE_CHECKING:
    from crmdesk.ui.models.column import AnyIndex  # the first page does without what a board needs


class RowTable(QTableView):
    """A table of one column that a delegate paints. Every row can be scrolled clear of what floats over its foot.

    Signals: menu_wanted(QPoint on the screen).
    """

    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        """`name` is that of the style sheet."""
        super().__init__(parent)
        # WORKAROUND(PySide6 6.11): met for the first time, a widget that Qt made itself costs all classes it might be
        # of (12 ms, in the first frame).
        self.setViewport(QWidget())
        self._floating = QRect()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollBar(SlimBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keep_clear(self, floating: QRect) -> None:
        """Something floats there now, in px of the window, or nothing: the current row comes out from under it."""
        if floating == self._floating:
            return
        self._floating = floating
        self.updateGeometries()
        current = self.visualRect(self.currentIndex())
        if self._covered() and self.viewport().rect().intersects(current):
            self.scrollTo(self.currentIndex())

    def menu_place(self) -> QPoint:
        """At the current row, on the screen."""
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())

    def keyboardSearch(self, _search: str) -> None:
        """Off: single letters are actions."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu at the pointer, or at the current row when a key asked."""
        if not self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid()
        self.menu_wanted.emit(self.menu_place() if by_key else event.globalPos())

    def updateGeometries(self) -> None:
        """There is as much more to scroll as is covered."""
        bar = self.verticalScrollBar()
        value = bar.value()
        super().updateGeometries()
        if covered := self._covered():
            rest = self.verticalHeader().length() - self.viewport().height()
            bar.setMaximum(max(0, rest + covered))
            bar.setValue(value)

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """To where the row is seen and nothing floats over it."""
        super().scrollTo(index, hint)
        if (rise := self._rise(index)) > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + rise)

    def _rise(self, index: AnyIndex) -> int:
        """How far a row reaches below what is seen freely; 0 and less for one that does not."""
        return self.visualRect(index).bottom() + 1 - (self.viewport().height() - self._covered())

    def _covered(self) -> int:
        """How much of the foot something floats over."""
        place = QRect(self.viewport().mapTo(self.window(), QPoint()), self.viewport().size())
        over = place & self._floating
        return 0 if over.isEmpty() else place.bottom() - over.top() + 1
