"""The program is ended while somebody types into a form: the letters that were typed by then are in the draft."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from crmdesk.services import drafts, workspace
from tests.support.programs import environment
from tests.torture import acts

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals of a Unix system"),
    pytest.mark.timeout(600),
]

LATEST = 3.0  # seconds of typing that a kill may cost


def typing(path: Path) -> subprocess.Popen[str]:
    """The program, with somebody who types a letter each ten milliseconds and says so."""
    command = [sys.executable, "-m", "tests.torture.program", "typing", str(path), "slowly"]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str], how: signal.Signals, *, letters: int) -> tuple[int, int, float]:
    """Ends the program once so many letters are typed.

    How many had to be kept by then and how many were told, and the seconds until it was gone.
    """
    assert process.stdout is not None
    times = []
    for _each in range(letters):
        assert process.stdout.readline() == "typed\n", process.communicate()
        times.append(monotonic())
    begun = monotonic()
    process.send_signal(how)
    said, wrong = process.communicate(timeout=20)
    assert process.returncode == (-how if how == signal.SIGKILL else 0), wrong
    typed = letters + said.count("typed")
    if how != signal.SIGKILL:
        return typed, typed, monotonic() - begun
    return sum(each < begun - LATEST for each in times), typed, monotonic() - begun


def kept(path: Path) -> str:
    """What the draft of the new contact says."""
    db = workspace.open(path)
    try:
        found = drafts.take(db, "sheet:new_contact")
        assert workspace.check(db) == []
    finally:
        db.close()
    return str(json.loads(found.text)["typed"]["name"]) if found and found.text else ""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_is_typed_is_kept_however_the_program_ends(ground, at_home, amount, monkeypatch, tmp_path, tell, how):
    if how != signal.SIGTERM and not amount.full:
        pytest.skip("the sample ends it as the system does at a logout")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    chance, longest = random.Random(how), 0.0
    for _each in range(amount.times(10, 1)):
        path = at_home(ground("move").fresh()) / acts.FILE
        process = typing(path)
        least, typed, seconds = ended(process, how, letters=chance.randrange(1, amount.times(400, 60)))
        longest = max(longest, seconds)
        letters = kept(path)
        assert letters == "z" * len(letters)
        assert least <= len(letters) <= typed
    tell(f"{how.name}: gone in {longest:.1f} s at the latest")
