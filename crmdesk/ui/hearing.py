"""What the window does when one of its parts says something: where it goes, what it shows, who gets the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import boards
from crmdesk.ui import panel_reader
from crmdesk.ui.board_screen import BoardScreen
from crmdesk.ui.drop_words import DragStatus
from crmdesk.ui.pages import Page
from crmdesk.ui.turns import soon
from crmdesk.ui.views.search import Found

if TYPE_CHECKING:
    from crmdesk.ui.main_window import MainWindow


class Hearing(QObject):
    """Hears search, who records and moves, imports, and each page from when it is made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.switching.made.connect(self._on_made)
        window.palette_.opened.connect(self._on_found)
        window.palette_.all_wanted.connect(self._on_all_wanted)
        window.palette_.left.connect(self._on_left)
        window.sheets.focus_lost.connect(self._on_left)
        window.mover.questions.answered.connect(self._on_added)
        window.mover.questions.put_back.connect(self._on_put_back)
        window.mover.came_back.connect(self._on_added)
        window.recorder.added.connect(self._on_added)
        window.importer.imported.connect(self._on_imported)

    def _on_made(self, page: Page) -> None:
        page.menu_requested.connect(self._on_menu_requested)
        page.asked.connect(self._window.record.ask)
        page.passing.connect(self._on_passing)

    def _on_left(self) -> None:
        self._window.page.take_focus()

    def _on_found(self, found: Found) -> None:
        window = self._window
        card = panel_reader.card_of(window.context, found.opens)
        if card is None or boards.position(window.context.db, card) is None:
            window.open_record(found.opens)
            return
        window.show_card(card)
        window.page.take_focus()

    def _on_all_wanted(self, text: str) -> None:
        self._window.show_list(ListQuery(place="people", filter=ListFilter(text=text)))
        self._window.page.take_focus()

    def _on_added(self, record: Id) -> None:
        page = self._window.page
        if isinstance(page, BoardScreen):
            page.follow_card(record)
        page.take_focus()

    def _on_put_back(self, cards: tuple[Id, ...]) -> None:
        page = self._window.page
        if isinstance(page, BoardScreen):
            page.board.select(cards, current=None)

    def _on_imported(self, event: Id | None) -> None:
        if event is not None:
            soon(partial(self._show_event, event), self)  # the page that is seen is read again just now

    def _show_event(self, event: Id) -> None:
        self._window.go("board")
        self._window.journey.show_event(event)

    def _on_menu_requested(self, at: QPoint) -> None:
        self._window.actions_.context_menu(self._window).popup(at)

    def _on_passing(self, status: DragStatus) -> None:
        toast = self._window.context.notify.toast
        if status.text and toast is not None:
            toast.leave()
        self._window.status.set_passing(status.text, status.keys)
