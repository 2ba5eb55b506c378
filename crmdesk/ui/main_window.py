"""Assembles the window of one workspace and connects its parts; nothing is decided or written here."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from crmdesk.domain.changes import Change
from crmdesk.domain.errors import CrmError
from crmdesk.domain.ids import Clock
from crmdesk.domain.lists import ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import workspace
from crmdesk.storage.database import Database
from crmdesk.ui import focus, framing, status_words, wiring, workspace_file
from crmdesk.ui.actions import Actions
from crmdesk.ui.application import LEAST_SIZE, first_size
from crmdesk.ui.backing_up import BackingUp
from crmdesk.ui.board_screen import BoardScreen
from crmdesk.ui.bus import Bus
from crmdesk.ui.context import Context
from crmdesk.ui.counting import Counting
from crmdesk.ui.dealing import Dealing
from crmdesk.ui.dialogs.closing import UnkeptSheet
from crmdesk.ui.hearing import Hearing
from crmdesk.ui.importer import Importer
from crmdesk.ui.list_screen import ListScreen
from crmdesk.ui.list_screens import SCREEN_OF
from crmdesk.ui.mover import Mover
from crmdesk.ui.notify import Notify
from crmdesk.ui.pages import Page
from crmdesk.ui.palette import Palette
from crmdesk.ui.record_actions import RecordActions
from crmdesk.ui.record_screen import RecordScreen
from crmdesk.ui.recorder import Recorder
from crmdesk.ui.resting import Resting
from crmdesk.ui.sampling import Sampling
from crmdesk.ui.saved_views import SavedViews
from crmdesk.ui.screens import FIRST, SCREENS
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.switching import Standing, Switching
from crmdesk.ui.theme import Theme
from crmdesk.ui.trash import Trash
from crmdesk.ui.turns import Pieces
from crmdesk.ui.typed import Typed
from crmdesk.ui.undoing import Undoing
from crmdesk.ui.view_menu import ViewMenu
from crmdesk.ui.views.board import Board
from crmdesk.ui.views.frame import Frame
from crmdesk.ui.views.search import HitList
from crmdesk.ui.waiting import Waiting
from crmdesk.ui.work import Work
from crmdesk.ui.workspace_edits import WorkspaceEdits


class MainWindow(QMainWindow):
    """One workspace.

    Signals: new_requested(), open_requested() another workspace; language_chosen(str) this one in another language, ""
    for the system's; restore_requested(number) a backup in the place of this one; closed() it is going.
    """

    new_requested = Signal()
    open_requested = Signal()
    language_chosen = Signal(str)
    restore_requested = Signal(object)
    closed = Signal()

    def __init__(
        self, db: Database, *, clock: Clock, theme: Theme, settings: Settings, frame: Frame | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._changing = False
        self._asks = True  # before what comes in is stopped
        self._waits = True  # for its threads
        self.setMinimumSize(LEAST_SIZE)
        self.resize(first_size())
        self.setAcceptDrops(True)
        self.frame = frame or framing.frame(theme)
        self.toolbar, self.navigation, self.status = self.frame.toolbar, self.frame.navigation, self.frame.status
        self.context = Context(
            db=db,
            clock=clock,
            settings=settings,
            theme=theme,
            notify=Notify(theme, self.frame.pages, self.frame.bar),
            sheets=Sheets(self, db),
            bus=Bus(db, self),
            work=Work(self),
        )

    def assembling(self, standing: Standing | None = None, aside: frozenset[str] = frozenset()) -> Pieces[None]:
        """Makes the parts and the first page, piece by piece; the frame is taken from where it was with the last.

        `standing` is where a person was in the window before this one, `aside` the drafts they put aside there.
        """
        context, theme = self.context, self._theme
        counts = {each.key: each.count for each in SCREENS if each.count is not None}
        self._counting = Counting(context, self.navigation, counts, self)
        self._counting.begin()
        self.hits = HitList(theme, parent=self)
        self.actions_ = Actions(self, theme)
        self.palette_ = Palette(context, self.toolbar.search, self.hits, self.actions_, self)
        typed = Typed(context.clock.today, context.currency)
        self.mover = Mover(context, typed, self)
        self.dealing = Dealing(context, typed, self)
        self.recorder = Recorder(context, typed, self)
        self.importer = Importer(context, self)
        self.undoing = Undoing(context, self)
        self.trash = Trash(context, self)
        self.backing_up = BackingUp(context, self)
        self.view_menu = ViewMenu(context, self)
        self.workspace_edits = WorkspaceEdits(context, self)
        yield
        self.record = RecordActions(self, self.mover, self.recorder)
        self._resting = Resting(context, self)
        self.sampling = Sampling(context, self.frame, self)
        self._waiting = Waiting(
            context, self.frame, self.recorder, self.mover, self.dealing, self.importer, self.open_record, self
        )
        self.switching = Switching(self.frame, SCREENS, self)
        self.switching.use(wiring.desk(self, typed))
        self._hearing = Hearing(self)
        self._connect()
        wiring.connect_actions(self)
        yield
        screen = FIRST if standing is None else self.switching.stand(standing)
        first = self.switching.make(screen)
        yield
        yield from self._counting.until_begun()
        first.be_shown()
        self._views = SavedViews(context, self.navigation, self.show_list, self)
        yield
        self.setCentralWidget(self.frame)
        self.go(screen)
        self._read_again()
        self.sheets.put_aside.update(aside)
        self._waiting.look()

    # What others ask

    @property
    def page(self) -> Page:
        """The page that is seen."""
        return self.switching.current

    @property
    def journey(self) -> BoardScreen:
        """The page of the journey board, made if need be."""
        page = self.switching.page("board")
        assert isinstance(page, BoardScreen)
        return page

    @property
    def board(self) -> Board:
        """The journey board."""
        return self.journey.board

    @property
    def selected(self) -> list[Id]:
        """The leads and opportunities an action is about."""
        return self.page.selected()

    @property
    def shown_record(self) -> Id | None:
        """The lead or opportunity in the panel of the journey board, if it is open."""
        return self.journey.shown_record

    @property
    def sheets(self) -> Sheets:
        """The sheets of this window."""
        return self.context.sheets

    def refuse(self, error: CrmError) -> None:
        """Says above the page what went wrong."""
        self.context.notify.failed(error.what, error.remedy)

    def go(self, screen: str) -> None:
        """Shows a screen by its key."""
        self.switching.go(screen)

    def show_card(self, card: Id) -> None:
        """Shows a lead or an opportunity in the panel of the journey board, and its card where it has one."""
        self.go("board")
        self.journey.show_card(card)

    def show_why(self) -> None:
        """Shows why the card in the panel stands where it stands."""
        self.journey.page.panel.show_why()

    def open_record(self, record: Id) -> None:
        """Shows the page of a person, an organisation, a lead or an opportunity."""
        page = self.switching.page("record")
        assert isinstance(page, RecordScreen)
        page.open(record, further=self.page is page)
        self.go("record")

    def show_list(self, query: ListQuery) -> None:
        """Shows a list on the screen of its place."""
        self.go(SCREEN_OF[query.place])
        page = self.page
        assert isinstance(page, ListScreen)
        page.show_query(query)

    def menu_place(self) -> QPoint:
        """Where a menu about what is selected belongs, on the screen."""
        return self.page.menu_place()

    # Qt

    def close_at_once(self, *, waits: bool = True) -> None:
        """Closes without asking whether what comes in may be stopped; it then `waits` for its threads, or does not."""
        self._asks, self._waits = False, waits
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finishes what runs and remembers the window.

        A list that is coming in is only stopped, and what could not be written is only lost, when that is wanted.
        """
        if self._asks and self.importer.running:
            event.ignore()
            self.importer.ask_to_stop(self._on_stop_wanted)
            return
        self.sheets.keep_now()
        if self._asks and self.sheets.drafts.unwritten:
            event.ignore()
            sheet = UnkeptSheet(self._theme)
            sheet.filled.connect(self._on_stop_wanted)
            self.sheets.open(sheet, key="unkept")
            return
        self.sheets.close()
        self.context.work.close(waits=self._waits)
        self.context.bus.close()
        self.context.settings.geometry = self.saveGeometry()
        self.context.settings.save()
        super().closeEvent(event)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows keep the icons of the navigation."""
        super().resizeEvent(event)
        self.navigation.set_narrow(self.width() < self._theme.px(framing.NARROW_BELOW))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab brings what it reaches into sight, from outside of what scrolls too."""
        moved = super().focusNextPrevChild(forward)
        if (reached := QApplication.focusWidget()) is not None:
            focus.bring_into_sight(reached)
        return moved

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
        self.switching.made.connect(self._on_made)
        self.switching.switched.connect(self._on_switched)
        self.navigation.chosen.connect(self._on_chosen)
        self.toolbar.new_requested.connect(self.recorder.new_contact)
        self.status.hold(self.importer.line)
        self.sheets.opened.connect(self.frame.bar.hide)
        self.sheets.opened.connect(self.context.notify.cover)
        self.sheets.closed.connect(self.context.notify.uncover)
        self.context.bus.changed.connect(self._on_changed)
        self.context.notify.undo_requested.connect(self.undoing.undo)
        self.context.notify.floats.connect(self.frame.pages.keep_clear)
        self.view_menu.language_chosen.connect(self.language_chosen)
        self.backing_up.changed.connect(self._read_again)
        self.backing_up.restore_requested.connect(self.restore_requested)

    # Reading

    def _read_again(self) -> None:
        db = self.context.db
        self.setWindowTitle(workspace_file.title(db.path, workspace.settings(db).name))
        self._counting.read_again()
        self.status.set_parts(*status_words.parts(self.context, self.backing_up.status))
        self._enable()

    def _enable(self) -> None:
        holds = self.mover.rules(self.page.first_selected()) | self.undoing.rules()
        self.actions_.enable(holds, self.page.acts())

    # Slots

    def _on_stop_wanted(self, _yes: bool) -> None:
        self.close_at_once()

    def _on_chosen(self, place: str) -> None:
        if not self._views.opens(place):
            self.go(place)

    def _on_made(self, page: Page) -> None:
        page.selection_changed.connect(self._on_selection_changed)
        page.title_changed.connect(self._on_title_changed)

    def _on_switched(self, screen: str) -> None:
        self.navigation.set_current(self.page.place or screen)
        self._enable()

    def _on_title_changed(self) -> None:
        if self.switching.key and self.page.place:
            self.navigation.set_current(self.page.place)

    def _on_changed(self, change: Change) -> None:
        self.context.notify.outdated()
        self._changing = True
        try:
            self.switching.refresh(change)
        finally:
            self._changing = False
        self._read_again()

    def _on_selection_changed(self) -> None:
        if not self.switching.key:  # the first page is filled before it is seen
            return
        if self.page.has_chosen():
            self.frame.bar.hide()
        if not self._changing:  # else `_read_again` follows
            self._enable()
