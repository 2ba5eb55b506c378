"""What is done with many rows of a list at once: asked with what it would do, done in one step, told with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from crmdesk.domain.errors import Cancelled, CrmError
from crmdesk.domain.records import Id
from crmdesk.services import lists, profiles, tags, workspace
from crmdesk.services.list_edits import BulkDone, BulkEdit, BulkPreview, check_count
from crmdesk.storage.database import Database
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.list_sheets import ChooseSheet, RemoveSheet, TagSheet
from crmdesk.ui.work import Job
from crmdesk.words import NN_, _, ngettext, number

ASIDE_FROM = 50  # rows from which on they are read and edited off the thread of the windows
_PREVIEW = "list:preview"
_Sheet = ChooseSheet | TagSheet | RemoveSheet

_DONE: dict[str, tuple[str, str]] = {
    "owner": NN_("{count} record has another owner.", "{count} records have another owner."),
    "tag": NN_("{count} record is tagged.", "{count} records are tagged."),
    "untag": NN_("The tag is off {count} record.", "The tag is off {count} records."),
    "move": NN_("{count} card has moved.", "{count} cards have moved."),
    "remove": NN_("{count} record is in the trash.", "{count} records are in the trash."),
}
_CHANGED: dict[str, tuple[str, str]] = {
    "owner": NN_("{count} record changes its owner.", "{count} records change their owner."),
    "tag": NN_("{count} record is given the tag.", "{count} records are given the tag."),
    "untag": NN_("{count} record loses the tag.", "{count} records lose the tag."),
    "move": NN_("{count} card moves at once.", "{count} cards move at once."),
    "remove": NN_(
        "{count} record goes to the trash and is kept there for 60 days.",
        "{count} records go to the trash and are kept there for 60 days.",
    ),
}
_FURTHER: dict[str, tuple[str, str]] = {
    "with_cards": NN_("{count} open card goes along.", "{count} open cards go along."),
    "asked": NN_("{count} lacks facts and stays.", "{count} lack facts and stay."),
    "converts": NN_("{count} has to be converted and stays.", "{count} have to be converted and stay."),
    "takes_back": NN_("{count} is a deal and stays.", "{count} are deals and stay."),
    "blocked": NN_("{count} has left the path and stays.", "{count} have left the path and stay."),
}
_CARDS_ALONE = NN_("{count} open card changes its owner.", "{count} open cards change their owner.")
_STAYED = NN_("{count} stays: something is missing.", "{count} stay: something is missing.")


@dataclass(frozen=True, slots=True)
class _Bulk:
    """An edit of some rows of a list: what it would do, and the doing. On another thread, or at once."""

    db: Database
    place: str
    ids: Sequence[Id]
    edit: BulkEdit

    def told(self, job: Job) -> str:
        """What it would do, in words; a refusal too."""
        with self.db.stopping(job.cancelled):
            return self.told_at_once()

    def told_at_once(self) -> str:
        """The same, which nobody can call off."""
        try:
            found = lists.bulk_preview(self.db, self.place, list(self.ids), self.edit)
        except Cancelled:
            raise
        except CrmError as error:
            return error.what
        return preview_words(self.edit.kind, found)

    def __call__(self, _job: Job | None = None) -> tuple[str, BulkDone]:
        """Does it; its kind comes back with what was done."""
        return self.edit.kind, lists.bulk(self.db, self.place, list(self.ids), self.edit, door="menu")


class ListEdits(QObject):
    """Edits rows of the list of one place."""

    def __init__(self, context: Context, place: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._place = context, place
        self._ids: Sequence[Id] = ()
        self._kind = ""
        self._sheet: _Sheet | None = None

    def ask(self, kind: str, ids: Sequence[Id]) -> None:
        """Opens the sheet of owner, tag, move or remove for these rows, which nobody may change from now on."""
        if ids:
            try:
                check_count(kind, len(ids))
            except CrmError as error:
                self._context.refuse(error)
                return
            self._ids, self._kind = ids, kind
            QTimer.singleShot(0, self, self._on_open)

    # The sheets

    def _made(self) -> _Sheet:
        makers: dict[str, Callable[[], _Sheet]] = {
            "owner": self._owner_sheet,
            "tag": self._tag_sheet,
            "move": self._move_sheet,
            "remove": self._remove_sheet,
        }
        return makers[self._kind]()

    def _owner_sheet(self) -> ChooseSheet:
        members = workspace.members(self._context.db)
        return ChooseSheet(
            self._context.theme,
            [*((str(each.id), each.name) for each in members), ("0", _("Nobody"))],
            title=self._titled(NN_("Owner of {count} record", "Owner of {count} records")),
            name=_("Owner"),
            button=_("Save"),
            icon="person",
        )

    def _move_sheet(self) -> ChooseSheet:
        vocabulary = self._context.vocabulary
        return ChooseSheet(
            self._context.theme,
            [(stage, vocabulary.word(stage)) for stage in vocabulary.path],
            title=self._titled(NN_("Move {count} card to", "Move {count} cards to")),
            name=_("Stage"),
            button=_("Move"),
            icon="moved",
        )

    def _tag_sheet(self) -> TagSheet:
        return TagSheet(
            self._context.theme,
            [each.name for each in tags.listed(self._context.db)],
            title=self._titled(NN_("Tag {count} record", "Tag {count} records")),
        )

    def _remove_sheet(self) -> RemoveSheet:
        title = self._titled(NN_("Remove {count} record", "Remove {count} records"))
        if len(self._ids) == 1:
            title = _("Remove {name}").format(name=profiles.name(self._context.db, self._ids[0]))
        return RemoveSheet(self._context.theme, title=title)

    def _titled(self, words: tuple[str, str]) -> str:
        return ngettext(*words, len(self._ids)).format(count=number(len(self._ids)))

    # What is asked for

    def _bulk(self, value: object) -> _Bulk:
        """What a sheet of the kind that is open was filled with."""
        if self._kind == "owner":
            edit = BulkEdit(kind="owner", member=Id(int(str(value))) or None)
        elif self._kind == "move":
            edit = BulkEdit(kind="move", stage=str(value))
        elif isinstance(value, tuple):
            edit = BulkEdit(kind=value[0], tag=value[1])
        else:
            edit = BulkEdit(kind="remove")
        return _Bulk(self._context.db, self._place, self._ids, edit)

    # Slots

    def _on_open(self) -> None:
        try:
            sheet = self._made()
        except CrmError as error:
            self._context.refuse(error)
            return
        self._sheet = sheet
        sheet.filled.connect(self._on_filled)
        sheet.closed.connect(self._on_closed)
        if isinstance(sheet, RemoveSheet):
            self._on_considered(True)
        else:
            sheet.considered.connect(self._on_considered)
        self._context.sheets.open(sheet, key=f"list:{self._place}:{self._kind}")

    def _on_considered(self, value: object) -> None:
        """Says what it would do; of many rows once that is read."""
        self._context.work.call_off(_PREVIEW)
        if value is None:
            self._on_told("")
        elif len(self._ids) < ASIDE_FROM:
            self._on_told(self._bulk(value).told_at_once())
        else:
            self._on_told(_("Counting…"))
            told = self._bulk(value).told
            self._context.work.start(_PREVIEW, told, finished=self._on_told, failed=self._on_failed)

    def _on_told(self, text: str) -> None:
        if self._sheet is not None:
            self._sheet.say(text)

    def _on_closed(self) -> None:
        if self.sender() is self._sheet:
            self._sheet = None
            self._context.work.call_off(_PREVIEW)

    def _on_filled(self, value: object) -> None:
        bulk = self._bulk(value)
        if len(self._ids) >= ASIDE_FROM:
            self._context.sheets.done()
            self._context.work.start(f"list:edit:{id(bulk)}", bulk, finished=self._on_done, failed=self._on_failed)
            return
        try:
            done = bulk()
        except CrmError as error:
            self._on_failed(error)
            return
        self._context.sheets.done()
        self._on_done(done)

    def _on_done(self, edited: tuple[str, BulkDone]) -> None:
        kind, done = edited
        text = ngettext(*_DONE[kind], done.changed).format(count=number(done.changed))
        if not done.changed and not done.stayed:
            text = _("Nothing was changed.")
        if done.stayed:
            text += " " + ngettext(*_STAYED, done.stayed).format(count=number(done.stayed))
        self._context.notify.done(text, undo=done.changed > 0)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CrmError):
            raise error
        self._context.refuse(error)


def preview_words(kind: str, found: BulkPreview) -> str:
    """What an edit would do, in a sentence for each number that is not 0."""
    if kind == "owner" and found.with_cards and not found.changed:
        return ngettext(*_CARDS_ALONE, found.with_cards).format(count=number(found.with_cards))
    said = [ngettext(*_CHANGED[kind], found.changed).format(count=number(found.changed))] if found.changed else []
    for field, words in _FURTHER.items():
        if count := getattr(found, field):
            said.append(ngettext(*words, count).format(count=number(count)))
    return " ".join(said) or _("Nothing would change.")
