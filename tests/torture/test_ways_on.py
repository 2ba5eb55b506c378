"""Whatever is wrong with a file: from the start window a working program is at most three clicks away."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from sqlcipher3 import dbapi2

from crmdesk.app import Program
from crmdesk.domain.records import VocabularyText
from crmdesk.driver import Driver
from crmdesk.services import workspace
from crmdesk.storage import migrations
from crmdesk.ui.crash_telling import Watch
from crmdesk.ui.dialogs.crash import CrashSheet
from crmdesk.ui.dialogs.unopened import SalvagedSheet
from crmdesk.ui.screens import SCREENS
from crmdesk.ui.settings import Settings
from tests.support.start_desk import Start
from tests.torture.acts import FILE
from tests.torture.test_damage import cut_off, flipped, overwritten
from tests.torture.test_planted import KINDS, plant

pytestmark = [pytest.mark.timeout(1800), pytest.mark.qt_no_exception_capture]

NAME = FILE.removesuffix(".crmdesk")
PAGE = 4096
Damage = Callable[[Path, random.Random], object]


def told(path: Path, statement: str) -> None:
    """Something is done to the file that this program never does."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(statement)
    connection.close()


def garbled(path: Path, old: bytes, new: bytes) -> None:
    path.write_bytes(path.read_bytes().replace(old, new))


def over_table(path: Path, table: str) -> None:
    """The first page of a table is of nothing."""
    connection = dbapi2.connect(str(path))
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(content)


def instead(path: Path, content: bytes) -> None:
    path.write_bytes(content)


DAMAGES: dict[str, Damage] = {
    "a bit": flipped,
    "cut off": cut_off,
    "a page": overwritten,
    "a table": lambda path, chance: over_table(path, chance.choice(("person", "lead", "task", "step", "journal"))),
    "the words": lambda path, _chance: over_table(path, VocabularyText.table),
    "cards": lambda path, _chance: over_table(path, "card"),
    "the full text": lambda path, _chance: garbled(path, b"contentless_delete", b"contentless_dalete"),
    "random": lambda path, chance: instead(path, chance.randbytes(50_000)),
    "text": lambda path, _chance: instead(path, b"Name,E-mail\n" * 40),
    "empty": lambda path, _chance: instead(path, b""),
    "gone": lambda path, _chance: path.unlink(),
    "newer": lambda path, _chance: told(path, f"PRAGMA user_version = {migrations.HEAD + 1}"),
    "another program's": lambda path, _chance: told(path, "PRAGMA application_id = 7"),
    **{f"planted {kind}": partial(lambda path, chance, kind: plant(path, kind, chance), kind=kind) for kind in KINDS},
}
OFTEN = {"a bit": 60, "cut off": 10, "a page": 40, "a table": 10}
SAMPLE = {"move": {"a table", "random"}, "restore": {"a page", "cards", "empty", "gone", "newer", "planted trigger"}}


@pytest.fixture
def begin(qapp, tmp_path, clock, ids) -> Iterator[Callable[[Path], Start]]:
    """The start window, with a damaged workspace and a sound one used lately."""
    settings = Settings(tmp_path / "window.ini")
    settings.mode, settings.reduced_motion = "light", True
    good = tmp_path / "good.crmdesk"
    workspace.create(good, vocabulary="dialogue", country="DE", clock=clock, ids=ids).close()
    program = Program(qapp, settings=settings, clock=clock, ids=ids)
    driver = Driver(qapp, tmp_path)

    def shown(path: Path) -> Start:
        program.opening.show_start([path, good])
        driver.settle()
        return Start(program, driver)

    watch = Watch(program.theme, sizes=program.sizes, sheets=program.sheets, parent=program)
    watch.refused.connect(program.opening.refused)
    with watch:
        yield shown
    program.leave()
    driver.settle()
    qapp.setStyleSheet("")


def taken(on: Start) -> str:
    """Clicks what a person would: the first way that brings the work back, else another workspace. What it was."""
    ways = getattr(on.sheet, "buttons", {})
    way = next((each for each in ("backup", "salvage") if each in ways), "")
    if not way:
        on.click(on.sheet.footer.back)
        on.click_recent("good")
        return "another"
    on.way(way)
    on.driver.until(lambda: on.works or isinstance(on.sheet, SalvagedSheet) or said_no(on), "no end")
    if isinstance(on.sheet, SalvagedSheet):
        on.click(on.sheet.primary)
    elif not on.works:  # nothing can be read of it, and that was said
        on.click(on.sheet.footer.back)
        on.click_recent("good")
        return "another"
    return way


def said_no(on: Start) -> bool:
    """Whether the sheet stays and says that nothing came of it; there is none while a window is made."""
    return on.sheet is not None and on.sheet.error.isVisible()


def met_while_used(on: Start) -> bool:
    """Goes through all pages; whether damage was met there, and then the file was closed and the ways on are shown."""
    for screen in (each.key for each in SCREENS if each.group):
        QTimer.singleShot(0, on.window, partial(on.window.go, screen))
        on.driver.settle()
        assert not isinstance(on.sheet, CrashSheet)
        if not on.works:
            return True
    return False


@pytest.mark.parametrize("act", ["move", "restore"], ids=["without a backup", "with a backup"])
@pytest.mark.parametrize("what", DAMAGES)
def test_a_working_program_is_three_clicks_away(begin, ground, at_home, amount, tell, what, act):
    if not amount.full and what not in SAMPLE[act]:
        pytest.skip("part of the full set: python -m tests.torture ways_on")
    here = ground(act)
    at_home(here.folder)
    chance = random.Random(what)
    ends: Counter[str] = Counter()
    for _each in range(OFTEN.get(what, 1) if amount.full else 1):
        path = here.fresh() / FILE
        DAMAGES[what](path, chance)
        on = begin(path)
        on.click_recent(NAME)
        end = "opened"
        if not on.works:
            end = taken(on)
        elif met_while_used(on):
            end = f"met while used, {taken(on)}"
        on.until_works()
        assert act == "move" or what == "newer" or end == "opened" or end.endswith("backup")
        assert end == "opened" or workspace.check(on.window.context.db) == []
        ends[end] += 1
        on.window.close()
        on.driver.settle()
    tell(f"{what}, {act}: {dict(ends)}")
