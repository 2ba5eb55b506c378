"""The backups of a workspace: choose one that takes the place of the file. What happens is said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QWidget,
)

from crmdesk import words
from crmdesk.ui import paint
from crmdesk.ui.fields import ChoiceField
from crmdesk.ui.row_list import Index, LineDelegate, RowList, Rows
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import N_, _

# What was found when a backup was read: unknown so far, as it was stored, or not.
UNREAD, GOOD, BAD = "unread", "good", "bad"
_STATES: dict[str, tuple[str, str, str]] = {
    UNREAD: ("unknown", "text-3", N_("being checked")),
    GOOD: ("met", "good", N_("whole")),
    BAD: ("not_met", "bad", N_("damaged")),
}
LEAST_ROWS, MOST_ROWS = 5, 11  # seen at once; the list is as high as it is long between them


@dataclass(frozen=True, slots=True)
class PastBackup:
    """One backup as it is listed: its number, when and why it was made, how large it is."""

    number: int
    when: str
    why: str
    size: str


class Backups(Rows[PastBackup]):
    """The backups, newest first, with what was found when each was read."""

    def __init__(self, rows: Sequence[PastBackup]) -> None:
        super().__init__(rows, self._worded)
        self._states: dict[int, str] = {}

    def _worded(self, row: PastBackup) -> str:
        return ", ".join((row.when, row.why, row.size, _(_STATES[self.state(row.number)][2])))

    def state(self, number: int) -> str:
        """What was found of a backup so far."""
        return self._states.get(number, UNREAD)

    def set_state(self, number: int, state: str) -> None:
        """A backup was read."""
        self._states[number] = state
        for at, row in enumerate(self.rows):
            if row.number == number:
                self.dataChanged.emit(self.index(at, 0), self.index(at, 0))


class BackupDelegate(LineDelegate):
    """Paints a backup: when, why, and at the right its size and whether it is whole."""

    def fill(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """One row."""
        theme, px, row = self.theme, self.theme.px, index.data(Qt.ItemDataRole.UserRole)
        model = index.model()
        assert isinstance(model, Backups)
        icon, role, text = _STATES[model.state(row.number)]
        small = theme.font("small", tabular=True)
        room = rect.adjusted(px(10), 0, -px(10), 0)
        widest = max(QFontMetrics(small).horizontalAdvance(_(each[2])) for each in _STATES.values())
        room = self._right(painter, room, _(text), width=widest, colour=role)
        mark = QRect(room.right() - px(18), room.top(), px(16), room.height())
        paint.icon(painter, theme, mark, icon, role, size=14)
        room.setRight(mark.left() - px(16))
        room = self._right(painter, room, row.size, width=px(64), colour="text-2")
        room.setRight(room.right() - px(8))
        place = QRect(room.left(), room.top(), px(132), room.height())
        paint.text(painter, place, row.when, font=theme.font("body", tabular=True), colour=theme.colour("text"))
        room.setLeft(place.right() + px(8))
        paint.text(painter, room, row.why, font=theme.font("body"), colour=theme.colour("text-2"))

    def _right(self, painter: QPainter, room: QRect, text: str, *, width: int, colour: str) -> QRect:
        """Paints at the right edge, in a column of a width; what is left of the room."""
        font = self.theme.font("small", tabular=True)
        place = QRect(room.right() - width, room.top(), width + 1, room.height())
        paint.text(painter, place, text, font=font, colour=self.theme.colour(colour), right=colour == "text-2")
        return room.adjusted(0, 0, -width - self.theme.px(4), 0)


class RestoreSheet(Sheet):
    """A list and one button: the chosen backup takes the place of the file.

    Signals: filled(int) the number of a backup; share_chosen(int) percent of the free disk that backups may take.
    """

    share_chosen = Signal(int)

    def __init__(self, theme: Theme, rows: Sequence[PastBackup], *, share: int, shares: Sequence[int]) -> None:
        super().__init__(theme, title=_("Restore a backup"), width=680)
        text = _(
            "The chosen backup takes the place of this file, and the window opens it."
            " The file as it is now becomes a backup of its own, which is never thinned out."
        )
        self.body.addWidget(PlainLabel(theme, text, role="text-2", wrap=True))
        self.model = Backups(rows)
        self.view = RowList(self.model, BackupDelegate(theme), name=_("Backups"))
        row = theme.metrics.size("row")
        self.view.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.view.setMinimumHeight(row * min(len(rows), LEAST_ROWS))
        self.view.setMaximumHeight(row * MOST_ROWS)
        if rows:
            self.body.addWidget(self.view, 1)
        else:
            none = _("There is no backup yet. One is made every 30 minutes in which something changed.")
            self.body.addWidget(PlainLabel(theme, none, wrap=True))
        self.body.addLayout(self._room(share, shares))
        self.set_footer(_("Close"), _("Restore"), icon="undo")
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.model.dataChanged.connect(self._on_current)
        self._on_current()

    def value(self) -> int | None:
        """The chosen backup, unless it is damaged."""
        row = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.number if isinstance(row, PastBackup) and self.model.state(row.number) != BAD else None

    def first_field(self) -> QWidget | None:
        """The list."""
        return self.view

    def show_state(self, number: int, *, good: bool) -> None:
        """A backup was read; where the chosen one turns out to be damaged, the next older one that is not is chosen."""
        self.model.set_state(number, GOOD if good else BAD)
        if good or self.value() is not None:
            return
        for at in range(self.view.currentIndex().row() + 1, self.model.rowCount()):
            if self.model.state(self.model.rows[at].number) != BAD:
                self.view.setCurrentIndex(self.model.index(at, 0))
                return

    def _room(self, share: int, shares: Sequence[int]) -> QHBoxLayout:
        texts = [(str(each), _("{percent}% of the free disk").format(percent=words.number(each))) for each in shares]
        self.share = ChoiceField(self.theme, texts, name=_("Room for backups"), value=str(share))
        self.share.chosen.connect(self._on_share)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        row.addWidget(PlainLabel(self.theme, _("Room for backups"), role="text-2"))
        row.addWidget(self.share)
        row.addStretch(1)
        return row

    def _on_share(self, value: str) -> None:
        self.share_chosen.emit(int(value))

    def _on_current(self) -> None:
        if self.primary is not None:
            self.primary.setEnabled(self.value() is not None)
