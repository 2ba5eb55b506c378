"""The row above the board: whose cards and of which event are shown, and in which order they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from crmdesk.domain.cards import BoardFilter
from crmdesk.domain.records import Id
from crmdesk.ui import menus, paint
from crmdesk.ui.chips import ChoiceChip
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import _


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by."""

    id: Id
    name: str


class SortLabel(Themed, QWidget):
    """Says in which order the cards lie."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """Icon and words."""
        wide = QFontMetrics(self.theme.font("small", weight=500)).horizontalAdvance(_("By next step"))
        return QSize(wide + self.theme.px(24) + 1, self.theme.metrics.size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon and words."""
        painter, theme = QPainter(self), self.theme
        paint.icon(painter, theme, QRect(0, 0, theme.px(16), self.height()), "sort", "text-2")
        place = self.rect().adjusted(theme.px(24), 0, 0, 0)
        font = theme.font("small", weight=500)
        paint.text(painter, place, _("By next step"), font=font, colour=theme.colour("text-2"))


class FilterRow(Themed, QWidget):
    """Two chips at the left, the order at the right.

    Signals: filter_changed(BoardFilter).
    """

    filter_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = BoardFilter()
        self._events: tuple[Choice, ...] = ()
        self._owners: tuple[Choice, ...] = ()
        self.event_chip = ChoiceChip(theme, "", icon="event", parent=self)
        self.owner_chip = ChoiceChip(theme, "", icon="person", parent=self)
        self.event_chip.clicked.connect(self._on_event_clicked)
        self.event_chip.removed.connect(self._on_event_removed)
        self.owner_chip.clicked.connect(self._on_owner_clicked)
        self.owner_chip.removed.connect(self._on_owner_removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.event_chip)
        row.addWidget(self.owner_chip)
        row.addStretch(1)
        row.addWidget(SortLabel(theme, self))
        self.follow(theme)
        self._show()

    def restyle(self) -> None:
        """Takes its height."""
        self.setFixedHeight(self.theme.metrics.size("filter-row"))

    def set_choices(self, *, events: Sequence[Choice], owners: Sequence[Choice]) -> None:
        """What can be chosen; a chip with nothing to choose is not shown."""
        self._events, self._owners = tuple(events), tuple(owners)
        self._show()

    def set_filter(self, shown: BoardFilter) -> None:
        """Filters from now on; says so when it is another filter."""
        if shown == self.shown:
            return
        self.shown = shown
        self._show()
        self.filter_changed.emit(shown)

    def _show(self) -> None:
        event = _name(self._events, self.shown.event_id)
        owner = _name(self._owners, self.shown.owner_id)
        self.event_chip.set_choice(event or _("All events"), chosen=bool(event))
        self.owner_chip.set_choice(owner or _("Anyone"), chosen=bool(owner))
        self.event_chip.setVisible(bool(self._events))
        self.owner_chip.setVisible(bool(self._owners))

    def _pop(self, choices: Sequence[Choice], chosen: Id | None, *, chip: QWidget) -> QMenu:
        """Opens a menu of these choices, the one in force ticked."""
        menu = menus.passing(self)
        for choice in choices:
            action = QAction(choice.name.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(choice.id == chosen)
            action.setData(choice.id)
            menu.addAction(action)
        menu.popup(menus.below(chip))
        return menu

    def _on_event_clicked(self) -> None:
        self._pop(self._events, self.shown.event_id, chip=self.event_chip).triggered.connect(self._on_event_chosen)

    def _on_owner_clicked(self) -> None:
        self._pop(self._owners, self.shown.owner_id, chip=self.owner_chip).triggered.connect(self._on_owner_chosen)

    def _on_event_chosen(self, action: QAction) -> None:
        self.set_filter(replace(self.shown, event_id=action.data()))

    def _on_owner_chosen(self, action: QAction) -> None:
        self.set_filter(replace(self.shown, owner_id=action.data()))

    def _on_event_removed(self) -> None:
        self.set_filter(replace(self.shown, event_id=None))

    def _on_owner_removed(self) -> None:
        self.set_filter(replace(self.shown, owner_id=None))


def _name(choices: Sequence[Choice], chosen: Id | None) -> str:
    return next((choice.name for choice in choices if choice.id == chosen), "")
