"""The history of the workspace: every step by its name, newest first, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from crmdesk.ui import paint
from crmdesk.ui.row_list import Index, LineDelegate, RowList, Rows
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _


@dataclass(frozen=True, slots=True)
class PastStep:
    """One step as it is listed: its number, when, what, by whom, and whether it can still be taken back."""

    step: int
    when: str
    what: str
    who: str
    undone: bool
    undoable: bool


class StepDelegate(LineDelegate):
    """Paints a step: when, what, and at the right who or that it is taken back."""

    def fill(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """One row."""
        theme, px, step = self.theme, self.theme.px, index.data(Qt.ItemDataRole.UserRole)
        small = theme.font("small", tabular=True)
        inner = rect.adjusted(px(10), 0, -px(10), 0)
        place = QRect(inner.left(), inner.top(), px(112), inner.height())
        paint.text(painter, place, step.when, font=small, colour=theme.colour("text-3"))
        inner.setLeft(place.right() + px(8))
        right = _("taken back") if step.undone else step.who
        paint.text(painter, inner, right, font=small, colour=theme.colour("text-2"), right=True)
        inner.setRight(inner.right() - QFontMetrics(small).horizontalAdvance(right) - px(12))
        role = "text-3" if step.undone else "text"
        paint.text(painter, inner, step.what, font=theme.font("body"), colour=theme.colour(role))


class HistorySheet(Sheet):
    """A list and one button: take back the chosen step; below the list why it cannot be, in the words of `why_not`.

    Signals: filled(int) the number of a step.
    """

    def __init__(self, theme: Theme, steps: Sequence[PastStep], *, why_not: Callable[[int], str]) -> None:
        super().__init__(theme, title=_("History"), width=640, height=560)
        self._why_not = why_not
        text = _("Every change has a name and can be taken back, in any order. What was changed since stays.")
        self.body.addWidget(PlainLabel(theme, text, token="small", role="text-2", wrap=True))
        self.view = RowList(Rows(steps, _said), StepDelegate(theme), name=_("History"))
        self.view.setMinimumHeight(4 * theme.metrics.size("row"))
        self.body.addWidget(self.view, 1)
        self.reason = PlainLabel(theme, token="small", role="text-2", wrap=True)
        self.body.addWidget(self.reason)
        self.set_footer(_("Close"), _("Take back"), icon="undo")
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self._on_current()

    def value(self) -> int | None:
        """The chosen step."""
        step = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
        return step.step if isinstance(step, PastStep) and step.undoable and not step.undone else None

    def _on_current(self) -> None:
        step = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
        possible = self.value() is not None
        why = self._why_not(step.step) if isinstance(step, PastStep) and not possible else ""
        self.reason.setText(why)
        self.reason.setVisible(bool(why))
        if self.primary is not None:
            self.primary.setEnabled(possible)
            self.primary.setToolTip(why)


def _said(step: PastStep) -> str:
    state = _("taken back") if step.undone else ""
    return ", ".join(part for part in (step.when, step.what, step.who, state) if part)
