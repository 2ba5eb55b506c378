"""The saved views in the navigation: listed with their counts off the thread of the windows, and opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from crmdesk import words
from crmdesk.domain.changes import Change
from crmdesk.domain.lists import ListQuery
from crmdesk.services import lists
from crmdesk.services.lists import View
from crmdesk.ui.context import Context
from crmdesk.ui.list_screen import ListScreen
from crmdesk.ui.views.navigation import Navigation, Place
from crmdesk.ui.work import Job

_KEY = "saved views"
PREFIX = "view:"


class SavedViews(QObject):
    """Keeps the navigation in step with the views; `show` shows a list on its screen."""

    def __init__(
        self, context: Context, navigation: Navigation, show: Callable[[ListQuery], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._navigation, self._show = context, navigation, show
        self._views: dict[str, View] = {}
        self._any = False
        context.bus.changed.connect(self._on_changed)
        self._read()

    def opens(self, key: str) -> bool:
        """Shows the view of a navigation entry; false when it is none."""
        view = self._views.get(key)
        if view is None:
            return False
        self._show(view.query)
        self._navigation.set_current(key)
        return True

    def _read(self) -> None:
        self._context.work.start(_KEY, self._listed, finished=self._on_read, failed=self._on_failed)

    def _listed(self, _job: Job) -> list[View]:
        return lists.views(self._context.db)

    def _on_changed(self, change: Change) -> None:
        if change.touches("saved_view") or (self._views and change.touches(*ListScreen.tables)):
            self._read()

    def _on_read(self, views: list[View]) -> None:
        self._views = {f"{PREFIX}{view.id}": view for view in views}
        self._navigation.set_views([Place(key, view.name, "view") for key, view in self._views.items()])
        for key, view in self._views.items():
            exact = words.number(view.count.count)
            self._navigation.entries[key].say_count(exact if view.count.exact else f"{exact}+")

    def _on_failed(self, error: Exception) -> None:
        raise error
