"""What every screen of lists is: one or several of them, of which one is seen, and what is done with their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import lists
from crmdesk.ui import menus
from crmdesk.ui.desk import Desk
from crmdesk.ui.list_edits import ListEdits
from crmdesk.ui.list_views import ListViews
from crmdesk.ui.models.ticks import Ticks
from crmdesk.ui.pages import Page
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.views.list_pane import ListPane
from crmdesk.words import _

EVERYTHING = ListFilter()
MOST_SELECTED = 100  # of more ticked rows only the acts of the bar are offered: the Record menu reads each card


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a person is on a screen of lists."""

    segment: str
    query: ListQuery
    ticks: Ticks
    listed: Sequence[Id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One list of a screen: its words beside the title, its place, what always holds in it, its words when empty."""

    key: str
    label: str
    place: str
    empty: str
    base: ListFilter = EVERYTHING


class ListScreen(Page):
    """One or several lists, of which one is seen. Subclasses say which."""

    tables = (
        "person", "organisation", "lead", "opportunity", "task", "activity", "contact_point", "consent", "tag",
        "tagging", "member", "event", "saved_view", "vocabulary", "deal_stage",
    )  # fmt: skip
    segments: tuple[Segment, ...] = ()

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk.context.theme, parent=parent)
        self.desk = desk
        self._panes: dict[str, ListPane] = {}
        self._edits: dict[str, ListEdits] = {}
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        choices = [Choice(value=each.key, text=_(each.label)) for each in self.segments]
        self._switch = Segmented(desk.context.theme, choices, name=_("List"), value=self.segments[0].key, parent=self)
        self._switch.setVisible(len(self.segments) > 1)
        self._switch.chosen.connect(self.show_segment)
        self.follow(desk.context.theme)
        self._turn_to(self.segments[0].key)

    # What it shows

    @property
    def pane(self) -> ListPane:
        """The list that is seen."""
        pane = self._stack.currentWidget()
        assert isinstance(pane, ListPane)
        return pane

    @property
    def controls(self) -> QWidget | None:
        """The segments, when there are several."""
        return self._switch if len(self.segments) > 1 else None

    @property
    def covered_below(self) -> int:
        """The bar of what is ticked."""
        return 0 if self.pane.bar.isHidden() else self.pane.bar.reach

    def show_segment(self, key: str) -> None:
        """Shows one of the lists."""
        self._turn_to(key)
        self.pane.reload()
        self._tell()

    def show_query(self, query: ListQuery) -> None:
        """Shows a list of one of the places of this screen, as a saved view keeps it."""
        fitting = [each for each in self.segments if each.place == query.place]
        chosen = next((each for each in fitting if each.base.contacts == query.filter.contacts), fitting[0])
        self._turn_to(chosen.key)
        self.pane.show_query(query)
        self._tell()

    # As a page

    def selected(self) -> list[Id]:
        """The leads and opportunities of the ticked rows, else of the current one; none when they are very many."""
        if self.pane.target_count > MOST_SELECTED:
            return []
        return lists.cards(self.desk.context.db, list(self.pane.targets()))

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What can be done with all these rows."""
        if self.desk.context.db.read_only or not self.pane.target_count:
            return {}
        acts = {"list_tag": self._on_tag, "list_owner": self._on_owner, "remove": self._on_remove}
        return acts if self.pane.bar.isHidden() else {**acts, "move_to": self._on_move}

    def menu_place(self) -> QPoint:
        """At the current row."""
        return self.pane.table.menu_place()

    def take_focus(self) -> None:
        """To the rows."""
        self.pane.table.setFocus()

    def standing(self) -> object:
        """Which of the lists is seen, what of it, and what is ticked."""
        return _Standing(self._switch.value, self.pane.query, *self.pane.ticked)

    def stand(self, standing: object) -> None:
        """The same list, with the same rows ticked."""
        assert isinstance(standing, _Standing)
        self._turn_to(standing.segment)
        self.pane.stand(standing.query, standing.ticks, standing.listed)
        self._tell()

    def reload(self) -> None:
        """The list that is seen, at once; the others when they are."""
        self.pane.reload()

    # Own parts

    def _turn_to(self, key: str) -> None:
        """To one of the lists, made when it is first turned to; it is not read yet."""
        if key not in self._panes:
            self._panes[key] = self._made(next(each for each in self.segments if each.key == key))
            self._stack.addWidget(self._panes[key])
        self._switch.set_value(key)
        self._stack.setCurrentWidget(self._panes[key])

    def _tell(self) -> None:
        self.selection_changed.emit()
        self.title_changed.emit()

    def _made(self, segment: Segment) -> ListPane:
        context = self.desk.context
        pane = ListPane(context, segment.place, name=self.title, empty=_(segment.empty), base=segment.base)
        self._edits[segment.key] = ListEdits(context, segment.place, self)
        pane.opened.connect(self._on_opened)
        pane.changed.connect(self.selection_changed)
        pane.changed.connect(self.covered_changed)
        pane.bulk_wanted.connect(self._on_bulk)
        pane.menu_wanted.connect(self.menu_requested)
        ListViews(context, pane)
        return pane

    def _edit(self, kind: str) -> None:
        self._edits[self._switch.value].ask(kind, self.pane.targets())

    # Slots

    def _on_opened(self, record: Id) -> None:
        self.desk.open_record(record)

    def _on_tag(self) -> None:
        self._edit("tag")

    def _on_owner(self) -> None:
        self._edit("owner")

    def _on_remove(self) -> None:
        self._edit("remove")

    def _on_move(self) -> None:
        if not (cards := self.selected()):
            self._edit("move")
            return
        menu = self.desk.mover.move_menu(menus.passing(self), cards)
        button = self.pane.bar.buttons["move"]
        menu.popup(button.mapToGlobal(button.rect().topLeft() - QPoint(0, menu.sizeHint().height())))

    def _on_bulk(self, act: str) -> None:
        if act == "move":
            self._on_move()
        else:
            self._edit(act)
