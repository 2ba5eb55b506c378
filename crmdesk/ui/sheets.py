"""Which sheet is open, and what was typed into it: kept as it is typed, given back when the sheet opens again."""

from __future__ import annotations

import json
import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.domain.errors import CrmError, DiskFull
from crmdesk.storage.database import Database
from crmdesk.ui.drafts import Drafts
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.words import _

LOOK_MS = 250  # how often the open sheet is asked what is typed by now

log = logging.getLogger(__name__)


class Sheets(QObject):
    """Opens sheets in a window, one at a time. `drafts` keeps what was typed, of sheets and of anything else in it.

    Without a workspace drafts last as long as the window.

    Signals: opened() when one begins, closed() when it is away; focus_lost() when one has closed and there was nowhere
    to give the focus back to.
    """

    opened = Signal()
    closed = Signal()
    focus_lost = Signal()

    def __init__(self, window: QWidget, db: Database | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._key = ""
        self._untouched = self._seen = ""
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._on_look)
        self.drafts = Drafts(self)
        self._unkept = ""  # what the open sheet says of a draft that could not be written
        self.drafts.failed.connect(self._on_draft_failed)
        self.drafts.written.connect(self._on_draft_written)
        if db is not None:
            self.drafts.use(db)
        self.current: Sheet | None = None
        self.put_aside: set[str] = set()  # the places of sheets that somebody has left

    def open(self, sheet: Sheet, *, key: str) -> Sheet:
        """Opens the sheet; what was typed into one of the same key before is given back.

        One that is open is left first, as by Esc.
        """
        if self.current is not None:
            self.current.dismiss()
        self.current, self._key = sheet, key
        self._give_back(sheet)
        sheet.dismissed.connect(self._on_dismissed)
        sheet.closed.connect(self._on_closed)
        sheet.draft_discarded.connect(self._on_discarded)
        sheet.open_in(self._window)
        self._looking.start()
        self.opened.emit()
        return sheet

    def done(self) -> None:
        """What the open sheet asked was done: it closes and its draft is forgotten."""
        self.forget(self._key)
        self._looking.stop()
        if self.current is not None:
            self.current.finish()

    def forget(self, key: str) -> None:
        """What was typed and left under a key is done with."""
        self.drafts.drop(self.place(key))

    def keep_now(self) -> None:
        """What is typed at this moment is in the file."""
        self._keep()
        self.drafts.flush()

    def close(self) -> None:
        """The window goes: what is open is left, and what still fades is gone at once.

        A sheet that is taken apart together with its window is asked by Qt while half of it is no more, which ends the
        program.
        """
        for sheet in self._window.findChildren(Sheet):
            sheet.hide()
            sheet.dismiss()
            sheet.setParent(None)
            sheet.deleteLater()
        self.drafts.flush()

    def gives_back(self, draft: str) -> bool:
        """Whether the open sheet is where what is kept under the key `draft` belongs."""
        return self.current is not None and self.place(self._key) == draft

    def draft(self, key: str) -> Draft:
        """What was typed and left under a key; empty when nothing was."""
        return _read(self.drafts.take(self.place(key)))

    @staticmethod
    def place(key: str) -> str:
        """The key under which what is typed into the sheet of a key is kept."""
        return f"sheet:{key}"

    # Own parts

    def _give_back(self, sheet: Sheet) -> None:
        """What was typed before, with a line that says so. A draft of an older form that fits no more is let go."""
        self._untouched = self._seen = _written(sheet.draft())
        place = self.place(self._key)
        at, kept = self.drafts.kept_at(place), self.drafts.take(place)
        if at is None or kept == self._untouched:
            return
        try:
            sheet.restore(_read(kept))
        except (LookupError, TypeError, ValueError) as error:
            log.warning("a draft does not fit its sheet any more: %s", type(error).__name__)
            self.drafts.drop(place)
            return
        self._seen = _written(sheet.draft())
        sheet.say_draft(at, today=self.drafts.today)

    def _keep(self) -> None:
        """Notes what is typed by now, if it is another than at the last look."""
        if self.current is None or (typed := _written(self.current.draft())) == self._seen:
            return
        self._seen = typed
        self.drafts.keep(self.place(self._key), "" if typed == self._untouched else typed)

    def _on_look(self) -> None:
        self._keep()

    def _on_dismissed(self) -> None:
        self._keep()
        self.put_aside.add(self.place(self._key))
        self._looking.stop()
        self.drafts.flush()

    def _on_discarded(self) -> None:
        if self.current is not None:
            self.current.restore(_read(self._untouched))
            self._seen = self._untouched
            self.drafts.drop(self.place(self._key))

    def _on_draft_failed(self, error: CrmError) -> None:
        if self.current is None:
            return
        full = _("What you type stays here while the program runs. Make room, then save.")
        self.current.refuse(error.what, full if isinstance(error, DiskFull) else error.remedy)
        self._unkept = self.current.error.text

    def _on_draft_written(self) -> None:
        """It is in the file after all; what the sheet says of anything else stays."""
        if self.current is not None and self._unkept and self.current.error.text == self._unkept:
            self.current.error.hide()
            self.current.lay_out()
        self._unkept = ""

    def _on_closed(self) -> None:
        if self.sender() is self.current:
            self.current = None
            self._looking.stop()
            self.closed.emit()
        if QApplication.focusWidget() is None:
            self.focus_lost.emit()


def _written(draft: Draft) -> str:
    """A draft as it is kept: JSON; "" for an empty one."""
    return json.dumps(draft, ensure_ascii=False) if draft else ""


def _read(text: str) -> Draft:
    """What `_written` gave; empty for a text that is none of ours."""
    try:
        draft = json.loads(text) if text else {}
    except ValueError:
        return {}
    return draft if isinstance(draft, dict) else {}
