"""The program is killed at every call that writes: nothing acknowledged is lost, nothing is half done."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from pathlib import Path
from time import sleep

import pytest

from tests.torture import acts, faults, judging

needs_strace = pytest.mark.skipif(faults.STRACE is None, reason="strace is not installed")
pytestmark = pytest.mark.timeout(3600)


def states_of(worker: faults.Worker, ground) -> list[str]:
    """What stands in the records after none, one, two … of the edits of an act done in peace."""
    if not ground.states:
        before = judging.state(ground.fresh())
        done = worker.run(ground.act, ground.fresh(), states=True)
        assert done.code == 0, done.mistakes
        ground.states = [before, *done.states]
    return ground.states


def counts_of(worker: faults.Worker, ground, log: Path) -> Counter[str]:
    """How often an act done in peace calls what writes."""
    ground.counts = ground.counts or worker.count(ground.act, ground.fresh(), log)
    return Counter(ground.counts)


def points_of(counts: Counter[str], amount, *, stride: int = 1, sample: int = 2) -> list[tuple[str, int]]:
    """Where to strike: at every call that writes (of the pages every `stride`th), or at some of them."""
    pages = [("pwrite64", number) for number in range(1, counts["pwrite64"] + 1, stride)]
    others = [(call, each) for call, times in counts.items() if call != "pwrite64" for each in range(1, times + 1)]
    return amount.of(pages, 1) + amount.of(others, sample)


def found_wrong(worker: faults.Worker, ground, states: list[str], inject: str, **how: str) -> list[str]:
    ended = worker.run(ground.act, ground.fresh(), inject=inject, **how)
    assert ended.code == -signal.SIGKILL, (inject, ended)
    return judging.judge(ground.folder, states[ended.done : ended.done + 2])


@needs_strace
@pytest.mark.parametrize("act", acts.ACTS)
def test_a_kill_at_a_write_loses_nothing_and_leaves_nothing_half(worker, ground, at_home, amount, act, tmp_path, tell):
    here = ground(act)
    at_home(here.folder)
    states = states_of(worker, here)
    counts = counts_of(worker, here, tmp_path / "log")
    wrong = {}
    chosen = points_of(counts, amount)
    for call, number in chosen:
        if said := found_wrong(worker, here, states, f"{call}:signal=KILL:when={number}"):
            wrong[f"{call} {number}"] = said
    tell(f"{act}: killed at {len(chosen)} of {counts.total()} calls that write")
    assert not wrong


def test_a_kill_at_any_moment_loses_nothing(worker, ground, at_home, amount):
    here = ground("move")
    at_home(here.folder)
    states = states_of(worker, here)
    chance = random.Random(4)
    for _each in range(amount.times(200, 3)):
        child = worker.begin("move", here.fresh())
        os.kill(child, signal.SIGCONT)
        sleep(chance.uniform(0, 0.15))
        ended = worker.kill(child)
        assert judging.judge(here.folder, states[ended.done : ended.done + 2]) == []
