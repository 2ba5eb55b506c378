"""Lines outside of sheets whose text survives the end of the program: the quick add lines of a board."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from crmdesk.ui.drafts import Drafts
from crmdesk.ui.views.strip import Strip


class LineDraft(QObject):
    """Keeps what is typed into one line under a key, from the moment it is made, and gives back what was kept."""

    def __init__(self, line: QLineEdit, drafts: Drafts, key: str) -> None:
        super().__init__(line)
        self._drafts, self._key = drafts, key
        if not line.text():
            line.setText(drafts.take(key))
        line.textChanged.connect(self._on_text_changed)

    def _on_text_changed(self, text: str) -> None:
        self._drafts.keep(self._key, text)


class BoardDrafts(QObject):
    """Keeps what is typed at the foot of a board's columns, also of those that are made anew; `key` is the board's."""

    def __init__(self, strip: Strip, drafts: Drafts, key: str, parent: QObject) -> None:
        super().__init__(parent)
        self._strip, self._drafts, self._key = strip, drafts, key
        strip.columns_changed.connect(self._on_columns_changed)
        self._on_columns_changed()

    def _on_columns_changed(self) -> None:
        for column in self._strip.columns:
            LineDraft(column.quick_add.line, self._drafts, f"{self._key}:{column.stage}")
