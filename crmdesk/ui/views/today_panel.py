"""Beside the day: what is to be done with one person, how they may be reached, how it went, and what comes next.

It shows an entry and says what the person asks for; it reads and writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain import today as days
from crmdesk.domain.records import Id
from crmdesk.domain.today import Entry
from crmdesk.ui import today_words
from crmdesk.ui.controls import PRIMARY, Button
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.keys import printed
from crmdesk.ui.layouts import clear
from crmdesk.ui.next_line import NextLine
from crmdesk.ui.outcomes import LATER, OF_A_CALL, OF_OTHERS, OutcomeList
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel, Themed
from crmdesk.ui.typed import Typed
from crmdesk.ui.views.today_pieces import Body, Way, WayPart, keys, part
from crmdesk.words import _


@dataclass(frozen=True, slots=True)
class Result:
    """What the person says became of it: an outcome or "", and the line with the next step; `no_step` on purpose.

    `kind` is what was done: call, mail, meeting, visit, or "" for what is only ticked off.
    """

    kind: str
    outcome: str
    point: Id | None
    title: str
    day: date | None
    no_step: bool
    time: str = ""


class TodayPanel(Themed, QWidget):
    """Three parts below each other, or side by side where the panel lies below the list.

    Signals: logged(Result); later(); woken(); copied(text) of a contact point; left() by Esc.
    """

    logged = Signal(object)
    later = Signal()
    woken = Signal()
    copied = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, typed: Typed, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self._ways: tuple[Way, ...] = ()
        self._kind = ""
        self._line = Qt.Orientation.Vertical
        self.title = PlainLabel(theme, token="title", strong=True, wrap=True)
        self.subtitle = PlainLabel(theme, role="text-2", wrap=True)
        self._points = QWidget()
        self._points_column = QVBoxLayout(self._points)
        self._points_column.setContentsMargins(0, 0, 0, 0)
        self.outcomes = OutcomeList(theme)
        self.next = NextLine(theme, typed)
        self.log = Button(theme, _("Log and next"), kind=PRIMARY, key=printed("Enter"))
        self.none = Button(theme, _("None on purpose"))
        self.wake = Button(theme, _("Bring back"), kind=PRIMARY, icon="undo")
        self.wake_later = Button(theme, _("Later…"), key="S")
        self._parts = [self._who(theme), self._how(theme), self._then(theme), self._sleeping(theme)]
        self._keys = keys(theme)
        self._lines = [Divider(theme) for _part in self._parts]
        self._area = QScrollArea(self)
        self._body = Body(theme)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._body)
        self._arrange(theme)
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("What is to be done"))
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """340 wide; as high as its parts."""
        return QSize(self.theme.px(340), self._body.sizeHint().height() + 2)

    def set_below(self, *, below: bool) -> None:
        """Lies below the list, its parts side by side, or beside it."""
        across = QBoxLayout.Direction.LeftToRight
        self._line = Qt.Orientation.Horizontal if below else Qt.Orientation.Vertical
        self._box.setDirection(across if below else QBoxLayout.Direction.TopToBottom)
        self._box.setStretch(self._box.count() - 1, 0 if below else 100)
        sideways = QSizePolicy.Policy.Expanding if below else QSizePolicy.Policy.Fixed
        self.setSizePolicy(sideways, QSizePolicy.Policy.Expanding)
        self._keys.setVisible(not below)
        for line in self._lines:
            line.setVisible(not below)
        self._see()

    def show_entry(self, entry: Entry | None, ways: Sequence[Way], *, today: date) -> None:
        """Shows somebody; of the same one, what was chosen and typed stays."""
        same = entry is not None and self.entry is not None and entry.key == self.entry.key
        self.entry, self._ways = entry, tuple(ways)
        self._body.setEnabled(entry is not None)
        if entry is None:
            return
        self.title.setText(today_words.title(entry))
        self.subtitle.setText(today_words.subtitle(entry, today=today))
        self._fill_points()
        self._kind = _kind_of(entry, ways)
        if not same:
            self.outcomes.choose("")
            self.next.clear()
        self.outcomes.set_outcomes(OF_A_CALL if self._kind == "call" else OF_OTHERS)
        self._see()
        self._on_changed()

    def forget(self) -> None:
        """What was chosen and typed is done with."""
        self.outcomes.choose("")
        self.next.clear()
        self._on_changed()

    def ask_next_step(self) -> None:
        """The keys go to the line of the next step."""
        if self.next.isVisible():
            self.next.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.next.line.selectAll()

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that say how it went; none where that is not asked."""
        return self.outcomes.letters if self.entry is not None and self.entry.section != days.WAKING else ()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface, and a line towards the list."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("surface"))
        beside = self._line == Qt.Orientation.Vertical
        line = (0, 0, 1, self.height()) if beside else (0, 0, self.width(), 1)
        painter.fillRect(*line, self.theme.colour("line"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # Parts

    def _who(self, theme: Theme) -> QWidget:
        holder, column = part(theme)
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        column.addSpacing(theme.px(8))
        column.addWidget(self._points)
        return holder

    def _how(self, theme: Theme) -> QWidget:
        holder, column = part(theme)
        column.addWidget(PlainLabel(theme, _("How did it go?"), token="small", role="text-2", strong=True))
        column.addSpacing(theme.px(4))
        column.addWidget(self.outcomes)
        return holder

    def _then(self, theme: Theme) -> QWidget:
        holder, column = part(theme)
        column.addWidget(PlainLabel(theme, _("And then?"), token="small", role="text-2", strong=True))
        column.addSpacing(theme.px(4))
        column.addWidget(self.next)
        column.addSpacing(theme.px(4))
        buttons = FlowRow(theme)
        buttons.add(self.log)
        buttons.add(self.none)
        column.addWidget(buttons)
        return holder

    def _sleeping(self, theme: Theme) -> QWidget:
        holder, column = part(theme)
        buttons = FlowRow(theme)
        buttons.add(self.wake)
        buttons.add(self.wake_later)
        column.addWidget(buttons)
        return holder

    def _arrange(self, theme: Theme) -> None:
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        for each, line in zip(self._parts, self._lines, strict=True):
            self._box.addWidget(each, 1, Qt.AlignmentFlag.AlignTop)
            self._box.addWidget(line)
        self._box.addWidget(self._keys)
        self._box.addStretch(100)
        self._area.setWidget(self._body)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 0, 0)
        outer.addWidget(self._area)

    def _see(self) -> None:
        """Somebody who wakes is brought back or sleeps on; of all others it is asked how it went."""
        waking = self.entry is not None and self.entry.section == days.WAKING
        for each, line in zip(self._parts[1:], self._lines[1:], strict=True):
            shown = waking == (each is self._parts[3])
            each.setVisible(shown)
            line.setVisible(shown and self._line == Qt.Orientation.Vertical)

    def _fill_points(self) -> None:
        clear(self._points_column)
        for way in self._shown_ways():
            self._points_column.addWidget(WayPart(self.theme, way, self.copied))

    def _shown_ways(self) -> list[Way]:
        """What the step needs first: the phone for a call, else the address; two at the most."""
        wanted = {"call": "phone", "mail": "email"}.get(self.entry.kind if self.entry else "", "")
        fitting = [way for way in self._ways if way.kind == wanted]
        rest = [way for way in self._ways if way.kind in ("phone", "email") and way.kind != wanted]
        return fitting[:2] or rest[:2]

    def _connect(self) -> None:
        self.outcomes.chosen.connect(self._on_chosen)
        self.outcomes.answered.connect(self._on_answered)
        self.outcomes.entered.connect(self._on_entered)
        self.next.changed.connect(self._on_changed)
        self.next.entered.connect(self._on_entered)
        self.log.clicked.connect(self._on_entered)
        self.none.clicked.connect(self._on_none)
        self.wake.clicked.connect(self.woken)
        self.wake_later.clicked.connect(self.later)

    def _result(self, *, no_step: bool) -> Result:
        title = self.next.title
        if self.outcomes.value == LATER and not title and self.entry is not None:
            title = self.entry.title or _("Call back")
        phone = next((way.point for way in self._shown_ways() if way.kind == "phone"), None)
        kind = self._kind if self.outcomes.value else ""
        return Result(
            kind, self.outcomes.value, phone, title, None if no_step else self.next.day, no_step, self.next.time
        )

    # Slots

    def _on_chosen(self) -> None:
        if self.outcomes.value == LATER:
            self.next.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    def _on_answered(self) -> None:
        """How it went is said with one key, and what comes next is typed right after it."""
        self._on_changed()
        self.ask_next_step()

    def _on_changed(self) -> None:
        self.next.needs_day = self.outcomes.value == LATER
        self.log.setEnabled(bool(self.outcomes.value or self.next.text))

    def _on_entered(self) -> None:
        if self.entry is not None and self.log.isEnabled() and self.next.check():
            self.logged.emit(self._result(no_step=False))

    def _on_none(self) -> None:
        if self.entry is not None:
            self.logged.emit(self._result(no_step=True))


def _kind_of(entry: Entry, ways: Sequence[Way]) -> str:
    """What is done with somebody: what was planned, else a call where there is a number."""
    if entry.task is not None:
        return entry.kind
    return "call" if any(way.kind == "phone" for way in ways) else "mail"
