"""Several programs at once on one file; starts with a window are told in `tests/flows/test_one_program.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import environment
from tests.torture import acts, judging

PROGRAMS, EDITS = 3, 15


def started(path: Path) -> subprocess.Popen[str]:
    """A terminal that waits for what it is to write."""
    command = [sys.executable, "-m", "tests.torture.program", "do", str(path)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def asked(process: subprocess.Popen[str], name: str) -> bool:
    """Whether it writes one more edit, or False when it has been refused."""
    assert process.stdin is not None
    assert process.stdout is not None
    line = json.dumps({"id": 1, "verb": "workspace.add_member", "args": {"name": name}})
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        return False
    return process.stdout.readline().startswith('{"ack"')


def members(folder: Path) -> set[str]:
    db = acts.opened(folder)
    try:
        return {each.name for each in acts.workspace.members(db)}
    finally:
        db.close()


@pytest.mark.timeout(600)
def test_of_terminals_at_once_one_writes_and_the_others_are_refused(ground, at_home, amount, monkeypatch, tmp_path):
    folder = at_home(ground("move").fresh())
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for turn in range(amount.times(10, 1)):
        programs = [started(folder / acts.FILE) for _each in range(PROGRAMS)]
        wrote = [each for each in programs if asked(each, f"First of {turn}")]
        assert len(wrote) == 1
        names = {f"Member {turn} {number}" for number in range(EDITS)}
        assert all(asked(wrote[0], each) for each in sorted(names))
        if turn % 2:
            wrote[0].kill()  # the lock it leaves behind asks nobody anything
        for each in programs:
            _said, refused = each.communicate(timeout=60)
            assert "Traceback" not in refused
            assert each is wrote[0] or "is open in another window or program" in refused
        assert names <= members(folder)
    assert judging.judge(folder) == []
