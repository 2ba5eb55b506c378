"""In a sample workspace: the line that says so, and the ways out of it. What a person did there is not lost unasked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from crmdesk.services import sample_mark, workspace
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.list_sheets import RemoveSheet
from crmdesk.ui.views.frame import Frame
from crmdesk.ui.views.sample_bar import SampleBar
from crmdesk.words import _


class Sampling(QObject):
    """Shows the line where the people are invented.

    Signals: own_wanted() the person's own workspace is to open; removal_wanted() the sample is to go for good.
    """

    own_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, context: Context, frame: Frame, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.bar: SampleBar | None = None
        if workspace.is_sample(context.db):
            self.bar = SampleBar(context.theme)
            self.bar.start_wanted.connect(self.own_wanted)
            self.bar.removal_wanted.connect(self._on_removal_wanted)
            frame.add_line(self.bar)

    def _on_removal_wanted(self) -> None:
        """At once while all of it came with the program."""
        context = self._context
        if not sample_mark.is_touched(context.db):
            self.removal_wanted.emit()
            return
        text = _("Something was added or changed here since. It goes with the sample, for good.")
        sheet = RemoveSheet(context.theme, title=_("Remove the sample"), text=text)
        sheet.filled.connect(self._on_agreed)
        context.sheets.open(sheet, key="sample")

    def _on_agreed(self, _yes: bool) -> None:
        self._context.sheets.done()
        self.removal_wanted.emit()
