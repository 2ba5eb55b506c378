"""Parts side by side: wrapping to further lines where they do not fit, or one below the other in large text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from crmdesk.ui.controls import Button
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed

LARGE = 150
"""From this text size in percent on, sheets have one column."""


class FlowRow(Themed, QWidget):
    """Parts in a row that goes on in the next line when the width ends; before it does, printed keys give way."""

    def __init__(self, theme: Theme, *, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._parts: list[QWidget] = []
        self._away: tuple[QWidget, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def add(self, part: QWidget) -> None:
        """Puts one more part at the end."""
        part.setParent(self)
        self._parts.append(part)
        self.updateGeometry()

    def parts(self) -> list[QWidget]:
        """All parts, in order."""
        return list(self._parts)

    def leave_out(self, away: Sequence[QWidget]) -> None:
        """Hides these parts, shows the others, and lays them out anew, also when their words are other ones."""
        self._away = tuple(away)
        for part in self._parts:
            part.setVisible(part not in self._away)
        self.updateGeometry()
        self._place(self.width(), move=True)

    def hasHeightForWidth(self) -> bool:
        """Its lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines it takes."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        gap = self.theme.px(self._gap)
        hints = [part.sizeHint() for part in self._parts if part not in self._away]
        width = sum(hint.width() + gap for hint in hints) - gap
        return QSize(max(0, width), max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """As wide as a short part, one line high."""
        return QSize(self.theme.px(72), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays the parts out again."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        gap, top = self.theme.px(self._gap), 0
        hints = self._hints(width, gap)
        for line in self._lines(hints, width, gap):
            height = max(hints[part].height() for part in line)
            left = 0
            for part in line:
                hint = hints[part]
                wide = min(hint.width(), width)
                if move:
                    part.setGeometry(QRect(left, top + (height - hint.height()) // 2, wide, hint.height()))
                left += wide + gap
            top += height + gap
        return max(0, top - gap)

    def _hints(self, width: int, gap: int) -> dict[QWidget, QSize]:
        """How large the parts are: whole, or, where that brings them into one line, buttons without their keys."""
        shown = [part for part in self._parts if part not in self._away]
        whole = {part: part.sizeHint() for part in shown}
        bare = {part: part.minimumSizeHint() if isinstance(part, Button) else whole[part] for part in shown}
        fits = sum(hint.width() + gap for hint in bare.values()) - gap <= width
        return bare if fits and sum(hint.width() + gap for hint in whole.values()) - gap > width else whole

    def _lines(self, hints: Mapping[QWidget, QSize], width: int, gap: int) -> list[list[QWidget]]:
        """Which parts share a line."""
        lines: list[list[QWidget]] = []
        used = 0
        for part, hint in hints.items():
            wide = min(hint.width(), width)
            if not lines or used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append(part)
            used += wide + gap
        return lines


class Row(Themed, QWidget):
    """Parts side by side, which stand below each other from 150 % text on."""

    def __init__(self, theme: Theme, *, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.follow(theme)

    def add(self, part: QWidget, stretch: int = 0, *, tall: bool = False) -> None:
        """Puts one more part at the end; `stretch` is its share of the room left, `tall` gives it the row's height."""
        if tall:
            self.box.addWidget(part, stretch)
        else:
            self.box.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)

    def restyle(self) -> None:
        """Side by side, or one column."""
        large = self.theme.percent >= LARGE
        self.box.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self.box.setSpacing(self.theme.px(self._gap))
