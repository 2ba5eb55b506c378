"""One running program per workspace."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crmdesk.domain.errors import Busy, NotFound
from crmdesk.storage.lock import WorkspaceLock

HOLD = """
import sys
from pathlib import Path
from crmdesk.storage.lock import WorkspaceLock
lock = WorkspaceLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def test_a_second_lock_is_refused_in_this_program_and_from_another(tmp_path):
    path = tmp_path / "a.crmdesk"
    lock = WorkspaceLock(path)
    with pytest.raises(Busy):
        WorkspaceLock(path)
    lock.release()
    other = holder(path)
    try:
        with pytest.raises(Busy, match=r"“a\.crmdesk” is open in another window"):
            WorkspaceLock(path)
    finally:
        end(other)


def test_a_lock_left_by_a_crash_is_taken_over_without_asking(tmp_path):
    path = tmp_path / "a.crmdesk"
    other = holder(path)
    os.kill(other.pid, signal.SIGKILL)
    other.communicate()
    assert (tmp_path / "a.crmdesk.lock").exists()
    WorkspaceLock(path).release()


def test_a_released_lock_leaves_no_file_and_can_be_taken_again(tmp_path):
    lock = WorkspaceLock(tmp_path / "a.crmdesk")
    assert stat.S_IMODE(lock.path.stat().st_mode) == 0o600
    lock.release()
    lock.release()
    assert list(tmp_path.iterdir()) == []
    WorkspaceLock(tmp_path / "a.crmdesk").release()


def test_a_lock_file_removed_between_opening_and_locking_is_made_anew(tmp_path, monkeypatch):
    from crmdesk.storage import lock as module

    real, removed = module._try_lock, []

    def remove_first(handle: int) -> None:
        real(handle)
        if not removed:
            removed.append(handle)
            (tmp_path / "a.crmdesk.lock").unlink()

    monkeypatch.setattr(module, "_try_lock", remove_first)
    lock = WorkspaceLock(tmp_path / "a.crmdesk")
    assert lock.path.exists()
    with pytest.raises(Busy):
        WorkspaceLock(tmp_path / "a.crmdesk")
    lock.release()


def test_two_workspaces_have_two_locks(tmp_path):
    one, other = WorkspaceLock(tmp_path / "a.crmdesk"), WorkspaceLock(tmp_path / "b.crmdesk")
    one.release()
    other.release()


def test_a_lock_in_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NotFound, match="folder"):
        WorkspaceLock(tmp_path / "nowhere" / "a.crmdesk")
