"""The menus of a list: its order, its columns, its saved views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.list_columns import ListColumn
from crmdesk.services.lists import View
from crmdesk.ui import menus
from crmdesk.words import N_, _, number


class ListMenus(QObject):
    """Opens them over a list, at a point of the screen; what is in force is ticked.

    Signals: sort_chosen(str) a column's sort key; column_chosen(str) its key; view_chosen(View); rename_wanted(View),
    remove_wanted(View) of the view that is shown.
    """

    sort_chosen = Signal(str)
    column_chosen = Signal(str)
    view_chosen = Signal(object)
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over

    def order(self, at: QPoint, columns: Iterable[ListColumn], sort: str) -> None:
        """Which column the rows are sorted by."""
        menu = self._menu((each.sort, _(each.label), each.sort == sort) for each in columns if each.sort)
        menu.triggered.connect(self._on_sort)
        menu.popup(at)

    def columns(self, at: QPoint, columns: Iterable[ListColumn], shown: Sequence[str]) -> None:
        """Which columns are shown; the name always is."""
        menu = self._menu((each.key, _(each.label), each.key in shown) for each in columns if each.key != "name")
        menu.triggered.connect(self._on_column)
        menu.popup(at)

    def views(self, at: QPoint, views: Sequence[View], shown: View | None) -> None:
        """The saved views with their counts; the one that is shown can be renamed and removed."""
        menu = self._menu((("show", each), _told(each), each == shown) for each in views)
        if shown is not None:
            menu.addSeparator()
            for what, text in (("rename", N_("Rename…")), ("remove", N_("Remove"))):
                menu.addAction(_(text)).setData((what, shown))
        menu.triggered.connect(self._on_view)
        menu.popup(at)

    def _menu(self, entries: Iterable[tuple[object, str, bool]]) -> QMenu:
        """A menu of (data, words, ticked)."""
        menu = menus.passing(self._over)
        for data, text, ticked in entries:
            action = QAction(text.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(ticked)
            action.setData(data)
            menu.addAction(action)
        return menu

    # Slots

    def _on_sort(self, action: QAction) -> None:
        self.sort_chosen.emit(action.data())

    def _on_column(self, action: QAction) -> None:
        self.column_chosen.emit(action.data())

    def _on_view(self, action: QAction) -> None:
        what, view = action.data()
        signals = {"show": self.view_chosen, "rename": self.rename_wanted, "remove": self.remove_wanted}
        signals[what].emit(view)


def _told(view: View) -> str:
    count = number(view.count.count)
    counted = count if view.count.exact else _("{count}+").format(count=count)
    return _("{name} ({count})").format(name=view.name, count=counted)
