"""The blocks of a record's page: deals, people and their part, attempts, the timeline. Each on its own surface."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.records import Id
from crmdesk.ui import paint
from crmdesk.ui.card_words import Line
from crmdesk.ui.chips import Chip
from crmdesk.ui.controls import QUIET, Button, Ringed
from crmdesk.ui.flow import LARGE
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.layouts import clear
from crmdesk.ui.painted_row import Cells, Icon, PaintedRow, Words
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.record_view import AttemptLine, DealLine, Happened, PersonLine
from crmdesk.words import _


class Block(QWidget):
    """A surface with a head: words at the left, something at the right, and rows below."""

    def __init__(self, theme: Theme, title: str, *, aside: QWidget | None = None) -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(16), px(12), px(16), px(12))
        self.column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, px(4))
        head.setSpacing(px(12))
        words = PlainLabel(theme, title, token="head")
        words.setMinimumHeight(theme.px(28))
        head.addWidget(words, 1)
        if aside is not None:
            head.addWidget(aside)
        self.column.addLayout(head)
        self.setAccessibleName(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface and edge."""
        theme = self._theme
        paint.box(
            QPainter(self), self.rect(), radius=theme.metrics.radius("card"), fill=theme.colour("surface"),
            edge=theme.colour("line"),
        )  # fmt: skip


class Link(Ringed, QAbstractButton):
    """A name that opens its record; underlined under the pointer.

    Signals: followed(object) the id.
    """

    followed = Signal(object)
    ring_radius = 4

    def __init__(self, theme: Theme, text: str, record: Id, *, strong: bool = True, role: str = "text") -> None:
        super().__init__()
        self._record, self._strong, self._role = record, strong, role
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the font."""
        self.setFont(self.theme.font("body", weight=600 if self._strong else 0))

    def sizeHint(self) -> QSize:
        """Its words."""
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2
        return QSize(width, self.theme.metrics.line("body") + self.theme.px(2))

    def minimumSizeHint(self) -> QSize:
        """It may give way."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self.theme.px(48)), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, underlined under the pointer."""
        painter, font = QPainter(self), self.font()
        over = self.underMouse()
        font.setUnderline(over)
        paint.text(
            painter, self.rect(), self.text(), font=font, colour=self.theme.colour("accent" if over else self._role)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.followed.emit(self._record)


def step_text(theme: Theme, line: Line) -> LaidText:
    """A next step on one line: where it is too long its title is cut, never its day."""
    role = "text" if line.icon and line.role == "text-2" else line.role
    return LaidText(theme, line.before + line.text + line.after, role=role, tail=line.after)


class Rows(QWidget):
    """Cells in columns, a line below each row.

    Signals: followed(object) the id of a record whose name was pressed.
    """

    followed = Signal(object)

    def __init__(self, theme: Theme, stretches: Sequence[int], *, pitch: int = 6) -> None:
        super().__init__()
        self._theme, self._pitch = theme, theme.px(pitch)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, self._pitch, 0, self._pitch + 1)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(2 * self._pitch + 1)
        self._places: list[QSpacerItem] = []
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)

    def add(self, *cells: QWidget | QLayout | None) -> None:
        """One more row."""
        row = len(self._places)
        self._places.append(QSpacerItem(0, 0))  # `cellRect` is not to be relied on where heights depend on widths
        self._grid.addItem(self._places[row], row, 0)
        for column, cell in enumerate(cells):
            if isinstance(cell, QLayout):
                self._grid.addLayout(cell, row, column)
            elif isinstance(cell, Chip):
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            elif cell is not None:
                self._grid.addWidget(cell, row, column)

    def link(self, text: str, record: Id, *, beside: str = "") -> QLayout:
        """A name that opens its record, with quiet words beside it."""
        link = Link(self._theme, text, record)
        link.followed.connect(self.followed)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        row.addWidget(link)
        if beside:
            row.addWidget(PlainLabel(self._theme, beside, role="text-2"), 1)
        else:
            row.addStretch(1)
        return row

    def marked(self, icon: str, laid: LaidText, *, role: str = "text-2") -> PaintedRow:
        """Words with an icon before them, if there is one."""
        mark = [Icon(self._theme, icon, role=role)] if icon else []
        cells = Cells(self._theme, *mark, Words(laid, fills=True), gap=6, centred=True)
        return PaintedRow(self._theme, cells, said=laid.words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines."""
        painter, colour = QPainter(self), self._theme.colour("line")
        for place in self._places:
            painter.fillRect(0, place.geometry().bottom() + self._pitch + 1, self.width(), 1, colour)


def deals_block(theme: Theme, deals: Sequence[DealLine], sums: str) -> tuple[Block, Rows]:
    """The table of deals."""
    block = Block(theme, _("Deals"), aside=PlainLabel(theme, sums, token="small", role="text-2", right=True))
    large = theme.percent >= LARGE
    rows = Rows(theme, (4, 3, 0, 3, 7) if not large else (4, 3, 0, 0, 4))
    heads = (_("Deal"), _("Stage"), _("Amount"), "" if large else _("Chance"), _("Next step or end"))
    rows.add(
        *(
            PlainLabel(theme, each, token="small", role="text-2", strong=True, right=at == 2)
            for at, each in enumerate(heads)
        )
    )
    for deal in deals:
        rows.add(
            rows.link(deal.name, deal.id),
            rows.marked(deal.stage_icon, LaidText(theme, deal.stage)),
            PlainLabel(theme, deal.amount, right=True),
            None if large else PlainLabel(theme, deal.chance, role="text-2"),
            rows.marked(deal.end.icon, step_text(theme, deal.end), role=deal.end.role),
        )
    block.column.addWidget(rows)
    return block, rows


def people_block(theme: Theme, people: Sequence[PersonLine]) -> tuple[Block, Rows]:
    """The people with their part in buying, what they agreed to, and when they were last heard of."""
    block = Block(theme, _("People and their part in buying"))
    rows = Rows(theme, (6, 3, 0, 0), pitch=10)
    for person in people:
        part = PlainLabel(theme, person.part or _("Not known yet"), role="text" if person.part else "text-3")
        rows.add(
            rows.link(person.name, person.id, beside=person.job),
            part,
            Chip(theme, person.chip, kind=person.chip_kind, icon=person.chip_icon) if person.chip else None,
            PlainLabel(theme, person.day, role="text-2", right=True),
        )
    if not people:
        block.column.addWidget(PlainLabel(theme, _("Nobody is known by name"), token="small", role="text-3"))
    if people:
        block.column.addWidget(rows)
    return block, rows


def attempts_block(theme: Theme, attempts: Sequence[AttemptLine], title: str) -> tuple[Block, Rows]:
    """The attempts to win them, with how each ended."""
    block = Block(theme, title)
    rows = Rows(theme, (5, 4, 5, 0))
    for each in attempts:
        rows.add(
            rows.link(each.name, each.id),
            rows.marked(each.icon, LaidText(theme, each.state)),
            PlainLabel(theme, each.detail, role="text-2"),
            PlainLabel(theme, each.day, role="text-2", right=True),
        )
    block.column.addWidget(rows)
    return block, rows


class TimelineBlock(Block):
    """What happened, newest first; with several deals only that of one of them.

    Signals: filter_chosen(str) the reference of a deal, "" for all; more_asked() older ones.
    """

    filter_chosen = Signal(str)
    more_asked = Signal()

    def __init__(self, theme: Theme, filters: Sequence[tuple[str, str]], *, chosen: str) -> None:
        self.filters: Segmented | None = None
        if len(filters) > 1:
            choices = [Choice(value=key, text=text) for key, text in (("all", _("All")), *filters)]
            self.filters = Segmented(theme, choices, name=_("Timeline"), value=chosen or "all")
            self.filters.chosen.connect(self._on_chosen)
        super().__init__(theme, _("Timeline"), aside=self.filters)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.count = 0
        self.last: tuple[str, Id] | None = None
        self.column.addLayout(self._lines)
        self.more = Button(theme, _("Show more"), kind=QUIET, icon="down")
        self.more.clicked.connect(self.more_asked)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        self._empty = PlainLabel(theme, _("Nothing logged yet."), token="small", role="text-3")
        self.column.addWidget(self._empty)

    def add(self, lines: Sequence[Happened], *, more: bool) -> None:
        """Adds lines at the end; `more` says that there are older ones."""
        days = QFontMetrics(self._theme.font("body"))
        wide = max((days.horizontalAdvance(each.line.day) for each in lines), default=0) + self._theme.px(8)
        for each in lines:
            self._lines.addWidget(HappenedRow(self._theme, each, max(wide, self._theme.px(64))))
            self.last = each.moment.key
        self.count += len(lines)
        self.more.setVisible(more)
        self._empty.setVisible(not self.count)

    def empty(self) -> None:
        """Takes all lines out."""
        clear(self._lines)
        self.count, self.last = 0, None

    def _on_chosen(self, value: str) -> None:
        self.filter_chosen.emit("" if value == "all" else value)


class HappenedRow(PaintedRow):
    """One line: day, icon, with whom and what, the note below it, and at the right who wrote it down."""

    def __init__(self, theme: Theme, happened: Happened, wide: int) -> None:
        line = happened.line
        what = _("{who}: {what}").format(who=happened.who, what=line.text) if happened.who else line.text
        told = [LaidText(theme, what, wrap=True, strong_parts=[happened.who] if happened.who else [])]
        if line.detail:
            told.append(LaidText(theme, line.detail, token="small", role="text-2", wrap=True))
        cells = Cells(
            theme,
            Words(LaidText(theme, line.day, role="text-2"), wide=wide),
            Icon(theme, line.icon),
            Words(*told, fills=True),
            Words(LaidText(theme, happened.by, token="small", role="text-2")),
            gap=10,
        )
        said = ", ".join(part for part in (line.day, what, line.detail, happened.by) if part)
        super().__init__(theme, cells, said=said, down=8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line below."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self.theme.colour("line"))
