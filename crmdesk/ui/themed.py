"""What every own widget shares: it follows the theme, and plain text that is never read as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.theme import Theme


class Themed:
    """Mixed into a widget: keeps the theme as `theme` and calls `restyle` whenever it becomes another one."""

    theme: Theme

    def follow(self, theme: Theme) -> None:
        """Starts following; call once, at the end of `__init__`."""
        self.theme = theme
        theme.changed.connect(self._on_theme_changed)
        self.restyle()

    def restyle(self) -> None:
        """Takes fonts and fixed lengths from the theme; for widgets that have some."""

    def _on_theme_changed(self) -> None:
        self.restyle()
        if isinstance(self, QWidget):
            self.updateGeometry()
            self.update()


class PlainLabel(Themed, QLabel):
    """Text of one type token and colour role, as `LaidText` lays it out; stored text is safe in it.

    On one line it is elided and the whole of it becomes the tooltip; with `wrap` it takes the lines it needs.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        token: str = "body",
        role: str = "text",
        strong: bool = False,
        weight: int = 0,
        wrap: bool = False,
        right: bool = False,
        tail: str = "",
        strong_parts: Sequence[str] = (),
        strong_role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        down = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, down)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.laid = LaidText(
            theme, text, token=token, role=role, strong=strong, weight=weight, wrap=wrap, right=right, tail=tail,
            strong_parts=strong_parts, strong_role=strong_role,
        )  # fmt: skip
        self.setText(text)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the font of the token."""
        self.laid.restyle()
        self.setFont(self.laid.font)

    def setText(self, text: str) -> None:
        """Other words."""
        self.laid.say(text)
        super().setText(text)

    def set_role(self, role: str) -> None:
        """Paints in another colour role."""
        self.laid.role = role
        self.update()

    def set_strong_parts(self, parts: Sequence[str]) -> None:
        """Which pieces of the text are set in 600."""
        self.laid.set_strong_parts(parts)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Its width on one line, and the lines it then has."""
        return QSize(self.laid.natural, self.laid.line * (self.laid.words.count("\n") + 1))

    def minimumSizeHint(self) -> QSize:
        """It may give way to a few letters."""
        return QSize(min(self.laid.natural, self.theme.px(24)), self.laid.line)

    def heightForWidth(self, width: int) -> int:
        """The lines it takes in `width`, in px."""
        return self.laid.height(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints line by line on the token's line height."""
        cut = self.laid.paint(QPainter(self), self.rect())
        if not self.wordWrap():
            show_whole(self, self.laid.words if cut else "")


def show_whole(widget: QWidget, text: str) -> None:
    """What had no room becomes the tooltip; "" takes it away."""
    if (told := tip(text)) != widget.toolTip():
        widget.setToolTip(told)


def tip(text: str) -> str:
    """Stored text as a tooltip: Qt would read markup in it, and load what that names; so it is written out."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text


class Divider(Themed, QFrame):
    """A line of 1 px, across or down."""

    def __init__(self, theme: Theme, *, down: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if down:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        self.follow(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fills itself with the line colour."""
        QPainter(self).fillRect(self.rect(), self.theme.colour("line"))
