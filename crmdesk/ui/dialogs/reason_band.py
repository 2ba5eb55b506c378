"""The part of a sheet where a reason is given to move in spite of what is missing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.ui.chips import ChoiceChip
from crmdesk.ui.fields import LineField
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import N_, _

REASONS = (N_("Asked us for a visit"), N_("Decided further up"), N_("Will ask on the next call"))


class Band(Themed, QWidget):
    """A part of a sheet on the ground of the window, with a line above."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        self.column.setContentsMargins(px(24), px(14), px(24), px(14))
        self.column.setSpacing(px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self.theme.colour("line"))


class Suggestions(FlowRow):
    """Ready reasons; their digits choose them, and are printed, while one of them has the focus.

    Elsewhere in the sheet a digit is meant for the answer that has the focus.

    Signals: chosen(text).
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, reasons: tuple[str, ...]) -> None:
        super().__init__(theme)
        for number, reason in enumerate(reasons, 1):
            chip = ChoiceChip(theme, _(reason), key=str(number))
            chip.clicked.connect(self._on_clicked)
            chip.installEventFilter(self)
            self.add(chip)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Prints the digits when one of the reasons takes the focus, and takes them away with it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            for chip in self.parts():
                assert isinstance(chip, ChoiceChip)
                chip.set_key_acts(event.type() == QEvent.Type.FocusIn)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the reason of that number."""
        digit, chips = event.text(), self.parts()
        if digit.isdigit() and 1 <= int(digit) <= len(chips):
            chip = chips[int(digit) - 1]
            assert isinstance(chip, ChoiceChip)
            chip.click()
            return
        super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        chip = self.sender()
        assert isinstance(chip, ChoiceChip)
        self.chosen.emit(chip.text())


class ReasonBand(Band):
    """One line for the reason, with ready ones below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.line = LineField(
            theme, name=_("Reason"), placeholder=_("One line. It stays in the history and shows on the card.")
        )
        label = PlainLabel(theme, _("Move anyway, because…"), token="small", weight=500)
        label.setBuddy(self.line)
        self.suggestions = Suggestions(theme, REASONS)
        self.suggestions.chosen.connect(self._on_suggested)
        self.column.addWidget(label)
        self.column.addWidget(self.line)
        self.column.addSpacing(theme.px(4))
        self.column.addWidget(self.suggestions)

    def _on_suggested(self, text: str) -> None:
        self.line.selectAll()
        self.line.insert(text)  # what was typed comes back by the line's own undo
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
