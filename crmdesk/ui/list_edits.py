"""What is done with many rows of a list at once: asked with what it would do, done in one step, told with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import Id
from crmdesk.services import lists, profiles, tags, workspace
from crmdesk.services.list_edits import BulkDone, BulkEdit, BulkPreview
from crmdesk.storage.database import Database
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.list_sheets import ChooseSheet, RemoveSheet, TagSheet
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.work import Job
from crmdesk.words import NN_, _, ngettext, number

ASIDE_FROM = 200  # rows from which on the work is done off the thread of the windows

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
    """An edit to be done on another thread."""

    db: Database
    place: str
    ids: Sequence[Id]
    edit: BulkEdit

    def __call__(self, _job: Job) -> BulkDone:
        """Does it."""
        return lists.bulk(self.db, self.place, list(self.ids), self.edit, door="menu")


class ListEdits(QObject):
    """Edits rows of the list of one place."""

    def __init__(self, context: Context, place: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._place = context, place
        self._ids: list[Id] = []
        self._kind = ""
        self._open: Callable[[], Sheet] = self._remove_sheet

    def ask(self, kind: str, ids: Sequence[Id]) -> None:
        """Opens the sheet of owner, tag, move or remove for these rows."""
        makers = {
            "owner": self._owner_sheet,
            "tag": self._tag_sheet,
            "move": self._move_sheet,
            "remove": self._remove_sheet,
        }
        if ids:
            self._ids, self._kind, self._open = list(ids), kind, makers[kind]
            QTimer.singleShot(0, self, self._on_open)

    # The sheets

    def _owner_sheet(self) -> Sheet:
        members = workspace.members(self._context.db)
        return ChooseSheet(
            self._context.theme,
            [*((str(each.id), each.name) for each in members), ("0", _("Nobody"))],
            title=self._titled(NN_("Owner of {count} record", "Owner of {count} records")),
            name=_("Owner"),
            button=_("Save"),
            icon="person",
            preview=self._preview_owner,
        )

    def _move_sheet(self) -> Sheet:
        vocabulary = self._context.vocabulary
        return ChooseSheet(
            self._context.theme,
            [(stage, vocabulary.word(stage)) for stage in vocabulary.path],
            title=self._titled(NN_("Move {count} card to", "Move {count} cards to")),
            name=_("Stage"),
            button=_("Move"),
            icon="moved",
            preview=self._preview_move,
        )

    def _tag_sheet(self) -> Sheet:
        return TagSheet(
            self._context.theme,
            [each.name for each in tags.listed(self._context.db)],
            title=self._titled(NN_("Tag {count} record", "Tag {count} records")),
            preview=self._preview_tag,
        )

    def _remove_sheet(self) -> Sheet:
        title = self._titled(NN_("Remove {count} record", "Remove {count} records"))
        if len(self._ids) == 1:
            title = _("Remove {name}").format(name=profiles.name(self._context.db, self._ids[0]))
        return RemoveSheet(self._context.theme, title=title, text=self._told(BulkEdit(kind="remove")))

    def _titled(self, words: tuple[str, str]) -> str:
        return ngettext(*words, len(self._ids)).format(count=number(len(self._ids)))

    # What it would do

    def _preview_owner(self, member: str) -> str:
        return self._told(self._owner(member))

    def _preview_move(self, stage: str) -> str:
        return self._told(BulkEdit(kind="move", stage=stage))

    def _preview_tag(self, kind: str, tag: str) -> str:
        return self._told(BulkEdit(kind=kind, tag=tag))

    def _told(self, edit: BulkEdit) -> str:
        try:
            found = lists.bulk_preview(self._context.db, self._place, self._ids, edit)
        except CrmError as error:
            return error.what
        return preview_words(edit.kind, found)

    def _owner(self, member: str) -> BulkEdit:
        return BulkEdit(kind="owner", member=Id(int(member)) or None)

    # Slots

    def _on_open(self) -> None:
        try:
            sheet = self._open()
        except CrmError as error:
            self._context.refuse(error)
            return
        sheet.filled.connect(self._on_filled)
        self._context.sheets.open(sheet, key=f"list:{self._place}:{self._kind}")

    def _on_filled(self, value: object) -> None:
        if self._kind == "owner":
            edit = self._owner(str(value))
        elif self._kind == "move":
            edit = BulkEdit(kind="move", stage=str(value))
        elif isinstance(value, tuple):
            edit = BulkEdit(kind=value[0], tag=value[1])
        else:
            edit = BulkEdit(kind="remove")
        self._kind = edit.kind
        bulk = _Bulk(self._context.db, self._place, tuple(self._ids), edit)
        if len(self._ids) >= ASIDE_FROM:
            self._context.sheets.done()
            self._context.work.start("list:edit", bulk, finished=self._on_done, failed=self._on_failed)
            return
        try:
            done = lists.bulk(self._context.db, self._place, self._ids, edit, door="menu")
        except CrmError as error:
            self._on_failed(error)
            return
        self._context.sheets.done()
        self._on_done(done)

    def _on_done(self, done: BulkDone) -> None:
        text = ngettext(*_DONE[self._kind], done.changed).format(count=number(done.changed))
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
