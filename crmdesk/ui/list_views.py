"""What a list keeps to, asked for in sheets: the words to look for, and the views it is saved as."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from crmdesk.domain.errors import CrmError
from crmdesk.services import lists
from crmdesk.services.lists import View
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.list_sheets import LineSheet
from crmdesk.ui.views.list_pane import ListPane
from crmdesk.words import _


class ListViews(QObject):
    """Filters one pane by words, and saves, renames and removes its views."""

    def __init__(self, context: Context, pane: ListPane) -> None:
        super().__init__(pane)
        self._context, self._pane = context, pane
        self._view: View | None = None  # the one to be renamed
        pane.words_wanted.connect(self._on_words)
        pane.save_wanted.connect(self._on_save)
        pane.rename_wanted.connect(self._on_rename)
        pane.remove_wanted.connect(self._on_remove)

    def _ask(self, sheet: LineSheet, key: str, filled: Callable[[str], None]) -> None:
        sheet.filled.connect(filled)
        self._context.sheets.open(sheet, key=f"list:{key}")

    def _try(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except CrmError as error:
            self._context.refuse(error)
            return
        self._context.sheets.done()
        self._context.notify.done(said)

    # Slots

    def _on_words(self) -> None:
        sheet = LineSheet(
            self._context.theme,
            title=_("Which words?"),
            label=_("Name, firm, e-mail or number"),
            button=_("Filter"),
            icon="search",
            text=self._pane.filters.filter.text,
        )
        self._ask(sheet, "words", self._on_words_filled)

    def _on_words_filled(self, text: str) -> None:
        self._context.sheets.done()
        self._pane.search_for(text)

    def _on_save(self) -> None:
        theme = self._context.theme
        sheet = LineSheet(theme, title=_("Save as view"), label=_("Name"), button=_("Save"), icon="save")
        self._ask(sheet, "view", self._on_save_filled)

    def _on_save_filled(self, name: str) -> None:
        said = _("The view “{name}” is saved.").format(name=name)
        self._try(partial(lists.save_view, self._context.db, self._pane.query, name), said)

    def _on_rename(self, view: View) -> None:
        self._view = view
        sheet = LineSheet(
            self._context.theme,
            title=_("Rename the view “{name}”").format(name=view.name),
            label=_("Name"),
            button=_("Save"),
            icon="edit",
            text=view.name,
        )
        self._ask(sheet, "rename_view", self._on_rename_filled)

    def _on_rename_filled(self, name: str) -> None:
        if self._view is not None:
            said = _("The view “{name}” is saved.").format(name=name)
            self._try(partial(lists.rename_view, self._context.db, self._view.id, name), said)

    def _on_remove(self, view: View) -> None:
        said = _("The view “{name}” is removed.").format(name=view.name)
        self._try(partial(lists.remove_view, self._context.db, view.id), said)
