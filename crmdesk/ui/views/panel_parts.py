"""What the sections of the record panel are made of: a section, rows that can be pressed, what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import Snug
from crmdesk.ui.evidence import SectionHead
from crmdesk.ui.painted_row import Cells, OfCells
from crmdesk.ui.pressing import PressArea
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import show_whole

Ask = Callable[[str, object], None]


class Pressable(OfCells, PressArea):
    """A row that asks for something when pressed, by mouse, Enter or Space; tinted under the pointer, ringed inside."""

    def __init__(self, theme: Theme, cells: Cells, request: Asking, *, name: str, hint: str, down: int = 2) -> None:
        super().__init__()
        self._request, self._hint = request, hint
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setToolTip(hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        self.hold(theme, cells, across=4, down=down)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, ring and cells; what of these has no room is told by the tooltip."""
        painter = QPainter(self)
        if self.underMouse():
            paint.box(painter, self.rect(), radius=6, fill=self.theme.colour("hover"))
        if self.hasFocus():
            paint.ring(painter, self.theme, self.rect(), radius=6)
        show_whole(self, self.cells.paint(painter, self.room()) or self._hint)

    def _on_clicked(self) -> None:
        self._request.send()


@dataclass(frozen=True, slots=True)
class Asking:
    """What a row or a button asks for, and whom."""

    ask: Ask
    action: str
    about: object = None

    def send(self) -> None:
        """Asks."""
        self.ask(self.action, self.about)


class AskButton(Snug):
    """A quiet button that asks for something."""

    def __init__(self, theme: Theme, text: str, request: Asking, *, icon: str) -> None:
        super().__init__(theme, text, icon=icon)
        self._request = request
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._request.send()


def section(theme: Theme, head: SectionHead) -> tuple[QWidget, QVBoxLayout]:
    """A section with its head, and the layout its rows go into."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    px = theme.px
    layout.setContentsMargins(px(12), px(12), px(12), px(12))
    layout.setSpacing(px(2))
    layout.addLayout(indented(theme, head))
    layout.addSpacing(px(4))
    return whole, layout


def indented(theme: Theme, inner: QWidget) -> QHBoxLayout:
    """As far in as the contents of the rows that can be pressed."""
    row = QHBoxLayout()
    row.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
    row.addWidget(inner)
    return row
