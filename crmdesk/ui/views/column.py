"""A column of the board: head, cards, quick add; or folded. It paints its ground and says what its parts ask."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from crmdesk.domain.cards import BoardFilter, Card, Column
from crmdesk.domain.records import Id
from crmdesk.ui import drop_words, paint
from crmdesk.ui.delegates.card import RING, CardPainter
from crmdesk.ui.drop_words import Hint
from crmdesk.ui.models.column import ColumnModel
from crmdesk.ui.models.source import BoardSource, Forecast, Key
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.ui.views.card_list import CardList
from crmdesk.ui.views.column_head import ColumnHead
from crmdesk.ui.views.folded import FoldedColumn
from crmdesk.ui.views.quick_add import QuickAdd
from crmdesk.ui.views.slot_row import SlotRow
from crmdesk.words import _

EDGE = 8  # inner edge


class ColumnView(Themed, QWidget):
    """One stage.

    Signals, each with the column itself first: drag_wanted(column, card, QPoint inside the card); leave_wanted(column,
    -1 or +1); move_wanted(column, -1 or +1); menu_wanted(column, QPoint); column_menu_wanted(column, QPoint);
    chosen(column); fold_wanted(column, whether folded); added(column, text). opened(id) has the card alone.
    """

    opened = Signal(object)
    drag_wanted = Signal(object, object, QPoint)
    leave_wanted = Signal(object, int)
    move_wanted = Signal(object, int)
    menu_wanted = Signal(object, QPoint)
    column_menu_wanted = Signal(object, QPoint)
    chosen = Signal(object)
    fold_wanted = Signal(object, bool)
    added = Signal(object, str)

    def __init__(
        self, column: Column, source: BoardSource, theme: Theme, *, cards: CardPainter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.stage, self.column = column.stage, column
        self.folded = False
        self.opening = 1.0
        self._target = False
        self._dragging = False
        self._hint: Hint | None = None
        self.model = ColumnModel(source, column.stage, spoken=cards.spoken, parent=self)
        self.head = ColumnHead(theme, self)
        self.list = CardList(self.model, theme, cards=cards, parent=self)
        self.quick_add = QuickAdd(theme, self, deals=column.by_deal_stage)
        self.strip = FoldedColumn(theme, self)
        self.slot = SlotRow(self.list)
        self._connect()
        self.follow(theme)
        self.set_folded(False)

    def restyle(self) -> None:
        """Takes fonts and heights; the painter of the cards was restyled before."""
        self.list.restyle()
        self.list.empty_text = self._empty_text()
        self._lay_out()

    def reload(self, column: Column, shown: BoardFilter) -> None:
        """Other counts, sums and cards."""
        self.column = column
        self.model.show_only(shown)
        self.head.show_column(column)
        self.strip.show_column(column)
        self.list.empty_text = self._empty_text()
        self.list.setAccessibleName(column.label)
        self.list.reload(column.count)

    def set_folded(self, folded: bool) -> None:
        """Shows the narrow strip or the whole column."""
        self.folded = folded
        shown, hidden = (self.strip, self.list) if folded else (self.list, self.strip)
        shown.show()
        if hidden.hasFocus():
            shown.setFocus(Qt.FocusReason.MouseFocusReason)
        hidden.hide()
        self.head.setVisible(not folded)
        self.quick_add.setVisible(not folded and not self._dragging)
        self.update()

    def ask_to_fold(self) -> None:
        """Wants to be folded."""
        self.fold_wanted.emit(self, True)

    def begin_drag(self, hint: Hint, away: frozenset[Id]) -> None:
        """Says what a drop will do, and shows the cards of `away` as placeholders."""
        self._dragging = True
        self.quick_add.hide()
        self._hint = hint
        self._show_hint(hint)
        self.list.delegate.away = away
        self.list.viewport().update()
        self._lay_out()

    def set_target(self, target: bool) -> None:
        """Whether the pointer with the cards is over this column."""
        if target != self._target:
            self._target = target
            self._show_hint(self._hint)
            self.update()

    def end_drag(self) -> None:
        """As it was before the drag; the placeholders stay until `bring_cards_back`."""
        self._dragging = self._target = False
        self._hint = None
        self._show_hint(None)
        self.slot.close()
        self.quick_add.setVisible(not self.folded)
        self._lay_out()
        self.update()

    def bring_cards_back(self) -> None:
        """Shows the placeholders as cards again."""
        self.list.delegate.away = frozenset()
        self.list.viewport().update()

    @property
    def word(self) -> str:
        """The stage's name."""
        return self.column.label

    def hint_for(self, forecast: Forecast | None, count: int) -> Hint:
        """What a drop of `count` cards here will do."""
        return drop_words.hint(forecast, count, terminal=self.column.terminal)

    def show_slot(self, place: int | None, count: int) -> None:
        """Opens the slot for `count` cards before the row `place`; None closes it."""
        if place is None:
            self.slot.close()
        else:
            self.slot.open(place, count, ms=self.theme.ms("neighbours"))

    def slot_rect(self) -> QRect:
        """Where the slot is on the screen; empty without one."""
        rect = self.slot.rect()
        return QRect(self.list.viewport().mapToGlobal(rect.topLeft()), rect.size()) if rect.isValid() else QRect()

    def card_before(self, place: int, leaving: frozenset[Id]) -> Id | None:
        """The first card from the row `place` on that is not leaving itself; None at the end."""
        rows = range(place, min(place + len(leaving) + 1, self.model.rowCount()))
        found = (card.id for row in rows if (card := self.model.card(row)) is not None and card.id not in leaving)
        return next(found, None)

    def place_for(self, key: Key) -> int:
        """The row where a card with this key would lie by the column's order."""
        return self.model.landing(key)

    def place_at(self, position: QPoint) -> int:
        """The row before which a card would go by hand at a point of the screen."""
        pitch = self.list.delegate.cards.pitch()
        y = self.list.viewport().mapFromGlobal(position).y() + self.list.verticalScrollBar().value()
        slot = self.slot.place
        if slot is not None and slot * pitch <= y < (slot + 1) * pitch:
            return slot
        if slot is not None and y >= slot * pitch:
            y -= pitch
        return max(0, min((y + pitch // 2) // pitch, self.model.rowCount()))

    def _show_hint(self, hint: Hint | None) -> None:
        self.head.show_hint(hint, target=self._target)
        self.strip.show_hint(hint, target=self._target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground: sunken, or framed while it is the target of a drop."""
        theme, radius = self.theme, self.theme.metrics.radius("column")
        fill, edge = ("soft", theme.colour("accent")) if self._target else ("sunken", None)
        paint.box(QPainter(self), self.rect(), radius=radius, fill=theme.colour(fill), edge=edge, width=2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out its parts."""
        self._lay_out()

    def _lay_out(self) -> None:
        head = self.theme.metrics.size("column-head")
        foot = EDGE if self._dragging else self.theme.metrics.size("column-foot")
        self.strip.setGeometry(self.rect())
        self.head.setGeometry(0, 0, self.width(), head)
        self.list.setGeometry(QRect(EDGE - RING, head, self.width() - EDGE + RING, max(0, self.height() - head - foot)))
        self.quick_add.setGeometry(0, self.height() - foot, self.width(), foot)

    def _empty_text(self) -> str:
        if self.column.by_deal_stage:
            return _("No deals yet. Drag one here, or start one below.")
        if self.column.deal:
            return _("No deals yet. Drag a card here and confirm the conversion.")
        if self.column.terminal:
            return _("No customers yet. A won deal brings its people here.")
        return _("Nobody here. Drag a card here, or type a name below.")

    def _connect(self) -> None:
        self.list.opened.connect(self.opened)
        self.list.drag_wanted.connect(self._on_drag_wanted)
        self.list.leave_wanted.connect(self._on_leave_wanted)
        self.list.move_wanted.connect(self._on_move_wanted)
        self.list.menu_wanted.connect(self._on_menu_wanted)
        self.list.chosen.connect(self._on_chosen)
        self.head.menu_wanted.connect(self._on_column_menu_wanted)
        self.strip.unfold_wanted.connect(self._on_unfold_wanted)
        self.strip.leave_wanted.connect(self._on_leave_wanted)
        self.quick_add.added.connect(self._on_added)
        self.quick_add.left.connect(self._on_left)

    def _on_drag_wanted(self, card: Card, grip: QPoint) -> None:
        self.drag_wanted.emit(self, card, grip)

    def _on_leave_wanted(self, direction: int) -> None:
        self.leave_wanted.emit(self, direction)

    def _on_move_wanted(self, direction: int) -> None:
        self.move_wanted.emit(self, direction)

    def _on_menu_wanted(self, at: QPoint) -> None:
        self.menu_wanted.emit(self, at)

    def _on_column_menu_wanted(self) -> None:
        below = self.head.menu.mapToGlobal(self.head.menu.rect().bottomLeft())
        self.column_menu_wanted.emit(self, below)

    def _on_chosen(self) -> None:
        self.chosen.emit(self)

    def _on_unfold_wanted(self) -> None:
        self.fold_wanted.emit(self, False)

    def _on_added(self, text: str) -> None:
        self.added.emit(self, text)

    def _on_left(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
