"""A folded column: its name and count written downwards, and while dragging what a drop would do."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crmdesk.domain import names
from crmdesk.domain.cards import Column
from crmdesk.ui import paint
from crmdesk.ui.drop_words import Hint
from crmdesk.ui.pressing import PressArea
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed, tip
from crmdesk.ui.views.column_head import count_text
from crmdesk.words import _


class FoldedColumn(Themed, PressArea):
    """A narrow upright strip that can be pressed.

    Signals: unfold_wanted() on a click, Enter or Space; leave_wanted(-1 or +1: the column beside).
    """

    unfold_wanted = Signal()
    leave_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: Column | None = None
        self._hint: Hint | None = None
        self._target = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        self.follow(theme)

    def show_column(self, column: Column) -> None:
        """Other counts or words."""
        self._column = column
        self.setAccessibleName(_("{stage}, folded").format(stage=column.label))
        self.setToolTip(tip(_("Unfold {stage}").format(stage=column.label)))
        self.update()

    def show_hint(self, hint: Hint | None, *, target: bool) -> None:
        """What a drop will do, and whether it would be here; None after the drag."""
        self._hint, self._target = hint, target
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows to the sides leave the column, as from its cards."""
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if (side := sides.get(Qt.Key(event.key()))) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.leave_wanted.emit(side)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, name, count, hint: from the top downwards."""
        if self._column is None:
            return
        painter, px = QPainter(self), self.theme.px
        role = "soft-text" if self._target else "text-2"
        paint.icon(painter, self.theme, QRect(0, px(8), self.width(), px(18)), "fold", role)
        along = px(34)
        along = self._write(painter, along, self._column.label, role="text", strong=True)
        along = self._count(painter, along + px(10), count_text(self._column))
        if self._hint is not None:
            icon = QRect(0, along + px(20), self.width(), px(16))
            paint.icon(painter, self.theme, icon, self._hint.icon, role, size=14)
            self._write(painter, along + px(42), self._hint.text, role=role, strong=False, small=True)
        if self.hasFocus():
            paint.ring(painter, self.theme, self.rect(), radius=self.theme.metrics.radius("column"))

    def _write(self, painter: QPainter, along: int, text: str, *, role: str, strong: bool, small: bool = False) -> int:
        """Writes downwards from `along` and returns where it ends, both in px from the top."""
        token = "small" if small else "body"
        font = self.theme.metrics.strong(token) if strong else self.theme.font(token)
        if names.is_han(text):
            return self._write_upright(painter, along, text, font=font, colour=self.theme.colour(role))
        wide = QFontMetrics(font).horizontalAdvance(text) + 1
        painter.save()
        painter.translate(self.width(), along)
        painter.rotate(90)
        line = QRect(0, 0, min(wide, max(0, self.height() - along - 8)), self.width())
        paint.text(painter, line, text, font=font, colour=self.theme.colour(role))
        painter.restore()
        return along + wide

    def _count(self, painter: QPainter, along: int, text: str) -> int:
        """The count, upright below an upright name where it has room; returns where it ends, in px from the top."""
        metrics = QFontMetrics(self.theme.font("body"))
        upright = self._column is not None and names.is_han(self._column.label)
        if not upright or metrics.horizontalAdvance(text) > self.width() - 4:
            return self._write(painter, along, text, role="text-3", strong=False)
        place = QRect(0, along, self.width(), metrics.height())
        paint.text(painter, place, text, font=self.theme.font("body"), colour=self.theme.colour("text-3"), centred=True)
        return along + place.height()

    def _write_upright(self, painter: QPainter, along: int, text: str, *, font: QFont, colour: QColor) -> int:
        """Han characters stand one below the other."""
        high = QFontMetrics(font).height()
        for letter in text:
            if along + high > self.height() - 8:
                break
            paint.text(painter, QRect(0, along, self.width(), high), letter, font=font, colour=colour, centred=True)
            along += high
        return along

    def _on_clicked(self) -> None:
        self.unfold_wanted.emit()
