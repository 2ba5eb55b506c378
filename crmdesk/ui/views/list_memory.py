"""What a list of cards keeps over a change: which cards are selected, which is current, which lies uppermost.

Rows are remembered as ids while they are still true, since after a change a row may be another card.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange
from PySide6.QtWidgets import QTableView

from crmdesk.domain.cards import Card
from crmdesk.domain.records import Id
from crmdesk.ui.models.column import ColumnModel

REMEMBERED = 500  # of more selected cards than this only "all of them" is kept


_SELECT = QItemSelectionModel.SelectionFlag


class ListMemory:
    """The memory of one list. `selected` are its selected cards in order, empty when they are too many to name."""

    def __init__(self, view: QTableView, model: ColumnModel) -> None:
        self._view, self._model = view, model
        self.selected: tuple[Id, ...] = ()
        self.current: Id | None = None
        self._everything = False
        self._top: tuple[Id, int] | None = None

    def selected_ids(self, most: int | None = None) -> list[Id]:
        """The selected cards, or the first of them; read when they are too many to remember."""
        return list(self.selected[:most]) if self.selected else [card.id for card in self.selected_cards(most)]

    def selected_cards(self, most: int | None = None) -> list[Card]:
        """The selected cards themselves, or the first of them, in the order of the column."""
        cards: list[Card] = []
        for span in sorted(self._spans(), key=_top_row):
            left = span.height() if most is None else min(span.height(), most - len(cards))
            cards += self._model.cards(span.top(), span.top() + left - 1)
        return cards

    def count(self) -> int:
        """How many cards are selected."""
        return sum(span.height() for span in self._spans())

    def first_row(self) -> int | None:
        """The row of the uppermost selected card."""
        return min(map(_top_row, self._spans()), default=None)

    def remember(self) -> None:
        """Notes the selection as it is now."""
        count = self.count()
        self.selected = tuple(card.id for card in self.selected_cards()) if count <= REMEMBERED else ()
        self._everything = count > REMEMBERED and count == self._model.rowCount()
        self.remember_current()

    def select_ids(self, ids: Sequence[Id], *, current: Id | None) -> None:
        """Selects the cards of `ids` that lie here, and makes `current` the current one, without scrolling to it."""
        self.select_rows([row for card in ids if (row := self._model.row_of(card)) is not None])
        row = None if current is None else self._model.row_of(current)
        if row is not None:
            self._view.selectionModel().setCurrentIndex(self._model.index(row, 0), _SELECT.NoUpdate)

    def select_rows(self, rows: Sequence[int]) -> None:
        """Selects these rows and no other."""
        chosen = QItemSelection()
        for row in rows:
            index = self._model.index(row, 0)
            chosen.select(index, index)
        self._view.selectionModel().select(chosen, _SELECT.ClearAndSelect)

    def remember_current(self) -> None:
        """Notes the current card."""
        card = self._model.card(self._view.currentIndex().row())
        self.current = card.id if card else None

    def note_top(self) -> None:
        """Notes the uppermost card and how far it is scrolled; nothing at the very top, where new cards shall show."""
        row = self._view.rowAt(0) if self._view.verticalScrollBar().value() else -1
        card = self._model.card(row)
        self._top = (card.id, self._view.rowViewportPosition(row)) if card else None

    def bring_back(self) -> None:
        """Selects and scrolls to the remembered cards where they lie now."""
        if self._everything:
            self._view.selectAll()
        elif self.selected or self.current is not None or self.count():
            self.select_ids(self.selected, current=self.current)
        row = self._model.row_of(self._top[0]) if self._top else None
        if row is not None and self._top is not None:
            pitch = self._view.verticalHeader().defaultSectionSize()
            self._view.verticalScrollBar().setValue(row * pitch - self._top[1])

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self._view.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]


def _top_row(span: QItemSelectionRange) -> int:
    return span.top()
