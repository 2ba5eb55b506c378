"""Chips that say a state, chips that can be pressed, and printed keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import Ringed
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed

FIXED = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class KeyCap(Themed, QWidget):
    """A key printed beside what it does."""

    def __init__(self, theme: Theme, key: str, *, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self._ground = key, ground
        self.setSizePolicy(FIXED)
        self.setAccessibleName(key)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """As wide as the key's name."""
        return paint.keycap_size(self.theme, self.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the key."""
        paint.keycap(QPainter(self), self.theme, self.rect(), self.key, ground=self._ground)


class Chip(Themed, QWidget):
    """A small chip that says a state: outline, neutral, good, warn, bad, chosen, override (dashed)."""

    def __init__(
        self, theme: Theme, text: str, *, kind: str = "outline", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon = text, kind, icon
        self.setSizePolicy(FIXED)
        self.setAccessibleName(text)
        self.follow(theme)

    def set_state(self, text: str, *, kind: str, icon: str = "") -> None:
        """Says another state."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return paint.chip_size(self.theme, self._text, has_icon=bool(self._icon))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the chip."""
        paint.chip(QPainter(self), self.theme, self.rect(), self._text, kind=self._kind, icon_name=self._icon)


class ChoiceChip(Ringed, QAbstractButton):
    """A pressable chip, 32 high: a filter, chosen or not, or a suggestion with its digit.

    Signals: removed() when the cross of a chosen chip was pressed, or Delete while it has the focus.
    """

    removed = Signal()
    ring_radius = 16

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "",
        key: str = "",
        chosen: bool = False,
        menu_mark: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._key, self._chosen, self._menu_mark = icon, key, chosen, menu_mark
        self._key_acts = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.follow(theme)

    @property
    def chosen(self) -> bool:
        """Whether it filters now."""
        return self._chosen

    def set_choice(self, text: str, *, chosen: bool) -> None:
        """Other words, and whether it filters now."""
        self._chosen = chosen
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_key_acts(self, acts: bool) -> None:
        """Whether its digit does what it says just now: only then it is printed; its room stays."""
        self._key_acts = acts
        self.update()

    def restyle(self) -> None:
        """Takes the font and the radius of the ring."""
        self.ring_radius = self.theme.px(16)
        self.setFont(self.theme.font("small", weight=500))

    def sizeHint(self) -> QSize:
        """Its words with icon, digit and cross."""
        px, metrics = self.theme.px, QFontMetrics(self._font())
        width = px(24) + metrics.horizontalAdvance(self.text()) + 1
        width += px(24) if self._icon else 0
        width += px(6) + paint.keycap_size(self.theme, self._key).width() if self._key else 0
        return QSize(width + (px(20) if self._chosen or self._menu_mark else 0), self.theme.metrics.size("control"))

    def minimumSizeHint(self) -> QSize:
        """It may be elided."""
        return QSize(min(self.sizeHint().width(), self.theme.px(72)), self.theme.metrics.size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, digit, icon, words, cross."""
        painter, px = QPainter(self), self.theme.px
        role = "soft-text" if self._chosen else "text-2"
        self._paint_ground(painter)
        inner = self.rect().adjusted(px(12), 0, -px(12), 0)
        if self._key:
            size = paint.keycap_size(self.theme, self._key)
            rect = QRect(inner.left() - px(2), (self.height() - size.height()) // 2, size.width(), size.height())
            if self._key_acts:
                paint.keycap(painter, self.theme, rect, self._key)
                inner.setLeft(rect.right() + 1 + px(8))
            else:
                inner.adjust((rect.width() + px(6)) // 2, 0, 0, 0)
        if self._icon:
            paint.icon(painter, self.theme, QRect(inner.left(), 0, px(16), self.height()), self._icon, role)
            inner.setLeft(inner.left() + px(24))
        if self._chosen or self._menu_mark:
            mark = "close" if self._chosen else "down"
            paint.icon(painter, self.theme, self._cross(), mark, role, size=12)
            inner.setRight(self._cross().left() - px(4))
        paint.text(painter, inner, self.text(), font=self._font(), colour=self.theme.colour(role))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the cross takes the choice away; anywhere else it is a click."""
        hit = self._cross().adjusted(-self.theme.px(10), 0, self.theme.px(12), 0)
        if self._chosen and hit.contains(event.position().toPoint()) and self.isDown():
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the choice away, Enter presses."""
        if self._chosen and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint_ground(self, painter: QPainter) -> None:
        colour, radius = self.theme.colour, self.height() / 2
        if self._chosen:
            paint.box(painter, self.rect(), radius=radius, fill=colour("soft"))
            return
        fill = colour("sunken" if self.isDown() else "hover") if self.underMouse() or self.isDown() else None
        paint.box(painter, self.rect(), radius=radius, fill=fill, edge=colour("line"))

    def _font(self) -> QFont:
        return self.theme.font("small", weight=600 if self._chosen else 500)

    def _cross(self) -> QRect:
        px = self.theme.px
        return QRect(self.width() - px(24), 0, px(12), self.height())
