"""Makes what stands around the pages of a window, the same before the program is loaded as after it."""

from __future__ import annotations

from crmdesk.ui.actions import key_of
from crmdesk.ui.screens import SCREENS
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.frame import Frame
from crmdesk.ui.views.navigation import Navigation, Place
from crmdesk.ui.views.status_bar import StatusBar
from crmdesk.ui.views.toolbar import Toolbar
from crmdesk.words import _

NARROW_BELOW = 1360
"""px at 100 %: a window that is not as wide keeps the icons of the navigation."""


def frame(theme: Theme) -> Frame:
    """Navigation with its screens, toolbar, status bar, and no page yet."""
    toolbar = Toolbar(theme, search_key=key_of("search"), new_key=key_of("new_contact"))
    places = [Place(each.key, _(each.name), each.icon, each.group) for each in SCREENS if each.group]
    return Frame(theme, Navigation(theme, places), toolbar, StatusBar(theme))
