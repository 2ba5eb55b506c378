"""What stands around the pages of a window: navigation, toolbar, error bar, and the status bar below."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.ui.notify import ErrorBar, Toast
from crmdesk.ui.pages import Page
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.navigation import Navigation
from crmdesk.ui.views.status_bar import StatusBar
from crmdesk.ui.views.toolbar import Toolbar


class Stack(QStackedWidget):
    """The pages that were made, one of them seen. Toasts lie over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._floating = QRect()

    def keep_clear(self, floating: QRect) -> None:
        """A toast floats there now, in px of the window, or none: the page seen knows it, and the next one shown."""
        self._floating = floating
        if isinstance(page := self.currentWidget(), Page):
            page.keep_clear(floating)

    def hold(self, page: Page) -> None:
        """Takes a page in as soon as it is made: what is filled before it stands in a window is styled twice."""
        self.addWidget(page)
        page.covered_changed.connect(self._on_covered_changed)

    def show_page(self, page: Page) -> None:
        """Makes a page the one seen."""
        self.setCurrentWidget(page)
        page.keep_clear(self._floating)
        self._on_covered_changed()

    def _on_covered_changed(self) -> None:
        page = self.currentWidget()
        self.setProperty("covered", page.covered if isinstance(page, Page) else 0)
        self.setProperty("covered_below", page.covered_below if isinstance(page, Page) else 0)
        for toast in self.findChildren(Toast):
            toast.place()
            toast.raise_()


class Frame(QWidget):
    """Navigation at the left; toolbar, error bar and pages; the status bar below."""

    def __init__(
        self,
        theme: Theme,
        navigation: Navigation,
        toolbar: Toolbar,
        status: StatusBar,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.navigation, self.toolbar, self.status = navigation, toolbar, status
        self.bar = ErrorBar(theme, parent=self)
        self.bar.hide()
        self.pages = Stack(self)
        self._column = column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(toolbar)
        column.addWidget(self.bar)
        column.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(navigation)
        middle.addLayout(column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(status)

    def add_line(self, line: QWidget) -> None:
        """A line between the toolbar and the page, for as long as the window is there."""
        self._column.insertWidget(1, line)
