"""What the first window holds before the program is loaded: the real frame, and the beginning of the day in it.

The same parts as afterwards, over rows that a plain cursor has read. Only what they need is imported here. What is
asked for meanwhile is kept for `taking_over`, which has it done as soon as the program is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from crmdesk.domain.ids import Id
from crmdesk.domain.today import Day, Entry
from crmdesk.ui import framing
from crmdesk.ui.actions import MENUS
from crmdesk.ui.screens import FIRST
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.today_column import PANEL, TodayColumn
from crmdesk.ui.views.today_list import TodayList
from crmdesk.words import _

TICK, OPEN, NEW = "tick", "open", "new"


@dataclass(frozen=True, slots=True)
class Asked:
    """Something a person asked for: one of the above, or a key with its text, while somebody (`Entry.key`) was current.

    `key` is a QKeyCombination as a number.
    """

    what: str = ""
    about: Id | None = None
    key: int = 0
    text: str = ""


class FirstFrame(QObject):
    """The frame with its list. `screen` is the one that was chosen, `asked` what else is to be done.

    `typing` says, once it has left, whether the search had the focus.
    """

    def __init__(self, theme: Theme, window: QMainWindow, day: Day) -> None:
        super().__init__(window)
        self.theme = theme
        self.screen = FIRST
        self.asked: list[Asked] = []
        self.typing = False
        for title in MENUS.values():  # they open empty for now, but nothing moves down when they are filled
            window.menuBar().addMenu(_(title))
        self.frame = framing.frame(theme)
        self.frame.navigation.set_current(FIRST)
        self.frame.navigation.set_narrow(window.width() < theme.px(framing.NARROW_BELOW))
        self.frame.toolbar.set_title(_("Today"))
        self.list = TodayList(theme)
        self.list.show_day(day)
        self.page = QWidget()
        beside = QWidget()
        beside.setFixedWidth(theme.px(PANEL))
        row = QHBoxLayout(self.page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(TodayColumn(theme, self.list), 1)
        row.addWidget(beside)
        self.frame.pages.addWidget(self.page)
        self.list.ticked.connect(self._on_ticked)
        self.list.opened.connect(self._on_opened)
        self.list.installEventFilter(self)
        self.frame.navigation.chosen.connect(self._on_chosen)
        self.frame.toolbar.new_requested.connect(self._on_new_requested)
        window.setCentralWidget(self.frame)
        self.list.setFocus()

    def standing(self) -> tuple[Id | None, int]:
        """Who is current, and how far the list is scrolled."""
        return self.list.standing()

    def keep_key(self, event: QKeyEvent) -> None:
        """A key that nothing answers to yet."""
        current, _top = self.list.standing()
        self.asked.append(Asked(about=current, key=event.keyCombination().toCombined(), text=event.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters pressed on the list are kept: they are answers and actions, which are not there yet."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_letter(event.text()):
            self.keep_key(event)
            return True
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """The frame goes on in another window, which listens to it from now on; it loses the focus on the way."""
        self.typing = self.frame.toolbar.search.hasFocus()
        self.frame.navigation.chosen.disconnect(self._on_chosen)
        self.frame.toolbar.new_requested.disconnect(self._on_new_requested)

    def _on_ticked(self, entry: Entry) -> None:
        self.asked.append(Asked(TICK, entry.key))

    def _on_opened(self, entry: Entry) -> None:
        self.asked.append(Asked(OPEN, entry.key))

    def _on_chosen(self, screen: str) -> None:
        self.screen = screen

    def _on_new_requested(self) -> None:
        self.asked.append(Asked(NEW))


def _is_letter(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()
