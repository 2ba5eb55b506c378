"""The start page: the day, section by section, worked through with a key a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from crmdesk import words
from crmdesk.domain import step_kinds
from crmdesk.domain import today as days
from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.domain.records import Id
from crmdesk.domain.today import Day, Entry
from crmdesk.services import moves, tasks, today
from crmdesk.ui import today_ways
from crmdesk.ui.desk import Desk
from crmdesk.ui.dialogs.exits import ParkSheet
from crmdesk.ui.dialogs.later import Later, LaterSheet
from crmdesk.ui.pages import Page
from crmdesk.ui.views.board_page import OVER_BELOW
from crmdesk.ui.views.today_column import PANEL, TodayColumn
from crmdesk.ui.views.today_list import TodayList
from crmdesk.ui.views.today_panel import Result, TodayPanel
from crmdesk.ui.views.today_parts import NothingToDo
from crmdesk.words import _

MINUTE = 60_000
_LOGGED_AS = {"reached", "voicemail", "wrong_number", "not_interested"}


class TodayScreen(Page):
    """The list, and beside it, or in a narrow window below it, what is to be done with one person."""

    tables = (
        "task", "lead", "opportunity", "person", "organisation", "activity", "contact_point", "consent", "vocabulary",
    )  # fmt: skip

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        context = desk.context
        super().__init__(context.theme, parent=parent)
        self.desk = desk
        self.day = Day(
            on=context.clock.today().isoformat(), sections=(), done=0, next_on="", next_count=0, nobody=False
        )
        self._asked: Entry | None = None
        self.list = TodayList(context.theme)
        self.nothing = NothingToDo(context.theme)
        self.panel = TodayPanel(context.theme, desk.typed)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.list)
        self._shown.addWidget(self.nothing)
        self._column = TodayColumn(context.theme, self._shown)
        self.progress = self._column.progress
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._column, 1)
        self._box.addWidget(self.panel)
        self._midnight = QTimer(self)
        self._midnight.setInterval(MINUTE)
        self._connect()
        self.follow(context.theme)

    # As a page

    @property
    def title(self) -> str:
        """Today."""
        return _("Today")

    @property
    def trail(self) -> str:
        """The day in full."""
        return words.full_day(date.fromisoformat(self.day.on))

    def selected(self) -> list[Id]:
        """The card of the current person, else the person."""
        entry = self.list.current()
        return [entry.about] if entry is not None else []

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Later, and the way to the board."""
        entry = self.list.current()
        if entry is None:
            return {}
        acts: dict[str, Callable[[], object]] = {"later": self._on_later}
        if entry.card is not None:
            acts["on_board"] = self._on_board
        return acts

    def menu_place(self) -> QPoint:
        """At the current row."""
        return self.list.menu_place()

    def keep_clear(self, floating: QRect) -> None:
        """The rows come out from under it."""
        self.list.keep_clear(floating)

    def take_focus(self) -> None:
        """To the list; with nothing to do, to the first way on."""
        if self.day.sections:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.day.nobody:
            self.nothing.add.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def standing(self) -> tuple[Id | None, int]:
        """Who is current, and how far the list is scrolled."""
        return self.list.standing()

    def stand(self, standing: object) -> None:
        """Goes back there, as far as there is somebody."""
        self.be_shown()
        self.list.stand(cast("tuple[Id | None, int]", standing))

    def reload(self) -> None:
        """Reads the day again."""
        before, self.day = self.day, today.listed(self.desk.context.db)
        self._show()
        if before.on != self.day.on:
            self.title_changed.emit()

    def restyle(self) -> None:
        """Takes the width of the panel."""
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panel lies below the list."""
        super().resizeEvent(event)
        self._place()

    # Own parts

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.ticked.connect(self._on_ticked)
        self.list.opened.connect(self._on_opened)
        self.list.step_wanted.connect(self.panel.ask_next_step)
        self.list.answered.connect(self.panel.outcomes.answer)
        self.list.menu_wanted.connect(self.menu_requested)
        self.panel.logged.connect(self._on_logged)
        self.panel.later.connect(self._on_later)
        self.panel.woken.connect(self._on_woken)
        self.panel.copied.connect(self._on_copied)
        self.panel.left.connect(self.take_focus)
        self.nothing.add_wanted.connect(self.desk.recorder.new_contact)
        self.nothing.import_wanted.connect(self.desk.importer.choose_file)
        self.nothing.unplanned_wanted.connect(self._on_unplanned_wanted)
        self._midnight.timeout.connect(self._on_minute)
        self._midnight.start()

    def _place(self) -> None:
        px = self.theme.px
        below = self.window().width() < px(OVER_BELOW)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(down if below else across)
        self.panel.set_below(below=below)
        if below:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16777215)
            self.panel.setFixedHeight(min(self.panel.sizeHint().height(), self.height() // 2))
        else:
            self.panel.setMinimumHeight(0)
            self.panel.setMaximumHeight(16777215)
            self.panel.setFixedWidth(px(PANEL))

    def _show(self) -> None:
        some, before = bool(self.day.sections), self.focusProxy() is not None
        focused = self.list.hasFocus()
        self.progress.show_day(self.day)
        self.progress.setVisible(some or bool(self.day.done))
        self.list.show_day(self.day)
        if not some:
            self.nothing.show_day(self.day)
        self._shown.setCurrentWidget(self.list if some else self.nothing)
        self.panel.setVisible(some)
        # The first row takes the keys that the empty page had.
        self.setFocusProxy(self.list if some else None)  # type: ignore[arg-type]  # PySide's types forget None
        if some and not before and (sheet := self.desk.context.sheets.current) is not None:
            sheet.go_back_to(self.list)
        if focused and not some:
            self.take_focus()

    # Slots

    def _on_chosen(self) -> None:
        entry = self.list.current()
        ways = today_ways.read(self.desk.context, entry) if entry is not None else ()
        self.panel.show_entry(entry, ways, today=date.fromisoformat(self.day.on))
        self.list.letters = self.panel.letters
        self.selection_changed.emit()

    def _on_ticked(self, entry: Entry) -> None:
        """A step is done, somebody parked is back, and who has no next step has none on purpose."""
        db = self.desk.context.db
        if entry.task is not None:
            task = entry.task
            self.desk.context.attempt(lambda: tasks.done(db, task), _("Done: {what}").format(what=entry.title))
        elif entry.section == days.WAKING:
            self._wake(entry)
        else:
            text = _("No next step for {name}, on purpose.").format(name=entry.name)
            self.desk.context.attempt(lambda: today.no_step(db, [entry.about]), text)

    def _on_opened(self, entry: Entry) -> None:
        self.desk.open_record(entry.about)

    def _on_board(self) -> None:
        entry = self.list.current()
        if entry is not None and entry.card is not None:
            self.desk.show_card(entry.card)

    def _on_woken(self) -> None:
        if (entry := self.list.current()) is not None:
            self._wake(entry)

    def _wake(self, entry: Entry) -> None:
        text = words.ngettext("{count} card is back.", "{count} cards are back.", 1).format(count=1)
        self.desk.context.attempt(lambda: moves.reopen(self.desk.context.db, [entry.about], door="key"), text)

    def _on_later(self) -> None:
        self._asked = entry = self.list.current()
        theme, typed = self.desk.context.theme, self.desk.typed
        if entry is None:
            return
        if entry.task is not None:
            self.desk.context.ask(LaterSheet(theme, typed, title=entry.title), self._on_put_off, f"later:{entry.key}")
        elif entry.section == days.WAKING:
            self.desk.context.ask(ParkSheet(theme, typed, name=entry.name), self._on_parked, f"later:{entry.key}")
        else:
            self.panel.ask_next_step()

    def _on_unplanned_wanted(self) -> None:
        self.desk.show_list(ListQuery(place="leads", filter=ListFilter(no_step=True)))

    def _on_put_off(self, later: Later) -> None:
        entry = self._asked
        if entry is None or entry.task is None:
            return
        task, day = entry.task, words.full_day(date.fromisoformat(later.due_on))
        self.list.deal_with(entry)
        self.desk.context.attempt(
            lambda: tasks.postpone(self.desk.context.db, task, due_on=later.due_on, due_time=later.due_time),
            _("“{title}” is put off until {day}.").format(title=entry.title, day=day),
        )

    def _on_parked(self, wake_on: str) -> None:
        entry = self._asked
        if entry is not None:
            self.list.deal_with(entry)
            self.desk.context.attempt(
                lambda: today.wake_later(self.desk.context.db, [entry.about], wake_on=wake_on),
                _("{name} is parked. Search finds the card.").format(name=entry.name),
            )

    def _on_logged(self, result: Result) -> None:
        entry = self.list.current()
        if entry is None:
            return
        step = None
        self.list.deal_with(entry)
        if result.day is not None:
            step = today.Step(
                title=result.title,
                due_on=result.day.isoformat(),
                due_time=result.time,
                kind=step_kinds.kind_of(result.title),
            )
        said = self.desk.context.attempt(
            lambda: today.log_outcome(
                self.desk.context.db,
                entry.about,
                task=entry.task,
                kind=result.kind,
                outcome=result.outcome if result.outcome in _LOGGED_AS else "",
                point=result.point,
                step=step,
                no_step=result.no_step,
            ),
            _("Logged: {name}.").format(name=entry.name),
        )
        if said:
            self.panel.forget()
            self.take_focus()

    def _on_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.desk.context.notify.done(_("Copied: {text}").format(text=text), undo=False)

    def _on_minute(self) -> None:
        if self.isVisible() and self.desk.context.clock.today().isoformat() != self.day.on:
            self.reload()
