"""Which record the panel shows, and how it follows the board: opened, changed, gone from the board, closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from crmdesk.domain.changes import Change
from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import NO_ID, Id
from crmdesk.services import dossiers
from crmdesk.ui import panel_reader
from crmdesk.ui.context import Context
from crmdesk.ui.views.board import FIRST
from crmdesk.ui.views.board_page import BoardPage


class Presenter(QObject):
    """Keeps panel and board together.

    Signals: changed() after another record is shown, or none.
    """

    changed = Signal()

    def __init__(self, context: Context, page: BoardPage, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._page, self._board = context, page, page.board
        self._record: Id | None = None
        self._stale = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._on_soon)
        page.panel.closed.connect(self.close)
        self._board.opened.connect(self.open)
        self._board.selection_changed.connect(self._on_selection_changed)

    @property
    def shown(self) -> Id | None:
        """The lead or opportunity in the panel, if it is open."""
        return self._record if self._page.panel.isVisible() else None

    @property
    def kept(self) -> Id | None:
        """The same, on a page that is not seen too."""
        return None if self._page.panel.isHidden() else self._record

    def open(self, record: Id) -> None:
        """Shows a lead or an opportunity in the panel, and its card on the board where it has one."""
        self._record = record
        if not self._board.show_card(record):
            self._board.deselect()
        self._show()

    def follow(self, record: Id) -> None:
        """Goes to a card; the panel follows if it is open."""
        self._board.show_card(record)
        if self._page.panel.isVisible():
            self.open(record)

    def refresh(self, change: Change) -> None:
        """Board and panel read again; the panel of a card that left the board goes to the next one, or closes.

        The cards are painted first: the panel follows in the next turn of the event loop, once for all till then.
        """
        in_hand = self.shown is not None and self._record in self._board.selected_ids(FIRST)
        self._board.refresh(change)
        if in_hand and not self._board.has_selection() and self._has_left():
            self._put_away()
        if self._page.panel.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def be_shown(self) -> None:
        """The page is the one seen now: an open panel reads what it missed."""
        stale, self._stale = self._stale, False
        if stale and not self._page.panel.isHidden():
            self._show()

    def close(self) -> None:
        """Closes the panel; the keys go to the cards."""
        self._page.show_panel(shown=False)
        self._board.take_focus()

    def toggle(self) -> None:
        """Closes the panel, or opens it on the selected card, else the one with the ring."""
        if self._page.panel.isVisible():
            self.close()
        elif ids := self._board.target_ids():
            self.open(ids[0])

    def _show(self) -> None:
        self._soon.stop()
        if self._record is None:
            return
        view = panel_reader.read(self._context, self._record)
        if view is None:
            self._put_away()
            return
        if view != self._page.panel.shown:
            self._page.panel.show_record(view)
        self._page.show_panel(shown=True)
        self.changed.emit()

    def _put_away(self) -> None:
        """Closes the panel of a card that is gone; keys that are somewhere else stay there."""
        here = QApplication.focusWidget()
        if here is None or self._page.isAncestorOf(here):
            self.close()
        else:
            self._page.show_panel(shown=False)

    def _has_left(self) -> bool:
        """Whether the card shown has left the board for good or for a while; one that was converted lives on."""
        try:
            states = dossiers.states(self._context.db, [self._record or NO_ID])
        except NotFound:
            return False
        return all(left not in ("", "converted") for _kind, left in states)

    def _on_selection_changed(self, ids: list[Id]) -> None:
        if len(ids) == 1 and self._page.panel.isVisible() and ids[0] != self._record:
            self._record = ids[0]
            self._soon.start()

    def _on_soon(self) -> None:
        if self._page.panel.isVisible():
            self._show()
        else:
            self._stale = True
