"""The list of the day: sections with their people, that keeps its selection and its place over a change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crmdesk.domain.ids import Id
from crmdesk.domain.today import Day, Entry
from crmdesk.ui.delegates.today_row import TodayDelegate
from crmdesk.ui.models.today import TodayModel
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.ui.views.row_table import RowTable
from crmdesk.words import _

_SELECT = QItemSelectionModel.SelectionFlag
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class TodayList(Themed, RowTable):
    """One person a row.

    Signals: chosen() another one is current; ticked(Entry) by click or Space; opened(Entry) by Enter or double click;
    step_wanted() by N; answered(letter) by one of `letters`, how it went.
    """

    chosen = Signal()
    ticked = Signal(object)
    opened = Signal(object)
    step_wanted = Signal()
    answered = Signal(str)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, "today", parent=parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows = TodayModel(self)
        self.delegate = TodayDelegate(theme, self)
        self.letters: tuple[str, ...] = ()
        self._reloading = False
        self._dealt_with: Id | None = None
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Today"))
        self.follow(theme)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def restyle(self) -> None:
        """Takes the heights; a header keeps those of other rows over a reset."""
        header = self.verticalHeader()
        header.setMinimumSectionSize(1)
        header.setDefaultSectionSize(self.delegate.height(head=False))
        for row in range(self.rows.rowCount()):
            header.resizeSection(row, self.delegate.height(head=self.rows.entry(row) is None))
        self.viewport().update()

    def show_day(self, day: Day) -> None:
        """Shows a day; who was current stays so, else whoever took the place, as of who was just dealt with."""
        row, entry = self.currentIndex().row(), self.current()
        top = self.verticalScrollBar().value()
        self._reloading = True
        self.rows.show(day)
        self.restyle()
        self.updateGeometries()
        again = self.rows.row_of(entry.key) if entry is not None else None
        if again is not None and again != row and entry is not None and entry.key == self._dealt_with:
            again = None
        self._dealt_with = None
        self.go_to(again if again is not None else self.rows.nearest(max(row, 0)), scroll=False)
        self.verticalScrollBar().setValue(top)
        self._reloading = False
        self.chosen.emit()

    def current(self) -> Entry | None:
        """Whom the keys act on."""
        return self.rows.entry(self.currentIndex().row())

    def deal_with(self, entry: Entry) -> None:
        """Somebody is done with for now: wherever they stand when the day is shown again, it goes on from here."""
        self._dealt_with = entry.key

    def go_to(self, row: int | None, *, scroll: bool = True) -> None:
        """Makes a row the current and selected one; None is nobody."""
        if row is None:
            self.selectionModel().clear()
            return
        index = self.rows.index(row, 0)
        self.selectionModel().setCurrentIndex(index, _SELECT.ClearAndSelect)
        if scroll:
            self.scrollTo(index)

    def standing(self) -> tuple[Id | None, int]:
        """Who is current, by `Entry.key`, and how far it is scrolled."""
        entry = self.current()
        return entry.key if entry is not None else None, self.verticalScrollBar().value()

    def stand(self, standing: tuple[Id | None, int]) -> None:
        """Goes back there, as far as they are here."""
        current, top = standing
        row = self.rows.row_of(current) if current is not None else None
        if row is not None:
            self.go_to(row, scroll=False)
        self.verticalScrollBar().setValue(top)

    def event(self, event: QEvent) -> bool:
        """N and the letters are this list's own: they go to the panel beside it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() == Qt.Key.Key_N or event.text().upper() in self.letters)
            and event.modifiers() in _PLAIN
            and self.current() is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks off, Enter opens, N goes to the next step, a letter says how it went; arrows move."""
        entry = self.current()
        if entry is None or event.modifiers() not in _PLAIN:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.ticked.emit(entry)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(entry)
        elif event.key() == Qt.Key.Key_N:
            self.step_wanted.emit()
        elif event.text().upper() in self.letters:
            self.answered.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a box ticks off, anywhere else it chooses."""
        entry = self._box_at(event.position().toPoint())
        super().mousePressEvent(event)
        if entry is not None and event.button() == Qt.MouseButton.LeftButton:
            self.ticked.emit(entry)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the record."""
        at = event.position().toPoint()
        entry = self.rows.entry(self.rowAt(at.y()))
        if entry is not None and self._box_at(at) is None:
            self.opened.emit(entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The box under the pointer shows that it can be pressed."""
        self.delegate.pointer = event.position().toPoint()
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No box is under the pointer."""
        super().leaveEvent(event)
        self.delegate.pointer = None
        self.viewport().update()

    def _box_at(self, at: QPoint) -> Entry | None:
        index = self.indexAt(at)
        inside = index.isValid() and self.delegate.hit(self.visualRect(index)).contains(at)
        return self.rows.entry(index.row()) if inside else None

    def _on_selection_changed(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        if not self._reloading:
            self.chosen.emit()
