"""The window takes over from the first one: what was done there in the first second is neither lost nor done twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.app import Program
from crmdesk.driver import Driver
from crmdesk.services import capture, first_page, tasks, timelines, workspace
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from crmdesk.ui.first_frame import FirstFrame
from crmdesk.ui.first_paint import ROWS, FirstPaint
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.today_screen import TodayScreen

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
DAYS = 60


class Start:
    """The first window over a workspace with many calls that are overdue, and what comes after it."""

    def __init__(self, qapp: QApplication, tmp_path, clock, ids) -> None:
        self._qapp, self._clock, self._ids = qapp, clock, ids
        self.path = tmp_path / "start.crmdesk"
        db = workspace.create(self.path, me="Jana Lindner", country="DE", clock=clock, ids=ids)
        for number in range(DAYS):
            made = capture.add(db, name=f"Person {number:02}", source="business_card")
            tasks.plan(
                db, made.lead_id, title="Call", kind="call", due_on=f"2026-03-{1 + number % 28:02}", due_time="09:00"
            )
        db.close()
        settings = Settings(tmp_path / "window.ini")
        settings.mode, settings.reduced_motion = "light", True
        self.first = FirstPaint(settings)
        self.first.show()
        day = first_page.read(self.path, clock.today(), rows=ROWS)
        assert day is not None
        self.first.fill(qapp, day)
        self.first.activateWindow()
        self.driver = Driver(qapp, tmp_path)
        self.driver.settle()
        self.program: Program | None = None

    @property
    def content(self) -> FirstFrame:
        assert self.first.content is not None
        return self.first.content

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.first.focusWidget() or self.first, key, modifiers)

    def go_on(self) -> MainWindow:
        """The program is loaded."""
        self.program = Program(
            self._qapp, settings=self.first.settings, clock=self._clock, ids=self._ids, first=self.first
        )
        self.program.open(self.path)
        self.driver.settle()
        assert isinstance(self.program.window, MainWindow)
        return self.program.window


@pytest.fixture
def start(qapp: QApplication, tmp_path, clock, ids) -> Iterator[Start]:
    one = Start(qapp, tmp_path, clock, ids)
    yield one
    if one.program is not None:
        one.program.leave()
    one.first.close()
    one.driver.settle()
    qapp.setStyleSheet("")


def today(window: MainWindow) -> TodayScreen:
    page = window.switching.page("today")
    assert isinstance(page, TodayScreen)
    return page


def test_the_frame_goes_on_in_the_real_window_in_the_same_place(start):
    start.first.resize(1100, 760)
    frame = start.content.frame
    window = start.go_on()
    assert window.frame is frame
    assert window.size() == start.first.size()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window]
    assert today(window).list.hasFocus()


def test_the_same_rows_are_where_they_were(start):
    before = [start.content.list.rows.entry(row) for row in range(1, ROWS)]
    place = start.content.list.mapTo(start.first, QPoint(0, 0))
    wide = start.content.list.width()
    window = start.go_on()
    assert [today(window).list.rows.entry(row) for row in range(1, ROWS)] == before
    across = today(window).list.mapTo(window, QPoint(0, 0))
    assert (across, today(window).list.width()) == (place, wide)


def test_who_was_gone_to_stays_current_and_the_list_where_it_was_scrolled(start):
    for _each in range(20):
        start.key(K.Key_Down)
    current, top = start.content.standing()
    assert top > 0
    window = start.go_on()
    assert today(window).list.standing() == (current, top)


def test_a_step_that_was_ticked_is_done_once(start):
    entry = start.content.list.current()
    start.key(K.Key_Space)
    window = start.go_on()
    assert timelines.history(window.context.db, limit=1)[0].label.one == "Tick off “{title}”"
    assert today(window).list.rows.row_of(entry.key) is None


def test_the_key_of_an_action_does_it_as_soon_as_it_can_be_done(start):
    start.key(K.Key_N, CTRL)
    window = start.go_on()
    assert isinstance(window.sheets.current, NewContactSheet)


def test_a_letter_is_the_list_s_before_it_is_an_action_s(start):
    start.key(K.Key_W)
    window = start.go_on()
    assert today(window).panel.outcomes.value == "wrong_number"


def test_a_screen_that_was_chosen_shows(start):
    start.driver.click(start.content.frame.navigation.entries["people"])
    assert start.go_on().switching.key == "people"


def test_what_is_typed_into_the_search_is_looked_up(start):
    search = start.content.frame.toolbar.search
    search.setFocus()
    QTest.keyClicks(search, "Person 0")
    window = start.go_on()
    assert window.toolbar.search.hasFocus()
    assert window.toolbar.search.text() == "Person 0"
    start.driver.until(window.hits.isVisible, "nothing is looked up")
    QTest.keyClicks(search, "7")
    assert window.toolbar.search.text() == "Person 07"
