"""Several lines pasted into quick add: somebody on each, the first of them shown, or all about one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.services.quick_line import QuickLine
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _, ngettext

SHOWN = 6
EACH, ONE = "each", "one"


class Lines(QWidget):
    """Asks whether the lines are one person or many, and shows what the first of many become.

    `read` says what a line means. The signal of `how` tells that a person chose.
    """

    def __init__(self, theme: Theme, read: Callable[[str], QuickLine], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        choices = [Choice(value=EACH, text=_("Somebody on each line")), Choice(value=ONE, text=_("All one person"))]
        self.how = Segmented(theme, choices, name=_("Several lines"), value=EACH)
        self.rows = [PlainLabel(theme) for _number in range(SHOWN)]
        self.more = PlainLabel(theme, token="small", role="text-2")
        self.listed = QWidget()
        listed = QVBoxLayout(self.listed)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(theme.px(6))
        for row in (*self.rows, self.more):
            listed.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.how)
        column.addWidget(self.listed)

    @property
    def each(self) -> bool:
        """Whether somebody is on each line."""
        return self.how.value == EACH

    def show_lines(self, lines: Sequence[str]) -> None:
        """Says what the first lines become, and how many more there are."""
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(lines))
            if place < len(lines):
                line = self._read(lines[place])
                row.set_role("text-3" if line.empty else "text")
                row.set_strong_parts([line.person or line.organisation])
                row.setText(_told(line) or _("“{text}” names nobody and stays here.").format(text=lines[place]))
        more = len(lines) - SHOWN
        self.more.setVisible(more > 0)
        text = ngettext("{count} more line", "{count} more lines", more)
        self.more.setText(text.format(count=words.number(more)))
        self.listed.setVisible(self.each)


def _told(line: QuickLine) -> str:
    """What a line means, in one line; "" when it names nobody."""
    if line.empty:
        return ""
    step = line.step
    if line.due_on is not None:
        step = _("{what}, on {day}").format(what=line.step, day=words.full_day(line.due_on))
    return words.side_by_side(line.person, line.organisation, line.email, line.phone, step, line.note)
