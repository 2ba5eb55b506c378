"""The head of a column: its name, how many cards, how many went on, the sums; while dragging, what a drop will do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from crmdesk import words
from crmdesk.domain.cards import Column, Sum
from crmdesk.ui import paint
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.drop_words import Hint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed, tip
from crmdesk.words import _, ngettext

SMALL_NUMBER = 20  # below this many records a percentage says nothing


class ColumnHead(Themed, QWidget):
    """52 high, painted.

    Signals: menu_wanted() when the three dots were pressed.
    """

    menu_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: Column | None = None
        self._hint: Hint | None = None
        self._target = False
        self.menu = Button(theme, "", kind=QUIET, icon="menu", parent=self)
        self.menu.clicked.connect(self._on_menu)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes its height."""
        self.setFixedHeight(self.theme.metrics.size("column-head"))
        self.menu.setAccessibleName(_("Column menu"))
        self.menu.setToolTip(_("Column menu"))
        if self._column is not None:
            self.setToolTip(tip(tooltip(self._column)))

    def show_column(self, column: Column) -> None:
        """Other counts, sums or words; nothing is painted when they are the same."""
        if column == self._column:
            return
        self._column = column
        self.setToolTip(tip(tooltip(column)))
        self.update()

    def show_hint(self, hint: Hint | None, *, target: bool) -> None:
        """What a drop will do, and whether it would be here; None after the drag."""
        self._hint, self._target = hint, target
        self.menu.setVisible(hint is None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two lines."""
        if self._column is None:
            return
        painter, px = QPainter(self), self.theme.px
        line = QRect(12, px(8), self.width() - 24, px(18))
        self._paint_first(painter, line, self._column)
        second = QRect(12, line.bottom() + 1, self.width() - 20, px(16))
        if self._hint is not None:
            self._paint_hint(painter, second, self._hint)
            return
        font = self.theme.font("small", tabular=True)
        text = sums_line(self._column.sums, QFontMetrics(font), second.width())
        paint.text(painter, second, text, font=font, colour=self.theme.colour("text-2"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the dots at the right."""
        side = self.theme.metrics.size("hit")
        self.menu.setGeometry(self.width() - side - 4, self.theme.px(17) - side // 2, side, side)

    def _paint_first(self, painter: QPainter, line: QRect, column: Column) -> None:
        theme = self.theme
        name_font, count_font = theme.metrics.strong("body"), theme.font("body", tabular=True)
        count = count_text(column)
        count_width = QFontMetrics(count_font).horizontalAdvance(count) + 1
        room = line.width() - count_width - 8 - (0 if self._hint else theme.px(28))
        name = QRect(line)
        name.setWidth(min(QFontMetrics(name_font).horizontalAdvance(column.label) + 1, room))
        paint.text(painter, name, column.label, font=name_font, colour=theme.colour("text"))
        place = QRect(name.right() + 7, line.top(), count_width, line.height())
        paint.text(painter, place, count, font=count_font, colour=theme.colour("text-3"))
        rate, rate_font = rate_text(column), theme.font("micro", weight=400, tabular=True)
        wide = QFontMetrics(rate_font).horizontalAdvance(rate) + 1
        right = line.right() - theme.px(24)
        if rate and not self._hint and right - wide - 12 > place.right():
            there = QRect(right - wide, line.top(), wide, line.height())
            paint.text(painter, there, rate, font=rate_font, colour=theme.colour("text-3"))

    def _paint_hint(self, painter: QPainter, line: QRect, hint: Hint) -> None:
        theme, role = self.theme, "soft-text" if self._target else "text-2"
        icon = QRect(line.left(), line.top(), theme.px(14), line.height())
        paint.icon(painter, theme, icon, hint.icon, role, size=14)
        place = line.adjusted(theme.px(14) + 6, 0, 0, 0)
        paint.text(painter, place, hint.text, font=theme.font("small", weight=500), colour=theme.colour(role))

    def _on_menu(self) -> None:
        self.menu_wanted.emit()


def count_text(column: Column) -> str:
    """ "47", or "1,000+" when a filtered count stopped there."""
    count = words.number(column.count)
    return count if column.exact else _("{count}+").format(count=count)


def rate_text(column: Column) -> str:
    """How many go on from here: "38 % go on", or the two numbers when they are small; "" where nothing can."""
    if column.terminal or not column.entered:
        return ""
    if column.entered < SMALL_NUMBER:
        numbers = {"went_on": words.number(column.went_on), "entered": words.number(column.entered)}
        return ngettext("{went_on} of {entered} went on", "{went_on} of {entered} went on", column.went_on).format(
            **numbers
        )
    return _("{percent} % went on").format(percent=round(100 * column.went_on / column.entered))


def sums_line(sums: Sequence[Sum], measure: QFontMetrics, width: int) -> str:
    """The sums in the fullest wording that fits: first two, then one; a number is never cut."""
    candidates = list(_wordings(sums))
    return next((text for text in candidates if measure.horizontalAdvance(text) <= width), candidates[-1])


def tooltip(column: Column) -> str:
    """All sums, weighted too where there are probabilities, and what the rate is made of."""
    lines = [_sum_line(part, weighted=column.by_deal_stage) for part in column.sums]
    if column.entered and not column.terminal:
        pattern = ngettext(
            "Of {count} card that was ever here, {went_on} went on.",
            "Of {count} cards that were ever here, {went_on} went on.",
            column.entered,
        )
        lines.append(pattern.format(count=words.number(column.entered), went_on=words.number(column.went_on)))
    return "\n".join(lines)


def _sum_line(part: Sum, *, weighted: bool) -> str:
    amount = words.money(part.cents, part.currency)
    if not weighted:
        return amount
    by_chance = words.money(round(part.weighted / 100) * 100, part.currency)
    return _("{amount}, weighted by probability {weighted}").format(amount=amount, weighted=by_chance)


def _wordings(sums: Sequence[Sum]) -> Iterator[str]:
    if not sums:
        yield _("No amounts yet")
        return
    amounts = [words.money(part.cents, part.currency) for part in sums]
    for shown in range(min(2, len(amounts)), 0, -1):
        listed, more = " · ".join(amounts[:shown]), len(amounts) - shown
        if not more:
            yield listed
            continue
        counted = ngettext("+{count} currency", "+{count} currencies", more).format(count=words.number(more))
        yield f"{listed} · {counted}"
        yield f"{listed} · +{words.number(more)}"
    yield ngettext("{count} currency", "{count} currencies", len(sums)).format(count=words.number(len(sums)))
