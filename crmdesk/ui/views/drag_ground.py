"""The board as the ground cards are dragged over: columns and tray as targets, and what moves by itself meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint

from crmdesk.domain.cards import Card
from crmdesk.ui.dragging import Target
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.column import ColumnView
from crmdesk.ui.views.drag_hover import DragHover
from crmdesk.ui.views.strip import Strip
from crmdesk.ui.views.tray import FOR_DEALS, FOR_LEADS, Tray


class DragGround:
    """Answers a `DragController`."""

    def __init__(self, strip: Strip, tray: Tray, theme: Theme) -> None:
        self._strip, self._tray, self._theme = strip, tray, theme
        self.hover = DragHover(strip, theme)

    def drag_targets(self) -> Sequence[Target]:
        """All columns."""
        return self._strip.columns

    def target_at(self, position: QPoint) -> Target | None:
        """The column at a point of the screen, none under the tray."""
        return None if self._tray.covers(position) else self._strip.column_at(position)

    def exit_at(self, position: QPoint) -> str:
        """The way off the path at a point of the screen, or ""."""
        return self._tray.kind_at(position)

    def exit_of_key(self, key: int) -> str:
        """The way off the path a digit stands for while the tray is there, or ""."""
        return self._tray.kind_of_key(key)

    def set_exit_target(self, kind: str) -> None:
        """Frames a target of the tray."""
        self._tray.set_target(kind)

    def begin_drag(self, cards: Sequence[Card]) -> None:
        """Makes room for the tray: leads leave the path by it, and deals; customers do not."""
        self._strip.set_dragging(True)
        home = self._strip.column_of(cards[0].stage)
        if home is None or not home.column.terminal:
            targets = FOR_LEADS if all(card.kind == "lead" for card in cards) else FOR_DEALS
            self._tray.come(targets, ms=self._theme.ms("card"))

    def drag_moved(self, position: QPoint, target: Target | None) -> None:
        """Scrolls near edges, opens folded columns."""
        self.hover.follow(position, target if isinstance(target, ColumnView) else None)

    def end_drag(self, dropped_on: str) -> None:
        """As before the drag, but that the column of the drop stays open."""
        self.hover.finish(dropped_on)
        self._tray.go()
        self._strip.set_dragging(False)
