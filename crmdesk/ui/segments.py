"""Choices of which one holds: segmented controls, and the answer to a fact (yes, no, unknown, not applicable)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import N_, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One segment: its value, its words, an icon, and icon and colour role when it is the chosen one."""

    value: str
    text: str
    icon: str = ""
    icon_set: str = ""
    role_set: str = ""


class Segment(Themed, QRadioButton):
    """One part of a segmented control."""

    def __init__(self, theme: Theme, choice: Choice, *, first: bool, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice, self._first, self._last = choice, first, last
        self.setText(choice.text)
        self.setAccessibleName(choice.text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """As wide as the words in 600, so that choosing moves nothing."""
        px = self.theme.px
        width = QFontMetrics(self._font(chosen=True)).horizontalAdvance(self.text()) + px(24)
        return QSize(width + (px(23) if self.choice.icon else 0), self.theme.metrics.size("control"))

    def minimumSizeHint(self) -> QSize:
        """A short piece of the words with the icon."""
        return QSize(min(self.sizeHint().width(), self.theme.px(56)), self.theme.metrics.size("control"))

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground by state, divider, icon, words, ring."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        chosen = self.isChecked()
        self._paint_ground(painter, chosen=chosen)
        room = self.rect().adjusted(px(12), 0, -px(8), 0)
        if self.choice.icon:
            name = (self.choice.icon_set or self.choice.icon) if chosen else self.choice.icon
            role = (self.choice.role_set or "soft-text") if chosen else self._role(chosen=False)
            paint.icon(painter, theme, QRect(room.left(), 0, px(16), self.height()), name, role)
            room.setLeft(room.left() + px(23))
        paint.text(
            painter, room, self.text(), font=self._font(chosen=chosen), colour=theme.colour(self._role(chosen=chosen))
        )
        if self.hasFocus():
            paint.ring(painter, theme, self.rect(), radius=theme.metrics.radius("control"))

    def _paint_ground(self, painter: QPainter, *, chosen: bool) -> None:
        over = self.underMouse() and self.isEnabled()
        role = "soft" if chosen else "hover" if over else "surface" if self.isEnabled() else ""
        if role:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(self._shape(), self.theme.colour(role))
            painter.restore()
        if not self._first and not self.hasFocus():
            painter.fillRect(QRect(0, 1, 1, self.height() - 2), self.theme.colour("line"))

    def _shape(self) -> QPainterPath:
        """The ground, rounded where the control ends; it stays inside the control's edge of 1 px."""
        radius = self.theme.metrics.radius("control") - 1
        rect = QRectF(self.rect()).adjusted(1 if self._first else 0, 1, -1 if self._last else 0, -1)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(rect, radius, radius)
        if not self._first:
            path.addRect(rect.adjusted(0, 0, -radius, 0))
        if not self._last:
            path.addRect(rect.adjusted(radius, 0, 0, 0))
        return path

    def _role(self, *, chosen: bool) -> str:
        if not self.isEnabled():
            return "text-3"
        return "soft-text" if chosen else "text-2"

    def _font(self, *, chosen: bool) -> QFont:
        return self.theme.font("body", weight=600 if chosen else 400)


class Segmented(Themed, QWidget):
    """Choices side by side, one of them or none chosen; arrow keys go along, digits choose while it has the focus.

    Signals: chosen(value) when a person chose another one.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, choices: Sequence[Choice], *, name: str, value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._segments: dict[str, Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, choice in enumerate(choices):
            segment = Segment(theme, choice, first=place == 0, last=place == len(choices) - 1, parent=self)
            segment.setAccessibleName(f"{name}: {choice.text}")
            self._segments[choice.value] = segment
            self._group.addButton(segment)
            row.addWidget(segment)
        if choices:
            self.setFocusProxy(self._segments[choices[0].value])
        self.set_value(value)
        self._group.buttonClicked.connect(self._on_clicked)
        self.follow(theme)

    @property
    def value(self) -> str:
        """The value of the chosen segment; "" when none is."""
        button = self._group.checkedButton()
        return button.choice.value if isinstance(button, Segment) else ""

    def set_value(self, value: str) -> None:
        """Chooses without telling; "" chooses none."""
        if value in self._segments:
            self._segments[value].setChecked(True)
            self.setFocusProxy(self._segments[value])
            return
        self._group.setExclusive(False)
        for segment in self._segments.values():
            segment.setChecked(False)
        self._group.setExclusive(True)

    def segment(self, value: str) -> Segment:
        """The part that stands for `value`."""
        return self._segments[value]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the segment of that number."""
        digit = event.text()
        segments = list(self._segments.values())
        if digit.isdigit() and 1 <= int(digit) <= len(segments):
            segments[int(digit) - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            segments[int(digit) - 1].click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The edge around all segments."""
        enabled = self.isEnabled()
        paint.box(
            QPainter(self),
            self.rect(),
            radius=self.theme.metrics.radius("control"),
            edge=self.theme.colour("edge" if enabled else "line"),
            dashed=not enabled,
        )

    def _on_clicked(self, button: QAbstractButton) -> None:
        assert isinstance(button, Segment)
        self.setFocusProxy(button)
        self.chosen.emit(button.choice.value)


ANSWERS: Mapping[str, tuple[str, str, str, str]] = {
    "yes": (N_("Yes"), "yes", "met", "good"),
    "no": (N_("No"), "no", "not_met", "bad"),
    "unknown": (N_("Unknown"), "unknown", "unknown", ""),
    "not_applicable": (N_("Not applicable"), "not_applicable", "not_applicable_set", ""),
}


class AnswerControl(Segmented):
    """The answer to a fact; the icon of a set yes or no is filled and coloured, unknown stays dashed."""

    def __init__(self, theme: Theme, *, name: str, value: str = "", parent: QWidget | None = None) -> None:
        choices = [
            Choice(value=key, text=_(text), icon=icon, icon_set=chosen, role_set=role)
            for key, (text, icon, chosen, role) in ANSWERS.items()
        ]
        super().__init__(theme, choices, name=name, value=value, parent=parent)
