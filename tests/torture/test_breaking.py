"""What the tortures guard is broken on purpose, in a process of its own: each is found, so each torture can fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import environment
from tests.torture import disks, faults
from tests.torture.test_io_errors import found_at
from tests.torture.test_kills import found_wrong, needs_strace, states_of
from tests.torture.test_power_cut import cut_again_and_again

pytestmark = pytest.mark.timeout(600)

HERE = Path(__file__).parent
HELD = {"kills", "io_errors", "power_cut"}  # broken in the worker alone, see below
BITTEN = [
    pytest.param("clock", "test_history_and_undo", "time"),
    pytest.param("damage", "overwritten and without", "words"),
    pytest.param("ends", "SIGTERM or 15", "drafts"),
    pytest.param("full_disk", "refuses_in_words and move", "words", marks=disks.needs_mount),
    pytest.param("full_disk", "stays_in_the_form", "form", marks=disks.needs_mount),
    pytest.param("long_use", "", "sheets"),
    pytest.param("planted", "leads_on and trigger", "planted"),
    pytest.param("read_only", "without_the_right", "writable"),
    pytest.param("search_strings", "no_string_breaks", "search"),
    pytest.param("starts", "", "lock"),
    pytest.param("ways_on", "backup", "ways"),
]


@pytest.fixture(autouse=True)
def only_in_full(amount, request: pytest.FixtureRequest) -> None:
    if not amount.full and request.function is not test_each_torture_is_seen_failing:
        pytest.skip("part of the full set: python -m tests.torture breaking")


def test_each_torture_is_seen_failing():
    parts = {each.stem.removeprefix("test_") for each in HERE.glob("test_*.py")} - {"breaking"}
    assert {each.values[0] for each in BITTEN} | HELD == parts


@pytest.mark.parametrize(("part", "which", "broken"), BITTEN)
def test_a_torture_fails_where_what_it_guards_is_broken(part, which, broken):
    chosen = ["-k", which] if which else []
    command = [sys.executable, "-m", "pytest", str(HERE / f"test_{part}.py"), "-x", "-p", "no:randomly", *chosen]
    variables = {**environment(), "CRMDESK_TORTURE": "", "CRMDESK_TORTURE_BROKEN": broken}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, cwd=os.getcwd())
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout
    assert "1 failed" in done.stdout.splitlines()[-1] or "\nFAILED " in done.stdout, done.stdout


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


@needs_strace
@pytest.mark.parametrize("broken", ["words", "statements"])
def test_an_error_of_the_disk_finds_what_is_broken(worker: faults.Worker, ground, at_home, tmp_path, broken):
    here = ground("move")
    at_home(here.folder)
    states = states_of(worker, here)
    counts = worker.count("move", here.fresh(), tmp_path / "log", broken=broken)
    for number in range(1, counts["pwrite64"] + 1, 7):
        if found_at(worker, here, states, f"pwrite64:error=EIO:when={number}", broken=broken)[0]:
            return
    pytest.fail(f"no error found what is broken: {broken}")


@disks.needs_mount
def test_a_power_cut_finds_a_commit_that_waits_for_no_disk(worker, disk, tmp_path):
    assert cut_again_and_again(worker, disk, tmp_path, cuts=20, broken="disk")
