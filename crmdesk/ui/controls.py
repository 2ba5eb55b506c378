"""Buttons, chips, check boxes and key caps, painted from the tokens in every state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QSizePolicy, QWidget

from crmdesk import words
from crmdesk.ui import paint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed

PRIMARY, PLAIN, QUIET, DANGER = "primary", "plain", "quiet", "danger"
FIXED = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class FocusRing(QWidget):
    """The ring of 2 px, 2 px outside its owner; laid over it in the nearest ancestor with room, blind to the mouse."""

    OUTSIDE = 4

    def __init__(self, owner: QWidget, theme: Theme, *, radius: int) -> None:
        between = _up_to_room(owner, self.OUTSIDE)
        super().__init__(between[-1])
        self._owner, self._theme, self._radius = owner, theme, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in [owner, *between[:-1]]:
            part.installEventFilter(self)
        self._lay_around()
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Goes along when the owner, or what holds it, moves or grows."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and "_owner" in self.__dict__:
            self._lay_around()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the ring."""
        paint.ring(QPainter(self), self._theme, self.rect(), radius=self._radius + self.OUTSIDE)

    def _lay_around(self) -> None:
        host, out = self.parentWidget(), self.OUTSIDE
        if host is not None:
            place = QRect(self._owner.mapTo(host, QPoint(0, 0)), self._owner.size())
            self.setGeometry(place.adjusted(-out, -out, out, out))


def _up_to_room(owner: QWidget, out: int) -> list[QWidget]:
    """The ancestors of a widget up to the first that leaves `out` px around it, or that scrolls."""
    found: list[QWidget] = []
    at = owner.parentWidget()
    while at is not None:
        found.append(at)
        place = QRect(owner.mapTo(at, QPoint(0, 0)), owner.size()).adjusted(-out, -out, out, out)
        above = at.parentWidget()
        scrolls = above is not None and isinstance(above.parentWidget(), QAbstractScrollArea)
        if at.rect().contains(place) or at.isWindow() or scrolls:
            break
        at = above
    return found


class Ringed(Themed):
    """Mixed into a button: shows the focus ring while it has the focus."""

    _ring: FocusRing | None = None
    ring_radius = 6

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Lays the ring around the widget."""
        assert isinstance(self, QWidget)
        super().focusInEvent(event)  # type: ignore[misc]
        self._drop_ring()
        if self.parentWidget() is not None:
            self._ring = FocusRing(self, self.theme, radius=self.ring_radius)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the ring away."""
        super().focusOutEvent(event)  # type: ignore[misc]
        self._drop_ring()

    def hideEvent(self, event: QEvent) -> None:
        """No ring around what cannot be seen."""
        super().hideEvent(event)  # type: ignore[misc]
        self._drop_ring()

    def _drop_ring(self) -> None:
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None


class Button(Ringed, QPushButton):
    """A button of one of four kinds, 32 high, with an icon before and the key printed behind its words.

    The printed key goes first when there is no room; then the words are elided.
    """

    pad = 12  # px at 100 % between its edge and what stands on it

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: str = PLAIN,
        key: str = "",
        icon: str = "",
        menu_mark: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self.key, self.icon_name, self.menu_mark = kind, key, icon, menu_mark
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the font."""
        self.setFont(self.theme.font("body", weight=500))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does; Ctrl+Enter is the sheet's."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def words(self) -> str:
        """The text on it, without Qt's doubled ampersands."""
        return self.text().replace("&&", "&")

    def set_words(self, text: str) -> None:
        """Other words on the same button."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Its words with icon, key and mark."""
        width = self._bare_width() + (self._key_width() if self.key else 0)
        return QSize(max(width, self._least_width()), self.theme.metrics.size("control"))

    def minimumSizeHint(self) -> QSize:
        """Without the printed key."""
        return QSize(max(self._bare_width(), self._least_width()), self.theme.metrics.size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge by kind and state, then icon, words, key."""
        painter = QPainter(self)
        self._paint_ground(painter)
        role = self._text_role()
        px = self.theme.px
        inner = self.rect().adjusted(px(self.pad), 0, -px(self.pad), 0)
        shows_key = bool(self.key) and self.width() >= self.sizeHint().width()
        content = self.sizeHint().width() if shows_key else self._bare_width()
        inner.setLeft(max(inner.left() if self.words() else 0, (self.width() - content) // 2 + px(self.pad)))
        if self.icon_name:
            place = QRect(inner.left(), 0, px(16), self.height())
            if not self.words():
                place = self.rect()
            paint.icon(painter, self.theme, place, self.icon_name, role)
            inner.setLeft(inner.left() + px(24))
        if self.words():
            room = QRect(inner)
            room.setWidth(min(self._text_width(), inner.width()))
            paint.text(painter, room, self.words(), font=self.font(), colour=self.theme.colour(role))
            inner.setLeft(room.right() + 1)
        if shows_key:
            self._paint_key(painter, inner.left() + px(8))
        if self.menu_mark:
            mark = QRect(self.width() - px(24), 0, px(12), self.height())
            paint.icon(painter, self.theme, mark, "down", role, size=12)

    def _paint_ground(self, painter: QPainter) -> None:
        theme, radius = self.theme, self.theme.metrics.radius("control")
        colour = theme.colour
        if not self.isEnabled():
            paint.box(painter, self.rect(), radius=radius, edge=colour("line"), dashed=True)
            return
        over, down = self.underMouse(), self.isDown() or self.isChecked()
        if self.kind == PRIMARY:
            paint.box(painter, self.rect(), radius=radius, fill=colour("accent-hover" if over or down else "accent"))
            return
        fill = colour("sunken" if down else "hover" if over else "surface")
        if self.kind == QUIET:
            if over or down:
                paint.box(painter, self.rect(), radius=radius, fill=fill)
            return
        paint.box(painter, self.rect(), radius=radius, fill=fill, edge=colour("bad" if self.kind == DANGER else "edge"))

    def _text_role(self) -> str:
        if not self.isEnabled():
            return "text-3"
        return {PRIMARY: "on-accent", QUIET: "text-2", DANGER: "bad"}.get(self.kind, "text")

    def _paint_key(self, painter: QPainter, left: int) -> None:
        size = paint.keycap_size(self.theme, self.key)
        rect = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
        on_accent = self.kind == PRIMARY and self.isEnabled()
        paint.keycap(painter, self.theme, rect, self.key, on_accent=on_accent)

    def _least_width(self) -> int:
        """Two Han characters alone would make too small a target."""
        lone = self.words() and self.kind != QUIET and not self.icon_name and words.language() == "zh_TW"
        return self.theme.px(72 if lone else 32)

    def _text_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.words()) + 1 if self.words() else 0

    def _bare_width(self) -> int:
        px = self.theme.px
        if self.icon_name and not self.words():
            return px(32)
        width = px(2 * self.pad) + self._text_width()
        if self.icon_name:
            width += px(24)
        return width + (px(16) if self.menu_mark else 0)

    def _key_width(self) -> int:
        return self.theme.px(8) + paint.keycap_size(self.theme, self.key).width()


class Snug(Button):
    """A quiet button in a section: its icon stands where the words of the section begin, 4 px inside its ground."""

    pad = 4

    def __init__(self, theme: Theme, text: str, *, icon: str) -> None:
        super().__init__(theme, text, kind=QUIET, icon=icon)
