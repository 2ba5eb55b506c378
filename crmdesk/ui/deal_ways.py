"""The two ways to see the deals, as a switch beside the title of both screens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.theme import Theme
from crmdesk.words import _

BOARD, LIST = "deals", "deal_list"  # keys of the screens


class DealWays(Segmented):
    """Board or list; the one of this screen is always the chosen one."""

    def __init__(self, theme: Theme, here: str, go: Callable[[str], None], *, parent: QWidget | None = None) -> None:
        choices = [Choice(value=BOARD, text=_("Board")), Choice(value=LIST, text=_("List"))]
        super().__init__(theme, choices, name=_("Deals as"), value=here, parent=parent)
        self._here, self._go = here, go
        self.chosen.connect(self._on_way)

    def _on_way(self, screen: str) -> None:
        self.set_value(self._here)
        self._go(screen)
