"""Sheets: questions asked inside the window, over a scrim that leaves the menu bar free.

A sheet never writes. It emits `filled(value)`; who opened it writes and then calls `finish`, or `refuse` with what
stands against it. What was typed survives Esc: `Sheets` keeps the draft by its key and gives it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crmdesk.ui import focus, shadows
from crmdesk.ui.controls import PRIMARY, QUIET, Button
from crmdesk.ui.draft_line import DraftLine
from crmdesk.ui.footer import Footer
from crmdesk.ui.keys import printed
from crmdesk.ui.motion import Fade
from crmdesk.ui.notify import ErrorBar
from crmdesk.ui.sheet_frame import SheetFrame, menu_height
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel, Themed

Draft = dict[str, Any]
SAVE_KEY = "Ctrl+Enter"
_CONTROL = Qt.KeyboardModifier.ControlModifier
_FREE_KEYS = {Qt.Key.Key_Q, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal, Qt.Key.Key_0, Qt.Key.Key_F1}


class Sheet(Themed, QWidget):
    """One question: head, scrolling middle, foot. Subclasses fill `head` and `body` and say `value`.

    `note` stands at the right of the title.

    Signals: filled(object) when the primary button or its key was pressed and `value` gave something;
    dismissed() by Esc or the way back; all_dismissed() before it by Shift+Esc, which means what waits behind it, too;
    draft_discarded() what was given back is not wanted; closed() once the focus
    is back where it came from: then it only fades.
    """

    filled = Signal(object)
    dismissed = Signal()
    all_dismissed = Signal()
    draft_discarded = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        title: str,
        width: int = 440,
        height: int = 0,
        divided: bool = False,
    ) -> None:
        super().__init__()
        self._wide, self._tall = width, height
        self._fade: Fade | None = None
        self._shown = 1.0
        self._returns_to: focus.Place | None = None
        self._leaving = False
        self.setAccessibleName(title)
        self.frame = SheetFrame(theme, self)
        self.frame.setAccessibleName(title)
        self.title = PlainLabel(theme, title, token="title", wrap=True)
        self.head = QVBoxLayout()
        self.head.setSpacing(theme.px(4))
        self.note = PlainLabel(theme, role="text-2", right=True)
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        top.addWidget(self.title, 1)
        top.addWidget(self.note)
        self.head.addLayout(top)
        self.error = ErrorBar(theme)
        self.error.hide()
        self.draft_line: DraftLine | None = None
        self.page = QWidget()
        self.page.setObjectName("page")
        self.body = QVBoxLayout(self.page)
        self.body.setSpacing(theme.px(12))
        self.middle = QScrollArea()
        self.middle.setWidget(self.page)
        self.middle.setWidgetResizable(True)
        self.middle.setFrameShape(QFrame.Shape.NoFrame)
        self.middle.setMinimumHeight(1)  # a short middle takes no height from the head
        self.middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.middle.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bands = QVBoxLayout()
        self.footer: Footer | None = None
        self.primary: Button | None = None
        column = self.frame.column
        column.addLayout(self.head)
        column.addWidget(self.error)
        if divided:
            column.addWidget(Divider(theme))
        column.addWidget(self.middle, 1)
        column.addLayout(self.bands)
        self.page.installEventFilter(self)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        edge = px(24)
        self.head.setContentsMargins(edge, px(20), edge, px(12))
        self.body.setContentsMargins(edge, px(4), edge, px(24))

    def set_footer(
        self,
        back: str,
        primary: str,
        *,
        others: Sequence[Button] = (),
        icon: str = "",
        back_icon: str = "",
        key: str = "",
    ) -> None:
        """The way back at the left with Esc, the primary button at the right with Ctrl+Enter (or `key`)."""
        way_back = Button(self.theme, back, kind=QUIET, key=printed("Esc"), icon=back_icon)
        self.primary = Button(self.theme, primary, kind=PRIMARY, key=printed(key or SAVE_KEY), icon=icon)
        way_back.clicked.connect(self.dismiss)
        self.primary.clicked.connect(self.submit)
        self.footer = Footer(self.theme, way_back, [*others, self.primary])
        self.frame.column.addWidget(self.footer)

    # What a form says about itself

    def value(self) -> object | None:
        """What was filled in; None while it cannot be used (the fields say why)."""
        return None

    def draft(self) -> Draft:
        """All that is typed, as plain JSON, to be given back later; empty for a sheet into which nothing is typed.

        Also of a form that nobody has touched: `restore` of that empties it again.
        """
        return {}

    def restore(self, draft: Draft) -> None:
        """Takes back what `draft` gave."""

    def first_field(self) -> QWidget | None:
        """Where the focus goes at first; None is the first that takes it."""
        return None

    # What happens to it

    def submit(self) -> None:
        """Emits `filled` with the value, if there is one and the primary button can be pressed."""
        if self._leaving or (self.primary is not None and not self.primary.isEnabled()):
            return
        value = self.value()
        if value is not None:
            self.filled.emit(value)

    def dismiss(self) -> None:
        """The way back: nothing is done, what was typed is kept."""
        if not self._leaving:
            self.dismissed.emit()
            self.finish()

    def refuse(self, what: str, remedy: str = "") -> None:
        """Stays open and says what stands against it."""
        self.error.say(what, remedy)
        self.lay_out()

    def say_draft(self, at: datetime, *, today: date) -> None:
        """Says below the head that a draft from `at` was given back, with the way to discard it."""
        self.draft_line = DraftLine(self.theme, at, today=today)
        self.draft_line.discarded.connect(self._on_draft_discarded)
        self.frame.column.insertWidget(self.frame.column.indexOf(self.error) + 1, self.draft_line)

    def finish(self) -> None:
        """Closes: the focus goes back to where it came from at once, what is seen of it fades."""
        if self._fade is None or self._leaving:
            return
        self._leaving = True
        self.page.removeEventFilter(self)
        if (parent := self.parentWidget()) is not None:
            parent.removeEventFilter(self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._give_focus_back()
        self.closed.emit()
        self._fade.fade_out(ms=self.theme.ms("sheet-out"), finished=self._on_gone)

    def go_back_to(self, widget: QWidget) -> None:
        """Where the focus goes when it closes, in place of where it was: that has given way meanwhile."""
        self._returns_to = focus.Place(widget)

    def open_in(self, window: QWidget) -> None:
        """Lays itself over the window, below its menu bar, and takes the focus."""
        before = QApplication.focusWidget()
        self._returns_to = focus.Place(before) if before is not None else None
        self.setParent(window)
        window.installEventFilter(self)
        self.show()
        self.raise_()
        self._fade = Fade(self.frame, self._on_progress)
        self.lay_out()
        self._fade.fade_in(self.frame.pos(), ms=self.theme.ms("sheet-in"))
        if (field := self.first_field() or focus.first(self)) is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            focus.bring_beginning_into_sight(field)

    def lay_out(self) -> None:
        """Centred under the menu bar, never larger than the window minus 64; then the middle scrolls."""
        window = self.parentWidget()
        if window is None:
            return
        top = menu_height(window)
        self.setGeometry(0, top, window.width(), window.height() - top)
        px, margin = self.theme.px, self.theme.tokens.size["sheet-margin"]
        width = min(px(self._wide), self.width() - margin)
        foot = self.footer.height_for(width) if self.footer is not None else 0
        if self.footer is not None:
            self.footer.setFixedHeight(foot)
        natural = self._natural_height(width)
        height = min(px(self._tall) if self._tall else natural, self.height() - margin)
        left = (self.width() - width) // 2
        space = self.height() - height
        down = min(max(px(60), space // 4), px(120)) if space > px(60) + margin // 2 else space // 2
        self.frame.setGeometry(left, down, width, height)
        if natural <= height and self.middle.verticalScrollBar().isVisible():
            self._measure_without_bar()
        self.update()

    def _measure_without_bar(self) -> None:
        """A bar that came once takes the width by which the lines became so many that it stays."""
        self.middle.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.middle.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _natural_height(self, width: int) -> int:
        total, inner = 2, width - 2
        for at in range(self.frame.column.count()):
            item = self.frame.column.itemAt(at)
            part = item.widget() if item is not None else None
            if part is self.middle:
                total += _tall(self.body, inner)
            elif item is not None and (part is None or not part.isHidden()):
                total += _tall(item, inner)
        return total

    # Qt overrides

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the sheet."""
        target = focus.neighbour(self, forward=forward)
        if target is not None:
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            target.setFocus(reason)
            focus.bring_into_sight(target)
        return True

    def event(self, event: QEvent) -> bool:
        """The window's shortcuts wait while a sheet is open, all but quit, text size, help and the menus' own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            ctrl = bool(event.modifiers() & _CONTROL)
            free = event.key() in _FREE_KEYS and (ctrl or event.key() == Qt.Key.Key_F1)
            if not alt and not free:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Ctrl+Enter does it; every other key ends here."""
        if event.key() == Qt.Key.Key_Escape:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.all_dismissed.emit()
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CONTROL:
            self.submit()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the window's size and the middle's."""
        page = getattr(self, "page", None)  # Qt may still ask while Python takes the sheet apart
        if page is None:
            return False
        if watched is page:
            if event.type() == QEvent.Type.LayoutRequest:
                QTimer.singleShot(0, self, self.lay_out)
        elif event.type() == QEvent.Type.Resize:
            self.lay_out()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scrim, and the shadow of the frame."""
        painter = QPainter(self)
        scrim = QColor(self.theme.colour("scrim"))
        scrim.setAlphaF(scrim.alphaF() * self._shown)
        painter.fillRect(self.rect(), scrim)
        if self.theme.high_contrast is None:
            painter.setOpacity(self._shown)
            shadow = self.theme.shadow(2, ratio=self.devicePixelRatioF())
            shadows.paint(painter, self.frame.geometry(), shadow, self.theme.tokens.shadow[2])

    def _on_draft_discarded(self) -> None:
        self.draft_discarded.emit()
        self.lay_out()
        if (field := self.first_field() or focus.first(self)) is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_progress(self, shown: float) -> None:
        self._shown = shown
        self.update()

    def _on_gone(self) -> None:
        self.hide()
        self._fade = None
        self.deleteLater()

    def _give_focus_back(self) -> None:
        place, self._returns_to = self._returns_to, None
        back = place.find() if place is not None else None
        here = QApplication.focusWidget()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        elif here is not None and self.isAncestorOf(here):
            here.clearFocus()

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self.lay_out()


def _tall(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
