"""Parts of the page of the day by themselves: its rows as a model, its words, the typed next step."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from crmdesk import words
from crmdesk.domain import step_kinds
from crmdesk.domain import today as days
from crmdesk.domain.records import Id
from crmdesk.domain.today import Day, Entry, Section
from crmdesk.ui import today_words
from crmdesk.ui.models.today import TodayModel
from crmdesk.ui.next_line import NextLine
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed
from crmdesk.ui.views.today_list import TodayList

TUESDAY = date(2026, 5, 5)


@pytest.fixture(autouse=True)
def english():
    words.use("en")


def entry(number: int, section: str = days.TODAY, **more) -> Entry:
    given = {"name": f"Person {number}", "organisation": "Firm", "person_id": None, "organisation_id": None}
    return Entry(section=section, about=Id(number), card=Id(number), **{**given, **more})


def day(*sections: Section, **more) -> Day:
    given = {"done": 0, "next_on": "", "next_count": 0, "nobody": False}
    return Day(on="2026-05-05", sections=sections, **{**given, **more})


def test_the_rows_are_a_sound_model_and_heads_cannot_be_chosen(qapp):
    model = TodayModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(day(Section(days.TODAY, (entry(1, task=Id(7)), entry(2, task=Id(8))), 5, True)))
    assert model.rowCount() == 4
    assert [model.entry(row) is not None for row in range(4)] == [False, True, True, False]
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "and 3 more"
    assert (model.row_of(Id(8)), model.nearest(3), model.nearest(0)) == (2, 2, 1)
    model.show(day())
    assert (model.rowCount(), model.nearest(0)) == (0, None)


def test_a_row_is_as_high_as_its_kind_where_a_head_was_before(theme: Theme, qtbot) -> None:
    shown = TodayList(theme)
    qtbot.addWidget(shown)
    shown.show()
    late = Section(days.OVERDUE, (entry(1, task=Id(7)), entry(2, task=Id(8))), 2, True)
    soon = Section(days.TODAY, (entry(3, task=Id(9)), entry(4, task=Id(10))), 2, True)
    shown.show_day(day(late, soon))
    shown.show_day(day(Section(days.OVERDUE, late.entries[:1], 1, True), soon))
    assert [shown.rowHeight(row) for row in range(5)] == [38, 36, 38, 36, 36]


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        (entry(1, days.OVERDUE, task=Id(1), title="Call", due_on="2026-05-01"), "Person 1, Firm, Call, 4 days"),
        (entry(1, task=Id(1), title="Call", due_on="2026-05-05"), "Person 1, Firm, Call, any time"),
        (
            entry(1, days.PROMISED, task=Id(1), title="Drawing", promise=True, due_on="2026-05-07"),
            "Person 1, Firm, “Drawing”, Thu 7 May",
        ),
        (
            entry(1, days.WAKING, parked_on="2026-02-09", note="budget in May", wake_on="2026-05-05"),
            "Person 1, Firm, Parked 9 Feb: “budget in May”, today",
        ),
        (
            entry(1, days.NO_STEP, last_kind="mail", last_direction="in", last_at="2026-05-02"),
            "Person 1, Firm, Last: Mail from them, 2 May, decide",
        ),
        (
            entry(1, days.QUIET, quiet_since="2026-04-23", source="business_card"),
            "Person 1, Firm, No contact yet, 12 d quiet",
        ),
    ],
)
def test_each_section_says_what_it_is_about(given, spoken):
    assert today_words.row(given, today=TUESDAY).spoken() == spoken


def test_when_all_is_done_the_next_day_is_named():
    assert today_words.all_done(day()) == "All done for today. Nothing is planned after it."
    soon = day(next_on="2026-05-06", next_count=4)
    assert today_words.all_done(soon) == "All done for today. Next: 4 tomorrow."
    after_it = day(next_on="2026-05-07", next_count=1)
    assert today_words.all_done(after_it) == "All done for today. Next: 1 on Thu 7 May."
    later = day(next_on="2026-05-08", next_count=2)
    assert today_words.all_done(later) == "All done for today. Next: 2 on Fri 8 May."


def test_the_panel_is_headed_by_what_is_to_be_done():
    call = entry(1, task=Id(1), title="Hall 3", kind="call", due_on="2026-05-05", due_time="10:30")
    assert today_words.title(call) == "Call Person 1"
    assert today_words.subtitle(call, today=TUESDAY) == "Hall 3, 10:30"
    late = entry(1, days.OVERDUE, task=Id(1), title="Hall 3", due_on="2026-05-04", due_time="10:30")
    assert today_words.subtitle(late, today=TUESDAY) == "Hall 3, Mon 4 May 10:30"


def test_a_typed_step_is_echoed_in_full_with_a_capital(qtbot, theme):
    line = NextLine(theme, Typed(lambda: TUESDAY, "EUR"))
    qtbot.addWidget(line)
    line.line.setText("send offer fri")
    assert (line.title, line.day) == ("Send offer", date(2026, 5, 8))
    assert line.sentence.label.text() == "Send offer on Friday, 8 May 2026"
    assert line.check()
    line.line.setText("send offer")
    assert not line.check()
    line.line.setText("fri")
    assert not line.check()
    line.needs_day = True
    assert line.check()
    line.clear()
    assert not line.check(), "call back on … needs a day"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Call back", "call"),
        ("Angebot senden", "mail"),
        ("gọi lại", "call"),
        ("寄報價單", "mail"),
        ("Order parts", ""),
        ("Recall the order", ""),
    ],
)
def test_the_kind_of_a_step_is_taken_from_words_that_leave_no_doubt(title, kind):
    assert step_kinds.kind_of(title) == kind
