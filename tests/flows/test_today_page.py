"""The day on the real page, by key and mouse; what is done there is in the file, and undone from there."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.domain.lists import ListFilter, ListQuery
from crmdesk.services import capture, lists, moves, tasks, undo, workspace
from crmdesk.ui.dialogs.exits import ParkSheet
from crmdesk.ui.dialogs.later import LaterSheet
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from crmdesk.ui.dialogs.quick_add import QuickAddSheet
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.today_screen import TodayScreen

K = Qt.Key


class Page:
    """The page of the day in the window, and the file beside it."""

    def __init__(self, fair) -> None:
        self.fair, self.driver = fair, fair.driver
        fair.window.go("today")
        page = fair.window.page
        assert isinstance(page, TodayScreen)
        self.page = page
        self.driver.settle()

    @property
    def list(self):
        return self.page.list

    @property
    def panel(self):
        return self.page.panel

    def names(self) -> list[str]:
        rows = range(self.list.rows.rowCount())
        return [entry.name for row in rows if (entry := self.list.rows.entry(row)) is not None]

    def choose(self, name: str) -> None:
        rows = range(self.list.rows.rowCount())
        self.list.go_to(next(row for row in rows if (e := self.list.rows.entry(row)) is not None and e.name == name))
        self.list.setFocus()
        self.driver.settle()

    def key(self, key: Qt.Key) -> None:
        """A key where the focus is."""
        self.driver.key(self.fair.window.focusWidget(), key)

    def rows(self, sql: str) -> list[tuple]:
        """What another reader finds in the file."""
        with sqlite3.connect(f"file:{self.fair.path}?mode=ro", uri=True) as reader:
            return reader.execute(sql).fetchall()


@pytest.fixture
def day(fair, clock) -> Page:
    db = fair.db
    for name, day, time in (("Anna Able", "2026-05-04", ""), ("Bert Best", "2026-05-05", "10:30")):
        lead = capture.add(db, name=name, phone="0171 39200 17", source="business_card").lead_id
        tasks.plan(db, lead, title="Call about terms", kind="call", due_on=day, due_time=time)
    parked = capture.add(db, name="Pia Parked", source="business_card").lead_id
    clock.advance(timedelta(days=-30))
    moves.park(db, [parked], wake_on="2026-05-05")
    clock.advance(timedelta(days=30))
    return Page(fair)


def test_space_ticks_off_and_undo_brings_it_back(day):
    day.choose("Anna Able")
    day.key(K.Key_Space)
    assert "Anna Able" not in day.names()
    assert day.rows("SELECT done_at <> '' FROM task ORDER BY due_on") == [(1,), (0,)]
    assert day.list.current().name == "Bert Best"
    day.driver.key(day.fair.window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert day.names()[0] == "Anna Able"
    assert day.list.current().name == "Bert Best"
    assert day.rows("SELECT done_at <> '' FROM task ORDER BY due_on") == [(0,), (0,)]


def test_a_click_on_the_box_ticks_off_and_one_beside_it_does_not(day):
    row = day.list.rows.row_of(day.list.current().key)
    place = day.list.visualRect(day.list.rows.index(row, 0))
    day.driver.click(day.list.viewport(), place.center())
    assert day.names()[0] == "Anna Able"
    day.driver.click(day.list.viewport(), day.list.delegate.box(place).center())
    assert "Anna Able" not in day.names()


def test_a_call_is_logged_with_letters_and_the_next_step_typed(day):
    day.choose("Bert Best")
    day.panel.outcomes.take_focus()
    day.key(K.Key_R)
    assert day.panel.outcomes.value == "reached"
    day.panel.next.line.setFocus()
    day.driver.write(day.panel.next.line, "send offer fri")
    assert day.panel.next.sentence.label.text() == "Send offer on Friday, 8 May 2026"
    day.key(K.Key_Return)
    assert "Bert Best" not in day.names()
    assert day.rows("SELECT kind, direction, outcome FROM activity ORDER BY id DESC LIMIT 1") == [
        ("call", "both", "reached")
    ]
    assert day.rows("SELECT title, kind, due_on FROM task WHERE done_at = '' ORDER BY id DESC LIMIT 1") == [
        ("Send offer", "mail", "2026-05-08")
    ]
    assert day.list.hasFocus()
    assert (day.panel.next.text, day.panel.outcomes.value) == ("", "")
    undo.undo(day.fair.db)
    day.driver.settle()
    assert "Bert Best" in day.names()


def test_a_step_without_a_day_is_not_planned_and_says_so(day):
    day.choose("Bert Best")
    day.key(K.Key_N)
    assert day.panel.next.line.hasFocus()
    day.driver.write(day.panel.next.line, "send offer")
    day.key(K.Key_Return)
    assert day.panel.next.line.bad
    assert day.rows("SELECT count(*) FROM task") == [(2,)]


def test_call_back_on_needs_no_more_than_a_day(day):
    day.choose("Bert Best")
    day.panel.outcomes.take_focus()
    day.key(K.Key_C)
    assert day.panel.next.line.hasFocus()
    day.driver.write(day.panel.next.line, "mon")
    day.key(K.Key_Return)
    assert day.rows("SELECT title, due_on FROM task WHERE done_at = '' ORDER BY id DESC LIMIT 1") == [
        ("Call about terms", "2026-05-11")
    ]


def test_a_letter_pressed_in_the_list_says_how_it_went_and_what_is_typed_next_is_the_next_step(day):
    for letter, value in zip("RVWX", ("reached", "voicemail", "wrong_number", "not_interested"), strict=True):
        day.choose("Bert Best")
        day.key(getattr(K, f"Key_{letter}"))
        assert (day.panel.outcomes.value, day.panel.next.line.hasFocus()) == (value, True)
        assert day.list.current().name == "Bert Best"
    for letter in "send offer wed":
        QTest.keyClick(day.fair.window.focusWidget(), letter)
    assert day.panel.next.text == "send offer wed"
    assert day.panel.outcomes.value == "not_interested"
    assert day.fair.window.sheets.current is None


def test_call_back_is_asked_for_from_the_list_with_its_letter(day):
    day.choose("Bert Best")
    day.key(K.Key_C)
    assert day.fair.window.sheets.current is None
    assert (day.panel.outcomes.value, day.panel.next.needs_day) == ("later", True)
    day.choose("Pia Parked")
    day.key(K.Key_R)
    assert day.panel.outcomes.value == ""


def test_who_has_no_number_was_written_to(day):
    lead = capture.add(day.fair.db, name="Mia Mail", email="mia@mail.example", source="business_card_talk").lead_id
    day.driver.settle()
    day.choose("Mia Mail")
    assert [row.outcome.letter for row in day.panel.outcomes.rows] == ["D", "X"]
    day.panel.outcomes.take_focus()
    day.key(K.Key_D)
    day.key(K.Key_Return)
    assert day.rows(f"SELECT kind, direction FROM activity WHERE lead_id = {lead} AND kind = 'mail'") == [
        ("mail", "out")
    ]


def test_a_wrong_number_is_no_longer_offered(day):
    day.choose("Anna Able")
    day.panel.outcomes.take_focus()
    day.key(K.Key_W)
    day.driver.click(day.panel.log)
    assert day.rows("SELECT sum(broken) FROM contact_point") == [(1,)]
    assert day.rows("SELECT outcome FROM activity ORDER BY id DESC LIMIT 1") == [("wrong_number",)]


def test_none_on_purpose_leaves_a_card_without_step(day):
    day.choose("Anna Able")
    day.driver.click(day.panel.none)
    assert day.rows("SELECT sum(no_step) FROM lead") == [(1,)]
    assert "Anna Able" not in day.names()


def test_later_asks_for_a_day_and_puts_the_step_off(day):
    day.choose("Anna Able")
    day.key(K.Key_S)
    sheet = day.fair.wait_for_sheet(LaterSheet)
    day.driver.write(sheet.day.line, "fri")
    day.key(K.Key_Return)
    day.fair.wait_for_no_sheet()
    assert day.rows("SELECT due_on FROM task ORDER BY id LIMIT 1") == [("2026-05-08",)]
    assert "Anna Able" not in day.names()


def test_a_promise_that_is_put_off_does_not_take_the_hand_along(day):
    task = day.rows("SELECT id FROM task ORDER BY id LIMIT 1")[0][0]
    tasks.change(day.fair.db, task, promise=True)
    day.choose("Anna Able")
    day.key(K.Key_S)
    sheet = day.fair.wait_for_sheet(LaterSheet)
    day.driver.write(sheet.day.line, "fri")
    day.key(K.Key_Return)
    day.fair.wait_for_no_sheet()
    assert "Anna Able" in day.names(), "a promise stays in sight"
    assert day.list.current().name == "Bert Best"


def test_who_wakes_is_brought_back_or_sleeps_on(day):
    day.choose("Pia Parked")
    assert not day.panel.log.isVisible()
    day.key(K.Key_S)
    sheet = day.fair.wait_for_sheet(ParkSheet)
    day.driver.write(sheet.day.line, "1 june")
    day.key(K.Key_Return)
    day.fair.wait_for_no_sheet()
    assert "Pia Parked" not in day.names()
    undo.undo(day.fair.db)
    day.driver.settle()
    day.choose("Pia Parked")
    day.driver.click(day.panel.wake)
    assert day.rows("SELECT count(*) FROM lead WHERE exit = 'not_now'") == [(0,)]


def test_enter_opens_the_record_and_b_the_board(day, monkeypatch):
    day.choose("Bert Best")
    card = day.list.current().card
    day.key(K.Key_B)
    assert (day.fair.window.switching.key, day.fair.window.shown_record) == ("board", card)
    day.fair.window.go("today")
    day.choose("Bert Best")
    day.key(K.Key_Return)
    assert day.fair.window.switching.key != "today"


def test_the_list_keeps_its_place_while_something_else_changes(day):
    for number in range(40):
        lead = capture.add(day.fair.db, name=f"Person {number:02}", source="business_card").lead_id
        tasks.plan(day.fair.db, lead, title="Call", due_on="2026-05-05")
    day.driver.settle()
    day.choose("Person 30")
    bar = day.list.verticalScrollBar()
    before = bar.value()
    assert before > 0
    tasks.plan(day.fair.db, lead, title="Later", due_on="2026-05-20")
    day.driver.settle()
    assert (bar.value(), day.list.current().name) == (before, "Person 30")
    bar.setValue(0)
    tasks.plan(day.fair.db, lead, title="Later still", due_on="2026-05-21")
    day.driver.settle()
    assert (bar.value(), day.list.current().name) == (0, "Person 30")


def test_arrows_go_from_person_to_person_over_the_heads(day):
    day.choose("Anna Able")
    day.key(K.Key_Down)
    assert day.list.current().name == "Bert Best"
    day.key(K.Key_Up)
    assert day.list.current().name == "Anna Able"


def test_in_a_narrow_window_the_panel_lies_below_the_list(day):
    window = day.fair.window
    window.resize(1100, 760)
    day.driver.settle()
    QTest.qWait(1)
    assert day.panel.geometry().top() >= day.list.mapTo(day.page, day.list.rect().bottomLeft()).y()
    assert day.panel.geometry().right() <= day.page.rect().right()
    window.resize(1300, 800)
    day.driver.settle()
    assert day.panel.geometry().left() > day.list.geometry().right()


def test_when_all_is_done_the_page_says_what_comes_next(day):
    tasks.plan(day.fair.db, capture.add(day.fair.db, name="Tom Orrow").lead_id, title="Call", due_on="2026-05-06")
    day.driver.settle()
    for _each in range(20):
        if not day.page.day.sections:
            break
        day.list.setFocus()
        day.key(K.Key_Space)
    assert day.page.nothing.isVisible()
    assert day.page.nothing.words.text() == "All done for today. Next: 1 tomorrow."
    assert not day.panel.isVisible()
    day.driver.click(day.page.nothing.unplanned)
    day.driver.settle()
    unplanned = ListQuery(place="leads", filter=ListFilter(no_step=True))
    assert day.fair.window.page.pane.query == unplanned
    assert list(day.fair.window.page.pane.table.rows.ids) == list(lists.ids(day.fair.db, unplanned)) != []


def test_before_there_is_anybody_the_page_names_the_ways_on(fair, tmp_path, clock, ids):
    path = tmp_path / "empty.crmdesk"
    workspace.create(path, vocabulary="dialogue", country="DE", clock=clock, ids=ids).close()
    fair.program.open(path)
    page = fair.window.page
    fair.driver.settle()
    assert page.nothing.isVisible()
    assert page.nothing.words.text() == "Nobody here yet."
    assert page.nothing.add.hasFocus()
    for part in page.nothing.findChildren(PlainLabel):
        if part.isVisible():
            assert part.height() >= part.heightForWidth(part.width())
    fair.driver.click(page.nothing.add)
    assert isinstance(fair.wait_for_sheet(NewContactSheet), NewContactSheet)


def test_the_navigation_counts_what_is_left(day):
    assert day.page.day.left == len(day.names())
    day.choose("Anna Able")
    day.key(K.Key_Space)
    assert day.page.progress.words.text() == f"{len(day.names())} left, 1 done"


def emptied(day: Page) -> None:
    """Everything is ticked off by key."""
    day.list.setFocus()
    while day.page.day.sections:
        day.key(K.Key_Space)


def test_the_first_row_that_comes_back_to_an_empty_day_has_the_keys(day):
    emptied(day)
    day.driver.key(day.fair.window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(day.names()) == 1
    assert day.list.hasFocus()
    day.key(K.Key_Space)
    assert day.names() == []


@pytest.mark.parametrize("empty", ["done", "nobody"])
def test_the_first_row_that_is_added_to_an_empty_day_has_the_keys(day, empty, tmp_path, clock, ids):
    if empty == "done":
        emptied(day)
    else:
        path = tmp_path / "empty.crmdesk"
        workspace.create(path, vocabulary="dialogue", country="DE", clock=clock, ids=ids).close()
        day.fair.program.open(path)
        day = Page(day.fair)
    day.driver.key(day.fair.window.focusWidget(), K.Key_Q)
    sheet = day.fair.wait_for_sheet(QuickAddSheet)
    day.driver.write(sheet.line, "Eva Groß, eva@gross.example, call today")
    day.driver.key(sheet.line, K.Key_Return)
    day.driver.key(sheet, K.Key_Escape)
    day.fair.wait_for_no_sheet()
    assert day.names() == ["Eva Groß"]
    assert day.list.hasFocus()
