"""The cards of one column: a table of one column with rows of one height, that keeps scroll and selection by card.

Not a QListView, which lays out every row again at each change. It starts drags and passes keys on; it moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QEnterEvent,
    QFocusEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.domain.cards import Card
from crmdesk.domain.records import Id
from crmdesk.ui.delegates.card import INSET_TOP, RING, CardDelegate, CardPainter
from crmdesk.ui.models.column import AnyIndex, ColumnModel
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.list_memory import ListMemory
from crmdesk.ui.views.row_table import RowTable

_SELECT = QItemSelectionModel.SelectionFlag


class CardList(RowTable):
    """Cards below each other.

    Signals: opened(id); drag_wanted(card under the pointer, QPoint inside it); leave_wanted(-1 or +1: the column
    beside); move_wanted(-1 or +1: the stage beside); chosen() after the selection
    became another one, or the current card where none is selected.
    """

    opened = Signal(object)
    drag_wanted = Signal(object, QPoint)
    leave_wanted = Signal(int)
    move_wanted = Signal(int)
    chosen = Signal()

    def __init__(self, model: ColumnModel, theme: Theme, *, cards: CardPainter, parent: QWidget | None = None) -> None:
        super().__init__(theme, "cards", parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.cards_model = model
        self.delegate = CardDelegate(cards, self)
        self._theme = theme
        self.empty_text = ""
        self._pressed: tuple[QPoint, Card] | None = None
        self._reloading = False
        self._memory = ListMemory(self, model)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.restyle()
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def restyle(self) -> None:
        """Takes row height and scroll bar from the theme."""
        header = self.verticalHeader()
        header.setMinimumSectionSize(1)
        header.setDefaultSectionSize(self.delegate.cards.pitch())
        self.viewport().update()

    def has_selection(self) -> bool:
        """Whether any card is selected; nothing is read."""
        return self.selectionModel().hasSelection()

    def has_all_selected(self) -> bool:
        """Whether there are cards and each is selected; nothing is read."""
        return self.has_selection() and self._memory.count() == self.cards_model.rowCount()

    def selected_ids(self, most: int | None = None) -> list[Id]:
        """The selected cards, or the first of them, in the order of the column. All of a long column take time."""
        return self._memory.selected_ids(most)

    def remembered_ids(self) -> tuple[Id, ...]:
        """The selected cards as far as they are followed over changes: nothing when they are too many to name."""
        return self._memory.selected

    def selected_cards(self) -> list[Card]:
        """The selected cards themselves, in the order of the column."""
        return self._memory.selected_cards()

    def first_selected(self) -> int | None:
        """The row of the uppermost selected card; None when none is."""
        return self._memory.first_row()

    def target_ids(self, most: int | None = None) -> list[Id]:
        """What the keys are about: the selected cards, or the first of them, else the current one."""
        card = self.current_card()
        return self.selected_ids(most) or ([card.id] if card is not None else [])

    def select_everything(self) -> None:
        """Selects the whole column and takes the keys."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def let_go(self) -> None:
        """Selects nothing and has no current card: another column has them now."""
        self.selectionModel().clear()

    def current_card(self) -> Card | None:
        """The card the keys act on."""
        return self.cards_model.card(self.currentIndex().row())

    def select_ids(self, ids: Sequence[Id], *, current: Id | None) -> None:
        """Selects the cards of `ids` that lie here, and makes `current` the current one, without scrolling to it."""
        self._memory.select_ids(ids, current=current)

    def go_to(self, row: int) -> None:
        """Makes the card of a row the current and only selected one and scrolls to it."""
        row = max(0, min(row, self.cards_model.rowCount() - 1))
        if self.cards_model.rowCount():
            # Not the view's own setCurrentIndex: with Ctrl still held from Ctrl+Enter that one would not select.
            self.selectionModel().setCurrentIndex(self.cards_model.index(row, 0), _SELECT.ClearAndSelect)
            self.scrollTo(self.cards_model.index(row, 0))

    def reload(self, count: int) -> None:
        """Reads again after a change; scroll, selection and the current card stay with their cards."""
        before = (self._memory.selected, self._memory.current)
        self._reloading = True
        self._memory.note_top()
        other = self.cards_model.rowCount() != count
        self.cards_model.reload(count, seen=self._seen_rows())
        if other:
            self.updateGeometries()  # or the scroll bar would learn of it after it was set
        self._memory.bring_back()
        self._reloading = False
        if self.hasFocus():
            self._find_current()
        self._memory.remember()
        if (self._memory.selected, self._memory.current) != before:
            self.chosen.emit()

    def card_rect(self, row: int) -> QRect:
        """Where the card of a row is, in px of the viewport."""
        index = self.cards_model.index(row, 0)
        return self.delegate.card_rect(self.visualRect(index), row)

    def menu_place(self) -> QPoint:
        """At the current card, on the screen."""
        return self.viewport().mapToGlobal(self.card_rect(self.currentIndex().row()).center())

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Paints the rows again that changed and are seen: Qt would paint the whole column for any."""
        seen = self._seen_rows()
        for row in range(max(first.row(), seen.start), min(last.row() + 1, seen.stop)):
            index = self.cards_model.index(row, 0)
            super().dataChanged(index, index, roles)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards; in an empty column the slot, or the sentence that says what would be here."""
        super().paintEvent(event)
        if self.cards_model.rowCount():
            return
        painter, cards = QPainter(self.viewport()), self.delegate.cards
        rect = QRect(RING, INSET_TOP, self.viewport().width() - 2 * RING, cards.height)
        if self.delegate.slot is not None:
            cards.slot(painter, rect, self.delegate.slot_count)
        elif self.empty_text:
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.colour("text-3"))
            inner = self.viewport().rect().adjusted(12, self._theme.px(24), -12, 0)
            painter.drawText(inner, int(flags), self.empty_text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selects; on a card, it may also be the start of a drag."""
        position = event.position().toPoint()
        card = self._card_at(position)
        self._pressed = (position, card) if card and event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Asks for a drag once the pointer has gone far enough; otherwise hovers."""
        if self._pressed is None:
            if event.buttons() == Qt.MouseButton.NoButton:
                super().mouseMoveEvent(event)
            return
        start, card = self._pressed
        if (event.position().toPoint() - start).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        row = self.cards_model.row_of(card.id)
        if row is not None:
            self.drag_wanted.emit(card, start - self.card_rect(row).topLeft())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It was a click."""
        self._pressed = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the card."""
        if card := self._card_at(event.position().toPoint()):
            self.opened.emit(card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows to the sides leave the column or, with Ctrl, move the cards; Home, End: its ends; Enter opens."""
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.cards_model.rowCount() - 1}
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in sides:
            (self.move_wanted if control else self.leave_wanted).emit(sides[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (card := self.current_card()):
            self.opened.emit(card.id)
        elif key in ends and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.go_to(ends[key])
        else:
            super().keyPressEvent(event)
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not control and not self.selectionModel().hasSelection():
                self.go_to(self.currentIndex().row())  # a lone card: there is none to go to

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys that come without a current card find the first one seen, so that the focus can be seen too."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._find_current()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Shows the scroll bar."""
        super().enterEvent(event)
        self.verticalScrollBar().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hides the scroll bar."""
        super().leaveEvent(event)
        self.verticalScrollBar().update()

    def see_pointer(self) -> None:
        """Takes the frame from a card that is no longer under the pointer, though the pointer has not moved."""
        viewport, at = self.viewport(), QCursor.pos()
        if QApplication.widgetAt(at) is not viewport:
            gone = QPointF(-1, -1)
            QApplication.sendEvent(viewport, QHoverEvent(QEvent.Type.HoverLeave, gone, QPointF(at), gone))

    def _seen_rows(self) -> range:
        """The rows of which something is on the screen."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if not self.isVisible() or first < 0:
            return range(0)
        return range(first, last + 1 if last >= 0 else self.cards_model.rowCount())

    def _find_current(self) -> None:
        row = self.rowAt(INSET_TOP)
        if not self.currentIndex().isValid() and row >= 0:
            self.selectionModel().setCurrentIndex(self.cards_model.index(row, 0), _SELECT.NoUpdate)

    def _card_at(self, position: QPoint) -> Card | None:
        index = self.indexAt(position)
        if not index.isValid() or not self.card_rect(index.row()).contains(position):
            return None
        return self.cards_model.card(index.row())

    def _on_selection_changed(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        if not self._reloading:
            self._memory.remember()
            self.chosen.emit()

    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._reloading:
            self._memory.remember_current()
            if not self.has_selection():
                self.chosen.emit()
