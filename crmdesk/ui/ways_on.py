"""A workspace that does not open: a sheet says why, and what is chosen there is done off the thread of the windows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crmdesk import paths, words
from crmdesk.domain.errors import CrmError
from crmdesk.domain.ids import Clock
from crmdesk.services import backups, unopened
from crmdesk.services.backups import Replaced, Salvaged
from crmdesk.services.unopened import Trouble
from crmdesk.storage import failures
from crmdesk.storage.places import CLOUD
from crmdesk.ui import backup_words, choosing
from crmdesk.ui.dialogs.unopened import SalvagedSheet, UnopenedSheet, Way
from crmdesk.ui.notify import ErrorBar
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.frame import Frame
from crmdesk.ui.work import Job, Work
from crmdesk.words import _

BACKUP, SALVAGE, CHOOSE, AGAIN, READ, FORGET, COPY = "backup", "salvage", "choose", "again", "read", "forget", "copy"
_JOB = "way on"


class WaysOn(QObject):
    """The ways on from a workspace that does not open.

    Signals: opened(path, sentence) a workspace can be opened now, and what was done for it; read_requested(path) it is
    to be opened for reading; choose_requested() another file is to be chosen; forgotten(path) off the list with it;
    damage_refused(Damaged) nobody wants to go on with an open file that was found damaged.
    """

    opened = Signal(object, str)
    read_requested = Signal(object)
    choose_requested = Signal()
    forgotten = Signal(object)
    damage_refused = Signal(object)

    def __init__(self, theme: Theme, clock: Clock, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._clock, self._settings = theme, clock, settings
        self._work = Work(self)
        self._sheets: Sheets | None = None
        self._window: QWidget | None = None
        self._sheet: UnopenedSheet | None = None
        self._trouble: Trouble | None = None
        self._said = ""
        self._path = Path()

    @property
    def shown(self) -> bool:
        """Whether they are before a person now."""
        return self._sheet is not None

    def show(self, window: QWidget, sheets: Sheets, *, path: Path, error: CrmError, was_open: bool = False) -> None:
        """Says in `window` why `path` did not open, or was closed (`was_open`), with the ways on."""
        self._window, self._sheets, self._path = window, sheets, path
        self._trouble = trouble = unopened.look_into(path, error)
        title = _("“{name}” was closed") if was_open else _("“{name}” was not opened")
        if not error.what:
            title = _("“{name}” is being put back")
        sheet = UnopenedSheet(
            self._theme,
            title=title.format(name=path.name),
            what=trouble.what,
            remedy=trouble.remedy,
            ways=self._ways(trouble),
        )
        sheet.filled.connect(self._on_way)
        sheet.closed.connect(self._on_closed)
        sheets.open(sheet, key="unopened")
        self._sheet = sheet

    def restore(self, window: QWidget, sheets: Sheets, *, path: Path, number: int) -> None:
        """Puts a backup in the place of a workspace that was just closed; `window` says meanwhile what goes on."""
        self.show(window, sheets, path=path, error=CrmError(""))
        self._restore(number)

    def say_doing(self, text: str) -> None:
        """Says in the sheet what takes long on the way to the workspace."""
        self._start(text)

    def offer_copy(self, bar: ErrorBar, path: Path, *, error: CrmError) -> None:
        """A workspace was opened for reading: says so, and offers to go on with a copy of it."""
        bar.say(error.what, error.remedy, action=_("Save a copy and open it…"))
        self._listen(bar, path)

    def warn_of_place(self, bar: ErrorBar, path: Path) -> None:
        """Warns once of a workspace in a cloud folder or on a network share, and offers to go on with a copy."""
        place = unopened.unsafe_place(path)
        if place is None or not self._settings.warn_once(path):
            return
        if place.kind == CLOUD:
            what = _("“{name}” lies in a folder that {service} synchronises: two computers can damage it.")
        else:
            what = _("“{name}” lies on a network share, {service}: a broken connection can damage it.")
        remedy = _("Keep it in a folder of this computer alone, and put copies there.")
        text = what.format(name=path.name, service=place.name)
        bar.say(text, remedy, action=_("Save a copy and open it…"), warning=True)
        self._listen(bar, path)

    def remind_of_damage(self, frame: Frame, path: Path, *, day: str) -> None:
        """A workspace opened although it was found damaged on an earlier `day`: says so, and leads to the ways on.

        It stays until it is closed: what is done meanwhile says nothing of the damage.
        """
        found = words.day_in_sentence(date.fromisoformat(day), today=self._clock.today())
        what = _("“{name}” was found damaged on {day}.").format(name=path.name, day=found)
        self._path, bar = path, ErrorBar(self._theme)
        frame.add_line(bar)
        bar.say(what, _("What is done in it now may be lost with it."), action=_("Ways on…"))
        bar.acted.connect(self._on_damage_acted)

    def close(self) -> None:
        """Stops what runs; it leaves everything as it was."""
        self._work.close()

    # What can be done

    def _ways(self, trouble: Trouble) -> list[Way]:
        choose = Way(CHOOSE, _("Choose another file…"))
        again = Way(AGAIN, _("Try again"))
        ways = {
            unopened.DAMAGED: [*self._from_backup(trouble), *_salvage_way(trouble), choose],
            unopened.READ_ONLY: [Way(COPY, _("Save a copy and open it…")), choose],
            unopened.BUSY: [again, Way(READ, _("Open for reading"))],
            unopened.MISSING: [*self._from_backup(trouble), choose, Way(FORGET, _("Take it off the list"))],
            unopened.OTHER: [again, choose],
        }
        return ways.get(trouble.kind, [*self._from_backup(trouble), choose])

    def _from_backup(self, trouble: Trouble) -> list[Way]:
        if trouble.backup is None:
            return []
        when = backup_words.moment(trouble.backup, today=self._clock.today())
        says = _(
            "The newest good backup is of {when}: what was done later is not in it. "
            "It takes the place of the file, which is set aside, untouched."
        )
        if trouble.kind == unopened.MISSING:
            says = _(
                "The newest good backup is of {when}: what was done later is not in it. It is put where the file was."
            )
        return [Way(BACKUP, _("Use the backup of {when}").format(when=when), says.format(when=when))]

    def _on_way(self, key: str) -> None:
        assert self._trouble is not None
        if key == BACKUP and self._trouble.backup is not None:
            self._restore(self._trouble.backup.number)
        elif key == SALVAGE:
            self._salvage()
        elif key == COPY:
            self._on_copy_asked()
        else:
            self._leave()
            self._hand_over(key)

    def _hand_over(self, key: str) -> None:
        if key == AGAIN:
            self.opened.emit(self._path, "")
        elif key == READ:
            self.read_requested.emit(self._path)
        elif key == FORGET:
            self.forgotten.emit(self._path)
        else:
            self.choose_requested.emit()

    # Doing it

    def _restore(self, number: int) -> None:
        path, clock = self._path, self._clock
        when = backup_words.moment(backups.numbered(path, number), today=clock.today())
        self._said = _("This is the backup of {when}. What lay there before is kept.").format(when=when)

        def put_back(job: Job) -> Replaced:
            return backups.restore(path, number, clock=clock, cancelled=job.cancelled)

        self._start(_("A backup is being put into its place."))
        self._work.start(_JOB, put_back, finished=self._on_restored, failed=self._on_failed)

    def _salvage(self) -> None:
        path, clock = self._path, self._clock

        def save(job: Job) -> Salvaged:
            return backups.salvage(path, clock=clock, cancelled=job.cancelled)

        self._start(_("What can be read is being saved."))
        self._work.start(_JOB, save, finished=self._on_salvaged, failed=self._on_failed)

    def _copy(self, target: str) -> None:
        path, made = self._path, Path(target).with_suffix(paths.SUFFIX)

        def copy(job: Job) -> Path:
            backups.copy_file(path, made, cancelled=job.cancelled)
            return made

        self._said = _("This is the copy. The file it was made of stays as it is.")
        self._start(_("A copy is being saved."))
        self._work.start(_JOB, copy, finished=self._on_copied, failed=self._on_failed)

    def _start(self, doing: str) -> None:
        if self._sheet is not None:
            self._sheet.show_busy(doing)

    def _listen(self, bar: ErrorBar, path: Path) -> None:
        self._window, self._path = bar.window(), path
        bar.acted.connect(self._on_copy_asked)

    def _leave(self) -> None:
        if self._sheet is not None and self._sheets is not None:
            self._sheets.done()

    # Slots

    def _on_copy_asked(self) -> None:
        assert self._window is not None
        choosing.copy_target(self._window, self._path, self._copy)

    def _on_damage_acted(self) -> None:
        self.damage_refused.emit(failures.damaged(self._path))

    def _on_restored(self, _replaced: Replaced) -> None:
        """The sheet stays until the workspace is there: opening a large one takes a while, too."""
        self.opened.emit(self._path, self._said)

    def _on_copied(self, made: Path) -> None:
        self.opened.emit(made, self._said)

    def _on_salvaged(self, salvaged: Salvaged) -> None:
        assert self._sheets is not None
        aside = salvaged.aside.name if salvaged.aside is not None else ""
        sheet = SalvagedSheet(self._theme, name=self._path.name, aside=aside, came=backup_words.came(salvaged))
        sheet.filled.connect(self._on_salvaged_read)
        self._sheets.open(sheet, key="salvaged")

    def _on_salvaged_read(self, _open: object) -> None:
        assert self._sheets is not None
        self._sheets.done()
        self.opened.emit(self._path, "")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CrmError):
            raise error
        if self._sheet is not None:
            self._sheet.show_busy("")
            self._sheet.refuse(error.what, error.remedy)

    def _on_closed(self) -> None:
        if self.sender() is self._sheet:
            self._sheet = None


def _salvage_way(trouble: Trouble) -> list[Way]:
    if not trouble.readable:
        return []
    says = _("What can still be read is put into a new file in its place. The damaged one is set aside, untouched.")
    return [Way(SALVAGE, _("Save what can be read"), says)]
