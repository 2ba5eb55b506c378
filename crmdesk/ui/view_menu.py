"""Colours, language, text size and help: what the View and Help menus do."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from crmdesk.ui.actions import Actions
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.keys import KeysSheet
from crmdesk.words import LANGUAGES

NORMAL = 100


class LanguageAct(QObject):
    """What one entry of the language menu does: its language is asked for."""

    def __init__(self, menu: ViewMenu, language: str) -> None:
        super().__init__(menu)
        self._menu, self._language = menu, language

    def do(self) -> None:
        """Asks for it."""
        self._menu.language_chosen.emit(self._language)


class ViewMenu(QObject):
    """Changes the look and remembers it.

    Signals: language_chosen(str) a key of `words.LANGUAGES`, "" for the system's: who made the window makes it again.
    """

    language_chosen = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._actions: Actions | None = None

    def connect_actions(self, actions: Actions) -> None:
        """Gives the actions of the look their handlers."""
        self._actions = actions
        actions.on("theme_system", self._on_system)
        actions.on("theme_light", self._on_light)
        actions.on("theme_dark", self._on_dark)
        actions.on("text_larger", self._on_larger)
        actions.on("text_smaller", self._on_smaller)
        actions.on("text_normal", self._on_normal)
        actions.on("keys", self._on_keys)
        actions.tick(f"theme_{self._context.theme.mode}")
        for key in ("", *LANGUAGES):
            actions.on(f"language_{key or 'system'}", LanguageAct(self, key).do)
        self.tick_language()

    def tick_language(self) -> None:
        """Ticks the language that was chosen."""
        if self._actions is not None:
            self._actions.tick(f"language_{self._context.settings.language or 'system'}")

    def _colours(self, mode: str) -> None:
        self._context.settings.mode = mode
        self._context.theme.set_mode(mode)
        if self._actions is not None:
            self._actions.tick(f"theme_{mode}")

    def _size(self, percent: int) -> None:
        self._context.settings.percent = percent
        self._context.theme.set_percent(percent)

    def _on_system(self) -> None:
        self._colours("system")

    def _on_light(self) -> None:
        self._colours("light")

    def _on_dark(self) -> None:
        self._colours("dark")

    def _on_larger(self) -> None:
        self._size(self._context.theme.step(1))

    def _on_smaller(self) -> None:
        self._size(self._context.theme.step(-1))

    def _on_normal(self) -> None:
        self._size(NORMAL)

    def _on_keys(self) -> None:
        self._context.sheets.open(KeysSheet(self._context.theme), key="keys")
