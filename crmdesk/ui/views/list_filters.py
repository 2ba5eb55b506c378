"""The row above a list: what it is filtered by as chips, how many are shown, saving, columns and order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crmdesk.domain.lists import ListFilter
from crmdesk.ui import menus
from crmdesk.ui.chips import ChoiceChip
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import N_, _, ngettext, number, pgettext

HEIGHT = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to filter by. With `many`, several of its choices may hold; without choices it holds or not."""

    key: str
    label: str
    icon: str
    many: bool = True


FIELDS: tuple[Field, ...] = (
    Field(key="events", label=N_("Event"), icon="event"),
    Field(key="owners", label=N_("Owner"), icon="person"),
    Field(key="stages", label=N_("Stage"), icon="board"),
    Field(key="sources", label=N_("Source"), icon="link"),
    Field(key="tags", label=N_("Tag"), icon="tag"),
    Field(key="left", label=N_("State"), icon="filter"),
    Field(key="consents", label=N_("E-mail offers"), icon="given"),
    Field(key="no_step", label=N_("No next step"), icon="no_step", many=False),
    Field(key="quiet", label=N_("Quiet"), icon="quiet_1", many=False),
)
_BY_KEY = {each.key: each for each in FIELDS}
_BARE = ("events", "no_step", "quiet")  # their choices say enough without the label


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: field → (value, words), in order. Fields without an entry are not offered."""

    of: Mapping[str, Sequence[tuple[Any, str]]] = field(default_factory=dict)

    def words(self, key: str, values: Sequence[Any]) -> list[str]:
        """The words of some values, in the order of the choices."""
        return [text for value, text in self.of.get(key, ()) if value in values]


class ListFilters(Themed, QWidget):
    """48 high, or more lines when the chips need them.

    Signals: changed(ListFilter); words_wanted() a word to look for; save_wanted(), views_wanted(QPoint),
    columns_wanted(QPoint), sort_wanted(QPoint): the buttons at the right, menus below them.
    """

    changed = Signal(object)
    words_wanted = Signal()
    save_wanted = Signal()
    views_wanted = Signal(QPoint)
    columns_wanted = Signal(QPoint)
    sort_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = ListFilter()
        self._ask_choices: Callable[[], Choices] = Choices
        self._asked: Choices | None = Choices()
        self.chips: dict[str, ChoiceChip] = {
            each.key: ChoiceChip(theme, "", icon=each.icon, chosen=True, parent=self) for each in FIELDS
        }
        self.chips["text"] = ChoiceChip(theme, "", icon="search", chosen=True, parent=self)
        self.add = ChoiceChip(theme, _("Filter"), icon="plus", parent=self)
        self.count = PlainLabel(theme, role="text-2", parent=self)
        self.views = ChoiceChip(theme, _("Views"), icon="view", menu_mark=True, parent=self)
        self.save = ChoiceChip(theme, _("Save as view"), icon="save", parent=self)
        self.columns = ChoiceChip(theme, _("Columns"), icon="board", parent=self)
        self.sort = ChoiceChip(theme, _("Name"), icon="sort", parent=self)
        self._flow = FlowRow(theme, parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._flow, 1)
        for part in (self.views, self.save, self.columns, self.sort):
            self._row.addWidget(part)
        self._connect()
        self.follow(theme)
        self._show()

    def restyle(self) -> None:
        """Takes height and edges."""
        px = self.theme.px
        self.setMinimumHeight(px(HEIGHT))
        self._row.setContentsMargins(px(16), px(8), px(16), px(8))
        self._row.setSpacing(px(6))

    def offer(self, choices: Callable[[], Choices]) -> None:
        """What can be chosen from now on, asked for when a menu or a chip needs it."""
        self._ask_choices, self._asked = choices, None
        self._show()

    def take(self, wanted: ListFilter) -> None:
        """Shows a filter, and tells nobody."""
        self.filter = wanted
        self._show()

    def say_count(self, count: int, total: int) -> None:
        """How many rows are shown, of how many there are."""
        text = number(count)
        if self.filter != ListFilter():
            text = _("{count} of {total}").format(count=text, total=number(total))
        self.count.setText(text)
        self._show()

    def say_sort(self, label: str, *, descending: bool) -> None:
        """Which column the rows are sorted by."""
        self.sort.set_choice(label, chosen=False)
        way = _("{column}, falling") if descending else _("{column}, rising")
        self.sort.setAccessibleName(_("Sort: {order}").format(order=way.format(column=label)))

    def say_view(self, name: str, *, any_kept: bool) -> None:
        """The saved view that is shown, if it is one."""
        self.views.set_choice(name or _("Views"), chosen=False)
        self.views.setVisible(any_kept)
        self.save.setVisible(not name)

    def menu(self) -> QMenu:
        """All there is to filter by; what holds is ticked."""
        menu = menus.passing(self)
        for each in FIELDS:
            if each.many and not self._choices.of.get(each.key):
                continue
            if each.many:
                self._fill(menu.addMenu(self.theme.icon(each.icon), _(each.label)), each)
            else:
                entry = self._entry(menu, each, True, _(each.label))  # an icon hides the tick of an entry
                entry.setIcon(self.theme.icon("check" if entry.isChecked() else each.icon))
        menu.addSeparator()
        words = menu.addAction(self.theme.icon("search"), _("Words…"))
        words.triggered.connect(self.words_wanted)
        return menu

    def choices_menu(self, key: str) -> QMenu:
        """The choices of one field."""
        menu = menus.passing(self)
        self._fill(menu, _BY_KEY[key])
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.colour("line"))

    # Own parts

    @property
    def _choices(self) -> Choices:
        if self._asked is None:
            self._asked = self._ask_choices()
        return self._asked

    def _connect(self) -> None:
        for key, chip in self.chips.items():
            chip.setObjectName(key)
            chip.clicked.connect(self._on_chip)
            chip.removed.connect(self._on_removed)
            self._flow.add(chip)
        self._flow.add(self.add)
        self._flow.add(self.count)
        self.add.clicked.connect(self._on_add)
        self.views.clicked.connect(self._on_views)
        self.save.clicked.connect(self.save_wanted)
        self.columns.clicked.connect(self._on_columns)
        self.sort.clicked.connect(self._on_sort)

    def _show(self) -> None:
        for key, chip in self.chips.items():
            chip.set_choice(self._words(key), chosen=True)
        self._flow.leave_out([chip for key, chip in self.chips.items() if not self._words(key)])

    def _words(self, key: str) -> str:
        """What the chip of a field says; "" while the field filters nothing."""
        value = getattr(self.filter, key)
        if not value:
            return ""
        if key == "text":
            return _("“{text}”").format(text=value)
        label = _(_BY_KEY[key].label)
        if value is True:
            return label
        said = _either(self._choices.words(key, value), len(value))
        return said if key in _BARE else _("{label}: {value}").format(label=label, value=said)

    def _fill(self, menu: QMenu, each: Field) -> None:
        for value, text in self._choices.of.get(each.key, ()):
            self._entry(menu, each, value, text)

    def _entry(self, menu: QMenu, each: Field, value: Any, text: str) -> QAction:
        action = QAction(text.replace("&", "&&"), menu)
        held = getattr(self.filter, each.key)
        action.setCheckable(True)
        action.setChecked(held is True or (each.many and value in held))
        action.setData((each.key, value))
        action.triggered.connect(self._on_chosen)
        menu.addAction(action)
        return action

    def _change(self, key: str, value: Any) -> None:
        self.filter = replace(self.filter, **{key: value})
        self._show()
        self.changed.emit(self.filter)

    # Slots

    def _on_chosen(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        key, value = action.data()
        held = getattr(self.filter, key)
        if value is True:
            self._change(key, not held)
        else:
            self._change(key, tuple(each for each in held if each != value) if value in held else (*held, value))

    def _on_chip(self) -> None:
        chip = self.sender()
        if chip is self.chips["text"]:
            self.words_wanted.emit()
        elif isinstance(chip, ChoiceChip) and _BY_KEY[chip.objectName()].many:
            self._pop(self.choices_menu(chip.objectName()), chip)

    def _on_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, ChoiceChip):
            self._change(chip.objectName(), getattr(ListFilter(), chip.objectName()))
            self.add.setFocus()

    def _on_add(self) -> None:
        self._pop(self.menu(), self.add)

    def _on_views(self) -> None:
        self.views_wanted.emit(menus.below(self.views))

    def _on_columns(self) -> None:
        self.columns_wanted.emit(menus.below(self.columns))

    def _on_sort(self) -> None:
        self.sort_wanted.emit(menus.below(self.sort))

    def _pop(self, menu: QMenu, chip: QWidget) -> None:
        menu.popup(menus.below(chip))


def _either(names: Sequence[str], count: int) -> str:
    """The first two of some names: "Jana or Tobias", "Jana, Tobias or 2 others"."""
    if len(names) < 2 and count < 2:
        return names[0] if names else _("unknown")
    shown = list(names[:2])
    more = count - len(shown)
    if more > 0:
        listed = pgettext("between the items of a list", ", ").join(shown)
        return ngettext("{names} or {count} other", "{names} or {count} others", more).format(names=listed, count=more)
    return _("{one} or {other}").format(one=shown[0], other=shown[1])
