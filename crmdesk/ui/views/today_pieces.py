"""Pieces of the side panel of the day: what scrolls, a contact point with what was agreed, the list of keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.records import Id
from crmdesk.ui.chips import KeyCap
from crmdesk.ui.controls import Button
from crmdesk.ui.evidence import IconMark, SectionHead
from crmdesk.ui.keys import printed
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import N_, _

_KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("↑", "↓"), N_("move")),
    (("Space",), N_("done")),
    (("S",), N_("later, with a date")),
    (("N",), N_("next step")),
    (("Enter",), N_("open the record")),
    (("B",), N_("show on the board")),
    (("F1",), N_("all keys")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody: the contact point with its icon, and the sentence that says what was agreed."""

    point: Id
    kind: str
    icon: str
    value: str
    agreed: str
    agreed_icon: str


class Body(QWidget):
    """What scrolls; on the surface colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fills itself."""
        QPainter(self).fillRect(self.rect(), self._theme.colour("surface"))


class WayPart(QWidget):
    """A contact point as a button that copies it, and below it what was agreed."""

    def __init__(self, theme: Theme, way: Way, copied: SignalInstance) -> None:
        super().__init__()
        self._way, self._copied = way, copied
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(theme.px(6))
        button = Button(theme, way.value, icon="reached" if way.kind == "phone" else way.icon)
        button.setToolTip(_("Copy"))
        button.clicked.connect(self._on_clicked)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        agreed = QHBoxLayout()
        agreed.setSpacing(theme.px(6))
        agreed.addWidget(IconMark(theme, way.agreed_icon, size=14), 0, Qt.AlignmentFlag.AlignTop)
        agreed.addWidget(PlainLabel(theme, way.agreed, token="small", role="text-2", wrap=True), 1)
        column.addLayout(agreed)

    def _on_clicked(self) -> None:
        self._copied.emit(self._way.value)


def part(theme: Theme) -> tuple[QWidget, QVBoxLayout]:
    """A part with its edges, and the column to fill."""
    made = QWidget()
    column = QVBoxLayout(made)
    px = theme.px
    column.setContentsMargins(px(16), px(14), px(16), px(12))
    column.setSpacing(px(2))
    return made, column


def keys(theme: Theme) -> QWidget:
    """The keys of the page, each with what it does."""
    listed, column = part(theme)
    column.addWidget(SectionHead(theme, _("Keys"), icon="keyboard"))
    column.addSpacing(theme.px(4))
    for pressed, text in _KEYS:
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        caps = QWidget()
        caps.setFixedWidth(theme.px(84))
        inside = QHBoxLayout(caps)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(4))
        inside.addStretch(1)
        for key in pressed:
            inside.addWidget(KeyCap(theme, printed(key) if len(key) > 1 else key))
        row.addWidget(caps)
        row.addSpacing(theme.px(4))
        row.addWidget(PlainLabel(theme, _(text), role="text-2"), 1)
        column.addLayout(row)
        column.addSpacing(theme.px(4))
    return listed
