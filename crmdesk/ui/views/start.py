"""What is shown when no workspace is open: start a new one, open one, or go on with one used lately."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.ui.controls import PRIMARY, QUIET, Button
from crmdesk.ui.notify import ErrorBar
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, tip
from crmdesk.words import _


class StartPage(QWidget):
    """The two ways in, and the workspaces used lately; `doing` says what takes long.

    Signals: new_requested(), open_requested(), recent_chosen(str) with a path.
    """

    new_requested = Signal()
    open_requested = Signal()
    recent_chosen = Signal(str)

    def __init__(self, theme: Theme, recent: Sequence[Path], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.bar = ErrorBar(theme, parent=self)
        self.bar.hide()
        self.doing = PlainLabel(theme, role="text-2")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.bar)
        outer.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(self._column(recent))
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)

    def _column(self, recent: Sequence[Path]) -> QVBoxLayout:
        theme, px = self._theme, self._theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(PlainLabel(theme, _("Your customers, on this computer"), token="page"))
        text = _("A workspace is one file with your people, firms and deals. Everything works without a network.")
        column.addWidget(PlainLabel(theme, text, role="text-2"))
        column.addSpacing(px(12))
        column.addLayout(self._ways())
        if recent:
            column.addSpacing(px(20))
            column.addWidget(PlainLabel(theme, _("Used lately"), token="small", role="text-2", strong=True))
        for path in recent:
            column.addWidget(_Recent(theme, path, self), 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(12))
        column.addWidget(self.doing)
        return column

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        new = Button(self._theme, _("New workspace…"), kind=PRIMARY, icon="plus", key=_("Ctrl+Shift+N"))
        new.clicked.connect(self.new_requested)
        open_one = Button(self._theme, _("Open a workspace…"), key=_("Ctrl+O"))
        open_one.clicked.connect(self.open_requested)
        row.addWidget(new)
        row.addWidget(open_one)
        row.addStretch(1)
        return row


class _Recent(Button):
    """One workspace used lately."""

    def __init__(self, theme: Theme, path: Path, page: StartPage) -> None:
        super().__init__(theme, path.stem, kind=QUIET, icon="board")
        self._path, self._page = path, page
        self.setToolTip(tip(str(path)))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._page.recent_chosen.emit(str(self._path))
