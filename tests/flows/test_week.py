"""A week of a shop owner by mouse and keys; beside it a book is kept by hand, and in the end the file says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from crmdesk import paths
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.services import surroundings, workspace
from tests.support.week_file import File
from tests.support.week_list import EVENT, ON_THE_LIST
from tests.support.week_model import Book
from tests.support.week_owner import Owner

BIRGIT, KATRIN, PIOTR, HA = "Birgit Hansen", "Katrin Bauer", "Piotr Kowalczyk", "Nguyễn Thu Hà"
ANNA, OTTO, MIA, PIA = "Anna Müller", "Otto Schnell", "Mia Mail", "Pia Post"
HANSEN_GMBH = "Hansen Antriebstechnik GmbH"
FIXTURES, CLAMPS = "Two fixtures", "Five clamps"


class Week:
    """The owner at the windows, the book beside, and the file they are both about."""

    def __init__(self, owner: Owner, book: Book, folder: Path) -> None:
        self.owner, self.book, self._folder = owner, book, folder

    @property
    def path(self) -> Path:
        return self._folder / f"Lindner Spanntechnik{paths.SUFFIX}"

    def morning(self, day: str) -> None:
        self.owner.morning(day)
        self.book.morning(day)

    def evening(self) -> None:
        self.owner.evening()
        self.same()

    def same(self) -> None:
        """The file and the book, table by table."""
        expected: dict[str, Any] = {**self.book.state, "trash": {name: {} for name in self.book.state["trash"]}}
        found = File(self.path).contents()
        for table, rows in expected.items():
            assert found[table] == rows, table


@pytest.fixture
def week(
    qapp: QApplication, tmp_path: Path, clock: FixedClock, ids: IdSource, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Week]:
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(surroundings, "full_name", lambda: "Jana Lindner")
    monkeypatch.setattr(surroundings, "country", lambda: "DE")
    owner = Owner(qapp, tmp_path, clock, ids)
    yield Week(owner, Book("Jana Lindner"), tmp_path)
    owner.leave()
    qapp.setStyleSheet("")


def monday(week: Week) -> None:
    """People she knows are typed, the list of the fair comes in."""
    owner, book = week.owner, week.book
    owner.quick_add(
        f"{ANNA}, Müller GmbH, anna@mueller.example, 0171 2345678, wants a quote fri",
        f"{OTTO}, Schnell KG, 0171 5550177, call back tomorrow",
        f"{MIA}, mia@mail.example, send samples 5.5.",
        f"{PIA}, pia@post.example, visit in 1 day",
        "Nordwerk AG, visit in 2 weeks",
        source="referral",
    )
    known = {"source": "referral"}
    book.add(ANNA, firm="Müller GmbH", channels=("anna@mueller.example", "0171 2345678"), step="wants a quote",
             due="2026-05-08", **known)  # fmt: skip
    book.add(OTTO, firm="Schnell KG", channels=("0171 5550177",), step="call back", due="2026-05-05", kind="call",
             **known)  # fmt: skip
    book.add(MIA, channels=("mia@mail.example",), step="send samples", due="2026-05-05", kind="mail", **known)
    book.add(PIA, channels=("pia@post.example",), step="visit", due="2026-05-05", kind="visit", **known)
    book.add("Nordwerk AG", step="visit", due="2026-05-18", kind="visit", **known)
    week.same()
    owner.import_list(paths.resources() / "sample" / "fair_list.csv")
    book.bring_in(EVENT, ON_THE_LIST)


def tuesday(week: Week) -> None:
    """What is due is ticked, logged and put off; two leads have become prospects by the evening."""
    owner, book = week.owner, week.book
    owner.tick(MIA)
    book.tick(MIA, "send samples")
    owner.called(OTTO, "send offer fri")
    book.called(OTTO, "call back", ("Send offer", "2026-05-08", "mail"))
    owner.put_off(PIA, "thu")
    book.put_off(PIA, "visit", "2026-05-07")
    week.same()
    facts = {"need": "Replaces two fixtures", "fit": "80 staff"}
    owner.qualify_by_mouse(BIRGIT, facts)
    book.qualify(BIRGIT, facts)
    facts = {"need": "Clamps for steel", "fit": "Machine building"}
    owner.qualify_by_keys(KATRIN, facts)
    book.qualify(KATRIN, facts)


def wednesday(week: Week) -> None:
    """Two deals are made; records and lists are tidied; one is parked, one is not a fit."""
    owner, book = week.owner, week.book
    facts = {"means": "This year’s budget", "timeframe": "Before the autumn"}
    owner.convert(BIRGIT, facts, deal=FIXTURES, amount="48k")
    book.convert(BIRGIT, facts, deal=FIXTURES, cents=4_800_000, currency="EUR")
    owner.convert(KATRIN, facts, deal=CLAMPS, amount="12.500 chf")
    book.convert(KATRIN, facts, deal=CLAMPS, cents=1_250_000, currency="CHF")
    week.same()
    owner.edit("people", "Hansen, Birgit", key="job_title", text="Head of purchasing")
    book.edit("people", BIRGIT, "Job title", "job", "Head of purchasing")
    owner.edit("organisations", HANSEN_GMBH, key="industry", text="Drives")
    book.edit("firms", HANSEN_GMBH, "Industry", "industry", "Drives")
    owner.tag("Hansen, Birgit", "Müller, Anna", tag="Spring")
    book.tag((BIRGIT, ANNA), "Spring")
    owner.own("Müller, Anna", "Bauer, Katrin", digit=2)
    book.own((ANNA, KATRIN), "Tom Weber")
    owner.save_view("hansen", "All Hansens")
    book.view("All Hansens", "hansen")
    week.same()
    owner.park(HA, "fri")
    book.park(HA, "2026-05-08")
    owner.not_a_fit(PIOTR, digit=1, note="Buys used ones")
    book.not_a_fit(PIOTR, "no_problem", "Buys used ones")


def thursday(week: Week) -> None:
    """The deals go on; who was no fit gets a second try; two go to the trash and one comes back from it."""
    owner, book = week.owner, week.book
    owner.deal_by_mouse(FIXTURES, "terms")
    book.deal_to(FIXTURES, "terms")
    owner.deal_by_keys(CLAMPS, 1)
    book.deal_to(CLAMPS, "proposal")
    owner.bring_back(PIOTR)
    book.again("leads", PIOTR)
    week.same()
    owner.remove("Okafor, Daniel", "Yıldırım, Ayşe")
    book.remove("Daniel Okafor", "Ayşe Yıldırım")
    week.same()
    owner.take_from_trash("Daniel Okafor")
    book.take_from_trash("Daniel Okafor")
    for act in (owner, book):
        act.undo_past(f"Change “Industry” of {HANSEN_GMBH}")


def friday(week: Week) -> None:
    """Who slept is awake on the day; one deal is won, the other lost."""
    owner, book = week.owner, week.book
    owner.tick(HA)
    book.wake(HA)
    owner.tick(ANNA)
    book.tick(ANNA, "wants a quote")
    owner.won(FIXTURES)
    book.won(FIXTURES)
    owner.lost(CLAMPS, digit=1, note="A third below ours")
    book.lost(CLAMPS, "price", "A third below ours")


def saturday(week: Week) -> None:
    """Second thoughts: the loss is taken back and done again, then the deal is tried anew."""
    for act in (week.owner, week.book):
        act.undo()
    week.same()
    for act in (week.owner, week.book):
        act.redo()
    week.same()
    week.owner.bring_back(CLAMPS)
    week.book.again("deals", CLAMPS)


DAYS = {
    "2026-05-04": monday,
    "2026-05-05": tuesday,
    "2026-05-06": wednesday,
    "2026-05-07": thursday,
    "2026-05-08": friday,
    "2026-05-09": saturday,
}


def test_a_week_ends_with_the_file_equal_to_the_book_and_goes_back_to_its_beginning(week: Week) -> None:
    week.morning("2026-05-04")
    week.owner.begin("Lindner Spanntechnik")
    empty = File(week.path).tables
    week.same()
    for day, live in DAYS.items():
        if day != "2026-05-04":
            week.morning(day)
        live(week)
        week.same()
        assert workspace.check(week.owner.window.context.db) == []
        week.evening()
        if day == "2026-05-04":
            colleague_joins(week)
    week.morning("2026-05-11")
    week.owner.undo_everything()
    assert File(week.path).tables == empty
    assert workspace.check(week.owner.window.context.db) == []


def colleague_joins(week: Week) -> None:
    """Tom is added from the terminal while the window is closed."""
    db = workspace.open(week.path, clock=week.owner.clock, ids=week.owner.ids)
    workspace.add_member(db, "Tom Weber")
    db.close()
    week.book.member("Tom Weber")
