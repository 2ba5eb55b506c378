"""The journey board: filter row, columns, tray. It shows what the database says and says what a person wants.

It reads through a `BoardSource` and never writes. Refreshing keeps scroll, selection and the current card; cards that
went to another column are found there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.cards import BoardFilter, Card, Column
from crmdesk.domain.changes import Change
from crmdesk.domain.records import Id
from crmdesk.ui import live, menus
from crmdesk.ui.delegates.card import CardPainter
from crmdesk.ui.drag_image import DragImage
from crmdesk.ui.dragging import DragController
from crmdesk.ui.models.source import BoardSource, Drop
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.ui.views.column import ColumnView
from crmdesk.ui.views.drag_ground import DragGround
from crmdesk.ui.views.filter_row import FilterRow
from crmdesk.ui.views.strip import Strip
from crmdesk.ui.views.tray import Tray
from crmdesk.words import _

CARDS = ("lead", "opportunity")
AROUND = (  # what cards show besides
    "person", "organisation", "contact_point", "task", "activity", "member", "conversion", "vocabulary", "setting",
    "deal_stage",
)  # fmt: skip
TABLES = (*CARDS, "stage_move", *AROUND)  # no move is written without its card
FIRST = 100  # of the selected cards: enough to say what can be done with them all


class Board(Themed, QWidget):
    """Columns of cards.

    Signals: opened(id); selection_changed(list of the first ids); dropped(Drop) and exit_requested(list of ids,
    kind), both after the event they come from; quick_add(stage, text); menu_requested(list of the first ids, QPoint on
    the screen); filter_changed(BoardFilter); status_changed(DragStatus); folds_changed(list of the folded stages).
    """

    opened = Signal(object)
    selection_changed = Signal(list)
    dropped = Signal(object)
    exit_requested = Signal(list, str)
    quick_add = Signal(str, str)
    menu_requested = Signal(list, QPoint)
    filter_changed = Signal(object)
    status_changed = Signal(object)
    folds_changed = Signal(list)
    _key_moved = Signal(object)

    def __init__(
        self,
        source: BoardSource,
        theme: Theme,
        *,
        today: Callable[[], date],
        folded: Collection[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._folded = source, None if folded is None else set(folded)
        self._dirty, self._clearing = True, False
        self._active: ColumnView | None = None
        self.cards = CardPainter(theme, today=today)
        self.filter_row = FilterRow(theme, self)
        self.strip = Strip(theme, self)
        self.tray = Tray(theme, self)
        self.ground = DragGround(self.strip, self.tray, theme)
        self.drag = DragController(self.ground, settle_ms=self._settle_ms, parent=self)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 4, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.filter_row)
        stack.addWidget(self.strip, 1)
        self._connect()
        self.follow(theme)

    @property
    def shown(self) -> BoardFilter:
        """The filter in force."""
        return self.filter_row.shown

    def refresh(self, change: Change) -> None:
        """Reads again what a change may have touched: now if it is seen, else when it is shown."""
        if not change.touches(*TABLES):
            return
        if self.isVisible() and not self.drag.active:
            whole, chosen = self._active is not None and self._active.list.has_all_selected(), self.selected_ids(2)
            self.reload(within=None if self._dirty else self._touched(change))
            self._go_to_heir(chosen, change)
            if whole and not self.has_selection():
                self._go_where_it_went(change)
        else:
            self._dirty = True

    def reload(self, *, go_on: bool = True, within: Collection[str] | None = None) -> None:
        """Reads everything shown again; when only the selected cards have left, `go_on` selects the one in their place.

        `within` are the columns of the cards that changed: another one, with the head it had, is left as it is.
        """
        self._dirty = False
        heads = self._source.columns(self.shown)
        self._take_roles({head.stage: head.role for head in heads})
        if [head.stage for head in heads] != [column.stage for column in self.strip.columns]:
            self._build(heads)
            within = None
        chosen = self._active.list.remembered_ids() if self._active else ()
        current = self.current_id()
        place = self._active.list.first_selected() if go_on and self._active else None
        before = self._active.model.rowCount() if self._active else 0
        for column, head in zip(self.strip.columns, heads, strict=True):
            if within is None or head.stage in within or head != column.column:
                column.reload(head, self.shown)
            else:
                column.model.forget_places()
        if self._active and before - self._active.model.rowCount() > len(chosen):
            place = None  # so many left that the one in their place has nothing to do with them
        self._find_again(chosen, current, place)

    def has_selection(self) -> bool:
        """Whether cards are selected; nothing is read."""
        return self._active is not None and self._active.list.has_selection()

    def selected_ids(self, most: int | None = None) -> list[Id]:
        """The selected cards, or the first of them, in the order of their column."""
        return self._active.list.selected_ids(most) if self._active else []

    def target_ids(self, most: int | None = None) -> list[Id]:
        """What the keys are about: the selected cards, or the first of them, else the one with the ring."""
        return self._active.list.target_ids(most) if self._active else []

    def current_id(self) -> Id | None:
        """The card the keys act on."""
        card = self._active.list.current_card() if self._active else None
        return card.id if card else None

    def select(self, cards: Sequence[Id], *, current: Id | None) -> None:
        """Selects cards of one column; nothing happens when there are none, or they are not on the board any more."""
        first = current if current is not None and current in cards else next(iter(cards), None)
        if first is not None and self.show_card(first) and self._active is not None:
            self._active.list.select_ids(cards, current=first)

    def deselect(self) -> None:
        """Selects no card: the keys are about one that is not on the board."""
        if self._active is not None:
            self._active.list.let_go()

    def show_card(self, card: Id) -> bool:
        """Selects a card and scrolls to it; false when it is not on the board as it is filtered."""
        if self._dirty and not self.drag.active:  # not seen yet, or changed since
            self.reload()
        place = self._source.position(card, self.shown)
        column = self.strip.column_of(place[0]) if place else None
        if place is None or column is None:
            return False
        if column.folded:
            self.fold(column, folded=False)
        column.list.go_to(place[1])
        self.strip.show_column(column)
        return True

    def take_focus(self) -> None:
        """Gives the keys to the cards."""
        column = self._active or next((one for one in self.strip.columns if not one.folded), None)
        if column is not None:
            column.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def see_pointer(self) -> None:
        """The cards lie elsewhere under a pointer that has not moved: frames the one it is over now, if any."""
        for column in self.strip.columns:
            column.list.see_pointer()

    def keep_clear(self, floating: QRect) -> None:
        """Something floats over the board, in px of the window, or nothing: cards come out from under it."""
        for column in self.strip.columns:
            column.list.keep_clear(floating)

    def put_back_text(self, stage: str, text: str) -> None:
        """Gives back to quick add what could not be added."""
        if column := self.strip.column_of(stage):
            column.quick_add.put_back(text)

    def menu_place(self) -> QPoint:
        """Where a menu for the current card belongs, on the screen."""
        if self._active is None:
            return self.mapToGlobal(self.rect().center())
        return self._active.list.menu_place()

    def fold(self, column: ColumnView, *, folded: bool) -> None:
        """Folds or unfolds a column."""
        column.set_folded(folded)
        self.strip.lay_out()
        self.folds_changed.emit([one.stage for one in self.strip.columns if one.folded])

    def fold_here(self) -> None:
        """Opens the folded column that has the keys, or folds the one with the current card."""
        folded = next((one for one in self.strip.columns if one.strip.hasFocus()), None)
        if folded is not None:
            self.fold(folded, folded=False)
            folded.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._active is not None and not self._active.folded:
            self.fold(self._active, folded=True)
            self._active.strip.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Cards first, since the columns measure themselves by them."""
        self.cards.restyle()
        for column in self.strip.columns:
            column.restyle()
        self.strip.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what changed while it was not seen."""
        super().showEvent(event)
        if self._dirty:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the tray at the foot."""
        super().resizeEvent(event)
        self.tray.stay()

    def _touched(self, change: Change) -> set[str] | None:
        """The columns where the cards of a change lie now, None for any; one they left has another head."""
        ids = change.ids(*CARDS)
        return None if ids is None or change.touches(*AROUND) else self._source.stages(ids)

    def _take_roles(self, roles: dict[str, str]) -> None:
        """Cards whose stage has another role look different though they are the same."""
        if roles != self.cards.roles:
            self.cards.roles = roles
            for column in self.strip.columns:
                column.list.viewport().update()

    def _build(self, heads: Sequence[Column]) -> None:
        for column in self.strip.columns:
            column.hide()
            column.deleteLater()
        self._active = None
        made = [
            ColumnView(head, self._source, self.theme, cards=self.cards, parent=self.strip.inside) for head in heads
        ]
        for column, head in zip(made, heads, strict=True):
            self._connect_column(column)
            column.set_folded(head.terminal if self._folded is None else head.stage in self._folded)
        self.strip.show_columns(made)

    def _connect(self) -> None:
        self.filter_row.filter_changed.connect(self._on_filter_changed)
        self.drag.dropped.connect(self.dropped)
        self.drag.exit_requested.connect(self.exit_requested)
        self.drag.status_changed.connect(self.status_changed)
        self.drag.said.connect(self._on_said)
        self.drag.finished.connect(self._on_drag_finished)
        self.ground.hover.moved.connect(self.drag.look_again)
        self._key_moved.connect(self.dropped, Qt.ConnectionType.QueuedConnection)

    def _connect_column(self, column: ColumnView) -> None:
        column.opened.connect(self.opened)
        column.drag_wanted.connect(self._on_drag_wanted)
        column.leave_wanted.connect(self._on_leave_wanted)
        column.move_wanted.connect(self._on_move_wanted)
        column.menu_wanted.connect(self._on_menu_wanted)
        column.column_menu_wanted.connect(self._on_column_menu_wanted)
        column.chosen.connect(self._on_chosen)
        column.fold_wanted.connect(self._on_fold_wanted)
        column.added.connect(self._on_added)

    def _find_again(self, chosen: Sequence[Id], current: Id | None, row: int | None) -> None:
        """Selects cards that went to another column there, and takes the keys along; else the one now at `row`."""
        column = self._active
        if column is None or not chosen or column.list.has_selection():
            return
        wanted = current if current is not None and current in chosen else chosen[0]
        place = column.model.place_of(wanted)
        there = self.strip.column_of(place[0]) if place else None
        if place is None or there is None or there.folded:
            if row is not None:
                column.list.go_to(row)
            return
        had_keys = column.list.hasFocus()
        there.list.select_ids(chosen, current=current)
        there.list.scrollTo(there.model.index(place[1], 0))
        if had_keys:
            there.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_heir(self, chosen: Sequence[Id], change: Change) -> None:
        """Selects what the one card became that is no more, as by a conversion or its taking back."""
        changed = change.ids(*CARDS) or frozenset()
        if len(chosen) != 1 or len(changed) != 2 or chosen[0] not in changed or self.selected_ids(2) == chosen:
            return
        had_keys = self._active is not None and self._active.list.hasFocus()
        self.select(tuple(changed.difference(chosen)), current=None)
        if had_keys:
            self.take_focus()

    def _go_where_it_went(self, change: Change) -> None:
        """The last card of a column became another record, as when a conversion is taken back, or left the board."""
        empty = self._active
        had_keys = empty is not None and empty.list.hasFocus()
        for each in sorted(change.ids(*CARDS) or ()):
            if self.show_card(each):
                break
        else:
            there = empty and (self.strip.beside(empty, -1) or self.strip.beside(empty, 1))
            if there:
                there.list.go_to(0)
        if had_keys:
            self.take_focus()

    def _settle_ms(self) -> int:
        return self.theme.ms("card")

    def _on_drag_wanted(self, column: ColumnView, card: Card, grip: QPoint) -> None:
        cards = [card, *(one for one in column.list.selected_cards() if one.id != card.id)]
        place = column.list.card_rect(column.model.row_of(card.id) or 0)
        image = DragImage(self.window(), self.theme, cards=self.cards, card=card, count=len(cards), width=place.width())
        forecast = self._source.forecast([one.id for one in cards])
        position = column.list.viewport().mapToGlobal(place.topLeft() + grip)
        self.drag.start(cards, image, grip=grip, position=position, forecast=forecast)

    def _on_drag_finished(self) -> None:
        if self._dirty:
            self.reload()

    def _on_leave_wanted(self, column: ColumnView, direction: int) -> None:
        """The next column to that side that has cards, at the height of the current one."""
        height = column.list.card_rect(column.list.currentIndex().row()).center().y()
        there = self.strip.beside(column, direction)
        if there is None:
            return
        row = there.list.rowAt(max(0, height))
        there.list.setFocus(Qt.FocusReason.OtherFocusReason)
        there.list.go_to(row if row >= 0 else there.model.rowCount() - 1)
        self.strip.show_column(there)

    def _on_move_wanted(self, column: ColumnView, direction: int) -> None:
        place = self.strip.columns.index(column) + direction
        ids = column.list.target_ids()
        if ids and 0 <= place < len(self.strip.columns):
            self._key_moved.emit(Drop(tuple(ids), self.strip.columns[place].stage, door="key"))

    def place_selected(self, direction: int) -> None:
        """Puts the selected cards one place up (-1) or down (+1) in their column by hand, if there is one."""
        if (column := self._active) is None or not (ids := column.list.target_ids()):
            return
        rows = [row for each in ids if (row := column.model.row_of(each)) is not None]
        place = min(rows) - 1 if direction < 0 else max(rows) + 2
        before = column.card_before(place, frozenset(ids)) if place >= 0 else None
        if before is not None:
            self._key_moved.emit(Drop(tuple(ids), column.stage, before, door="key"))

    def _on_menu_wanted(self, column: ColumnView, at: QPoint) -> None:
        if ids := column.list.target_ids(FIRST):
            self.menu_requested.emit(ids, at)

    def _on_column_menu_wanted(self, column: ColumnView, at: QPoint) -> None:
        menu = menus.passing(self)
        menu.addAction(_("Select all cards"), column.list.select_everything)
        menu.addAction(_("Fold column"), column.ask_to_fold)
        menu.popup(at)

    def _on_chosen(self, column: ColumnView) -> None:
        """One column has the selection at a time; without any, the one with the current card is it."""
        if self._clearing:
            return
        ringed = column.list.current_card() is not None and not self.has_selection()
        if (ringed or column.list.has_selection()) and column is not self._active:
            before, self._active = self._active, column
            self._clearing = True
            if before is not None:
                before.list.let_go()
            self._clearing = False
        self.selection_changed.emit(self.selected_ids(FIRST))

    def _on_fold_wanted(self, column: ColumnView, folded: bool) -> None:
        self.fold(column, folded=folded)
        if not folded:
            column.list.setFocus(Qt.FocusReason.MouseFocusReason)
            self.strip.show_column(column)

    def _on_added(self, column: ColumnView, text: str) -> None:
        self.quick_add.emit(column.stage, text)

    def _on_filter_changed(self, shown: BoardFilter) -> None:
        self.reload(go_on=False)
        self.filter_changed.emit(shown)

    def _on_said(self, text: str) -> None:
        live.announce(self, text)
