"""Flipped bits and files cut off: the program never crashes, and from each there is a way on to a working workspace."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crmdesk.domain.errors import CrmError, Damaged
from crmdesk.domain.lists import PLACES, ListQuery
from crmdesk.services import backups, boards, capture, lists, searches, timelines, today, undo, unopened, workspace
from crmdesk.services.backups import Salvaged
from crmdesk.storage.database import Database
from tests.torture import acts
from tests.torture.acts import FILE

pytestmark = pytest.mark.timeout(3600)

OPENED, FOUND, REFUSED = "opened", "found while used", "refused"


def used(db: Database) -> list[CrmError]:
    """A little of everything a window does; what was refused in words."""
    stages = [stage.key for stage in workspace.vocabulary(db).stages]
    tried: list[Callable[[], object]] = [
        lambda: [boards.every_card(db, stage) for stage in stages],
        lambda: [lists.rows(db, place, list(lists.ids(db, ListQuery(place=place)))[:50]) for place in PLACES],
        lambda: searches.find(db, "müller"),
        lambda: timelines.history(db),
        lambda: today.listed(db),
        lambda: capture.add(db, name="Anna Neu", source="business_card_short"),
        lambda: undo.undo(db),
        lambda: workspace.check(db),
    ]
    return [error for each in tried if (error := refused(each)) is not None]


def refused(act: Callable[[], object]) -> CrmError | None:
    try:
        act()
    except CrmError as error:
        return error
    return None


def gone_through(path: Path) -> str:
    """Opens a damaged file, uses it as far as it goes, and takes the way on where there has to be one."""
    clock, ids = acts.clock_and_ids()
    try:
        db = workspace.open(path, clock=clock, ids=ids)
    except CrmError as error:
        take_the_way_on(path, error)
        return REFUSED
    try:
        found = next((error for error in used(db) if isinstance(error, Damaged)), None)
    finally:
        db.close()
    if found is None:
        return OPENED
    take_the_way_on(path, found)
    return FOUND


def take_the_way_on(path: Path, error: CrmError) -> None:
    """As the sheet offers it: the newest good backup, else what can be read; the damaged file lies beside it then."""
    clock, ids = acts.clock_and_ids()
    trouble = unopened.look_into(path, error)
    assert trouble.what
    assert trouble.remedy
    if trouble.backup is not None:
        replaced = backups.restore(path, trouble.backup.number, clock=clock)
        assert replaced.aside or replaced.kept
    elif salvaged(path) is None:
        return  # nothing can be read, and that was said
    db = workspace.open(path, clock=clock, ids=ids)
    try:
        assert workspace.check(db) == []
        capture.add(db, name="Goes On", source="business_card_short")
    finally:
        db.close()


def salvaged(path: Path) -> Salvaged | None:
    """What comes back of it; None when that was refused in words."""
    clock, ids = acts.clock_and_ids()
    try:
        return backups.salvage(path, clock=clock, ids=ids)
    except CrmError:
        return None


def flipped(path: Path, chance: random.Random) -> None:
    """One bit: in the beginning of the file, where its tables are told, more often than it would be."""
    size = path.stat().st_size
    place = chance.randrange(4096 if chance.random() < 0.1 else size)
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def cut_off(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def overwritten(path: Path, chance: random.Random) -> None:
    """A page of another file, of the same one, or of nothing."""
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    place, other = chance.randrange(pages), chance.randrange(pages)
    page = chance.choice((bytes(4096), chance.randbytes(4096), bytes(content[other * 4096 : other * 4096 + 4096])))
    content[place * 4096 : place * 4096 + 4096] = page
    path.write_bytes(content)


@pytest.mark.parametrize("act", ["move", "restore"], ids=["without a backup", "with a backup"])
@pytest.mark.parametrize(("damage", "full", "sample"), [(flipped, 300, 6), (cut_off, 100, 2), (overwritten, 100, 3)])
def test_a_damaged_file_is_used_or_refused_with_a_way_on(
    ground, at_home, amount, monkeypatch, tell, act, damage, full, sample
):
    here = ground(act)
    at_home(here.folder)
    chance = random.Random(damage.__name__)
    ends: Counter[str] = Counter()
    for _each in range(amount.times(full, sample)):
        folder = here.fresh()
        damage(folder / FILE, chance)
        ends[gone_through(folder / FILE)] += 1
        for each in folder.glob("* (set aside *"):
            each.unlink()
    tell(f"{damage.__name__}: {dict(ends)}")


def test_a_damaged_log_beside_the_file_is_used_or_refused_with_a_way_on(
    worker, ground, at_home, amount, tell, tmp_path
):
    folder = at_home(ground("move").fresh())
    child = worker.begin(acts.STEADY, folder)
    worker.let_go(child, until=10)
    worker.kill(child)
    shutil.copytree(folder, tmp_path / "crashed")
    chance = random.Random(5)
    ends: Counter[str] = Counter()
    for _each in range(amount.times(100, 4)):
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "crashed", folder)
        chance.choice((flipped, cut_off))(folder / f"{FILE}-wal", chance)
        ends[gone_through(folder / FILE)] += 1
    tell(f"log: {dict(ends)}")
