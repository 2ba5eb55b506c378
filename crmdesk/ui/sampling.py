"""In a sample workspace: the line that says so, and the ways out of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from crmdesk.services import workspace
from crmdesk.ui.context import Context
from crmdesk.ui.views.frame import Frame
from crmdesk.ui.views.sample_bar import SampleBar


class Sampling(QObject):
    """Shows the line where the people are invented.

    Signals: own_wanted() the person's own workspace is to open; removal_wanted() the sample is to go for good.
    """

    own_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, context: Context, frame: Frame, parent: QObject) -> None:
        super().__init__(parent)
        self.bar: SampleBar | None = None
        if workspace.is_sample(context.db):
            self.bar = SampleBar(context.theme)
            self.bar.start_wanted.connect(self.own_wanted)
            self.bar.removal_wanted.connect(self.removal_wanted)
            frame.add_line(self.bar)
