"""A detail as it is read: the value in its place, and the menu of a channel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.records import Id
from crmdesk.ui import paint
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.painted_row import Cell, Cells, OfCells, State, Words
from crmdesk.ui.pressing import PressArea
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.record_view import LINK, Item
from crmdesk.words import _

NOTHING = "–"


class Value(OfCells, PressArea):
    """A value that becomes a field when it is pressed, by mouse, Enter or E; a link opens what it names.

    Signals: edit_wanted(); removed() by Delete, of a channel; followed() the link was asked for; menu_requested(QPoint)
    on the screen.
    """

    edit_wanted = Signal()
    removed = Signal()
    followed = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, item: Item, *, draft: bool, editable: bool) -> None:
        super().__init__()
        self._item = item
        self._can = editable and item.kind != LINK
        goes = item.link is not None
        role = "accent" if goes else "text-3" if not item.shown or item.broken else "text"
        self.laid = LaidText(theme, item.shown or NOTHING, role=role, wrap=True)
        cells: list[Cell] = [Words(self.laid, fills=True)]
        if item.preferred:
            cells.append(State(theme, _("Preferred")))
        if item.broken:
            cells.append(State(theme, _("Broken"), kind="bad"))
        if draft:
            cells.append(State(theme, _("Draft"), kind="warn", icon="edit"))
        name = _("{part}: {value}").format(part=item.label, value=item.shown or _("nothing"))
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Enter edits it.") if self._can else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._can or goes else Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._on_clicked)
        if self._can or goes:
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self.setCursor(Qt.CursorShape.PointingHandCursor if goes else Qt.CursorShape.IBeamCursor)
        self.hold(theme, Cells(theme, *cells, centred=True), across=4, down=7)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, ring and words."""
        painter = QPainter(self)
        active = self.focusPolicy() != Qt.FocusPolicy.NoFocus
        if active and self.underMouse():
            paint.box(painter, self.rect(), radius=6, fill=self.theme.colour("hover"))
        if self.hasFocus():
            paint.ring(painter, self.theme, self.rect(), radius=6)
        self.cells.paint(painter, self.room())

    def contextMenuEvent(self, event: object) -> None:
        """The menu of a channel."""
        self.menu_requested.emit(self.mapToGlobal(self.rect().bottomLeft()))

    def event(self, event: QEvent) -> bool:
        """Delete is meant for the value while it has the focus, never for the whole record."""
        mine = event.type() == QEvent.Type.ShortcutOverride
        if mine and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and E edit; Ctrl+Enter and Enter follow a link that is nothing else."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if enter and self._item.link is not None and (control or not self._can):
            self.followed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            if self._can and self._item.point is not None:
                self.removed.emit()
        elif self._can and (enter or event.key() in (Qt.Key.Key_E, Qt.Key.Key_F2)):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        """A click edits or follows."""
        if self._item.link is not None:
            self.followed.emit()
        elif self._can:
            self.edit_wanted.emit()


class PointMenu(QMenu):
    """What can be done with a channel.

    Signals: asked(str what, object id).
    """

    asked = Signal(str, object)

    def __init__(self, item: Item, parent: QWidget) -> None:
        super().__init__(parent)
        self._point: Id | None = item.point
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for what, text, on in (
            ("preferred", _("Preferred"), item.preferred),
            ("broken", _("Broken"), item.broken),
            ("consent", _("Record consent…"), None),
            ("remove", _("Remove"), None),
        ):
            action = self.addAction(text)
            action.setObjectName(what)
            if on is not None:
                action.setCheckable(True)
                action.setChecked(on)
            action.triggered.connect(self._on_triggered)

    def _on_triggered(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(sender.objectName(), self._point)
