"""A list of choices below each other, each with its digit: reasons, kinds, points."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.ui import paint
from crmdesk.ui.checks import paint_radio
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed, tip

MOST_DIGITS = 9


class ChoiceRow(Themed, QRadioButton):
    """One choice: mark, words, digit; 32 high."""

    def __init__(self, theme: Theme, value: str, text: str, *, digit: str) -> None:
        super().__init__()
        self.value, self.digit = value, digit
        self.setText(text)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """Words with mark and digit."""
        px = self.theme.px
        words = QFontMetrics(self.theme.font("body", weight=500)).horizontalAdvance(self.text())
        return QSize(words + px(80), self.theme.metrics.size("hit"))

    def minimumSizeHint(self) -> QSize:
        """It may be elided."""
        return QSize(self.theme.px(160), self.theme.metrics.size("hit"))

    def hitButton(self, pos: QPoint) -> bool:
        """Everywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground by state, mark, words, digit, focus."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        on, radius = self.isChecked(), theme.metrics.radius("control")
        if on or self.underMouse():
            paint.box(painter, self.rect(), radius=radius, fill=theme.colour("soft" if on else "hover"))
        side = px(16)
        mark = QRect(px(8), (self.height() - side) // 2, side, side)
        paint_radio(painter, theme, mark, on=on, over=self.underMouse())
        room = self.rect().adjusted(px(34), 0, -px(36), 0)
        font = theme.font("body", weight=500 if on else 400)
        cut = paint.text(painter, room, self.text(), font=font, colour=theme.colour("soft-text" if on else "text"))
        self.setToolTip(tip(self.text()) if cut else "")
        if self.digit:
            size = paint.keycap_size(theme, self.digit)
            left = self.width() - size.width() - px(8)
            cap = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
            paint.keycap(painter, theme, cap, self.digit)
        if self.hasFocus():
            paint.ring(painter, theme, self.rect(), radius=radius)


class ChoiceList(QWidget):
    """Choices of which one or none holds; arrow keys go along, digits choose while one of them has the focus.

    Signals: chosen(value) when a person chose another one.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[tuple[str, str]], *, name: str, value: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.rows: list[ChoiceRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, (key, text) in enumerate(choices, 1):
            row = ChoiceRow(theme, key, text, digit=str(number) if number <= MOST_DIGITS else "")
            self.rows.append(row)
            self._group.addButton(row)
            column.addWidget(row)
        self.set_value(value)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def value(self) -> str:
        """The chosen value; "" when none is."""
        button = self._group.checkedButton()
        return button.value if isinstance(button, ChoiceRow) else ""

    def set_value(self, value: str) -> None:
        """Chooses without telling; what is not in the list chooses nothing."""
        for row in self.rows:
            if row.value == value:
                row.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the row of that number."""
        digit = event.text()
        found = next((row for row in self.rows if digit and row.digit == digit), None)
        if found is None:
            super().keyPressEvent(event)
            return
        found.setFocus(Qt.FocusReason.ShortcutFocusReason)
        found.click()

    def _on_clicked(self, button: QAbstractButton) -> None:
        assert isinstance(button, ChoiceRow)
        self.chosen.emit(button.value)
