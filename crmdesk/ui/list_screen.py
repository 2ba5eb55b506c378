"""The screens of lists: people, organisations, and the deals as a list beside their board."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.errors import CrmError
from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import lists
from crmdesk.services.lists import View
from crmdesk.ui import menus
from crmdesk.ui.deal_ways import LIST, DealWays
from crmdesk.ui.desk import Desk
from crmdesk.ui.dialogs.list_sheets import LineSheet
from crmdesk.ui.list_edits import ListEdits
from crmdesk.ui.models.ticks import Ticks
from crmdesk.ui.pages import Page
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.views.list_pane import ListPane
from crmdesk.words import N_, _

SCREEN_OF = {"people": "people", "leads": "people", "organisations": "organisations", "opportunities": "deal_list"}
"""The place of a view → the key of the screen that shows it."""


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
        self._view: View | None = None
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
        return {"list_tag": self._on_tag, "list_owner": self._on_owner, "remove": self._on_remove}

    def menu_place(self) -> QPoint:
        """At the current row."""
        return self.pane.table.menu_place()

    def take_focus(self) -> None:
        """To the rows."""
        self.pane.table.setFocus()

    def standing(self) -> object:
        """Which of the lists is seen, what of it, and what is ticked."""
        rows = self.pane.table.rows
        return _Standing(self._switch.value, self.pane.query, rows.ticks, rows.ids)

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
        pane.words_wanted.connect(self._on_words)
        pane.save_wanted.connect(self._on_save)
        pane.rename_wanted.connect(self._on_rename)
        pane.remove_wanted.connect(self._on_remove_view)
        return pane

    def _edit(self, kind: str) -> None:
        self._edits[self._switch.value].ask(kind, self.pane.targets())

    def _ask(self, sheet: LineSheet, key: str, filled: Callable[[str], None]) -> None:
        sheet.filled.connect(filled)
        self.desk.context.sheets.open(sheet, key=f"list:{key}")

    def _try(self, act: Callable[[], object], said: str) -> None:
        context = self.desk.context
        try:
            act()
        except CrmError as error:
            context.refuse(error)
            return
        context.sheets.done()
        context.notify.done(said)

    # Slots

    def _on_opened(self, record: Id) -> None:
        self.desk.open_record(record)

    def _on_tag(self) -> None:
        self._edit("tag")

    def _on_owner(self) -> None:
        self._edit("owner")

    def _on_remove(self) -> None:
        self._edit("remove")

    def _on_bulk(self, act: str) -> None:
        if act == "move" and (cards := self.selected()):
            menu = self.desk.mover.move_menu(menus.passing(self), cards)
            button = self.pane.bar.buttons["move"]
            menu.popup(button.mapToGlobal(button.rect().topLeft() - QPoint(0, menu.sizeHint().height())))
        else:
            self._edit(act)

    def _on_words(self) -> None:
        sheet = LineSheet(
            self.desk.context.theme,
            title=_("Which words?"),
            label=_("Name, firm, e-mail or number"),
            button=_("Filter"),
            icon="search",
            text=self.pane.filters.filter.text,
        )
        self._ask(sheet, "words", self._on_words_filled)

    def _on_words_filled(self, text: str) -> None:
        self.desk.context.sheets.done()
        self.pane.search_for(text)

    def _on_save(self) -> None:
        theme = self.desk.context.theme
        sheet = LineSheet(theme, title=_("Save as view"), label=_("Name"), button=_("Save"), icon="save")
        self._ask(sheet, "view", self._on_save_filled)

    def _on_save_filled(self, name: str) -> None:
        said = _("The view “{name}” is saved.").format(name=name)
        self._try(partial(lists.save_view, self.desk.context.db, self.pane.query, name), said)

    def _on_rename(self, view: View) -> None:
        self._view = view
        sheet = LineSheet(
            self.desk.context.theme,
            title=_("Rename the view “{name}”").format(name=view.name),
            label=_("Name"),
            button=_("Save"),
            icon="edit",
            text=view.name,
        )
        self._ask(sheet, "rename_view", self._on_rename_filled)

    def _on_rename_filled(self, name: str) -> None:
        if self._view is not None:
            said = _("The view “{name}” is saved.").format(name=name)
            self._try(partial(lists.rename_view, self.desk.context.db, self._view.id, name), said)

    def _on_remove_view(self, view: View) -> None:
        said = _("The view “{name}” is removed.").format(name=view.name)
        self._try(partial(lists.remove_view, self.desk.context.db, view.id), said)


class PeopleScreen(ListScreen):
    """Everybody, contacts at accounts, and leads."""

    segments = (
        Segment(
            key="all",
            label=N_("All"),
            place="people",
            empty=N_("Nobody here yet. Import a list, or add somebody with Ctrl+N."),
        ),
        Segment(
            key="contacts",
            label=N_("Contacts"),
            place="people",
            empty=N_("No contacts yet. A conversion makes people contacts at an account."),
            base=ListFilter(contacts=True),
        ),
        Segment(
            key="leads",
            label=N_("Leads"),
            place="leads",
            empty=N_("No leads yet. Import a list, or add somebody with Ctrl+N."),
        ),
    )

    @property
    def title(self) -> str:
        """People."""
        return _("People")


class OrganisationsScreen(ListScreen):
    """Firms and bodies, accounts and others."""

    segments = (
        Segment(
            key="all",
            label=N_("All"),
            place="organisations",
            empty=N_("No organisations yet. They come with the people who work there."),
        ),
    )

    @property
    def title(self) -> str:
        """Organisations."""
        return _("Organisations")


class DealList(ListScreen):
    """The deals below each other: the other way to see their board."""

    segments = (
        Segment(
            key="all",
            label=N_("All"),
            place="opportunities",
            empty=N_("No deals yet. Drag a prospect here, or start one by hand."),
        ),
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self._ways = DealWays(desk.context.theme, LIST, desk.go, parent=self)
        self._ways.hide()

    @property
    def title(self) -> str:
        """Deals."""
        return _("Deals")

    @property
    def place(self) -> str:
        """Under the deals."""
        return "deals"

    @property
    def controls(self) -> QWidget | None:
        """Board or list."""
        return self._ways
