"""A sheet that is only read: it scrolls by key and closes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider

from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.words import _

_STEPS = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class ReadingSheet(Sheet):
    """Arrows, Page up and down, Home and End scroll; Esc, Enter and Close close."""

    def __init__(self, theme: Theme, *, title: str, width: int, divided: bool = False) -> None:
        super().__init__(theme, title=title, width=width, divided=divided)
        self.set_footer(_("Close"), "")
        assert self.footer is not None
        assert self.primary is not None
        self.primary.hide()
        self.footer.back.installEventFilter(self)  # it has the focus, and an arrow would go on to its neighbour
        self.middle.verticalScrollBar().setSingleStep(theme.px(36))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that scroll are not the button's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) in _STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scrolls, or closes."""
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.middle.verticalScrollBar().triggerAction(step)
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.dismiss()
            event.accept()
        else:
            super().keyPressEvent(event)
