"""Assembles the window of one workspace and connects its parts; nothing is decided or written here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from crmdesk.domain.changes import Change
from crmdesk.domain.errors import CrmError
from crmdesk.domain.ids import Clock
from crmdesk.domain.records import Id
from crmdesk.services import events, searches, workspace
from crmdesk.storage.database import Database
from crmdesk.ui import panel_reader, status_words
from crmdesk.ui.actions import Actions, key_of
from crmdesk.ui.board_source import ServiceSource
from crmdesk.ui.bus import Bus
from crmdesk.ui.context import Context
from crmdesk.ui.drop_words import DragStatus
from crmdesk.ui.importer import Importer
from crmdesk.ui.mover import Mover
from crmdesk.ui.notify import Notify
from crmdesk.ui.presenting import Presenter
from crmdesk.ui.record_actions import RecordActions
from crmdesk.ui.recorder import Recorder
from crmdesk.ui.resting import Resting
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.ui.undoing import Undoing
from crmdesk.ui.view_menu import ViewMenu
from crmdesk.ui.views.board import Board
from crmdesk.ui.views.board_page import BoardPage, Shell
from crmdesk.ui.views.filter_row import Choice
from crmdesk.ui.views.navigation import Navigation, Screen
from crmdesk.ui.views.record_panel import Request
from crmdesk.ui.views.search import Found, HitList, Search
from crmdesk.ui.views.status_bar import StatusBar
from crmdesk.ui.views.toolbar import Toolbar
from crmdesk.ui.window_memory import WindowMemory
from crmdesk.ui.work import Work
from crmdesk.words import N_, _

SCREENS = (Screen("board", N_("Board"), "board"),)
NARROW_BELOW = 1360
LEAST = (1024, 700)
FIRST_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """One workspace.

    Signals: new_requested(), open_requested() another workspace; closed() it is going.
    """

    new_requested = Signal()
    open_requested = Signal()
    closed = Signal()

    def __init__(self, db: Database, *, clock: Clock, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self.board = Board(
            ServiceSource(db), theme, today=clock.today, folded=settings.folded if settings.folded else None
        )
        toolbar = Toolbar(theme, title=_("Board"), search_key=key_of("search"), new_key=key_of("new_contact"))
        self.page = BoardPage(theme, self.board, toolbar, panel_width=settings.panel_width)
        self.navigation = Navigation(theme, SCREENS)
        self.status = StatusBar(theme)
        self.setCentralWidget(Shell(self.navigation, self.page, self.status))
        self.context = Context(
            db=db,
            vocabulary=workspace.vocabulary(db),
            clock=clock,
            settings=settings,
            theme=theme,
            notify=Notify(theme, self.page, self.page.bar),
            sheets=Sheets(self),
            bus=Bus(db, self),
            work=Work(self),
        )
        self.hits = HitList(theme, parent=self)
        self.search = Search(toolbar.search, self.hits, self._find)
        self.actions_ = Actions(self, theme)
        typed = Typed(clock.today, workspace.settings(db).currency)
        self.mover = Mover(self.context, typed, self)
        self.recorder = Recorder(self.context, typed, self)
        self.importer = Importer(self.context, self)
        self.undoing = Undoing(self.context, self)
        self.view_menu = ViewMenu(self.context, self)
        self.record = RecordActions(self, self.mover, self.recorder)
        self._resting = Resting(self.context, self)
        self._memory = WindowMemory(self, self.page, settings)
        self.presenter = Presenter(self.context, self.page, self)
        self._connect()
        self._connect_actions()
        self._place()
        self._read_again()

    # What others ask

    @property
    def selected(self) -> list[Id]:
        """The cards an action is about: the selected ones, else the one in the panel."""
        shown = self.presenter.shown
        return self.board.selected_ids() or ([shown] if shown is not None else [])

    @property
    def shown_record(self) -> Id | None:
        """The lead or opportunity in the panel, if it is open."""
        return self.presenter.shown

    @property
    def sheets(self) -> Sheets:
        """The sheets of this window."""
        return self.context.sheets

    def refuse(self, error: CrmError) -> None:
        """Says above the page what went wrong."""
        self.context.notify.failed(error.what, error.remedy)

    def open_record(self, record: Id) -> None:
        """Shows a lead or an opportunity in the panel, and its card on the board where it has one."""
        self.presenter.open(record)

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finishes what runs and remembers the window."""
        self.sheets.close()
        self.context.work.close()
        self.context.bus.close()
        self._memory.keep()
        super().closeEvent(event)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows keep the icons of the navigation."""
        super().resizeEvent(event)
        self.navigation.set_narrow(self.width() < self._theme.px(NARROW_BELOW))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A list may be dropped anywhere on the window."""
        if self.importer.accepts(event.mimeData()) and self.sheets.current is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the import sheet for the file."""
        self.importer.drop(event.mimeData())
        event.acceptProposedAction()

    # Parts

    def _connect(self) -> None:
        board, page, panel = self.board, self.page, self.page.panel
        board.selection_changed.connect(self._on_selection_changed)
        board.dropped.connect(self.mover.drop)
        board.exit_requested.connect(self.mover.leave)
        board.quick_add.connect(self._on_quick_add)
        board.menu_requested.connect(self._on_menu_requested)
        board.status_changed.connect(self._on_status_changed)
        panel.requested.connect(self._on_requested)
        self.presenter.changed.connect(self._enable)
        page.toolbar.new_requested.connect(self.recorder.new_contact)
        self.search.opened.connect(self._on_found)
        self.search.left.connect(board.take_focus)
        self.sheets.focus_lost.connect(board.take_focus)
        self.sheets.opened.connect(page.bar.hide)
        self.context.bus.changed.connect(self._on_changed)
        self.context.notify.undo_requested.connect(self.undoing.undo)
        self.mover.questions.answered.connect(self._on_added)
        self.recorder.added.connect(self._on_added)
        self.importer.imported.connect(self._on_imported)

    def _connect_actions(self) -> None:
        on = self.actions_.on
        on("new_contact", self.recorder.new_contact)
        on("import", self.importer.choose_file)
        on("new_workspace", self.new_requested.emit)
        on("open", self.open_requested.emit)
        on("close", self.close)
        on("quit", QApplication.closeAllWindows)
        on("undo", self.undoing.undo)
        on("redo", self.undoing.redo)
        on("history", self.undoing.show_history)
        on("search", self._on_search)
        on("panel", self.presenter.toggle)
        on("fold", self.board.fold_here)
        self.record.connect_actions(self.actions_)
        self.view_menu.connect_actions(self.actions_)
        self.actions_.fill(self.menuBar())

    def _place(self) -> None:
        self.setMinimumSize(*LEAST)
        self.resize(*FIRST_SIZE)
        self._memory.bring_back()
        self.navigation.set_current("board")
        self.setAcceptDrops(True)

    # Reading

    def _read_again(self) -> None:
        db = self.context.db
        self.setWindowTitle(_("{workspace} – CrmDesk").format(workspace=workspace.settings(db).name))
        self.board.filter_row.set_choices(
            events=[Choice(event.id, event.name) for event in events.listed(db)],
            owners=[Choice(member.id, member.name) for member in workspace.members(db)],
        )
        self.status.set_parts(*status_words.parts(self.context))
        self._enable()

    def _enable(self) -> None:
        self.actions_.enable(self.mover.rules(self.selected) | self.undoing.rules())

    def _find(self, text: str) -> Sequence[Found]:
        return panel_reader.found(self.context, searches.find(self.context.db, text, 10))

    # Slots

    def _on_changed(self, change: Change) -> None:
        self.presenter.refresh(change)
        self._read_again()

    def _on_selection_changed(self, ids: list[Id]) -> None:
        if ids:
            self.page.bar.hide()
        self._enable()

    def _on_requested(self, request: Request) -> None:
        if (shown := self.presenter.shown) is not None:
            self.record.ask(request.action, shown, request.about)

    def _on_found(self, found: Found) -> None:
        card = panel_reader.card_of(self.context, found.opens)
        if card is None:
            self.recorder.start_lead(found.opens, found.name)
            return
        self.open_record(card)
        self.board.take_focus()

    def _on_added(self, record: Id) -> None:
        self.presenter.follow(record)
        self.board.take_focus()

    def _on_imported(self, event: Id | None) -> None:
        if event is not None:
            self.board.filter_row.set_filter(panel_reader.only_event(event))

    def _on_quick_add(self, stage: str, text: str) -> None:
        """The line keeps the keys: the next name may follow."""
        added = self.recorder.quick_add(stage, text, self.board.shown.event_id)
        if added is None:
            self.board.put_back_text(stage, text)
        else:
            self.presenter.follow(added)

    def _on_menu_requested(self, _ids: list[Id], at: QPoint) -> None:
        self.actions_.context_menu(self).popup(at)

    def _on_status_changed(self, status: DragStatus) -> None:
        if status.text and self.context.notify.toast is not None:
            self.context.notify.toast.leave()
        self.status.set_passing(status.text, status.keys)

    def _on_search(self) -> None:
        self.page.toolbar.search.setFocus()
        self.page.toolbar.search.selectAll()
