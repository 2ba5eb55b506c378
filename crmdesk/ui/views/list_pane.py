"""One list as it is seen: filters above, the table, the bar of what is ticked. It reads and asks, and never writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain import consent, exits
from crmdesk.domain.entry import SOURCES, source_label
from crmdesk.domain.list_columns import shown_first
from crmdesk.domain.lists import LEFT, ListFilter, ListQuery, Row
from crmdesk.domain.records import Id
from crmdesk.services import deals, events, lists, tags, workspace
from crmdesk.services.lists import View
from crmdesk.ui.context import Context
from crmdesk.ui.list_reader import ListReader
from crmdesk.ui.list_words import ListWords
from crmdesk.ui.models.table import TableModel
from crmdesk.ui.models.ticks import Difference, Ticks
from crmdesk.ui.themed import Themed
from crmdesk.ui.views.bulk_bar import BulkBar
from crmdesk.ui.views.list_filters import Choices, ListFilters
from crmdesk.ui.views.list_head import Shape
from crmdesk.ui.views.list_menus import ListMenus
from crmdesk.ui.views.list_table import ListTable
from crmdesk.words import _, pgettext

MOST_COUNTED = 10_000  # of more ticked rows than this nothing is said of consent


class ListPane(Themed, QWidget):
    """The list of one place. `base` are filters that always hold and are not shown as chips.

    Signals: opened(id) a record's page is wanted; changed() what is ticked or current is another; bulk_wanted(str) an
    act of the bar; menu_wanted(QPoint); words_wanted(), save_wanted(), rename_wanted(View), remove_wanted(View) sheets
    and a removal.
    """

    opened = Signal(object)
    changed = Signal()
    bulk_wanted = Signal(str)
    menu_wanted = Signal(QPoint)
    words_wanted = Signal()
    save_wanted = Signal()
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(
        self,
        context: Context,
        place: str,
        *,
        name: str,
        empty: str,
        base: ListFilter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self.place = context, place
        self._base = base or ListFilter()
        self._empty = empty
        self._views: tuple[View, ...] = ()
        self._aside: tuple[Ticks, Sequence[Id]] | None = None  # ticks that wait, and the list they were made in
        self._reader = ListReader(context, place, self)
        self._menus = ListMenus(self)
        self._columns = {column.key: column for column in lists.columns(place)}
        self.filters = ListFilters(context.theme, parent=self)
        model = TableModel(tuple(self._columns.values()), self._read_rows, self._words(), parent=self)
        self.table = ListTable(model, context.theme, name=name, parent=self)
        self.bar = BulkBar(context.theme, parent=self)
        shape = Shape.load(context.settings.list_shape(place), lists.columns(place), shown_first(place))
        self._sort, self._descending = shape.sort, shape.descending
        self.table.head.take(shape)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        self._connect()
        self.follow(context.theme)

    def restyle(self) -> None:
        """Takes the heights of the rows."""
        self.table.restyle()

    # What it shows

    @property
    def query(self) -> ListQuery:
        """The list that is shown."""
        shown = replace(self.filters.filter, contacts=self._base.contacts)
        return ListQuery(place=self.place, filter=shown, sort=self._sort, descending=self._descending)

    @property
    def view(self) -> View | None:
        """The saved view that is shown, if it is one."""
        return next((each for each in self._views if each.query == self.query), None)

    def show_query(self, query: ListQuery) -> None:
        """Shows another list of this place."""
        self.filters.take(replace(query.filter, contacts=False))
        self._sort, self._descending = query.sort, query.descending
        self._leave_rows()
        self.reload()

    def stand(self, query: ListQuery, ticks: Ticks, listed: Sequence[Id]) -> None:
        """Shows another list with what was ticked in the one of these ids."""
        self._aside = (ticks, listed)
        self.show_query(query)

    def search_for(self, text: str) -> None:
        """Keeps to rows with these words."""
        self._on_filtered(replace(self.filters.filter, text=text))

    @property
    def ticked(self) -> tuple[Ticks, Sequence[Id]]:
        """The ticks that wait for their rows, else those of the rows that are shown; and the list they were made in."""
        return self._aside or (self.table.rows.ticks, self.table.rows.ids)

    @property
    def target_count(self) -> int:
        """How many rows an act is about; cheap for any number."""
        return self.table.rows.chosen_count or int(self.table.current_id() is not None)

    def targets(self) -> Sequence[Id]:
        """The rows that an act is about: the ticked ones, else the current one."""
        if self.table.rows.chosen_count:
            return self.table.rows.chosen_ids()
        current = self.table.current_id()
        return [] if current is None else [current]

    def reload(self) -> None:
        """Reads all of it again; ticks, current row and place stay."""
        self.filters.offer(self._choices)
        first = self.table.current_id() is None and not self.table.rows.chosen_count
        ticks, listed = self.ticked
        self._reader.ask(self.query, first=first, before=listed if ticks.others else None)
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays over the foot."""
        super().resizeEvent(event)
        self.bar.place()

    # Own parts

    def _connect(self) -> None:
        filters, table, head = self.filters, self.table, self.table.head
        self._reader.began.connect(self._on_began)
        self._reader.read.connect(self._on_read)
        self._reader.views_read.connect(self._on_views_read)
        self._menus.sort_chosen.connect(self._on_sort)
        self._menus.column_chosen.connect(self._on_column_chosen)
        self._menus.view_chosen.connect(self._on_view_chosen)
        self._menus.rename_wanted.connect(self.rename_wanted)
        self._menus.remove_wanted.connect(self.remove_wanted)
        filters.changed.connect(self._on_filtered)
        filters.words_wanted.connect(self.words_wanted)
        filters.save_wanted.connect(self.save_wanted)
        filters.views_wanted.connect(self._on_views_wanted)
        filters.columns_wanted.connect(self._on_columns_wanted)
        filters.sort_wanted.connect(self._on_sort_wanted)
        head.sort_wanted.connect(self._on_sort)
        head.shape_changed.connect(self._keep_shape)
        head.columns_wanted.connect(self._on_columns_wanted)
        table.opened.connect(self.opened)
        table.moved.connect(self._on_moved)
        table.menu_wanted.connect(self.menu_wanted)
        table.rows.ticked.connect(self._on_ticked)
        self.bar.wanted.connect(self.bulk_wanted)
        self.bar.cleared.connect(self._on_cleared)

    def _words(self) -> ListWords:
        stages = {each.key: each.label for each in deals.stages(self.context.db)}
        return ListWords(self.context.vocabulary, stages, today=self.context.clock.today())

    def _read_rows(self, ids: Sequence[Id]) -> Sequence[Row]:
        return lists.rows(self.context.db, self.place, list(ids))

    def _choices(self) -> Choices:
        db, vocabulary = self.context.db, self.context.vocabulary
        left = [
            (key, pgettext("a deal or a lead", "Open") if key == "open" else _(exits.OUTCOMES[key])) for key in LEFT
        ]
        return Choices(
            {
                "events": [(each.id, each.name) for each in events.listed(db)],
                "owners": [*((each.id, each.name) for each in workspace.members(db)), (Id(0), _("Nobody"))],
                "stages": [(stage, vocabulary.word(stage)) for stage in vocabulary.path],
                "sources": [(key, source_label(key)) for key in SOURCES],
                "tags": [(each.id, each.name) for each in tags.listed(db)],
                "left": [pair for pair in left if pair[0] in _LEFT_OF.get(self.place, LEFT)],
                "consents": [(key, _(text)) for key, text in consent.STATES.items()] if self._has_consent else [],
            }
        )

    @property
    def _has_consent(self) -> bool:
        return "consent" in self._columns

    def _leave_rows(self) -> None:
        """Rows of another order or filter are not shown while those of a long list are read; their ticks wait."""
        rows = self.table.rows
        if not self._reader.aside:
            return
        if rows.chosen_count and self._aside is None:
            self._aside = (rows.ticks, rows.ids)
        self.table.empty_text = ""
        self.table.show_ids((), self._words(), Ticks())
        self.changed.emit()

    def _say(self) -> None:
        label = _(self._columns[self._sort].label) if self._sort in self._columns else _("Name")
        self.filters.say_sort(label, descending=self._descending)
        self.table.head.show_sort(self._sort, descending=self._descending)
        self._say_view()

    def _say_view(self) -> None:
        self.filters.say_view(self.view.name if self.view else "", any_kept=bool(self._views))

    def _keep_shape(self) -> None:
        self.context.settings.keep_list_shape(self.place, self.table.head.shape.dump())

    # Slots

    def _on_filtered(self, wanted: ListFilter) -> None:
        self.filters.take(wanted)
        self._leave_rows()
        self.reload()

    def _on_sort(self, sort: str) -> None:
        self._descending = not self._descending if sort == self._sort else False
        self._sort = sort
        self._leave_rows()
        self.reload()
        self._keep_shape()

    def _on_began(self, ids: Sequence[Id]) -> None:
        self.table.show_ids(ids, self._words())

    def _on_read(self, ids: Sequence[Id], total: int, change: Difference | None) -> None:
        """What was ticked meanwhile in the first rows is ticked too."""
        ticks, before = self.ticked
        if ticks.others and change is None and self._reader.aside:
            self.reload()  # all were ticked while it was read: it is to be compared with their list
            return
        kept = ticks.kept(before, ids, change)
        if self._aside is not None:
            self._aside = None
            kept = kept.joined(frozenset(self.table.rows.chosen_ids()))
        nothing = self._empty if self.query.filter == self._base else _("Nothing here meets the filter.")
        self.table.empty_text = nothing
        self.table.show_ids(ids, self._words(), kept)
        self.filters.say_count(len(ids), total)
        self.changed.emit()

    def _on_views_read(self, views: Sequence[View]) -> None:
        self._views = tuple(views)
        self._say_view()

    def _on_moved(self) -> None:
        """Another current row is another choice only while nothing is ticked."""
        if not self.table.rows.chosen_count:
            self.changed.emit()

    def _on_ticked(self) -> None:
        model = self.table.rows
        ids = list(model.chosen_ids()) if self._has_consent and model.chosen_count <= MOST_COUNTED else []
        without = lists.without_consent(self.context.db, ids) if ids else None
        self.bar.say(model.chosen_count, without)
        self.table.cover(self.bar.reach if model.chosen_count else 0)
        self.changed.emit()

    def _on_cleared(self) -> None:
        self.table.rows.tick_all(on=False)
        self.table.setFocus()

    def _on_sort_wanted(self, at: QPoint) -> None:
        self._menus.order(at, self._columns.values(), self._sort)

    def _on_columns_wanted(self, at: QPoint) -> None:
        self._menus.columns(at, self._columns.values(), self.table.head.shape.shown)

    def _on_views_wanted(self, at: QPoint) -> None:
        self._menus.views(at, self._views, self.view)

    def _on_column_chosen(self, key: str) -> None:
        """Shown from now on, or not any more."""
        shape = self.table.head.shape
        shown = tuple(each for each in shape.shown if each != key) if key in shape.shown else (*shape.shown, key)
        self.table.head.take(replace(shape, shown=shown))
        self._keep_shape()

    def _on_view_chosen(self, view: View) -> None:
        self.show_query(view.query)


_LEFT_OF = {"leads": ("open", "not_now", "not_a_fit"), "opportunities": ("open", "not_now", "won", "lost")}
