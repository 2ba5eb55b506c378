"""Which of our fields each column of a list goes to: its header, an example, the field, and how that was told."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain import points
from crmdesk.domain.mapping import HOW, Target
from crmdesk.services.import_plans import LookColumn
from crmdesk.ui.evidence import FactMark
from crmdesk.ui.fields import ChoiceField
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import N_, _, ngettext

OFFERED: tuple[str, ...] = (
    "name", "given", "family", "middle", "prefix", "suffix", "nickname", "organisation", "job_title", "department",
    "email", "email:work", "email:home", "phone", "phone:work", "phone:mobile", "phone:home", "phone:fax", "web",
    "handle", "address", "street", "po_box", "postcode", "town", "region", "country", "met_on", "depth", "talk_note",
    "consent", "opt_out", "badge", "birthday", "language", "industry", "size", "remark", "note", "leave_out",
)  # fmt: skip
"""What a person can choose for a column; what a list suggests besides (a kind, a part of a date) is offered there."""

FOLDED_FROM = 4
"""So many columns without a value become one line."""

_SHARES = (0.2, 0.25, 0.25, 0.3)
_NARROW = 620
_MARKS: dict[str, tuple[str, str]] = {
    "known": ("yes", "good"),
    "similar": ("yes", "good"),
    "values": ("yes", "good"),
    "stage": ("note", "text-2"),
    "note": ("note", "text-2"),
    "empty": ("not_applicable", "text-2"),
    "chosen": ("edit", "text-2"),
}
_DETAILS: dict[str, tuple[str, str, str]] = {
    "phone": ("yes", "good", N_("leading zeros kept")),
    "depth": ("arrows-left-right", "text-2", N_("1, 2, 3 → card, short, deep")),
    "consent": ("given", "text-2", N_("empty = not asked")),
}
"""Field → icon, role and words that say more than that the header is known."""


class FieldChoice(ChoiceField):
    """The field a column goes to; 30 high, so that a row of 36 keeps its line."""

    def sizeHint(self) -> QSize:
        """As wide as the row gives it; its list shows every field in full."""
        return QSize(self.theme.px(180), self.theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """It may be elided."""
        return QSize(self.theme.px(88), self.theme.px(30))


class ColumnRow(Themed, QWidget):
    """One column of the list; 36 high, in narrow sheets the example stands below the header.

    Signals: changed() when a person chose another field.
    """

    changed = Signal()

    def __init__(self, theme: Theme, column: LookColumn, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = column
        header = points.one_line(column.header) or _("Column {number}").format(number=column.index + 1)
        self.header = PlainLabel(theme, header, weight=500, parent=self)
        self.example = PlainLabel(theme, points.one_line(column.example)[:200] or "—", role="text-2", parent=self)
        self.choice = FieldChoice(
            theme,
            _choices(Target.of(column.field)),
            name=_("Our field for “{header}”").format(header=header),
            value=column.field,
            parent=self,
        )
        self.choice.setMaxVisibleItems(14)
        self.choice.setAccessibleDescription(_("For example: {example}").format(example=self.example.text()))
        self.choice.chosen.connect(self._on_chosen)
        self.how = FactMark(theme, "", parent=self)
        self._say_how()
        self.follow(theme)

    @property
    def target(self) -> Target:
        """Where the column goes."""
        return Target.of(self.choice.value)

    def set_target(self, text: str) -> None:
        """Chooses without telling; a target that is not offered here leaves it as it is."""
        if self.choice.choices.row_of(text) >= 0:
            self.choice.set_value(text)
            self._say_how()

    def height_for(self, width: int) -> int:
        """36, or two lines where the width is short."""
        return self.theme.px(52) if self._is_narrow(width) else self.theme.metrics.size("row")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the four parts."""
        super().resizeEvent(event)
        parts = (self.header, self.example, self.choice, self.how)
        for part, place in zip(
            parts, cells(self.theme, self.rect(), narrow=self._is_narrow(self.width())), strict=True
        ):
            part.setGeometry(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line below."""
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self.theme.colour("line"))

    def _is_narrow(self, width: int) -> bool:
        return width < self.theme.px(_NARROW)

    def _say_how(self) -> None:
        told = self._column.how if self.choice.value == self._column.field else "chosen"
        icon, role, text = *_MARKS[told], HOW[told]
        if told == "known":
            icon, role, text = _DETAILS.get(self.target.field, (icon, role, text))
        self.how.say(_(text), icon=icon, role=role)

    def _on_chosen(self, _value: str) -> None:
        self._say_how()
        self.changed.emit()


class ColumnTable(Themed, QWidget):
    """All columns of a list under the four heads; many empty ones are one line.

    Signals: changed() when a person chose another field for one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, columns: Sequence[LookColumn], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._heads = [
            PlainLabel(theme, text, role="text-2", weight=500, parent=self)
            for text in (_("Their column"), _("Example"), _("Our field"), _("How"))
        ]
        empty = [column for column in columns if column.how == "empty"]
        folded = empty if len(empty) >= FOLDED_FROM else []
        self.rows = {column.index: ColumnRow(theme, column, parent=self) for column in columns if column not in folded}
        for row in self.rows.values():
            row.changed.connect(self.changed)
        text = ngettext("{count} more column is empty.", "{count} more columns are empty.", len(folded))
        text = text.format(count=len(folded))
        self._folded = PlainLabel(theme, text, token="small", role="text-2", parent=self)
        self._folded.setVisible(bool(folded))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Where each column goes, in the order of the file; what stands further down in an empty one becomes a note."""
        note = Target("note")
        return tuple(self.rows[column.index].target if column.index in self.rows else note for column in self._columns)

    @property
    def used(self) -> int:
        """How many columns go to a field of their own."""
        return sum(target.field not in ("note", "leave_out") for target in self.targets)

    def set_targets(self, texts: Sequence[str]) -> None:
        """Chooses what was chosen before, when it was for as many columns."""
        if len(texts) == len(self._columns):
            for index, row in self.rows.items():
                row.set_target(texts[index])

    def hasHeightForWidth(self) -> bool:
        """Rows take two lines where the width is short."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Heads, rows, and the line for the empty ones."""
        rows = sum(row.height_for(width) for row in self.rows.values())
        return self._head_height(width) + rows + (0 if self._folded.isHidden() else self.theme.px(30))

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        width = self.theme.px(560)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrower than this nothing can be read."""
        return QSize(self.theme.px(240), self.theme.px(64))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the rows."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line below the heads."""
        painter = QPainter(self)
        bottom = self._head_height(self.width()) - 1
        painter.fillRect(QRect(0, bottom, self.width(), 1), self.theme.colour("line"))

    def _head_height(self, width: int) -> int:
        return self.theme.px(1 if width < self.theme.px(_NARROW) else 30)

    def _place(self) -> None:
        width, top = self.width(), self._head_height(self.width())
        heads = cells(self.theme, QRect(0, 0, width, top), narrow=False)
        for head, place in zip(self._heads, heads, strict=True):
            head.setGeometry(place)
            head.setVisible(width >= self.theme.px(_NARROW))
        for row in self.rows.values():
            height = row.height_for(width)
            row.setGeometry(0, top, width, height)
            top += height
        self._folded.setGeometry(0, top, width, self.theme.px(30))


def cells(theme: Theme, rect: QRect, *, narrow: bool) -> tuple[QRect, QRect, QRect, QRect]:
    """Where header, example, field and mark of a row lie; in narrow ones the first two under each other."""
    px = theme.px
    edge, gap = px(2), px(12)
    inner = rect.adjusted(edge, 0, -edge, -1)
    control = px(30)
    if narrow:
        third = (inner.width() - 2 * gap) // 3
        left = QRect(inner.left(), inner.top() + px(6), third, px(20))
        field = QRect(left.right() + gap, inner.top() + (inner.height() - control) // 2, third, control)
        mark = QRect(field.right() + gap, inner.top(), inner.right() - field.right() - gap, inner.height())
        return left, left.translated(0, px(20)), field, mark
    room = inner.width() - 3 * gap
    widths = [round(room * share) for share in _SHARES]
    lefts = [inner.left() + sum(widths[:at]) + at * gap for at in range(4)]
    places = [QRect(left, inner.top(), width, inner.height()) for left, width in zip(lefts, widths, strict=True)]
    if inner.height() > control:
        places[2] = QRect(lefts[2], inner.top() + (inner.height() - control + 1) // 2, widths[2], control)
    return places[0], places[1], places[2], places[3]


def _choices(suggested: Target) -> list[tuple[str, str]]:
    texts = list(OFFERED)
    if suggested.text not in texts:
        at = next((place for place, text in enumerate(texts) if Target.of(text).field == suggested.field), 0)
        texts.insert(at, suggested.text)
    return [(text, Target.of(text).words) for text in texts]


class ColumnsBlock(QWidget):
    """The heading with how many columns are used, and the table."""

    def __init__(
        self, theme: Theme, columns: Sequence[LookColumn], *, where: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table = ColumnTable(theme, columns)
        self._used = PlainLabel(theme, token="small", role="text-2", right=True)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(PlainLabel(theme, _("Columns"), token="head"))
        head.addWidget(PlainLabel(theme, where, token="small", role="text-2"), 1)
        head.addWidget(self._used)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(head)
        column.addWidget(self.table)
        self.table.changed.connect(self._on_changed)
        self.setAccessibleName(_("Columns"))
        self._on_changed()

    def _on_changed(self) -> None:
        count = len(self.table.targets)
        text = ngettext("{used} of {count} column used", "{used} of {count} columns used", count)
        self._used.setText(text.format(used=self.table.used, count=count))
