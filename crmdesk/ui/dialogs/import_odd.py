"""The oddest rows of a list before it is imported: line, text, and what will become of what is odd."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.services.import_plans import OddRow
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _, ngettext

_LEVELS: dict[str, tuple[str, str]] = {"bad": ("no", "bad"), "warn": ("warning", "warn"), "good": ("yes", "good")}
_NARROW = 620


class OddLine(Themed, QWidget):
    """One odd row; 36 high, in narrow sheets what is odd stands below the text."""

    def __init__(self, theme: Theme, row: OddRow, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icon, role = _LEVELS[row.level]
        self.line = PlainLabel(theme, words.number(row.line), role="text-2", right=True, parent=self)
        self.text = PlainLabel(theme, row.text, parent=self)
        self._mark = IconMark(theme, icon, role=role, parent=self)
        self.what = PlainLabel(theme, row.what, role=role, parent=self)
        said = _("Line {line}: {what} {text}").format(line=row.line, what=row.what, text=row.text)
        self.setAccessibleName(said)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def hasHeightForWidth(self) -> bool:
        """Two lines where the width is short."""
        return True

    def heightForWidth(self, width: int) -> int:
        """36 or 52."""
        return self.theme.px(52) if width < self.theme.px(_NARROW) else self.theme.metrics.size("row")

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(self.theme.px(480), self.theme.metrics.size("row"))

    def minimumSizeHint(self) -> QSize:
        """Its texts are elided."""
        return QSize(self.theme.px(120), self.theme.metrics.size("row"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the parts."""
        super().resizeEvent(event)
        px, width, height = self.theme.px, self.width(), self.height() - 1
        left, side = px(56), px(16)
        self.line.setGeometry(0, 0, px(40), height)
        if width < px(_NARROW):
            self.line.setGeometry(0, px(6), px(40), px(20))
            self.text.setGeometry(left, px(6), width - left, px(20))
            self._mark.setGeometry(left, px(26), side, px(20))
            self.what.setGeometry(left + px(22), px(26), width - left - px(22), px(20))
            return
        middle = round(width * 0.48)
        self.text.setGeometry(left, 0, middle - left - px(16), height)
        self._mark.setGeometry(middle, 0, side, height)
        self.what.setGeometry(middle + px(22), 0, width - middle - px(22), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line below."""
        rect = QRect(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(rect, self.theme.colour("line"))


class OddBlock(Themed, QWidget):
    """The heading and at most five rows."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(theme, token="head")
        self._hint = PlainLabel(theme, token="small", role="text-2")
        self.lines: list[OddLine] = []
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._rows)
        self.hide()
        self.follow(theme)

    def show_rows(self, rows: Sequence[OddRow], *, count: int) -> None:
        """The oddest rows of `count`; none hides the block."""
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [OddLine(self.theme, row) for row in rows]
        for line in self.lines:
            self._rows.addWidget(line)
        title = ngettext("The oddest line of {total}", "Oddest {count} of {total}", len(rows))
        self._title.setText(title.format(count=words.number(len(rows)), total=words.number(count)))
        self._hint.setText(_("shown instead of the first ones") if 1 < len(rows) < count else "")
        self.setAccessibleName(self._title.text())
        self.setVisible(bool(rows))
