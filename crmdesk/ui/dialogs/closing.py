"""Asks before a window that is closed stops a list that comes in, or loses what could not be written down."""

from __future__ import annotations

from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _


class ClosingSheet(Sheet):
    """One question; `name` is that of the list.

    Signals: filled(True).
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, title=_("Stop the import and close?"))
        text = _("{name} is still coming in. Closing stops it and takes back everything it has written.")
        self.body.addWidget(PlainLabel(theme, text.format(name=name), role="text-2", wrap=True))
        self.set_footer(_("Go on importing"), _("Stop and close"), icon="close")

    def value(self) -> bool:
        """Yes."""
        return True


class UnkeptSheet(Sheet):
    """One question about what was typed and could not be written into the file.

    Signals: filled(True).
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, title=_("Close and lose what you typed?"))
        text = _(
            "What you typed last could not be written into the workspace. Make room, or open the form and copy it."
        )
        self.body.addWidget(PlainLabel(theme, text, role="text-2", wrap=True))
        self.set_footer(_("Stay here"), _("Close and lose it"), icon="close")

    def value(self) -> bool:
        """Yes."""
        return True
