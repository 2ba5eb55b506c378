"""What a screen of the window is: one page, made when it is first shown, that reads, shows and asks, and never writes.

The window hands each page a `Desk` (see there). A page says which tables it shows; after a change of one of them it is
reloaded at once when it is seen, else when it is shown next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crmdesk.domain.changes import Change
from crmdesk.domain.ids import Id
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed


class Page(Themed, QWidget):
    """One screen. Subclasses build their parts, then call `follow(theme)`.

    Signals: selection_changed() what is selected, or what can be done, is another; title_changed() title, trail or
    controls are other ones; covered_changed() more or less of it is covered; menu_requested(QPoint) the Record menu is
    wanted there, on the screen; asked(action, id, about) something is wanted of a record, as the record panel says it;
    passing(DragStatus) what goes on, for the status bar.
    """

    selection_changed = Signal()
    title_changed = Signal()
    covered_changed = Signal()
    menu_requested = Signal(QPoint)
    asked = Signal(str, object, object)
    passing = Signal(object)

    tables: tuple[str, ...] = ()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme_of_page = theme
        self._stale = True

    # What a page says of itself

    @property
    def title(self) -> str:
        """What stands in the toolbar."""
        return ""

    @property
    def trail(self) -> str:
        """What is shown of it, after the title and an arrow; "" is nothing."""
        return ""

    @property
    def place(self) -> str:
        """The screen whose entry of the navigation stands for this page, when it has none of its own."""
        return ""

    @property
    def controls(self) -> QWidget | None:
        """What stands beside the title, as switches between ways to see the page."""
        return None

    @property
    def covered(self) -> int:
        """How much of it is covered at the right, in px: toasts keep off it."""
        return 0

    @property
    def covered_below(self) -> int:
        """How much of it is covered at the foot, in px: toasts keep off it."""
        return 0

    def keep_clear(self, floating: QRect) -> None:
        """Something floats over the page, in px of the window, or nothing: what is under it can be scrolled clear."""

    def menu_place(self) -> QPoint:
        """Where a menu about what is selected belongs, on the screen."""
        return self.mapToGlobal(self.rect().center())

    def selected(self) -> list[Id]:
        """The leads and opportunities that the Record menu is about, in order."""
        return []

    def first_selected(self) -> list[Id]:
        """As many of those as it takes to say what can be done with them all."""
        return self.selected()

    def has_chosen(self) -> bool:
        """Whether a person selected what is meant, rather than that it only has the ring."""
        return bool(self.selected())

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Actions of the table that act on this page alone, and can be done now: id → bound method."""
        return {}

    def go_back(self) -> bool:
        """Shows what was seen before on this page itself; False when there is nothing of that kind."""
        return False

    def take_focus(self) -> None:
        """The keys go to where a person works on this page."""
        self.setFocus()

    def reload(self) -> None:
        """Reads again all that is shown; scroll, selection and the current row stay."""

    def standing(self) -> object:
        """Where a person is on this page (filter, selection, what is open), for `stand` of another; None is nowhere."""
        return None

    def stand(self, standing: object) -> None:
        """Takes a person where they were, by what `standing` of another page of this screen gave."""

    # What happens to it

    def refresh(self, change: Change) -> None:
        """Reads again what a change may have touched: now if it is seen, else when it is shown."""
        if not change.touches(*self.tables):
            return
        self._stale = True
        if self.isVisible():
            self.be_shown()

    def be_shown(self) -> None:
        """The page is the one seen now: it reads what it missed."""
        if self._stale:
            self._stale = False
            self.reload()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self._theme_of_page.colour("window"))
