"""Lists come in through the window: chosen or dropped, looked at, planned and applied off the thread of the windows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from crmdesk import words
from crmdesk.domain.errors import CrmError
from crmdesk.services import events
from crmdesk.services.import_plans import ImportResult, Look, Plan
from crmdesk.services.import_process import ImportProcess
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.closing import ClosingSheet
from crmdesk.ui.dialogs.import_progress import how_far
from crmdesk.ui.dialogs.importing import ImportChoice, ImportSheet
from crmdesk.ui.notify import IMPORT_SECONDS
from crmdesk.ui.turns import soon
from crmdesk.ui.views.under_way import UnderWay
from crmdesk.ui.work import Job
from crmdesk.words import _, ngettext

SUFFIXES = (".csv", ".txt", ".tsv", ".tab")
_LOOK, _PLAN, _APPLY, _END = "import look", "import plan", "import apply", "import end"
_PATIENCE_MS = 80


class Importer(QObject):
    """Opens the import sheet for a file and does what it asks, one list at a time.

    The sheet can be left while the list comes in: then `line` tells how far it is, and brings the sheet back.

    Signals: imported(event id) once a list is in; None without an event, and when the sheet was left before.
    """

    imported = Signal(object)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._lists = ImportProcess(context.db)
        self._sheet: ImportSheet | None = None
        self._job: Job | None = None
        self._chosen: ImportChoice | None = None  # what is coming in
        self._so_far = (0, 0)  # rows of it that are done, and all
        self.line = UnderWay(context.theme, parent=window)
        self.line.opened.connect(self._on_opened)
        self.line.stop_requested.connect(self._on_stop)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE_MS)
        self._wait.timeout.connect(self._plan)

    def choose_file(self) -> None:
        """Asks for a file; the window goes on meanwhile. A list that is coming in is shown instead."""
        if self.running:
            self._on_opened()
            return
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = [_("Lists ({patterns})").format(patterns=patterns), _("All files (*)")]
        dialog = QFileDialog(self._window, _("Import a list"), self._folder())
        dialog.setNameFilters(kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if QGuiApplication.platformName() == "offscreen":
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _folder(self) -> str:
        """Where the last list was; at first where downloads lie, else documents."""
        usual = (QStandardPaths.StandardLocation.DownloadLocation, QStandardPaths.StandardLocation.DocumentsLocation)
        places = [self._context.settings.list_folder, *map(QStandardPaths.writableLocation, usual)]
        return next((each for each in places if each and Path(each).is_dir()), str(Path.home()))

    def _on_file_chosen(self, path: str) -> None:
        self._context.settings.list_folder = str(Path(path).parent)
        self.import_file(path)

    @property
    def running(self) -> bool:
        """Whether a list is coming in."""
        return self._context.work.running(_APPLY)

    def import_file(self, path: str) -> None:
        """Reads a file and opens the sheet; what cannot be read is said in the bar above the page.

        A list that is coming in is shown instead.
        """
        if self.running:
            self._on_opened()
            return
        draft = self._context.sheets.draft(_key(path))
        self._look(path, draft.get("encoding", ""), draft.get("delimiter", ""), finished=self._on_looked)

    def ask_to_stop(self, stop: Callable[[bool], None]) -> None:
        """Asks whether the list that is coming in may be stopped; `stop` is called with a yes."""
        assert self._chosen is not None
        sheet = ClosingSheet(self._context.theme, self._chosen.plan.look.name)
        sheet.filled.connect(stop)
        self.imported.connect(sheet.dismiss)  # nothing is left to be asked
        self._context.sheets.open(sheet, key="closing")

    def accepts(self, mime: QMimeData) -> bool:
        """Whether what is dragged over the window is one file that could be a list."""
        return bool(self._dropped(mime))

    def drop(self, mime: QMimeData) -> None:
        """A file was let go over the window."""
        if path := self._dropped(mime):
            self.import_file(path)

    # Reading

    def _look(self, path: str, encoding: str, delimiter: str, *, finished: Callable[[Look], None]) -> None:
        def read(_job: Job) -> Look:
            return self._lists.look(path, encoding=encoding, delimiter=delimiter)

        self._context.work.start(_LOOK, read, finished=finished, failed=self._on_failed)

    def _on_looked(self, look: Look) -> None:
        sheet = self._made(look)
        soon(partial(self._fill, sheet), self)  # it is much for one turn

    def _fill(self, sheet: ImportSheet) -> None:
        sheet.show_look(sheet.look)
        soon(partial(self._begin, sheet), self)

    def _begin(self, sheet: ImportSheet) -> None:
        self._open(sheet)
        self._plan()

    def _made(self, look: Look) -> ImportSheet:
        context = self._context
        names = [event.name for event in events.listed(context.db)]
        sheet = ImportSheet(context.theme, look, vocabulary=context.vocabulary, events=names)
        sheet.reread.connect(self._on_reread)
        sheet.mapped.connect(self._wait.start)
        sheet.filled.connect(self._on_filled)
        sheet.stop_requested.connect(self._on_stop)
        sheet.closed.connect(self._on_closed)
        return sheet

    def _open(self, sheet: ImportSheet) -> None:
        self._context.sheets.open(sheet, key=_key(sheet.look.shape.path))
        self._sheet = sheet

    def _on_reread(self) -> None:
        if self._sheet is None:
            return
        boxes = self._sheet.how_read
        path = self._sheet.look.shape.path
        self._look(path, boxes.encoding.value, boxes.delimiter.value, finished=self._on_reread_done)

    def _on_reread_done(self, look: Look) -> None:
        if self._sheet is not None:
            self._sheet.show_look(look)
            self._plan()

    def _plan(self) -> None:
        if self._sheet is None:
            return
        look, mapping = self._sheet.look, self._sheet.mapping

        def count(job: Job) -> Plan:
            return self._lists.plan(look, mapping=mapping, cancelled=job.cancelled)

        self._context.work.start(_PLAN, count, finished=self._on_planned, failed=self._on_failed)

    def _on_planned(self, plan: Plan) -> None:
        if self._sheet is not None:
            self._sheet.show_plan(plan)

    # Writing

    def _on_filled(self, chosen: ImportChoice) -> None:
        assert self._sheet is not None
        self._chosen, self._so_far = chosen, (0, chosen.plan.read)
        self._sheet.show_progress(*self._so_far)
        sheets = self._context.sheets
        sheets.keep_now()  # an end from here on is told of at the next start
        draft = sheets.place(_key(chosen.plan.look.shape.path))

        def write(job: Job) -> ImportResult:
            return self._lists.apply(
                chosen.plan, problems_beside=chosen.beside, progress=job.report, cancelled=job.cancelled, draft=draft
            )

        self._job = self._context.work.start(
            _APPLY,
            write,
            finished=self._on_applied,
            failed=self._on_failed,
            stopped=self._on_stopped,
            progressed=self._on_progressed,
        )

    def _on_progressed(self, done: int, total: int) -> None:
        if self._job is None or self._job.cancelled():
            return
        self._so_far = (done, total)
        if self._sheet is not None:
            self._sheet.show_progress(done, total)
        else:
            self.line.say(how_far(done, total), done, total)

    def _on_left(self) -> None:
        """The sheet was left while its list comes in."""
        self.line.begin()
        self.line.say(how_far(*self._so_far), *self._so_far)

    def _on_opened(self) -> None:
        """The sheet of what is coming in, as it was left."""
        if self._sheet is not None or self._chosen is None:
            return
        self.line.hide()
        plan = self._chosen.plan
        sheet = self._made(plan.look)
        sheet.show_look(plan.look)
        sheet.show_progress(*self._so_far)
        self._open(sheet)
        self._wait.stop()  # the columns are as they were counted
        sheet.show_plan(plan)
        if self._job is not None and self._job.cancelled():
            sheet.show_stopping()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_stopped(self) -> None:
        """Everything was taken back; the sheet is as it was before, and says so."""
        self._over()
        said = _("The import was stopped."), _("Everything it had written was taken back.")
        if self._sheet is not None:
            self._sheet.show_stopped(*said)
        else:
            self._context.notify.done(" ".join(said), undo=False)

    def _on_applied(self, result: ImportResult) -> None:
        chosen, watched = self._chosen, self._sheet is not None
        assert chosen is not None
        self._over()
        if watched:
            self._context.sheets.done()
        else:
            self._context.sheets.forget(_key(chosen.plan.look.shape.path))
        self._context.notify.done(said(result), seconds=IMPORT_SECONDS)
        name = chosen.plan.event_name if watched else ""
        event = events.find(self._context.db, name) if name else None
        self.imported.emit(event.id if event is not None else None)

    def _over(self) -> None:
        """No list is coming in any more, however it ended."""
        self._job = self._chosen = None
        self.line.hide()
        if self._sheet is None:
            self._let_process_go()

    # Ends

    def _on_failed(self, error: Exception) -> None:
        """What is wrong with the file is said where the person is; a bug is one."""
        if self._chosen is not None:
            self._over()
        if not isinstance(error, CrmError):
            raise error
        if self._sheet is None:
            self._context.notify.failed(error.what, error.remedy)
            return
        self._sheet.end_progress()
        self._sheet.how_read.show_shape(self._sheet.look.shape)
        self._sheet.refuse(error.what, error.remedy)

    def _on_closed(self) -> None:
        if self.sender() is self._sheet:
            self._sheet = None
            self._wait.stop()
            if self._chosen is not None:
                self._on_left()
            else:
                self._let_process_go()

    def _let_process_go(self) -> None:
        self._context.work.start(_END, self._end, finished=self._on_ended, failed=self._on_failed)

    def _end(self, _job: Job) -> None:
        """No list is at hand any more, so no process either; one that is just stopping is waited for."""
        self._lists.close()

    def _on_ended(self, _nothing: object) -> None:
        """Nothing to say."""

    def _dropped(self, mime: QMimeData) -> str:
        """The path of the one file in it that could be a list, else ""."""
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        path = files[0] if len(files) == 1 else ""
        busy = self._context.sheets.current is not None
        return path if Path(path).suffix.casefold() in SUFFIXES and not busy else ""


def said(result: ImportResult) -> str:
    """What became of the rows, in one sentence."""
    counts = {
        "imported": words.number(result.imported),
        "merged": words.number(result.merged),
        "skipped": words.number(result.skipped),
        "reported": words.number(result.reported),
    }
    if not result.reported:
        return _("{imported} new, {merged} merged, {skipped} unchanged.").format(**counts)
    if result.beside:
        text = ngettext(
            "{imported} new, {merged} merged, {skipped} unchanged, {reported} with a problem, saved beside it.",
            "{imported} new, {merged} merged, {skipped} unchanged, {reported} with problems, saved beside it.",
            result.reported,
        )
        return text.format(**counts)
    text = ngettext(
        "{imported} new, {merged} merged, {skipped} unchanged, {reported} with a problem.",
        "{imported} new, {merged} merged, {skipped} unchanged, {reported} with problems.",
        result.reported,
    )
    return text.format(**counts)


def _key(path: str) -> str:
    return f"import:{path}"
