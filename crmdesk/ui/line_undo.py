"""Lines that are emptied once they are done with: their own undo ends there, and the key is the workspace's again."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_KEYS = QKeySequence.StandardKey


class PassingLine(QLineEdit):
    """Keeps the keys of undo and redo only while it has something to undo or redo itself."""

    def done_with(self) -> None:
        """Empties it; nothing brings the text back."""
        self.setText("")  # unlike clear() this also empties the line's own history

    def event(self, event: QEvent) -> bool:
        """Undo and redo go to the window when there is nothing of that kind in the line."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._passes(event):
            event.ignore()
            return True
        return super().event(event)

    def _passes(self, event: QKeyEvent) -> bool:
        if event.matches(_KEYS.Undo):
            return not self.isUndoAvailable()
        return event.matches(_KEYS.Redo) and not self.isRedoAvailable()
