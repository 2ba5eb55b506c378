"""A board as a screen of the window, with its record panel: the journey, or the deals over another source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.cards import BoardFilter
from crmdesk.domain.changes import Change
from crmdesk.domain.records import Id
from crmdesk.services import events, workspace
from crmdesk.ui.board_source import ServiceSource
from crmdesk.ui.desk import Desk
from crmdesk.ui.drop_words import DragStatus
from crmdesk.ui.line_drafts import BoardDrafts
from crmdesk.ui.models.source import BoardSource, Drop
from crmdesk.ui.pages import Page
from crmdesk.ui.presenting import Presenter
from crmdesk.ui.views.board import FIRST, Board
from crmdesk.ui.views.board_page import BoardPage
from crmdesk.ui.views.filter_row import Choice
from crmdesk.ui.views.record_panel import Request
from crmdesk.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStanding:
    """Where a person is on a board: the filter, the record in the panel, the selected cards, the one with the keys."""

    filter: BoardFilter
    panel: Id | None
    chosen: tuple[Id, ...]
    current: Id | None


class BoardScreen(Page):
    """Columns of cards and the record panel. Subclasses say over which source, and who hears drops and new names."""

    def __init__(self, desk: Desk, *, key: str, source: BoardSource, parent: QWidget | None = None) -> None:
        context = desk.context
        super().__init__(context.theme, parent=parent)
        self.desk, self._key, self._source = desk, key, source
        self._hidden: Id | None = None
        self.board = Board(
            source, context.theme, today=context.clock.today, folded=context.settings.folded_columns(key)
        )
        self.page = BoardPage(context.theme, self.board, panel_width=context.settings.panel_width)
        self.presenter = Presenter(context, self.page, self)
        BoardDrafts(self.board.strip, context.sheets.drafts, key, self)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.page)
        self._connect()
        self.follow(context.theme)
        self._read_choices()

    # What a kind of board says

    def drop(self, drop: Drop) -> None:
        """Cards were let go on a column, by mouse or key."""
        raise NotImplementedError

    def leave(self, ids: list[Id], kind: str) -> None:
        """Cards were let go on a way off the path."""
        self.desk.mover.leave(ids, kind)

    def add(self, column: str, text: str, event: Id | None) -> Id | None:
        """One line was typed at the foot of a column; None when it was refused, with the reason said."""
        raise NotImplementedError

    def take_lines(self, _column: str, _text: str) -> bool:
        """Several lines were pasted there that are more than one card, and are asked about; else False."""
        return False

    # As a page

    @property
    def covered(self) -> int:
        """The panel, when it is open."""
        return self.page.covered

    @property
    def shown_record(self) -> Id | None:
        """The lead or opportunity in the panel, if it is open."""
        return self.presenter.shown

    def selected(self) -> list[Id]:
        """The selected cards, else the one in the panel, else the one with the ring."""
        return self._about(None)

    def first_selected(self) -> list[Id]:
        """The first of a column that is selected as a whole."""
        return self._about(FIRST)

    def has_chosen(self) -> bool:
        """Whether cards are selected."""
        return self.board.has_selection()

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Panel and columns; selected cards go up and down in their column."""
        acts: dict[str, Callable[[], object]] = {"panel": self.presenter.toggle, "fold": self.board.fold_here}
        if self.board.target_ids(1) and not self.desk.context.db.read_only:
            acts |= {"place_up": self._on_place_up, "place_down": self._on_place_down}
        return acts

    def menu_place(self) -> QPoint:
        """At the current card."""
        return self.board.menu_place()

    def keep_clear(self, floating: QRect) -> None:
        """The cards come out from under it."""
        self.board.keep_clear(floating)

    def take_focus(self) -> None:
        """To the cards."""
        self.board.take_focus()

    def refresh(self, change: Change) -> None:
        """Board and panel see for themselves."""
        self.presenter.refresh(change)
        if change.touches("event", "member"):
            self._read_choices()

    def be_shown(self) -> None:
        """The board reads by itself when it is shown; the panel reads what it missed."""
        self.presenter.be_shown()

    def standing(self) -> BoardStanding:
        """The filter, the panel and the selection."""
        board = self.board
        chosen, current = tuple(board.selected_ids()), board.current_id()
        return BoardStanding(filter=board.shown, panel=self.presenter.kept, chosen=chosen, current=current)

    def stand(self, standing: object) -> None:
        """The same filter, panel and selection."""
        assert isinstance(standing, BoardStanding)
        self.board.filter_row.set_filter(standing.filter)
        if standing.panel is not None:
            self.presenter.open(standing.panel)
        self.board.select(standing.chosen, current=standing.current)

    def show_card(self, card: Id) -> None:
        """Shows a lead or an opportunity in the panel, and its card on the board where it has one."""
        self.presenter.open(card)

    def follow_card(self, card: Id) -> None:
        """Goes to a card; the panel follows if it is open. Of one that the filter hides is said that it does."""
        self.presenter.follow(card)
        unfiltered = self._source.position(card, BoardFilter()) is not None
        if unfiltered and self._source.position(card, self.board.shown) is None:
            self._hidden = card
            self.desk.context.notify.add(_("The filter hides it."), way=_("Show"), then=self._on_show_hidden)

    def show_event(self, event: Id) -> None:
        """Shows the cards of one event alone."""
        self.board.filter_row.set_filter(BoardFilter(event_id=event))

    # Own parts

    def _connect(self) -> None:
        board = self.board
        board.dropped.connect(self.drop)
        board.exit_requested.connect(self.leave)
        board.quick_add.connect(self._on_quick_add)
        board.selection_changed.connect(self._on_selection_changed)
        board.menu_requested.connect(self._on_menu_requested)
        board.status_changed.connect(self._on_status_changed)
        board.folds_changed.connect(self._on_folds_changed)
        self.presenter.changed.connect(self.selection_changed)
        self.page.panel.requested.connect(self._on_requested)
        self.page.panel_resized.connect(self._on_panel_resized)
        self.page.covered_changed.connect(self.covered_changed)

    def _read_choices(self) -> None:
        db = self.desk.context.db
        self.board.filter_row.set_choices(
            events=[Choice(event.id, event.name) for event in events.listed(db)],
            owners=[Choice(member.id, member.name) for member in workspace.members(db)],
        )

    def _about(self, most: int | None) -> list[Id]:
        shown = self.presenter.shown
        return self.board.selected_ids(most) or ([shown] if shown is not None else self.board.target_ids(most))

    def _on_quick_add(self, column: str, text: str) -> None:
        """The line keeps the keys: the next name may follow. Several lines are asked about first."""
        if self.take_lines(column, text):
            return
        added = self.add(column, text, self.board.shown.event_id)
        if added is None:
            self.board.put_back_text(column, text)
        else:
            self.follow_card(added)

    def _on_show_hidden(self) -> None:
        """The filter goes: what it hid is there, and shown."""
        self.board.filter_row.set_filter(BoardFilter())
        if self._hidden is not None:
            self.presenter.follow(self._hidden)

    def _on_place_up(self) -> None:
        self.board.place_selected(-1)

    def _on_place_down(self) -> None:
        self.board.place_selected(+1)

    def _on_selection_changed(self, _ids: list[Id]) -> None:
        self.selection_changed.emit()

    def _on_menu_requested(self, _ids: list[Id], at: QPoint) -> None:
        self.menu_requested.emit(at)

    def _on_status_changed(self, status: DragStatus) -> None:
        self.passing.emit(status)

    def _on_folds_changed(self, columns: list[str]) -> None:
        self.desk.context.settings.fold_columns(self._key, tuple(columns))

    def _on_requested(self, request: Request) -> None:
        if (shown := self.presenter.shown) is not None:
            self.asked.emit(request.action, shown, request.about)

    def _on_panel_resized(self, width: int) -> None:
        self.desk.context.settings.panel_width = width


class JourneyScreen(BoardScreen):
    """The journey: from the first stage to the customer."""

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, key="board", source=ServiceSource(desk.context.db), parent=parent)
        self.board.filter_changed.connect(self._on_filter_changed)

    @property
    def title(self) -> str:
        """The board."""
        return _("Board")

    def drop(self, drop: Drop) -> None:
        """To a stage, past its gate."""
        self.desk.mover.drop(drop)

    def take_lines(self, column: str, text: str) -> bool:
        """Somebody new on each line, if they are."""
        return self.desk.recorder.quick_lines(column, text)

    def add(self, column: str, text: str, event: Id | None) -> Id | None:
        """Somebody new, as a lead."""
        return self.desk.recorder.quick_add(column, text, event)

    def _on_filter_changed(self, shown: BoardFilter) -> None:
        self.desk.recorder.shown_event = shown.event_id
