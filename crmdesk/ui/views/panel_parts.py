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
from crmdesk.ui.pressing import PressArea
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import tip

Ask = Callable[[str, object], None]


class Pressable(PressArea):
    """A row that asks for something when pressed, by mouse, Enter or Space; tinted under the pointer, ringed inside."""

    def __init__(self, theme: Theme, inner: QWidget, request: Asking, *, name: str, hint: str) -> None:
        super().__init__()
        self._theme, self._request = theme, request
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
        layout.addWidget(inner)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setToolTip(tip(hint))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and ring."""
        painter = QPainter(self)
        if self.underMouse():
            paint.box(painter, self.rect(), radius=6, fill=self._theme.colour("hover"))
        if self.hasFocus():
            paint.ring(painter, self._theme, self.rect(), radius=6)

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
    layout.addWidget(indented(theme, head))
    layout.addSpacing(px(4))
    return whole, layout


def indented(theme: Theme, inner: QWidget) -> QWidget:
    """As far in as the contents of the rows that can be pressed."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
    row.addWidget(inner)
    return holder
