"""The gap in a list of cards where dragged ones would land: one row grows to hold card and slot, and shrinks again."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QRect, QVariantAnimation

from crmdesk.ui.delegates.card import INSET_BOTTOM, INSET_TOP, RING
from crmdesk.ui.views.card_list import CardList


class SlotRow(QObject):
    """Opens and closes the slot of one list; neighbours make room in `ms` milliseconds."""

    def __init__(self, cards: CardList, parent: QObject | None = None) -> None:
        super().__init__(parent or cards)
        self._cards = cards
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._on_value)
        self.place: int | None = None
        self._held: int | None = None

    def open(self, place: int, count: int, *, ms: int) -> None:
        """Shows the slot for `count` cards before the row `place` (the row count: after the last)."""
        delegate = self._cards.delegate
        if place == self.place and count == delegate.slot_count:
            return
        self.close()
        rows = self._cards.cards_model.rowCount()
        self.place = place
        delegate.slot_count = count
        delegate.slot_at_end = place >= rows
        delegate.slot = min(place, max(rows - 1, 0))
        if rows:
            self._held = delegate.slot
            self._grow(ms)
        self._cards.viewport().update()

    def close(self) -> None:
        """Takes the slot away."""
        self._motion.stop()
        if self._held is not None and self._held < self._cards.cards_model.rowCount():
            self._cards.verticalHeader().resizeSection(self._held, self._pitch())
        self.place = self._held = None
        self._cards.delegate.slot = None
        self._cards.viewport().update()

    def rect(self) -> QRect:
        """Where the slot is at its full height, in px of the viewport; empty without one."""
        cards = self._cards
        if self.place is None:
            return QRect()
        top = self.place * self._pitch() - cards.verticalScrollBar().value()
        row = QRect(0, top, cards.viewport().width(), self._pitch())
        return row.adjusted(RING, INSET_TOP, -RING, -INSET_BOTTOM)

    def _grow(self, ms: int) -> None:
        if ms == 0:
            self._on_value(2 * self._pitch())
            return
        self._motion.setDuration(ms)
        self._motion.setStartValue(self._pitch())
        self._motion.setEndValue(2 * self._pitch())
        self._motion.start()

    def _on_value(self, height: object) -> None:
        if self._held is not None and isinstance(height, int):
            self._cards.verticalHeader().resizeSection(self._held, height)

    def _pitch(self) -> int:
        return self._cards.delegate.cards.pitch()
