"""What keys and menus do to the selected cards: each action of the Record menu, handed to who moves or records."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.domain.records import Id
from crmdesk.ui import menus
from crmdesk.ui.actions import Actions
from crmdesk.ui.board_screen import BoardScreen
from crmdesk.ui.mover import Mover
from crmdesk.ui.recorder import Recorder

if TYPE_CHECKING:
    from crmdesk.ui.main_window import MainWindow


class RecordActions(QObject):
    """Bound handlers of the actions about cards. `desk` is the window they act in."""

    def __init__(self, desk: MainWindow, mover: Mover, recorder: Recorder) -> None:
        super().__init__(desk)
        self._desk, self._mover, self._recorder = desk, mover, recorder
        self._handlers: dict[str, Callable[[], None]] = {
            "next_step": self._on_next_step,
            "log": self._on_log,
            "consent": self._on_consent,
            "add_channel": self._on_add_channel,
            "edit": self._on_edit,
            "why": self._on_why,
            "move_to": self._on_move_to,
            "move_left": self._on_move_left,
            "move_right": self._on_move_right,
            "convert": self._on_convert,
            "not_now": self._on_not_now,
            "not_a_fit": self._on_not_a_fit,
            "won": self._on_won,
            "lost": self._on_lost,
            "reopen": self._on_reopen,
            "open_page": self._on_open_page,
            "start_lead": self._on_start_lead,
        }

    def connect_actions(self, actions: Actions) -> None:
        """Gives the actions of the table their handlers."""
        for action, slot in self._handlers.items():
            actions.on(action, slot)

    def ask(self, action: str, card: Id, about: object) -> None:
        """What the record panel asks for: an action of the table, or something about a fact, a channel or a step."""
        if action == "fact":
            self._recorder.fact(card, str(about))
        elif action == "consent":
            self._recorder.consent(card, about)
        elif action == "task_done":
            self._recorder.task_done(about)
        elif action == "deal":
            self._desk.dealing.edit([card], str(about))
        elif action == "part":
            self._desk.dealing.edit_part(card, about)
        elif action == "add_part":
            self._desk.dealing.add_part(card)
        elif action == "move_to":
            self._move_on_the_journey()
        else:
            self._handlers[action]()

    def _on_next_step(self) -> None:
        self._recorder.next_step(self._desk.selected)

    def _on_log(self) -> None:
        self._recorder.log(self._desk.selected)

    def _on_consent(self) -> None:
        self._recorder.consent_of(self._desk.selected)

    def _on_add_channel(self) -> None:
        self._recorder.add_channel(self._desk.selected)

    def _on_edit(self) -> None:
        """A page that edits in place does it in its own way; else a deal is edited, or a person's name."""
        if self._own("edit"):
            return
        ids = self._desk.selected
        if ids and self._desk.dealing.is_deal(ids[0]):
            self._desk.dealing.edit(ids)
        else:
            self._recorder.rename(ids)

    def _on_why(self) -> None:
        ids, page = self._desk.selected, self._desk.page
        if ids and isinstance(page, BoardScreen):
            page.show_card(ids[0])
            page.page.panel.show_why()
        elif ids:
            self._desk.show_card(ids[0])
            self._desk.show_why()

    def _on_move_to(self) -> None:
        if not self._own("move_to"):
            self._move_on_the_journey()

    def _move_on_the_journey(self) -> None:
        if ids := self._desk.selected:
            menu = self._mover.move_menu(menus.passing(self._desk), ids)
            menu.popup(self._desk.menu_place())

    def _on_move_left(self) -> None:
        if not self._own("move_left"):
            self._mover.step(self._desk.selected, -1)

    def _on_move_right(self) -> None:
        if not self._own("move_right"):
            self._mover.step(self._desk.selected, +1)

    def _own(self, action: str) -> bool:
        """Whether the page that is seen has done it in its own way."""
        own = self._desk.switching.act(action)
        if own is not None:
            own()
        return own is not None

    def _on_convert(self) -> None:
        self._mover.convert(self._desk.selected)

    def _on_not_now(self) -> None:
        self._mover.leave(self._desk.selected, "not_now")

    def _on_not_a_fit(self) -> None:
        self._mover.leave(self._desk.selected, "not_a_fit")

    def _on_won(self) -> None:
        self._mover.leave(self._desk.selected, "won")

    def _on_lost(self) -> None:
        self._mover.leave(self._desk.selected, "lost")

    def _on_open_page(self) -> None:
        if ids := self._desk.selected:
            self._desk.open_record(ids[0])

    def _on_reopen(self) -> None:
        self._mover.reopen(self._desk.selected)

    def _on_start_lead(self) -> None:
        if ids := self._desk.selected:
            self._recorder.start_lead(ids[0])
