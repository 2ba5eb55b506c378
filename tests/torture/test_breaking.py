"""What the tortures guard is broken on purpose, in the worker alone: each is found, so each torture can fail."""

from __future__ import annotations

import pytest

from tests.torture import disks, faults
from tests.torture.test_kills import found_wrong, needs_strace, states_of
from tests.torture.test_power_cut import cut_again_and_again

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(autouse=True)
def only_in_full(amount) -> None:
    if not amount.full:
        pytest.skip("part of the full set: python -m tests.torture breaking")


@needs_strace
@pytest.mark.parametrize(
    ("broken", "act"),
    [
        ("early", "move"),
        ("statements", "move"),
        ("statements", "conversion"),
        ("replace", "restore"),
        ("slices", "import"),
    ],
)
def test_a_kill_finds_what_is_broken(worker: faults.Worker, ground, at_home, tmp_path, broken, act):
    here = ground(act)
    at_home(here.folder)
    states = states_of(worker, here)
    counts = worker.count(act, here.fresh(), tmp_path / "log", broken=broken)
    points = [(call, number) for call, times in counts.items() for number in range(1, times + 1)]
    for call, number in points[:: max(1, len(points) // 60)]:
        if found_wrong(worker, here, states, f"{call}:signal=KILL:when={number}", broken=broken):
            return
    pytest.fail(f"no kill found what is broken: {broken}")


@disks.needs_mount
def test_a_power_cut_finds_a_commit_that_waits_for_no_disk(worker, disk, tmp_path):
    assert cut_again_and_again(worker, disk, tmp_path, cuts=20, broken="disk")
