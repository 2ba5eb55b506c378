"""What stands around the list of the day: how far it is, and what is said when there is nothing to do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain.today import Day
from crmdesk.ui import paint, today_words
from crmdesk.ui.controls import PRIMARY, Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _, number


class _Bar(Themed, QWidget):
    """A bar of 6 of which a share is filled."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """6 high."""
        return QSize(self.theme.px(120), self.theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The track and what is filled of it."""
        painter, theme, radius = QPainter(self), self.theme, self.height() / 2
        edge = theme.colour("text") if theme.high_contrast is not None else None
        paint.box(painter, self.rect(), radius=radius, fill=theme.colour("sunken"), edge=edge)
        wide = round(self.width() * self.share)
        if wide:
            filled = QRect(0, 0, max(wide, self.height()), self.height())
            paint.box(painter, filled, radius=radius, fill=theme.colour("accent"))


class Progress(QWidget):
    """How many are done and left: a bar, and the same in words."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = _Bar(theme)
        self.words = PlainLabel(theme, role="text-2", right=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.bar, 1)
        row.addWidget(self.words)

    def show_day(self, day: Day) -> None:
        """Says how far the day is."""
        left = today_words.counted(day.left, exact=day.exact)
        text = _("{left} left, {done} done").format(left=left, done=number(day.done))
        self.words.setText(text)
        self.words.set_strong_parts([left])
        self.bar.share = day.done / max(1, day.done + day.left)
        self.bar.update()
        self.setAccessibleName(text)


class NothingToDo(Themed, QWidget):
    """What is said in place of the list: all done, or nobody here yet with the ways on.

    Signals: import_wanted(), add_wanted(), unplanned_wanted().
    """

    import_wanted = Signal()
    add_wanted = Signal()
    unplanned_wanted = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark(theme, "today", size=24)
        self.words = PlainLabel(theme, token="head", wrap=True)
        self._more = PlainLabel(theme, role="text-2", wrap=True)
        self.add = Button(theme, _("New contact"), kind=PRIMARY, icon="plus")
        self.bring = Button(theme, _("Import a list"), icon="import")
        self._ways = FlowRow(theme)
        self._ways.add(self.add)
        self._ways.add(self.bring)
        self.unplanned = Button(theme, _("See who has no next step"), icon="no_step")
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._icon)
        for part in (self.words, self._more, self._ways):
            column.addWidget(part)
        column.addWidget(self.unplanned, 0, Qt.AlignmentFlag.AlignLeft)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._middle)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)
        self.add.clicked.connect(self.add_wanted)
        self.bring.clicked.connect(self.import_wanted)
        self.unplanned.clicked.connect(self.unplanned_wanted)
        self.follow(theme)

    def restyle(self) -> None:
        """As wide as a sentence is read well."""
        self._middle.setFixedWidth(self.theme.px(400))

    def show_day(self, day: Day) -> None:
        """Says why nothing is there."""
        if day.nobody:
            self.words.setText(_("Nobody here yet."))
            self._more.setText(
                _("Import the list of a trade show, or add somebody by hand. Who is to be called appears here.")
            )
        else:
            self.words.setText(today_words.all_done(day))
            self._more.setText(_("Who has no next step comes here after some quiet days."))
        self._ways.setVisible(day.nobody)
        self.unplanned.setVisible(not day.nobody)
        self._icon.set_icon("people" if day.nobody else "done", role="text-2" if day.nobody else "good")
        self.setAccessibleName(self.words.text())
