"""The record beside the board: who it is, why here, what comes next, channels with consent, what happened.

It shows a `PanelView` and says what the person asks for; it reads and writes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.ui import focus
from crmdesk.ui.controls import PRIMARY, QUIET, Button
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.layouts import clear
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel, Themed
from crmdesk.ui.views import panel_sections
from crmdesk.ui.views.panel_view import PanelView
from crmdesk.words import _

_TAB = Qt.FocusPolicy.TabFocus


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asks for: the action's id, and what it is about (a fact's key, a stage's key, an id) or None."""

    action: str
    about: object = None


class RecordPanel(Themed, QWidget):
    """Head that stays, sections that scroll.

    Signals: requested(object) a Request; closed() the panel is to go.
    """

    requested = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: PanelView | None = None
        self._head = QWidget(self)
        self._head_layout = QVBoxLayout(self._head)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(Divider(theme, parent=self))
        layout.addWidget(self._area, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Record panel"))
        self.follow(theme)

    def restyle(self) -> None:
        """Takes its limits and builds what it shows again."""
        size = self.theme.metrics.size
        self.setMinimumWidth(size("panel-min"))
        if self.shown is not None:
            self.show_record(self.shown)

    def sizeHint(self) -> QSize:
        """376 wide."""
        return QSize(self.theme.metrics.size("panel"), self.theme.px(400))

    def show_record(self, view: PanelView) -> None:
        """Shows a record; the same one again keeps its scroll position and the place of the focus."""
        same = self.shown is not None and self.shown.dossier.subject.id == view.dossier.subject.id
        position = self._area.verticalScrollBar().value() if same else 0
        here = QApplication.focusWidget()
        place = focus.Place(here) if here is not None and self.isAncestorOf(here) else None
        self.shown = view
        self._fill_head(view)
        body = _Page(self.theme)
        self._area.setWidget(body)
        body.hide()  # what is shown part by part is laid out again for each
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for section in panel_sections.build(self.theme, view, self._on_request):
            layout.addWidget(section)
            layout.addWidget(Divider(self.theme))
        layout.addStretch(1)
        body.show()
        self._area.verticalScrollBar().setValue(position)
        again = place.find() if place is not None else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_why(self) -> None:
        """Scrolls to the first section and gives it the keys."""
        self._area.verticalScrollBar().setValue(0)
        page = self._area.widget()
        inside = page.findChildren(QWidget) if page is not None else []
        first = next((each for each in inside if each.focusPolicy() & _TAB), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface, and a line at the left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), self.theme.colour("line"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _fill_head(self, view: PanelView) -> None:
        clear(self._head_layout)
        px = self.theme.px
        self._head_layout.setContentsMargins(px(16), px(12), px(16), px(12))
        self._head_layout.setSpacing(px(2))
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(PlainLabel(self.theme, view.name, token="title", strong=True), 1)
        close = Button(self.theme, "", kind=QUIET, icon="close")
        close.setAccessibleName(_("Close"))
        close.setToolTip(_("Close (Esc)"))
        close.clicked.connect(self.closed)
        top.addWidget(close)
        self._head_layout.addLayout(top)
        if view.role_line:
            self._head_layout.addWidget(PlainLabel(self.theme, view.role_line, role="text-2"))
        self._head_layout.addWidget(PlainLabel(self.theme, view.source_line, token="small", role="text-3", wrap=True))
        self._head_layout.addSpacing(px(8))
        self._head_layout.addWidget(self._buttons(view))

    def _buttons(self, view: PanelView) -> FlowRow:
        row = FlowRow(self.theme)
        stage = Button(self.theme, view.stage_word, menu_mark=True)
        stage.setAccessibleName(_("Stage: {stage}. Move to another").format(stage=view.stage_word))
        stage.clicked.connect(self._on_stage)
        row.add(stage)
        if view.can_convert:
            convert = Button(self.theme, _("Convert"), kind=PRIMARY, icon="deal", key="C")
            convert.clicked.connect(self._on_convert)
            row.add(convert)
        if view.closed:
            reopen = Button(self.theme, _("Bring back"), icon="undo")
            reopen.clicked.connect(self._on_reopen)
            row.add(reopen)
        log = Button(self.theme, _("Log"), kind=QUIET, icon="note", key="L")
        log.clicked.connect(self._on_log)
        row.add(log)
        return row

    def _on_request(self, action: str, about: object = None) -> None:
        self.requested.emit(Request(action, about))

    def _on_stage(self) -> None:
        self.requested.emit(Request("move_to"))

    def _on_convert(self) -> None:
        self.requested.emit(Request("convert"))

    def _on_reopen(self) -> None:
        self.requested.emit(Request("reopen"))

    def _on_log(self) -> None:
        self.requested.emit(Request("log"))


class _Page(QWidget):
    """What scrolls; on the surface colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fills itself."""
        QPainter(self).fillRect(self.rect(), self._theme.colour("surface"))
