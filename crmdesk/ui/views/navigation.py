"""The navigation at the left: one entry a screen that exists; narrow windows keep the icons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.ui import paint
from crmdesk.ui.controls import Ringed
from crmdesk.ui.layouts import clear
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel, Themed, tip
from crmdesk.words import _

WIDE, WIDEST, NARROW = 184, 224, 52


@dataclass(frozen=True, slots=True)
class Place:
    """An entry: its key, its words, its icon, and the group it stands in; groups are parted by a line."""

    key: str
    name: str
    icon: str
    group: int = 1


class Entry(Ringed, QAbstractButton):
    """One entry, 32 high: a bar of 3 at the left and a tint when it is the current one."""

    def __init__(self, theme: Theme, place: Place, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_key, self._name, self._icon = place.key, place.name, place.icon
        self._count = ""
        self._narrow = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.follow(theme)
        self.setText(self._name)
        self.setAccessibleName(self._name)

    def set_count(self, count: int) -> None:
        """How many lie behind it; 0 shows nothing."""
        self.say_count(words.number(count) if count else "")

    def say_count(self, count: str) -> None:
        """How many lie behind it, as text."""
        self._count = count
        self.setAccessibleDescription(count)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Icon alone, the name as its tooltip."""
        self._narrow = narrow
        self.setToolTip(tip(self._name) if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        """32 high, as wide as there is room."""
        return QSize(self.theme.px(36), self.theme.px(32))

    @property
    def room(self) -> int:
        """What its name needs when it is the current one, with its count or three digits behind it, in px."""
        bold = QFontMetrics(self.theme.font("body", weight=600, tabular=True))
        count = max(bold.horizontalAdvance(each) for each in ("888", self._count))
        return bold.horizontalAdvance(self._name) + count + self.theme.px(10 + 28 + 4 + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and bar, icon, name, count."""
        painter, px, colour = QPainter(self), self.theme.px, self.theme.colour
        role = "soft-text" if self.isChecked() else "text-2"
        if self.isChecked() or self.underMouse():
            paint.box(painter, self.rect(), radius=6, fill=colour("soft" if self.isChecked() else "hover"))
        if self.isChecked():
            bar = QRect(0, px(7), 3, self.height() - 2 * px(7))
            paint.box(painter, bar, radius=1.5, fill=colour("accent"))
        left = (self.width() - px(18)) // 2 if self._narrow else px(10)
        paint.icon(painter, self.theme, QRect(left, 0, px(18), self.height()), self._icon, role, size=18)
        if self._narrow:
            return
        room = QRect(left + px(28), 0, self.width() - left - px(28) - px(10), self.height())
        paint.text(painter, room, self._count, font=self._font(), colour=colour("text-3"), right=True)
        if self._count:
            room.setRight(room.right() - QFontMetrics(self._font()).horizontalAdvance(self._count) - px(4))
        strong = "soft-text" if self.isChecked() else "text"
        paint.text(painter, room, self.text(), font=self._font(), colour=colour(strong))

    def _font(self) -> QFont:
        return self.theme.font("body", weight=600 if self.isChecked() else 400, tabular=True)


class Navigation(Themed, QWidget):
    """The column of entries.

    Signals: chosen(str) the key of a screen.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, places: Sequence[Place], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: dict[str, Entry] = {}
        self._places = tuple(places)
        self._layout = QVBoxLayout(self)
        self._lines: list[Divider] = []
        group = None
        for place in places:
            if group is not None and place.group != group:
                self._add_line(theme)
            group = place.group
            self._add(Entry(theme, place, parent=self))
        self._views = QVBoxLayout()
        self._layout.addLayout(self._views)
        self._shown_views: tuple[Place, ...] = ()
        self._layout.addStretch(1)
        self._narrow = False
        self.setAccessibleName(_("Screens"))
        self.follow(theme)

    def set_views(self, views: Sequence[Place]) -> None:
        """The saved views, below the screens under a head of their own; the narrow column shows none."""
        if tuple(views) == self._shown_views:
            return
        self._shown_views = tuple(views)
        for widget in clear(self._views):
            self.entries.pop(getattr(widget, "screen_key", ""), None)
        if views:
            head = QWidget()
            row = QHBoxLayout(head)
            row.setContentsMargins(self.theme.px(10), 0, 0, 0)
            row.addWidget(PlainLabel(self.theme, _("Views"), token="small", role="text-2", strong=True))
            self._views.addWidget(head)
        for view in views:
            entry = Entry(self.theme, view, parent=self)
            entry.clicked.connect(self._on_clicked)
            self.entries[view.key] = entry
            self._views.addWidget(entry)
        self.restyle()

    def restyle(self) -> None:
        """Takes edges, and the width that the names of the screens need."""
        px = self.theme.px
        self._layout.setContentsMargins(px(8), px(8), px(8), px(8))
        self._layout.setSpacing(px(2))
        self._views.setContentsMargins(0, px(12), 0, 0)
        self._views.setSpacing(px(2))
        for place in range(self._views.count()):
            item = self._views.itemAt(place)
            if item is not None and (widget := item.widget()) is not None:
                widget.setVisible(not self._narrow)
        self.setFixedWidth(self._needed())

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, or with names."""
        self._narrow = narrow
        for entry in self.entries.values():
            entry.set_narrow(narrow)
        self.restyle()

    def set_current(self, key: str) -> None:
        """Marks a screen as the one shown."""
        if entry := self.entries.get(key):
            entry.setChecked(True)
            return
        for other in self.entries.values():
            if other.isChecked():
                other.setAutoExclusive(False)
                other.setChecked(False)
                other.setAutoExclusive(True)

    def set_count(self, key: str, count: int) -> None:
        """How many lie behind an entry; the column is as wide as name and count need."""
        self.entries[key].set_count(count)
        if self.width() != self._needed():
            self.setFixedWidth(self._needed())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("nav"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self.theme.colour("line"))

    def _needed(self) -> int:
        px = self.theme.px
        named = [self.entries[place.key].room + px(16) for place in self._places]
        return px(NARROW) if self._narrow else min(max(px(WIDE), *named), px(WIDEST))

    def _add(self, entry: Entry) -> None:
        entry.clicked.connect(self._on_clicked)
        self.entries[entry.screen_key] = entry
        self._layout.addWidget(entry)

    def _add_line(self, theme: Theme) -> None:
        line = Divider(theme)
        self._lines.append(line)
        self._layout.addWidget(line)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Entry):
            self.chosen.emit(sender.screen_key)
