"""One column of the board as an item model: counted by the tally, read in pages when painted, never written.

It holds at most a few pages, so a column of a million cards costs what one of a thousand does.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crmdesk.domain.cards import BoardFilter, Card
from crmdesk.domain.records import Id
from crmdesk.ui.models.source import BoardSource, Key, key_of

PAGE = 16  # about what is seen of a column: a change reads that much again
PAGES_KEPT = 48
BULK = 1000

CARD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def _name(card: Card) -> str:
    return card.name


class ColumnModel(QAbstractTableModel):
    """The cards of one stage in their order, one column wide."""

    def __init__(
        self,
        source: BoardSource,
        stage: str,
        *,
        spoken: Callable[[Card], str] = _name,
        parent: QObject | None = None,
    ) -> None:
        """Empty until the first `reload`; `spoken` is the sentence a screen reader says for a card."""
        super().__init__(parent)
        self.stage = stage
        self._source = source
        self._answers: dict[int, Callable[[Card], object]] = {
            CARD_ROLE: _itself,
            ID_ROLE: _id,
            Qt.ItemDataRole.DisplayRole: _name,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
        }
        self._shown = BoardFilter()
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Card]] = OrderedDict()
        self._places: dict[Id, tuple[str, int] | None] = {}  # asked for since the last reload

    def show_only(self, shown: BoardFilter) -> None:
        """Another filter; takes effect with the next `reload`."""
        self._shown = shown

    def reload(self, count: int, *, seen: range = range(0)) -> None:
        """Everything is read again when it is next painted; `count` is the column's new number of cards.

        The rows that are `seen` are read at once, and those that show the same as before do not count as changed.
        """
        before_at = {row: card for row in seen if (card := self._held(row)) is not None}
        self._pages.clear()
        self._places.clear()
        before, kept = self._count, min(self._count, count)
        if count > before:
            self.beginInsertRows(_NOWHERE, before, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < before:
            self.beginRemoveRows(_NOWHERE, count, before - 1)
            self._count = count
            self.endRemoveRows()
        same = [row for row, card in before_at.items() if self.card(row) == card]
        start = 0
        for row in (*same, kept):
            if start < row:
                self.dataChanged.emit(self.index(start, 0), self.index(row - 1, 0))
            start = row + 1

    def forget_places(self) -> None:
        """The cards here are as they were, but others may lie elsewhere now."""
        self._places.clear()

    def card(self, row: int) -> Card | None:
        """The card at `row`; None outside, or when the column has become shorter since it was counted."""
        if not 0 <= row < self._count:
            return None
        page = self._page(row // PAGE)
        offset = row % PAGE
        return page[offset] if offset < len(page) else None

    def cards(self, first: int, last: int) -> Iterator[Card]:
        """The cards of the rows `first` to `last`, both included; long stretches are read past the kept pages."""
        last = min(last, self._count - 1)
        if last - first < PAGE * PAGES_KEPT:
            yield from (card for row in range(first, last + 1) if (card := self.card(row)) is not None)
            return
        after, left = self._key_before(first), last - first + 1
        while left > 0:
            read = self._source.page(self.stage, self._shown, after=after, limit=min(BULK, left))
            if not read:
                return
            yield from read
            after, left = key_of(read[-1]), left - len(read)

    def row_of(self, card: Id) -> int | None:
        """The row of a card, looked for in what is held, then asked; None when it is not in this column."""
        for number, page in self._pages.items():
            for offset, held in enumerate(page):
                if held.id == card:
                    return number * PAGE + offset
        place = self.place_of(card)
        if place is None or place[0] != self.stage or place[1] >= self._count:
            return None
        return place[1]

    def place_of(self, card: Id) -> tuple[str, int] | None:
        """The stage and row where a card lies, asked once between two reloads; None when it is not shown."""
        if card not in self._places:
            self._places[card] = self._source.position(card, self._shown)
        return self._places[card]

    def landing(self, key: Key) -> int:
        """The row a card with `key` would take here, from 0 to the count: two reads, however long the column."""
        following = self._source.page(self.stage, self._shown, after=key, limit=1)
        row = self.row_of(following[0].id) if following else None
        return self._count if row is None else row

    def pages_held(self) -> int:
        """How many pages are in memory now."""
        return len(self._pages)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many cards the tally counts."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The card, its id, its name, or the sentence for a screen reader."""
        answer = self._answers.get(role) if index.isValid() else None
        card = self.card(index.row()) if answer is not None else None
        return None if answer is None or card is None else answer(card)

    def _held(self, row: int) -> Card | None:
        page, offset = self._pages.get(row // PAGE, ()), row % PAGE
        return page[offset] if offset < len(page) else None

    def _page(self, number: int) -> Sequence[Card]:
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        after = self._key_before(number * PAGE)
        self._pages[number] = self._source.page(self.stage, self._shown, after=after, limit=PAGE)
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return self._pages[number]

    def _key_before(self, row: int) -> Key | None:
        """The key after which `row` comes: the end of a held page beside it, else a jump by anchor."""
        if row == 0:
            return None
        if (before := self._held(row - 1)) is not None:
            return key_of(before)
        return self._source.anchor(self.stage, self._shown, offset=row)


def _itself(card: Card) -> Card:
    return card


def _id(card: Card) -> Id:
    return card.id
