"""A choice as large as a card: a radio mark, a name, a line about it, and what it needs to be filled in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain.records import Id
from crmdesk.ui import paint
from crmdesk.ui.checks import paint_radio
from crmdesk.ui.evidence import FactMark
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed

Option = tuple[str, Id | None]
"""The kind of a choice, and the record it uses or None."""


class OptionCard(Themed, QRadioButton):
    """One of several choices. What lies in `inside` can be used at once: touching it chooses the card."""

    def __init__(
        self, theme: Theme, title: str, text: str = "", *, value: Option, badge: str = "", badge_icon: str = ""
    ) -> None:
        super().__init__()
        self.option = value
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._title = PlainLabel(theme, title, strong=True)
        self._text = PlainLabel(theme, text, token="small", role="text-2", wrap=True)
        self.inside = QVBoxLayout()
        self._column = QVBoxLayout(self)
        top = QHBoxLayout()
        self._column.addLayout(top)
        top.setSpacing(theme.px(8))
        top.addWidget(self._title, 1)
        self._badge = FactMark(theme, badge, icon=badge_icon or "link", role="soft-text", text_role="soft-text")
        top.addWidget(self._badge)
        self._badge.setVisible(bool(badge))
        self._has_badge = bool(badge)
        self._column.addWidget(self._text)
        self._text.setVisible(bool(text))
        self._column.addLayout(self.inside)
        self._column.addStretch(1)
        for part in (self._title, self._text, self._badge):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges; the words stand beside the mark."""
        px = self.theme.px
        self._column.setContentsMargins(px(36), px(10), px(12), px(10))
        self._column.setSpacing(px(2))

    def holds(self, part: QWidget) -> None:
        """Puts a part inside; the focus in it chooses the card."""
        self.inside.addWidget(part)
        for each in [part, *part.findChildren(QWidget)]:
            each.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Chooses the card when something inside gets the focus."""
        if event.type() == QEvent.Type.FocusIn and not self.isChecked():
            self.click()
        return False

    def sizeHint(self) -> QSize:
        """What its parts need."""
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What its parts need at least."""
        return self._column.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The badge goes before the name is cut."""
        super().resizeEvent(event)
        need = self._title.sizeHint().width() + self._badge.sizeHint().width() + self.theme.px(60)
        self._badge.setVisible(self._has_badge and self.width() >= need)

    def hitButton(self, pos: QPoint) -> bool:
        """Everywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge by state, the mark, the focus."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        on, radius = self.isChecked(), theme.metrics.radius("card")
        over = self.underMouse()
        fill = "soft" if on else "hover" if over else "surface"
        edge = "accent" if on else "edge" if over else "line"
        paint.box(painter, self.rect(), radius=radius, fill=theme.colour(fill), edge=theme.colour(edge))
        if self.hasFocus():
            paint.ring(painter, theme, self.rect(), radius=radius)
        side = px(16)
        paint_radio(painter, theme, QRect(px(12), px(11), side, side), on=on, over=over)
