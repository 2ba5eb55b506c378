"""Which sheet is open, and the drafts of those that were left by Esc."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.ui.sheet import Draft, Sheet


class Sheets(QObject):
    """Opens sheets in a window, one at a time, and keeps the drafts of those that were left.

    Signals: opened() when one begins; focus_lost() when one has closed and there was nowhere to give the focus back to.
    """

    opened = Signal()
    focus_lost = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._drafts: dict[str, Draft] = {}
        self._key = ""
        self.current: Sheet | None = None

    def open(self, sheet: Sheet, *, key: str) -> Sheet:
        """Opens the sheet; what was typed into one of the same key before is given back.

        One that is open is left first, as by Esc.
        """
        if self.current is not None:
            self.current.dismiss()
        self.current, self._key = sheet, key
        if draft := self._drafts.get(key):
            sheet.restore(draft)
        sheet.dismissed.connect(self._on_dismissed)
        sheet.closed.connect(self._on_closed)
        sheet.open_in(self._window)
        self.opened.emit()
        return sheet

    def done(self) -> None:
        """What the open sheet asked was done: it closes and its draft is forgotten."""
        self._drafts.pop(self._key, None)
        if self.current is not None:
            self.current.finish()

    def close(self) -> None:
        """The window goes: what is open is left, and what still fades is gone at once.

        A sheet that is taken apart together with its window is asked by Qt while half of it is no more, which ends the
        program.
        """
        for sheet in self._window.findChildren(Sheet):
            sheet.hide()
            sheet.dismiss()
            sheet.setParent(None)
            sheet.deleteLater()

    def draft(self, key: str) -> Draft:
        """What was typed and left under a key; empty when nothing was."""
        return self._drafts.get(key, {})

    def _on_dismissed(self) -> None:
        if self.current is not None:
            self._drafts[self._key] = self.current.draft()

    def _on_closed(self) -> None:
        if self.sender() is self.current:
            self.current = None
        if QApplication.focusWidget() is None:
            self.focus_lost.emit()
