"""What the parts of one window share, handed from one to the next: there are no globals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crmdesk.domain.errors import CrmError, Damaged
from crmdesk.domain.ids import Clock
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import workspace
from crmdesk.storage.database import Database
from crmdesk.ui.bus import Bus
from crmdesk.ui.notify import Notify
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One open workspace and one window."""

    db: Database
    clock: Clock
    settings: Settings
    theme: Theme
    notify: Notify
    sheets: Sheets
    bus: Bus
    work: Work

    def ask(self, sheet: Sheet, filled: Callable[..., None], key: str) -> None:
        """Opens a sheet; what was filled in goes to `filled`. The key tells whether its draft is still there."""
        sheet.filled.connect(filled)
        self.sheets.open(sheet, key=key)

    def attempt(self, act: Callable[[], object], said: str = "") -> bool:
        """Does what was asked for, and whether it was done: the sheet it was asked in closes, and `said` offers Undo.

        A refusal is said instead, and the sheet stays with what was typed.
        """
        sheet = self.sheets.current
        try:
            act()
        except CrmError as error:
            self.refuse(error)
            return False
        if sheet is not None:
            self.sheets.done()
        if said:
            self.notify.done(said)
        return True

    def refuse(self, error: CrmError) -> None:
        """Says what was refused: in the sheet that is open, else above the page.

        Damage is raised: whoever hears it in the end closes the file and shows the ways on.
        """
        if isinstance(error, Damaged):
            raise error
        if self.sheets.current is not None:
            self.sheets.current.refuse(error.what, error.remedy)
        else:
            self.notify.failed(error.what, error.remedy)

    def currency(self) -> str:
        """The workspace's own currency now."""
        return workspace.settings(self.db).currency

    @property
    def me(self) -> str:
        """The name of whom the steps of this window are written down to; "" for nobody."""
        return next((each.name for each in workspace.members(self.db) if each.id == self.db.member_id), "")

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the workspace as they are now."""
        return workspace.vocabulary(self.db)
