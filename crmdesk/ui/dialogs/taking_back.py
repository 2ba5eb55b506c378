"""Asks whether a conversion is to be taken back, when an opportunity was put on a stage before the deal."""

from __future__ import annotations

from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _


class TakingBackSheet(Sheet):
    """One question.

    Signals: filled(True).
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, title=_("Take the conversion of {name} back?").format(name=name))
        text = _(
            "The opportunity goes, and the lead stands on the board again where it was. "
            "What was changed since stays as it is. Undo brings it back."
        )
        self.body.addWidget(PlainLabel(theme, text, role="text-2", wrap=True))
        self.set_footer(_("Leave as it is"), _("Take back"), icon="stepped_back")

    def value(self) -> bool:
        """Yes."""
        return True
