"""The page of a record as it is laid out: head and blocks at the left, details at the right; one column when narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import PLAIN, PRIMARY, Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.layouts import clear
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel
from crmdesk.ui.views.record_view import RecordView
from crmdesk.words import _

ONE_BELOW = 900
"""px of the page at 100 %: below it, details stand under the head, in the one column."""
SIDE = 340


class Scroll(QScrollArea):
    """A column that scrolls down, never across."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class Ground(QWidget):
    """A column on one colour; what is in it stands at its top."""

    def __init__(self, theme: Theme, role: str, *, framed: bool = False) -> None:
        super().__init__()
        self._theme, self._role, self._framed = theme, role, framed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fills itself; framed, with the edge of a block."""
        painter, colour = QPainter(self), self._theme.colour
        if self._framed:
            radius = self._theme.metrics.radius("card")
            paint.box(painter, self.rect(), radius=radius, fill=colour(self._role), edge=colour("line"))
        else:
            painter.fillRect(self.rect(), colour(self._role))


class RecordBody(QWidget):
    """Two columns that scroll on their own, or one.

    Signals: narrowed() it has another number of columns: what is shown is to be built again.
    """

    narrowed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.one = False
        self.main = Ground(theme, "window")
        self.side = Ground(theme, "surface")
        self.main_scroll = Scroll(self.main)
        self.side_scroll = Scroll(self.side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.main_scroll, 1)
        self._divider = Divider(theme, down=True)
        row.addWidget(self._divider)
        row.addWidget(self.side_scroll)
        self._set_columns()

    def empty(self) -> None:
        """Takes everything out, and out of sight till `show_parts`; in one column the side is a part of the main one.

        What is laid out and shown part by part would be laid out again for each.
        """
        clear(self.main.column)
        if self.one:
            self.side = Ground(self._theme, "surface", framed=True)
        elif self.side_scroll.widget() is None:
            self.side = Ground(self._theme, "surface")
            self.side_scroll.setWidget(self.side)
        else:
            clear(self.side.column)
        for ground in (self.main, self.side):
            ground.hide()
        self._set_columns()

    def show_parts(self) -> None:
        """Shows what was put in now: Qt does so a moment later, and until then nothing in it can take the keys."""
        for ground in (self.side, self.main):
            ground.show()

    def _set_columns(self) -> None:
        px = self._theme.px
        self._divider.setVisible(not self.one)
        self.side_scroll.setVisible(not self.one)
        self.side_scroll.setFixedWidth(px(SIDE))
        self.main.column.setContentsMargins(px(16), px(16), px(16), px(16))
        self.main.column.setSpacing(px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        super().resizeEvent(event)
        one = self.width() < self._theme.px(ONE_BELOW)
        if one != self.one:
            self._change(one)

    def _change(self, one: bool) -> None:
        if not self.one:
            side = self.side_scroll.takeWidget()
            if side is not None:
                side.deleteLater()
        self.one = one
        self.narrowed.emit()


class Head(QWidget):
    """Name and state, the line below them, and what can be done at the right.

    Signals: pressed(str) the action of a button.
    """

    pressed = Signal(str)

    def __init__(self, theme: Theme, view: RecordView, *, primary: tuple[str, str, str, str]) -> None:
        super().__init__()
        self._gap = theme.px(12)
        self._top = FlowRow(theme)
        self._top.add(PlainLabel(theme, view.name, token="page"))
        if view.state:
            self._top.add(_Beside(theme, view.state_icon, view.state))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._top)
        if view.summary:
            words.addWidget(PlainLabel(theme, view.summary, role="text-2", wrap=True))
        self._buttons = FlowRow(theme, gap=12)
        for action, text, icon, key in self._ways(primary):
            kind = PRIMARY if action == primary[0] else PLAIN
            button = _Press(theme, text, action=action, kind=kind, icon=icon, key=key)
            button.pressed_for.connect(self.pressed)
            button.setEnabled(not view.read_only)
            self._buttons.add(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._gap)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside the name where both have room, else below it."""
        super().resizeEvent(event)
        need = self._buttons.sizeHint().width()
        beside = self._top.sizeHint().width() + self._gap + need <= self.width()
        self._buttons.setMinimumWidth(need if beside else 0)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)

    def _ways(self, primary: tuple[str, str, str, str]) -> tuple[tuple[str, str, str, str], ...]:
        ways = (("log", _("Log"), "note", "L"), ("next_step", _("Next step"), "next_step", "N"))
        return (*ways, primary) if primary[0] else ways


class _Beside(QWidget):
    """A state beside a name: icon and words."""

    def __init__(self, theme: Theme, icon: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(4), 0, 0, 0)
        row.setSpacing(theme.px(6))
        if icon:
            row.addWidget(IconMark(theme, icon))
        row.addWidget(PlainLabel(theme, text, role="text-2"))
        self.setAccessibleName(text)


class _Press(Button):
    """A button that says which action it is.

    Signals: pressed_for(str) its action.
    """

    pressed_for = Signal(str)

    def __init__(self, theme: Theme, text: str, *, action: str, kind: str, icon: str, key: str) -> None:
        super().__init__(theme, text, kind=kind, icon=icon, key=key)
        self._action = action
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.pressed_for.emit(self._action)
