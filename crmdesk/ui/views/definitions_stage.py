"""One stage as a card of the definitions page: its name and count, what it is, its facts, and all that is agreed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain import facts
from crmdesk.domain.vocabulary import Stage
from crmdesk.ui import paint, stage_words
from crmdesk.ui.chips import Chip
from crmdesk.ui.controls import Button
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.painted_row import Cells, Icon, PaintedRow, Words
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _, ngettext


class StageCard(Themed, QWidget):
    """What is agreed about one stage.

    Signals: edit_requested(str) its key.
    """

    edit_requested = Signal(str)

    def __init__(self, theme: Theme, stage: Stage, *, own: bool, can_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setAccessibleName(stage.label)
        self.label = PlainLabel(theme, stage.label, token="title", wrap=True)
        self.count = PlainLabel(theme, role="text-2", token="small")
        self.edit = Button(theme, _("Edit…"), icon="edit")
        self.edit.setAccessibleName(_("Edit the definition of {stage}").format(stage=stage.label))
        if not can_edit:
            self.edit.hide()
        self.edit.clicked.connect(self._on_edit)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head(theme, own=own))
        self._column.addWidget(PlainLabel(theme, stage.definition, wrap=True))
        self._column.addLayout(self._facts(theme))
        self._agreed = [_agreed(theme, label, text) for label, text in stage_words.agreed(stage)]
        agreed = QVBoxLayout()
        agreed.setSpacing(theme.px(4))
        for row in self._agreed:
            agreed.addWidget(row)
        self._column.addLayout(agreed)
        self._column.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        self._column.setContentsMargins(px(16), px(16), px(16), px(16))
        self._column.setSpacing(px(12))
        heads = [row.cells.cells[0] for row in self._agreed]
        widest = max((text.natural for head in heads if isinstance(head, Words) for text in head.texts), default=0)
        for row, head in zip(self._agreed, heads, strict=True):
            if isinstance(head, Words):
                head.wide = min(px(108), widest)
            row.restyle()
            row.updateGeometry()

    def set_count(self, count: int) -> None:
        """How many cards lie there today."""
        said = ngettext("{count} card today", "{count} cards today", count)
        self.count.setText(said.format(count=words.number(count)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of a block."""
        theme = self.theme
        radius = theme.metrics.radius("card")
        fill, edge = theme.colour("surface"), theme.colour("line")
        paint.box(QPainter(self), self.rect(), radius=radius, fill=fill, edge=edge)

    def _head(self, theme: Theme, *, own: bool) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(theme.px(2))
        head.addWidget(self.label)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.count, 1)
        line.addWidget(self.edit)
        head.addLayout(line)
        if own:
            head.addWidget(Chip(theme, _("changed here"), kind="outline", icon="edit"), 0, Qt.AlignmentFlag.AlignLeft)
        return head

    def _facts(self, theme: Theme) -> QVBoxLayout:
        """What is required, what is a sign, and what suggests to let go: a mark and words each."""
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        column.addWidget(_section(theme, _("Required")))
        for ways in self.stage.requires:
            column.addWidget(_fact(theme, stage_words.one(ways), icon="met", role="good"))
        if self.stage.signs:
            column.addSpacing(theme.px(4))
            column.addWidget(_section(theme, _("Signs, not required")))
        for fact in self.stage.signs:
            column.addWidget(_fact(theme, facts.label(fact), icon="unknown", role="text-2"))
        if self.stage.blocks:
            column.addSpacing(theme.px(4))
            column.addWidget(_section(theme, _("Suggests Not a fit if no")))
        for fact in self.stage.blocks:
            column.addWidget(_fact(theme, facts.label(fact), icon="not_a_fit", role="text-2"))
        return column

    def _on_edit(self) -> None:
        self.edit_requested.emit(self.stage.key)


def _section(theme: Theme, text: str) -> PlainLabel:
    return PlainLabel(theme, text, token="small", role="text-2", strong=True, wrap=True)


def _fact(theme: Theme, text: str, *, icon: str, role: str) -> PaintedRow:
    cells = Cells(theme, Icon(theme, icon, role=role), Words(LaidText(theme, text, wrap=True), fills=True))
    return PaintedRow(theme, cells, said=text)


def _agreed(theme: Theme, label: str, text: str) -> PaintedRow:
    head = Words(LaidText(theme, label, token="small", role="text-2", wrap=True))
    told = Words(LaidText(theme, text, token="small", wrap=True), fills=True)
    said = _("{field}: {value}").format(field=label, value=text)
    return PaintedRow(theme, Cells(theme, head, told, gap=12), said=said)
