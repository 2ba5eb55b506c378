"""What will become of the rows of a list, in numbers that add up to its lines."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.services.import_plans import Plan
from crmdesk.ui import paint
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _, ngettext

_SIZES = ("page", "head", "body", "small")  # of the numbers, the largest that has room
_ROOM = 64


class CountRow(Themed, QWidget):
    """A big number with its word and a second line; 48 high."""

    def __init__(self, theme: Theme, icon: str, text: str, more: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._text, self._count, self._size = icon, text, "", _SIZES[0]
        self._mark = IconMark(theme, icon, size=20, parent=self)
        self._word = PlainLabel(theme, text, weight=500, parent=self)
        self._more = PlainLabel(theme, more, token="small", role="text-2", parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    @property
    def count(self) -> str:
        """The number as it is shown."""
        return self._count

    def say(self, count: int | None, more: str = "", *, role: str = "text-2") -> None:
        """Shows a number, None while it is counted, and another second line if there is one."""
        self._count = "…" if count is None else words.number(count)
        self._mark.set_icon(self._icon, role=role)
        if more:
            self._more.setText(more)
        self.setAccessibleName(f"{self._count} {self._text}, {self._more.text()}")
        self.set_size(self.largest)

    @property
    def largest(self) -> str:
        """The largest size in which the number has room."""
        room = self.theme.px(_ROOM)
        wide = {size: QFontMetrics(self._font(size)).horizontalAdvance(self._count) for size in _SIZES}
        return next((size for size, width in wide.items() if width <= room), _SIZES[-1])

    def set_size(self, size: str) -> None:
        """The number in that size, until it is another one."""
        self._size = size
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(self.theme.px(240), self.theme.px(49))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places icon and words."""
        super().resizeEvent(event)
        px = self.theme.px
        left = px(96)
        self._mark.setGeometry(0, 0, px(20), self.height() - 1)
        self._word.setGeometry(left, px(6), self.width() - left, px(18))
        self._more.setGeometry(left, px(25), self.width() - left, px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The number, and the line below."""
        painter, px = QPainter(self), self.theme.px
        rect = QRect(px(24), 0, px(_ROOM), self.height() - 1)
        colour = self.theme.colour("text")
        paint.text(painter, rect, self._count, font=self._font(self._size), colour=colour, right=True)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self.theme.colour("line"))

    def _font(self, size: str) -> QFont:
        return self.theme.font(size, weight=600, tabular=True)


class Counts(Themed, QWidget):
    """New, same, again in the list, not taken, and their sum."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new = CountRow(theme, "user-plus", _("new"), "")
        self.same = CountRow(theme, "equals", _("same"), _("same e-mail or phone"))
        self.doubled = CountRow(theme, "copy", _("again"), _("stand twice in this list"))
        self.reported = CountRow(theme, "lost", _("not taken"), _("empty, or cannot be read"))
        self.sum = PlainLabel(theme, token="small", role="text-2", right=True, strong_role="text")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = (self.new, self.same, self.doubled, self.reported)
        for row in self._rows:
            column.addWidget(row)
        column.addSpacing(theme.px(6))
        column.addWidget(self.sum)
        self.doubled.hide()
        self.follow(theme)

    def restyle(self) -> None:
        """All numbers in one size."""
        size = max((row.largest for row in self._rows), key=_SIZES.index)
        for row in self._rows:
            row.set_size(size)

    def show_plan(self, plan: Plan | None, *, added: str) -> None:
        """The numbers of a plan, None while they are counted; `added` says where the new ones go."""
        self.new.say(plan.new if plan else None, added)
        self.same.say(plan.same if plan else None)
        reported = plan.reported if plan else None
        self.reported.say(reported, role="bad" if reported else "text-2")
        self.doubled.say(plan.doubled if plan else None)
        self.restyle()
        if plan is None:
            self.sum.setText(_("Counting…"))
            self.sum.set_strong_parts(())
            return
        self.doubled.setVisible(plan.doubled > 0)
        lines = ngettext("{count} line", "{count} lines", plan.read).format(count=words.number(plan.read))
        parts = [plan.new, plan.same, *([plan.doubled] if plan.doubled else []), plan.reported]
        self.sum.setText(_("{parts} = {lines}").format(parts=" + ".join(map(words.number, parts)), lines=lines))
        self.sum.set_strong_parts([lines])
