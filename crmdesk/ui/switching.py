"""Which page of a window is seen: made when first shown, refreshed after changes, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.changes import Change
from crmdesk.ui.desk import Desk
from crmdesk.ui.pages import Page
from crmdesk.ui.screens import Screen
from crmdesk.ui.views.frame import Frame

MOST_BACK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a person is in a window: the screen, the way back, and for each page made what `Page.standing` gave."""

    key: str
    way: tuple[str, ...]
    pages: Mapping[str, object]


class Switching(QObject):
    """The pages of one window.

    Signals: switched(str) the key of the screen that is seen now; made(Page) for the first time.
    """

    switched = Signal(str)
    made = Signal(object)

    def __init__(self, frame: Frame, screens: Iterable[Screen], parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._screens: Mapping[str, Screen] = {screen.key: screen for screen in screens}
        self._pages: dict[str, Page] = {}
        self._desk: Desk | None = None
        self._way: list[str] = []
        self._there: dict[str, object] = {}  # where a person was, on pages nobody asked for yet
        self.key = ""

    def use(self, desk: Desk) -> None:
        """What the pages are made with."""
        self._desk = desk

    @property
    def current(self) -> Page:
        """The page that is seen."""
        return self._pages[self.key]

    def make(self, key: str) -> Page:
        """The page of a screen, made if need be; nothing is read for it yet. KeyError for one nobody knows."""
        if key not in self._pages:
            assert self._desk is not None
            page = self._screens[key].make(self._desk)
            self._pages[key] = page
            self._frame.pages.hold(page)
            page.title_changed.connect(self._on_title_changed)
            self.made.emit(page)
        return self._pages[key]

    def page(self, key: str) -> Page:
        """The same, with a person where they were on it in the window before."""
        page = self.make(key)
        if (there := self._there.pop(key, None)) is not None:
            page.be_shown()
            page.stand(there)
        return page

    def go(self, key: str) -> None:
        """Shows a screen; its page takes the keys."""
        if key == self.key:
            self.current.take_focus()
            return
        page = self.page(key)
        if self.key:
            self._way = [*self._way, self.key][-MOST_BACK:]
        self.key = key
        self._frame.pages.show_page(page)
        page.be_shown()
        self._on_title_changed()
        self.switched.emit(key)
        page.take_focus()

    def back(self) -> None:
        """Shows what was seen before: on the same page, else the screen before it."""
        if not self.current.go_back() and self._way:
            key = self._way.pop()
            self.go(key)
            self._way.pop()

    def standing(self) -> Standing:
        """Where a person is in this window."""
        made = {key: page.standing() for key, page in self._pages.items()}
        return Standing(key=self.key, way=tuple(self._way), pages={**self._there, **made})

    def stand(self, standing: Standing) -> str:
        """Takes a person where they were in another window of the same workspace, each page when it is asked for.

        Gives the screen they were on, which is to be gone to.
        """
        self._there, self._way = dict(standing.pages), list(standing.way)
        return standing.key

    def refresh(self, change: Change) -> None:
        """All pages that were made read again what the change touched, or remember to."""
        for page in self._pages.values():
            page.refresh(change)

    def act(self, action: str) -> Callable[[], object] | None:
        """What the page that is seen does for an action of its own; None when it does nothing."""
        return self.current.acts().get(action)

    def _on_title_changed(self) -> None:
        if self.key:
            page = self.current
            self._frame.toolbar.set_title(page.title, trail=page.trail, controls=page.controls)
