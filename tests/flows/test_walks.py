"""The README's two walks, followed step by step: a dropped card and an imported line go straight down, the news up."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import readme

from crmdesk.services import importing
from crmdesk.ui.dialogs.qualification import QualificationSheet
from tests.flows.test_story_doors import CARD, answer_all, by_drag

ROOMS = (
    "words",
    "paths",
    "domain",
    "exchange",
    "storage",
    "services",
    "render",
    "ui",
    "app",
    "driver",
)  # from the ground
# Where a lower room calls a higher one: the news, and questions that were handed in.
UPWARD = {"storage/database.py publish", "storage/database.py _asked", "storage/backup.py make_if"}


class Walk:
    """Which modules were entered, in the order of the calls, and who called a higher room than its own."""

    def __init__(self) -> None:
        self.modules: list[str] = []
        self.upward: set[str] = set()

    def note(self, frame: FrameType, event: str, _value: object) -> None:
        module = _module(frame)
        if event != "call" or not module:
            return
        if self.modules[-1:] != [module]:
            self.modules.append(module)
        caller = frame.f_back
        while caller is not None and not _module(caller):
            caller = caller.f_back
        lazy = frame.f_code.co_flags & inspect.CO_GENERATOR  # runs where it is read, not where it is written
        if caller is not None and not lazy and _room(_module(caller)) < _room(module):
            self.upward.add(f"{_module(caller)} {caller.f_code.co_name}")


def _module(frame: FrameType) -> str:
    name = str(frame.f_globals.get("__name__", ""))
    return name.removeprefix("crmdesk.").replace(".", "/") + ".py" if name.startswith("crmdesk.") else ""


def _room(module: str) -> int:
    room = module.split("/")[0].removesuffix(".py")
    return ROOMS.index(room) if room in ROOMS else -1


@contextmanager
def walked() -> Iterator[Walk]:
    walk = Walk()
    sys.setprofile(walk.note)
    try:
        yield walk
    finally:
        sys.setprofile(None)


def told(start: str) -> list[str]:
    """The modules that the README's walk names, in its order."""
    text = readme.README.read_text(encoding="utf-8")
    walk = text[text.index(f"**{start}") :]
    return re.findall(r"`((?:ui|services|domain|storage|exchange)/[\w/]+\.py)`", walk[: walk.index("\n\n")])


def followed(walk: Walk, named: list[str]) -> list[str]:
    """How far the calls lead along the named modules, one after the other."""
    calls = iter(walk.modules)
    return [module for module in named if module in calls]


def test_a_dropped_card_goes_straight_down_and_the_news_straight_up(fair):
    by_drag(fair, "lead", "prospect")
    answer_all(fair, fair.wait_for_sheet(QualificationSheet))
    fair.wait_for_no_sheet()
    with walked() as walk:
        by_drag(fair, "prospect", "lead")
        fair.driver.settle()
    assert CARD in fair.names("lead")
    named = told("A card is dropped")
    assert len(named) > 5
    assert followed(walk, named) == named
    assert walk.upward <= UPWARD


def test_an_imported_line_goes_straight_down_and_the_news_straight_up(fair, tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text("Name,Company,E-mail\nUwe Klein,Klein Werkzeuge,uwe@klein.example\n", encoding="utf-8")
    with walked() as walk:
        importing.apply(fair.db, importing.plan(fair.db, importing.look(path), source="business_card_short"))
        fair.driver.settle()
    named = told("A list from a show")
    assert len(named) > 5
    assert followed(walk, named) == named
    assert walk.upward <= UPWARD
