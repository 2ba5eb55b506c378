"""The trash: what was removed, when and by whom, how long it is kept, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from crmdesk.domain.records import Id
from crmdesk.ui import paint
from crmdesk.ui.row_list import Index, LineDelegate, RowList, Rows
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _

ICONS = {"person": "person", "organisation": "organisation", "lead": "card", "opportunity": "deal"}


@dataclass(frozen=True, slots=True)
class TrashRow:
    """One record in the trash, worded: its entry, its kind, its name, when and by whom, how long it stays."""

    removal: Id
    kind: str
    name: str
    when: str
    left: str


class TrashDelegate(LineDelegate):
    """Paints a row: icon, name, and at the right how long it stays; below the name when and by whom."""

    @property
    def height(self) -> int:
        """Two lines."""
        metrics = self.theme.metrics
        return metrics.line("body") + metrics.line("small") + self.theme.px(16)

    def fill(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """One row."""
        theme, px, row = self.theme, self.theme.px, index.data(Qt.ItemDataRole.UserRole)
        inner = rect.adjusted(px(10), px(8), -px(10), -px(8))
        top = QRect(inner.left(), inner.top(), inner.width(), theme.metrics.line("body"))
        paint.icon(painter, theme, QRect(top.left(), top.top(), px(16), top.height()), ICONS[row.kind], "text-2")
        small = theme.font("small", tabular=True)
        paint.text(painter, top, row.left, font=small, colour=theme.colour("text-2"), right=True)
        top.setLeft(top.left() + px(24))
        below = QRect(top.left(), top.bottom() + 1, inner.right() - top.left(), theme.metrics.line("small"))
        top.setRight(top.right() - QFontMetrics(small).horizontalAdvance(row.left) - px(12))
        paint.text(painter, top, row.name, font=theme.font("body", weight=600), colour=theme.colour("text"))
        paint.text(painter, below, row.when, font=small, colour=theme.colour("text-2"))


class TrashSheet(Sheet):
    """A list and one button: bring the chosen record back.

    Signals: filled(object) the entry's id.
    """

    def __init__(self, theme: Theme, rows: Sequence[TrashRow]) -> None:
        super().__init__(theme, title=_("Trash"), width=640, height=560)
        text = _("What is removed stays here for 60 days and comes back with all that was its own.")
        self.body.addWidget(PlainLabel(theme, text, token="small", role="text-2", wrap=True))
        self.empty = PlainLabel(theme, _("The trash is empty."), role="text-3")
        self.view = RowList(Rows(rows, _said), TrashDelegate(theme), name=_("Trash"))
        self.view.setMinimumHeight(theme.px(300))
        self.body.addWidget(self.empty)
        self.body.addWidget(self.view, 1)
        self.empty.setVisible(not rows)
        self.view.setVisible(bool(rows))
        if not rows:
            self.body.addStretch(1)
        self.set_footer(_("Close"), _("Bring back"), icon="undo")
        if self.primary is not None:
            self.primary.setEnabled(bool(rows))

    def value(self) -> Id | None:
        """The chosen entry."""
        row = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.removal if isinstance(row, TrashRow) else None


def _said(row: TrashRow) -> str:
    return ", ".join(part for part in (row.name, row.when, row.left) if part)
