"""The foot of a column: one line where anything can be typed and becomes a card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from crmdesk.ui import paint
from crmdesk.ui.fields import LONGEST_PASTE
from crmdesk.ui.line_undo import PassingLine
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import _


class _Line(PassingLine):
    """Enter adds and stays, Esc leaves and keeps the text.

    Signals: left() on Esc.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the cards."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class QuickAdd(Themed, QWidget):
    """36 high: a plus and a bare field.

    Signals: added(text) on Enter, with something typed; left() on Esc.
    """

    added = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, deals: bool = False) -> None:
        super().__init__(parent)
        self._deals = deals
        self.line = _Line(self)
        self.line.setProperty("bare", "true")
        self.line.setMaxLength(LONGEST_PASTE)
        self.line.returnPressed.connect(self._on_return)
        self.line.left.connect(self.left)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes height, font and words."""
        self.setFixedHeight(self.theme.metrics.size("column-foot"))
        self.line.setFont(self.theme.font("small"))
        hint = _("Start a deal: a firm, a person") if self._deals else _("Add a name, a number, anything")
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(_("Add a card"))

    def put_back(self, text: str) -> None:
        """Shows what was typed again, when it could not be added; what has been typed since stays."""
        if not self.line.text():
            self.line.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plus; a ground under the pointer, an edge with the focus."""
        painter, theme = QPainter(self), self.theme
        ground = self.rect().adjusted(4, 2, -4, -4)
        radius = theme.metrics.radius("control")
        if self.line.hasFocus():
            fill, edge = theme.colour("surface"), theme.colour("accent")
            paint.box(painter, ground, radius=radius, fill=fill, edge=edge, width=2)
        elif self.underMouse():
            paint.box(painter, ground, radius=radius, fill=theme.colour("hover"))
        side = theme.px(16)
        paint.icon(painter, theme, QRect(13, 0, side, self.height()), "plus", "text-2", size=14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays the field beside the plus."""
        left = 13 + self.theme.px(16) + 7
        self.line.setGeometry(left, 3, self.width() - left - 10, self.height() - 8)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Shows the ground."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hides the ground."""
        self.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The frame goes round all of it, not only round the field that has the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the field is one on it."""
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_return(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.done_with()
            self.added.emit(text)
