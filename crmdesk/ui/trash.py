"""Removing from the window, and what the trash gives back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import Id
from crmdesk.services import profiles, trash
from crmdesk.services.trash import Removed
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.trash import TrashRow, TrashSheet
from crmdesk.ui.row_list import Worded
from crmdesk.words import _, moment, ngettext


class Trash(QObject):
    """Moves records to the trash, shows it, and brings back what is chosen there."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def remove(self, ids: Sequence[Id]) -> bool:
        """Moves records to the trash; whether it was done."""
        try:
            name = profiles.name(self._context.db, ids[0])
            trash.remove(self._context.db, list(ids))
        except CrmError as error:
            self._context.refuse(error)
            return False
        said = ngettext("{count} record is removed.", "{count} records are removed.", len(ids))
        one = len(ids) == 1
        self._context.notify.done(_("{name} is removed.").format(name=name) if one else said.format(count=len(ids)))
        return True

    def show(self) -> None:
        """Lists what is in the trash."""
        sheet = TrashSheet(self._context.theme, Worded(trash.listed(self._context.db), self._row))
        sheet.filled.connect(self._on_chosen)
        self._context.sheets.open(sheet, key="trash")

    def _row(self, removed: Removed) -> TrashRow:
        when = moment(removed.at, today=self._context.clock.today())
        return TrashRow(
            removal=removed.removal,
            kind=removed.kind,
            name=removed.name,
            when=" · ".join(part for part in (when, removed.member, removed.ref) if part),
            left=ngettext("{count} day left", "{count} days left", removed.days_left).format(count=removed.days_left),
        )

    def _on_chosen(self, removal: Id) -> None:
        try:
            record = trash.bring_back(self._context.db, removal)
        except CrmError as error:
            self._context.refuse(error)
            return
        self._context.sheets.done()
        name = profiles.name(self._context.db, record)
        self._context.notify.done(_("{name} is back.").format(name=name))
