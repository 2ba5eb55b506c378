"""The deals board as a screen: open deals by deal stage, dropped from any stage on any."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crmdesk.domain.records import Id
from crmdesk.ui import menus
from crmdesk.ui.board_screen import BoardScreen
from crmdesk.ui.board_source import DealSource
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.deal_ways import BOARD, DealWays
from crmdesk.ui.desk import Desk
from crmdesk.ui.models.source import Drop
from crmdesk.words import _


class DealsScreen(BoardScreen):
    """The deals: from the first talk about what is needed to the contract."""

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, key="deals", source=DealSource(desk.context.db), parent=parent)
        stages = Button(desk.context.theme, _("Deal stages…"), kind=QUIET, icon="edit")
        stages.clicked.connect(desk.dealing.edit_stages)
        self._controls = QWidget(self)
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.context.theme.px(8))
        row.addWidget(DealWays(desk.context.theme, BOARD, desk.go, parent=self._controls))
        row.addWidget(stages)
        self._controls.hide()

    @property
    def title(self) -> str:
        """Deals."""
        return _("Deals")

    @property
    def controls(self) -> QWidget:
        """Board or list, and the way to the list of deal stages."""
        return self._controls

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Panel, columns, the list of stages; cards move between deal stages here."""
        own = {"deal_stages": self.desk.dealing.edit_stages}
        if self.first_selected() and not self.desk.context.db.read_only:
            own |= {"move_to": self._on_move_to, "move_left": self._on_move_left, "move_right": self._on_move_right}
        return {**super().acts(), **own}

    def drop(self, drop: Drop) -> None:
        """To a deal stage; there is no gate."""
        self.desk.dealing.drop(drop)

    def add(self, column: str, text: str, event: Id | None) -> Id | None:
        """A deal, started by hand."""
        return self.desk.dealing.quick_start(column, text, event)

    def _on_move_to(self) -> None:
        if ids := self.selected():
            self.desk.dealing.move_menu(menus.passing(self), ids).popup(self.menu_place())

    def _on_move_left(self) -> None:
        self.desk.dealing.step(self.selected(), -1)

    def _on_move_right(self) -> None:
        self.desk.dealing.step(self.selected(), +1)
