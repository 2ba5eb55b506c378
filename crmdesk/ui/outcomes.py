"""How did it go? One of a few outcomes, each with its icon and its letter, below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import Ringed
from crmdesk.ui.theme import Theme
from crmdesk.words import N_, _

LATER = "later"
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way it may have gone: what is stored (`LATER` is not), its words, its letter, its icon."""

    value: str
    text: str
    letter: str
    icon: str


OF_A_CALL = (
    Outcome("reached", N_("Reached"), "R", "reached"),
    Outcome("voicemail", N_("Voicemail"), "V", "voicemail"),
    Outcome("wrong_number", N_("Wrong number"), "W", "wrong_number"),
    Outcome(LATER, N_("Call back on…"), "C", "calendar-plus"),
    Outcome("not_interested", N_("Not interested"), "X", "not_a_fit"),
)
OF_OTHERS = (
    Outcome("done", N_("Done"), "D", "done"),
    Outcome("not_interested", N_("Not interested"), "X", "not_a_fit"),
)


class OutcomeRow(Ringed, QAbstractButton):
    """One outcome: icon, words, letter; 32 high, edged, tinted when chosen."""

    def __init__(self, theme: Theme, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome
        self.setText(_(outcome.text))
        self.setAccessibleName(_(outcome.text))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """Its words with icon and letter."""
        wide = QFontMetrics(self.theme.font("body", weight=600)).horizontalAdvance(self.text())
        return QSize(wide + self.theme.px(84), self.theme.metrics.size("control"))

    def minimumSizeHint(self) -> QSize:
        """It may be elided."""
        return QSize(self.theme.px(120), self.theme.metrics.size("control"))

    def event(self, event: QEvent) -> bool:
        """The letters are this list's own while it has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() in _PLAIN
            and event.text().isalpha()
        ):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge by state, icon, words, letter."""
        painter, theme, px, on = QPainter(self), self.theme, self.theme.px, self.isChecked()
        fill = "soft" if on else "hover" if self.underMouse() else "surface"
        radius = theme.metrics.radius("control")
        paint.box(
            painter, self.rect(), radius=radius, fill=theme.colour(fill),
            edge=theme.colour("accent" if on else "line"), width=3 if on and theme.high_contrast else 1,
        )  # fmt: skip
        role = "soft-text" if on else "text"
        icon = QRect(px(11), 0, px(16), self.height())
        paint.icon(painter, theme, icon, self.outcome.icon, role if on else "text-2")
        cap = paint.keycap_size(theme, self.outcome.letter)
        left = self.width() - px(10) - cap.width()
        place = QRect(left, (self.height() - cap.height()) // 2, cap.width(), cap.height())
        paint.keycap(painter, theme, place, self.outcome.letter)
        room = QRect(px(35), 0, left - px(43), self.height())
        font = theme.font("body", weight=600 if on else 400)
        paint.text(painter, room, self.text(), font=font, colour=theme.colour(role))

    def hitButton(self, pos: QPoint) -> bool:
        """Everywhere."""
        return self.rect().contains(pos)


class OutcomeList(QWidget):
    """Outcomes of which one or none holds: letters, arrows, Space or a click choose; Enter goes on.

    Signals: chosen() another one was chosen; answered() one was, by its letter; entered() Enter was pressed.
    """

    chosen = Signal()
    answered = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._outcomes: tuple[Outcome, ...] = ()
        self.rows: list[OutcomeRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.setAccessibleName(_("How did it go?"))

    def set_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Other outcomes to choose from; the same ones stay as they are."""
        if tuple(outcomes) == self._outcomes:
            return
        for row in self.rows:
            self._group.removeButton(row)
            row.hide()
            row.deleteLater()
        self._outcomes = tuple(outcomes)
        self.rows = [OutcomeRow(self._theme, outcome) for outcome in outcomes]
        for row in self.rows:
            self._group.addButton(row)
            self._column.addWidget(row)

    @property
    def value(self) -> str:
        """What was chosen; "" when nothing was."""
        chosen = self._group.checkedButton()
        return chosen.outcome.value if isinstance(chosen, OutcomeRow) else ""

    def choose(self, value: str) -> None:
        """Chooses without telling; "" chooses nothing."""
        self._group.setExclusive(False)
        for row in self.rows:
            row.setChecked(bool(value) and row.outcome.value == value)
        self._group.setExclusive(True)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that choose one."""
        return tuple(outcome.letter for outcome in self._outcomes)

    def answer(self, letter: str) -> bool:
        """Chooses by a letter and tells; False when it is nobody's."""
        found = next((row for row in self.rows if row.outcome.letter == letter), None)
        if found is not None:
            found.setChecked(True)
            self.answered.emit()
        return found is not None

    def take_focus(self) -> None:
        """The keys go to the chosen one, else to the first."""
        if self.rows:
            row = next((row for row in self.rows if row.isChecked()), self.rows[0])
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter chooses; Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        if event.modifiers() not in _PLAIN or not self.answer(event.text().upper()):
            super().keyPressEvent(event)

    def _on_clicked(self, _button: QAbstractButton) -> None:
        self.chosen.emit()
