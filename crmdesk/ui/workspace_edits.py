"""The settings of the workspace from the window: asked in a sheet, written in one step."""

from __future__ import annotations

from PySide6.QtCore import QObject

from crmdesk.domain.errors import CrmError
from crmdesk.services import workspace
from crmdesk.services.team import MemberInput
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.workspace_settings import WorkspaceEdit, WorkspaceSheet
from crmdesk.words import _


class WorkspaceEdits(QObject):
    """Opens the sheet of the workspace, and writes what is other than before."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask(self) -> None:
        """Opens the sheet."""
        db = self._context.db
        now = workspace.settings(db)
        team = [
            MemberInput(member=each.id, name=each.name, initials=each.initials, me=each.id == now.member)
            for each in workspace.members(db)
        ]
        sheet = WorkspaceSheet(
            self._context.theme, name=now.name, country=now.country, currency=now.currency, members=team
        )
        sheet.filled.connect(self._on_filled)
        self._context.sheets.open(sheet, key="workspace")

    def _on_filled(self, edit: WorkspaceEdit) -> None:
        context = self._context
        now = workspace.settings(context.db)
        before, after = (now.name, now.country, now.currency), (edit.name, edit.country, edit.currency)
        name, country, currency = (new if new != old else None for old, new in zip(before, after, strict=True))
        try:
            workspace.change(
                context.db,
                name=name,
                country=country or None,
                currency=currency or None,
                members=list(edit.members),
            )
        except CrmError as error:
            context.refuse(error)
            return
        context.sheets.done()
        context.notify.done(_("Saved: {name}.").format(name=edit.name))
