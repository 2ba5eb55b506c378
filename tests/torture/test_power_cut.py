"""The power goes: what is on the disk at that moment, and nothing else, is what comes back."""

from __future__ import annotations

import os
import random
import shutil
import signal
from pathlib import Path
from time import sleep

import pytest

from tests.torture import acts, disks, faults

pytestmark = [disks.needs_mount, pytest.mark.timeout(3600)]


def cut(worker: faults.Worker, child: int, disk: disks.Disk, copy: Path) -> int:
    """The disk as it is while the program stands still; how many edits are acknowledged by then."""
    os.kill(child, signal.SIGSTOP)
    while faults.state_of(child) not in "TZ":
        sleep(0.001)
    shutil.copyfile(disk.image, copy)
    done = worker.seen().done
    os.kill(child, signal.SIGCONT)
    return done


def lost(image: Path, root: Path, done: int) -> list[str]:
    """What is wrong on a disk that comes up again."""
    again = disks.Disk(root, "ext4", image=image)
    try:
        db = acts.opened(again.folder, seed=3)
        try:
            found = acts.planned_steps(db)
            wrong = [str(each) for each in acts.workspace.check(db)]
        finally:
            db.close()
    finally:
        again.close()
    if found != list(range(len(found))) or not done <= len(found) <= done + 1:
        wrong.append(f"{done} edits were acknowledged, and there are {len(found)}")
    return wrong


def cut_again_and_again(worker: faults.Worker, disk, tmp_path: Path, *, cuts: int, broken: str = "") -> list[str]:
    """Cuts at random moments of steady use, while writing and while idle."""
    real = disk("ext4")
    acts.ready(real.folder)
    os.sync()
    wrong, chance = [], random.Random(6)
    child = worker.begin(acts.STEADY, real.folder, broken=broken)
    try:
        worker.let_go(child, until=5)
        for number in range(cuts):
            sleep(chance.uniform(0.01, 0.2))
            copy = tmp_path / f"copy {number}"
            wrong += lost(copy, tmp_path / f"again {number}", cut(worker, child, real, copy))
            copy.unlink()
    finally:
        worker.kill(child)
    return wrong


def test_no_acknowledged_edit_is_lost_when_the_power_goes(worker, disk, amount, tmp_path, tell):
    cuts = amount.times(200, 3)
    assert cut_again_and_again(worker, disk, tmp_path, cuts=cuts) == []
    tell(f"power: {cuts} cuts")
