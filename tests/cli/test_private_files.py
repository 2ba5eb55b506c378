"""What the program writes is its owner's alone, whatever the system's usual modes are."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import SRC, environment, has_open, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")

PEOPLE = "Name,E-mail\nAnna Example,anna@example.com\n,\n"


def shown(folder: Path) -> list[str]:
    """Whatever of a folder others could read."""
    return [str(each) for each in folder.rglob("*") if each.stat(follow_symlinks=False).st_mode & 0o077]


@pytest.mark.parametrize("used_before", [False, True])
def test_after_some_use_nothing_that_was_written_can_be_read_by_others(tmp_path, monkeypatch, used_before):
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    if used_before:  # by an earlier program, which left them so
        (tmp_path / "state" / "crmdesk").mkdir(parents=True)
        (tmp_path / "state" / "crmdesk" / "window.ini").write_text("[look]\nmode=dark\n")
    work, usual = tmp_path / "work", os.umask(0o022)
    work.mkdir()
    mine = work / "mine.crmdesk"
    try:
        for arguments in (
            ("new", mine, "--vocabulary", "dialogue"),
            ("import", mine, work / "people.csv"),
            ("backup", mine),
            ("backup", mine, "--to", work / "copy.crmdesk"),
        ):
            command = [sys.executable, "-m", "crmdesk", *map(str, arguments)]
            (work / "people.csv").write_text(PEOPLE)
            subprocess.run(command, env=environment(), check=True, capture_output=True, timeout=60)
            (work / "people.csv").unlink()
        window = subprocess.Popen([sys.executable, "-m", "crmdesk", str(mine)], env=environment(), cwd=SRC)
        until(lambda: has_open(mine))
        while_open = shown(work) + shown(tmp_path / "state" / "crmdesk")
        window.send_signal(signal.SIGTERM)
        assert window.wait(20) == 0
    finally:
        os.umask(usual)
    assert while_open == []
    assert shown(work) == []
    for each in ("data", "state"):
        assert stat.S_IMODE((tmp_path / each / "crmdesk").stat().st_mode) == 0o700
        assert shown(tmp_path / each / "crmdesk") == []
    assert (tmp_path / "state" / "crmdesk" / "window.ini").stat().st_size
