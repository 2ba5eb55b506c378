"""Parts with a window: moves until repainted, keystrokes, memory, scrolling, and every act under the watchdog."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk import driver
from crmdesk import tour as tours
from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import Id
from crmdesk.services import tasks
from crmdesk.services.import_process import ImportProcess
from crmdesk.ui.list_screens import PeopleScreen
from crmdesk.ui.models.source import Drop
from crmdesk.ui.views.card_list import CardList
from tests.speed import story, world
from tests.speed.desk import SpeedDesk, speed_desk
from tests.speed.ground import Ground
from tests.speed.measure import Figure, timed, times
from tests.speed.watchdog import FELT_MS, WatchedApplication, watched, watched_hands
from tests.speed.world import csv_lines

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
FRAME = "p99 <= 16.7 ms"
LONG_PATIENCE = 1800.0  # seconds: the tour makes a backup of all there is, checks it and goes back to it


def window_move(ground: Ground) -> Iterator[Figure]:
    """A card to the column before, which asks nothing, by key, by drop and by menu, until both are painted again."""
    sync = ground.sync()
    with speed_desk(ground.path) as desk:
        desk.window.go("board")
        desk.rest()
        there, column = desk.window.board.strip.columns[:2]
        doors: dict[str, Callable[[Id], object]] = {
            "key": lambda _card: QTest.keyClick(column.list, K.Key_Left, CTRL),
            "drop": lambda card: desk.window.journey.drop(Drop((card,), there.stage)),
            "menu": lambda card: desk.window.mover.move([card], there.stage),
        }
        for door, act in doors.items():
            found = tuple(_moved(desk, act) for _each in range(25))
            yield Figure(what=f"move by {door} until painted", times=found[2:], floor=sync, floor_is="one commit",
                         goal="6 / 16.7 ms")  # fmt: skip
        chosen = times(lambda row: desk.painted(partial(column.list.go_to, row)), range(40))
        yield Figure(what="another card is selected, painted", times=chosen, goal=FRAME)


def _moved(desk: SpeedDesk, act: Callable[[Id], object]) -> float:
    column = desk.window.board.strip.columns[1]
    column.list.go_to(3)
    column.list.setFocus()
    desk.rest()
    card = column.list.selected_ids()[0]
    before = column.model.rowCount()
    took = desk.painted(partial(act, card))
    if desk.window.sheets.current is not None or column.model.rowCount() != before - 1:
        raise AssertionError("the card did not move")
    desk.rest()
    return took


def window_search(ground: Ground) -> Iterator[Figure]:
    """Keystrokes in the palette until the hits are painted."""
    with speed_desk(ground.path) as desk:
        field = desk.window.toolbar.search
        field.setFocus()
        found: list[float] = []
        for text in ("nguyen van anh", "müller jörg", "陳怡君", "0301 2"):
            field.clear()
            desk.rest()
            for letter in text:
                found.append(desk.settled(partial(desk.driver.write, field, letter)))
        yield Figure(what="search keystroke until painted", times=tuple(found), goal=FRAME)


def scrolling(ground: Ground) -> Iterator[Figure]:
    """Six columns scrolled by 40 px at once; the board's memory when every tenth of each column was seen."""
    with speed_desk(ground.path) as desk:
        before = _memory()
        desk.window.go("board")
        desk.rest()
        columns = desk.window.board.strip.columns

        def scroll(step: int) -> None:
            for column in columns:
                column.list.verticalScrollBar().setValue(step * 40)

        found = tuple(desk.painted(partial(scroll, step)) for step in range(1, 120))
        yield Figure(what=f"scrolling {len(columns)} columns", times=found, goal=FRAME)
        jumps = []
        for tenth in range(10):
            for column in columns:
                bar = column.list.verticalScrollBar()
                jumps.append(desk.painted(partial(bar.setValue, bar.maximum() * tenth // 10)))
        yield Figure(what="scroll bar dragged far", times=tuple(jumps), goal=FRAME)
        yield Figure(what="board memory", times=(_memory() - before,), unit="MB", goal="1.5 x of 1k")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def acts(ground: Ground) -> Iterator[Figure]:
    """What a person does in a day, each act with the longest hold of the event loop in it."""
    app = watched()
    app.longest.clear()
    with speed_desk(ground.path) as desk:
        window = desk.window
        for what, act in _day_of(desk).items():
            app.act(what, act)
            desk.rest()
        app.during = ""
        assert window.isVisible()
    yield from _held(app)


def _day_of(desk: SpeedDesk) -> dict[str, Callable[[], object]]:
    window = desk.window
    people = window.switching.page("people")
    assert isinstance(people, PeopleScreen)

    def second() -> CardList:
        return window.board.strip.columns[1].list

    with window.context.db.read() as connection:
        person, lead = (
            connection.exec_driver_sql(f"SELECT max(id) FROM {each}").scalar_one() for each in ("person", "lead")
        )
        task = connection.exec_driver_sql("SELECT max(id) FROM task WHERE done_at = ''").scalar_one()
    return {
        **{f"go to {key}": partial(window.go, key) for key in ("board", "deals", "people", "organisations", "today")},
        "open a record": partial(window.open_record, person),
        "show a card": partial(window.show_card, lead),
        "select a card": lambda: second().go_to(5),
        "move a card": lambda: window.mover.move(window.board.selected_ids(), window.board.strip.columns[0].stage),
        "undo": window.undoing.undo,
        "select a column": lambda: second().select_everything(),
        "clear it": lambda: second().clearSelection(),
        "tick a task off": partial(tasks.done, window.context.db, task),
        "people again": partial(window.go, "people"),
        "sort people by stage": partial(people.pane._on_sort, "stage"),
        "jump to the end": lambda: people.pane.table.go_to(people.pane.table.model().rowCount() - 1),
        "tick all people": lambda: people.pane.table.model().tick_all(on=True),
        "tick none": lambda: people.pane.table.model().tick_all(on=False),
        "search people": partial(people.pane.search_for, "nguyen"),
    }  # fmt: skip


def tour(ground: Ground) -> Iterator[Figure]:
    """The whole tour under the watchdog, its story told among all the people there are."""
    app = watched()
    app.longest.clear()
    story.tell_in(ground.path)
    driver.PATIENCE = LONG_PATIENCE
    acts_of = tours.ACTS
    tours.ACTS = tuple(_Noted(app, act) for act in acts_of)
    try:
        with watched_hands(app):
            tours.run(ground.folder, tours.Look(), file=ground.path)
    except CrmError as error:
        ground.told(f"the tour stopped: {error}")
    finally:
        tours.ACTS = acts_of
        app.during = ""
    yield from _held(app)


def _held(app: WatchedApplication) -> Iterator[Figure]:
    """The longest hold of the event loop in each act, the worst first."""
    for gap in app.held():
        yield Figure(what=f"held by: {gap.during}", times=(gap.ms,), goal=f"<= {FELT_MS:.0f} ms",
                     floor_is=gap.what, notes={"cpu": gap.cpu})  # fmt: skip


class _Noted:
    """An act of the tour that says which one is under way."""

    def __init__(self, app: WatchedApplication, act: Callable[[tours.Tour], None]) -> None:
        self._app, self._act, self.__name__ = app, act, act.__name__

    def __call__(self, one: tours.Tour) -> None:
        self._app.during = self.__name__
        self._act(one)


def busy(ground: Ground) -> Iterator[Figure]:
    """A list comes in, through the window's own door, while that is used: frames, and how long an edit waits."""
    path = ground.folder / "busy.csv"
    path.write_text("".join(csv_lines(5_000, seed=8)), encoding="utf-8")
    with speed_desk(ground.path) as desk:
        desk.window.go("board")
        desk.rest()
        idle = _frames(desk, lambda: False, least=150)
        db = desk.window.context.db
        lists = ImportProcess(db)
        plan = lists.plan(lists.look(path), source="business_card_short")
        ended: list[object] = []
        desk.window.context.work.start(
            "speed", lambda _job: lists.apply(plan), finished=ended.append, failed=ended.append
        )
        task_ids = world.some(db, "task", where="done_at = ''", count=40)
        waits: list[float] = []
        frames: list[float] = []
        while not ended:
            frames += _frames(desk, lambda: bool(ended), least=15)
            if task_ids and not ended:
                waits.append(timed(partial(tasks.done, db, task_ids.pop())))
                desk.painted(int)
        if isinstance(ended[0], Exception):
            raise ended[0]
        floor = sorted(idle)[int(len(idle) * 0.99)]
        yield Figure(what="frames while importing", times=tuple(frames), floor=floor, floor_is="idle p99",
                     goal="p99 1.15 x idle p99", notes={"longest": max(frames)})  # fmt: skip
        yield Figure(what="an edit while importing", times=tuple(waits), goal="<= 150 ms", notes={"worst": max(waits)})


def _frames(desk: SpeedDesk, over: Callable[[], bool], *, least: int) -> list[float]:
    """What it takes to scroll and paint a frame, one every 16 ms."""
    found = []
    bar = desk.window.board.strip.columns[0].list.verticalScrollBar()
    for each in range(least):
        if over():
            break
        found.append(desk.painted(partial(bar.setValue, each * 20)))
        time.sleep(max(0.0, 16 - found[-1]) / 1000)  # QTest's own wait keeps Python's other threads from working
    return found


def start(ground: Ground) -> Iterator[Figure]:
    """From the start of the process to the first paint, and to a filled page; the floor is a bare window."""
    bare, ours = _starts("bare", ground.path), _starts("ours", ground.path)
    floor = sorted(each[0] for each in bare)[len(bare) // 2]
    marks = (("to the first paint", "<= 1.5 x"), ("to a filled page", "<= 2 x"), ("until nothing waits", "1 s after"))
    for at, (name, goal) in enumerate(marks):
        found = tuple(each[at] for each in ours)
        yield Figure(what=f"start {name}", times=found, goal=goal, floor=floor, floor_is="bare QMainWindow")
    gaps = tuple(each[3] for each in ours)
    yield Figure(what="longest gap after the first paint", times=gaps, goal="<= 50 ms")


def _starts(kind: str, path: Path, count: int = 5) -> list[list[float]]:
    # Compiled modules are kept, as in an installed program; the first start makes them and does not count.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(world.cache_folder() / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    found = []
    for _each in range(count + 1):
        with tempfile.TemporaryDirectory() as home:
            told = subprocess.run(
                [sys.executable, "-m", "tests.speed.child", kind, str(path), home, str(time.monotonic())],
                capture_output=True, text=True, env=environment, check=True, timeout=120,
            )  # fmt: skip
        found.append([float(each) for each in told.stdout.split()])
    return found[1:]
