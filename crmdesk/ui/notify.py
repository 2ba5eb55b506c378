"""What the program says unasked: the toast after something was done, and the bar above the page when it was not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from crmdesk.ui import live, paint
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.keys import printed
from crmdesk.ui.motion import Fade
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _

SECONDS, IMPORT_SECONDS = 8, 20
UNDO_KEY = "Ctrl+Z"


class ToastLink(Themed, QPushButton):
    """A way on inside the toast, with its key: to undo, to show what the toast is about."""

    def __init__(self, theme: Theme, text: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.set_words(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it goes with a click, and the focus with it
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.follow(theme)

    def set_words(self, text: str) -> None:
        """Other words, for eye and ear."""
        self.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """The words and the key."""
        px = self.theme.px
        words = QFontMetrics(self.theme.font("body", weight=600)).horizontalAdvance(self.text()) + 1
        key = px(8) + paint.keycap_size(self.theme, self._key).width() if self._key else 0
        return QSize(words + px(8) + key, px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Link, key, ring."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        link = theme.colour("toast-link")
        room = self.rect().adjusted(px(4), 0, -px(4), 0)
        paint.text(painter, room, self.text(), font=theme.font("body", weight=600), colour=link)
        if self._key:
            self._paint_key(painter)
        if self.hasFocus():
            paint.box(painter, self.rect(), radius=4, edge=link, width=2)

    def _paint_key(self, painter: QPainter) -> None:
        theme, size = self.theme, paint.keycap_size(self.theme, self._key)
        left = self.width() - size.width() - theme.px(4)
        cap = QRect(left, (self.height() - size.height()) // 2, *size.toTuple())
        edge = QColor(theme.colour("toast-text"))
        edge.setAlphaF(0.5)
        paint.box(painter, cap, radius=4, edge=edge)
        paint.text(painter, cap, self._key, font=theme.font("micro"), colour=theme.colour("toast-text"), centred=True)


class Toast(Themed, QWidget):
    """A sentence about what was done, with Undo. It goes after its seconds, but waits while pointed at or focused, and
    while a sheet covers it.

    Signals: undo_requested() by the link, followed() by a further one; gone() once it is away; floats(QRect) where it
    is, in px of the window, empty once it is away.
    """

    undo_requested = Signal()
    followed = Signal()
    gone = Signal()
    floats = Signal(QRect)

    def __init__(self, theme: Theme, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self._host = parent
        self._message = PlainLabel(theme, role="toast-text", wrap=True)
        self._way = ToastLink(theme, "")
        self._undo = ToastLink(theme, _("Undo"), key=printed(UNDO_KEY))
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark(theme, "done", role="toast-text"))
        self._row.addWidget(self._message, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(theme.px(6))
        for link, slot in ((self._way, self._on_way), (self._undo, self._on_undo)):
            link.installEventFilter(self)
            link.clicked.connect(slot)
            self._row.addWidget(link)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.leave)
        self._fade = Fade(self)
        self._leaving = self._covered = False
        self.follow(theme)

    def restyle(self) -> None:
        """Takes its edges."""
        px = self.theme.px
        self._row.setContentsMargins(px(14), px(8), px(14), px(8))
        self._row.setSpacing(px(10))

    @property
    def link(self) -> ToastLink | None:
        """The link that undoes, if there is something to undo."""
        return None if self._undo.isHidden() else self._undo

    @property
    def way(self) -> ToastLink | None:
        """The further way on, if there is one."""
        return None if self._way.isHidden() else self._way

    def say(self, text: str, *, undo: bool, seconds: int, way: str) -> None:
        """Appears with other words, or changes them, and starts to count."""
        self.text = text
        self.setAccessibleName(text)
        self._message.setText(text)
        self._way.set_words(way)
        self._way.setVisible(bool(way))
        self._undo.setVisible(undo)
        self.timer.setInterval(seconds * 1000)
        self._enter()

    def end_undo(self) -> None:
        """What was said stays said; something newer would be undone by now."""
        if self.link is not None:
            self._undo.hide()
            self.place()

    def place(self) -> None:
        """Centred over what its parent leaves free at the right, 60 above its foot, or above what covers that."""
        host, px = self._host, self.theme.px
        free = host.width() - int(host.property("covered") or 0)
        width = min(self.sizeHint().width(), host.width() - px(32))
        height = max(self.theme.metrics.size("toast"), self._row.heightForWidth(width))
        left = max(px(16), min((free - width) // 2, host.width() - width - px(16)))
        above = max(px(60), int(host.property("covered_below") or 0))
        self.setGeometry(left, host.height() - above - height, width, height)
        if not self.isHidden():
            self._tell()

    def set_covered(self, covered: bool) -> None:
        """A sheet is before it, or no more: its seconds are those in which it can be read."""
        self._covered = covered
        self.timer.stop()
        if not self.isHidden():
            self._count()

    def leave(self) -> None:
        """Goes away."""
        if not self._leaving:
            self._leaving = True
            self.timer.stop()
            self._fade.fade_out(ms=self.theme.ms("toast-out"), finished=self._on_gone)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Waits while pointed at."""
        self.timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Counts again."""
        self._count()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc sends it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Waits while its link has the focus."""
        if event.type() == QEvent.Type.FocusIn:
            self.timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._count()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dark ground."""
        edge = self.theme.colour("line") if self.theme.dark or self.theme.high_contrast else None
        paint.box(QPainter(self), self.rect(), radius=8, fill=self.theme.colour("toast"), edge=edge)

    def _enter(self) -> None:
        self._leaving = False
        self.place()
        self.show()
        self.raise_()
        self._tell()
        self._fade.fade_in(self.pos(), ms=self.theme.ms("toast-in"))
        self._count()
        live.announce(self, self.text)

    def _tell(self) -> None:
        self.floats.emit(QRect(self._host.mapTo(self._host.window(), self.pos()), self.size()))

    def _count(self) -> None:
        focused = any(link is not None and link.hasFocus() for link in (self.link, self.way))
        if not (self._leaving or self._covered or self.underMouse() or focused):
            self.timer.start()

    def _on_undo(self) -> None:
        self.leave()
        self.undo_requested.emit()

    def _on_way(self) -> None:
        self.leave()
        self.followed.emit()

    def _on_gone(self) -> None:
        self.hide()
        self.floats.emit(QRect())
        self.gone.emit()


class ErrorBar(Themed, QWidget):
    """The thing and its cause, then the remedy; an edge of 3 at the left, an action and a cross at the right.

    It says what went wrong, or warns of what could.

    Signals: acted() when the action was pressed.
    """

    acted = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "bad"
        self._mark = IconMark(theme, "error", role=self._tone)
        self._message = PlainLabel(theme, wrap=True)
        self.action_button = Button(theme, "")
        self.action_button.hide()
        self.close_button = Button(theme, "", kind=QUIET, icon="close")
        self.close_button.setAccessibleName(_("Close this message"))
        self.action_button.clicked.connect(self.acted)
        self.close_button.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        px = theme.px
        row.setContentsMargins(px(14), px(6), px(6), px(6))
        row.setSpacing(px(8))
        row.addWidget(self._mark)
        row.addWidget(self._message, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.action_button)
        row.addWidget(self.close_button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def restyle(self) -> None:
        """At least 44 high."""
        self.setMinimumHeight(self.theme.metrics.size("error-bar"))

    def say(self, what: str, remedy: str = "", *, action: str = "", warning: bool = False) -> None:
        """Shows the two sentences, and reads them aloud."""
        self._tone = "warn" if warning else "bad"
        self._mark.set_icon("overdue" if warning else "error", role=self._tone)
        text = f"{what} {remedy}".strip()
        self._message.setText(text)
        self._message.set_strong_parts([what])
        self.action_button.set_words(action)
        self.action_button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        live.announce(self, text, urgent=True)

    def _on_close(self) -> None:
        """WORKAROUND(PySide6 6.11): connected to the slot of Qt itself, every sheet would leave a little behind."""
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._message.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The soft ground of its tone with its edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour(f"{self._tone}-soft"))
        painter.fillRect(QRect(0, 0, 3, self.height()), self.theme.colour(self._tone))


class Notify(QObject):
    """Says things over one page. There is one toast: what it says is replaced by what is newer.

    Signals: undo_requested() and floats(QRect) from the toast.
    """

    undo_requested = Signal()
    floats = Signal(QRect)

    def __init__(self, theme: Theme, host: QWidget, bar: ErrorBar) -> None:
        super().__init__(host)
        self._theme, self._host, self.bar = theme, host, bar
        self._made: Toast | None = None
        self._then: Callable[[], object] | None = None
        self.toast: Toast | None = None  # as long as it is there
        self._covered = False
        host.installEventFilter(self)

    def add(self, sentence: str, *, way: str, then: Callable[[], object]) -> None:
        """Says one thing more about what was just done, with a way on worded `way`."""
        toast = self.toast
        text = f"{toast.text} {sentence}" if toast is not None else sentence
        self.done(text, undo=toast is not None and toast.link is not None, way=way)
        self._then = then

    def done(self, text: str, *, undo: bool = True, seconds: int = SECONDS, way: str = "") -> None:
        """Says what was done."""
        self.bar.hide()
        self._then = None
        self.toast = self._made = self._made or self._make()
        self.toast.say(text, undo=undo, seconds=seconds, way=way)

    def cover(self) -> None:
        """A sheet is before the page."""
        self._set_covered(True)

    def uncover(self) -> None:
        """It is away."""
        self._set_covered(False)

    def outdated(self) -> None:
        """A step was written: an undo would take back that one, and no longer what the toast tells of."""
        if self.toast is not None:
            self.toast.end_undo()

    def failed(self, what: str, remedy: str = "", *, action: str = "") -> None:
        """Says in the bar above the page what went wrong and what helps."""
        self.bar.say(what, remedy, action=action)

    def warned(self, what: str, remedy: str = "", *, action: str = "") -> None:
        """Says in the bar above the page what could go wrong, and what to do."""
        self.bar.say(what, remedy, action=action, warning=True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The toast stays in its place when the page changes its size."""
        if event.type() == QEvent.Type.Resize and self.toast is not None:
            self.toast.place()
        return False

    def _set_covered(self, covered: bool) -> None:
        self._covered = covered
        if self._made is not None:
            self._made.set_covered(covered)

    def _make(self) -> Toast:
        toast = Toast(self._theme, parent=self._host)
        toast.undo_requested.connect(self.undo_requested)
        toast.floats.connect(self.floats)
        toast.followed.connect(self._on_followed)
        toast.gone.connect(self._on_gone)
        toast.set_covered(self._covered)
        return toast

    def _on_followed(self) -> None:
        if self._then is not None:
            self._then()

    def _on_gone(self) -> None:
        self.toast = None
