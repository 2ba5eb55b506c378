"""How a workspace begins: the page of the first start in whatever window there is, and the files made from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crmdesk import paths
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.errors import CrmError
from crmdesk.domain.ids import Clock, IdSource
from crmdesk.services import sample_file, workspace
from crmdesk.storage.database import Database
from crmdesk.ui import workspace_file
from crmdesk.ui.sheet import Draft
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.first_start import FirstStart, NewWorkspace
from crmdesk.ui.work import Job, Work
from crmdesk.words import _

KEY = "new_workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made: the workspace to show, open, and the person's own one; the same unless sample data were wanted."""

    db: Database
    path: Path
    own: Path


class Beginning(QObject):
    """Asks what they are called, and makes the workspace.

    Signals: made(Made); words_chosen(str) another language is wanted on the page: `ask` opens it again as it was.
    """

    made = Signal(object)
    words_chosen = Signal(str)

    def __init__(self, theme: Theme, *, clock: Clock, ids: IdSource, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._clock, self._ids = theme, clock, ids
        self._sheets: Sheets | None = None
        self._page: FirstStart | None = None
        self._draft: Draft = {}
        self._work = Work(self)

    def close(self) -> None:
        """What is being made is finished first."""
        self._work.close()

    def ask(self, sheets: Sheets) -> None:
        """Opens the page in a window."""
        known = vocabularies.all_shipped()
        page = FirstStart(self._theme, known, folder=paths.data_folder(), today=self._clock.today())
        page.filled.connect(self._on_filled)
        page.language_chosen.connect(self._on_language_chosen)
        self._sheets, self._page = sheets, page
        sheets.open(page, key=KEY)
        if self._draft:
            page.restore(self._draft)
            page.foot.languages.setFocus()
        self._draft = {}

    def _on_filled(self, new: NewWorkspace) -> None:
        """Eighty people live through a year: that is done beside the window, which says so."""

        def begin(_job: Job) -> Made:
            return make(new, clock=self._clock, ids=self._ids)

        if self._page is not None and not self._work.running(KEY):
            self._page.wait(_("Adding the sample people…") if new.sample else _("Starting…"))
            self._work.start(KEY, begin, finished=self._on_begun, failed=self._on_failed)

    def _on_begun(self, made: Made) -> None:
        if self._sheets is not None:
            self._sheets.done()
        self._page = self._sheets = None
        self.made.emit(made)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CrmError):
            raise error
        if self._page is not None:
            self._page.go_on()
            self._page.refuse(error.what, error.remedy)

    def _on_language_chosen(self, language: str) -> None:
        """The page goes, what was chosen on it is kept until it opens again."""
        if self._page is not None and self._sheets is not None:
            self._draft = self._page.draft()
            self._sheets.done()
        self.words_chosen.emit(language)


def make(new: NewWorkspace, *, clock: Clock, ids: IdSource) -> Made:
    """The person's own workspace, empty, and the sample people in a second file beside it if they are wanted.

    Raises CrmError; then none of the files is there.
    """
    db = workspace.create(new.path, vocabulary=new.vocabulary, name=new.name, clock=clock, ids=ids)
    if not new.sample:
        return Made(db=db, path=new.path, own=new.path)
    db.close()
    name = workspace_file.free_name(new.path.parent, _("{workspace} – sample data").format(workspace=new.name))
    beside = workspace_file.path_of(new.path.parent, name)
    try:
        db = sample_file.make(beside, vocabulary=new.vocabulary, name=name, clock=clock, ids=ids)
        return Made(db=db, path=beside, own=new.path)
    except CrmError:
        new.path.unlink(missing_ok=True)
        raise
