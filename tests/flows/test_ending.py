"""The program ends when the system says so, and leaves the file closed and whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from crmdesk.services import capture, workspace


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_sigterm_closes_the_window_and_the_file(tmp_path: Path):
    path = tmp_path / "mine.crmdesk"
    workspace.create(path, vocabulary="qualified", country="DE").close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen([sys.executable, "-m", "crmdesk", str(path)], env=environment, stderr=subprocess.PIPE)
    lock = path.with_name(path.name + "-wal")
    end = monotonic() + 20
    while not lock.exists() and monotonic() < end:
        sleep(0.05)
    sleep(1.0)
    process.send_signal(signal.SIGTERM)
    _out, said = process.communicate(timeout=10)
    assert process.returncode == 0, said.decode()
    assert not lock.exists(), "the write-ahead log is folded in"
    db = workspace.open(path)
    capture.add(db, name="Anna Example")
    assert workspace.check(db) == []
    db.close()


SLOWLY = """
import sys, time
from crmdesk.cli import main
from crmdesk.ui import first_paint

def slowly(module):
    print("seen", flush=True)
    time.sleep(1)

first_paint._loaded = slowly
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_sigterm_closes_the_first_window_while_the_program_is_loaded(tmp_path: Path):
    path = tmp_path / "mine.crmdesk"
    workspace.create(path, vocabulary="qualified", country="DE").close()
    command = [sys.executable, "-c", SLOWLY, str(path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"seen\n"
    process.send_signal(signal.SIGTERM)
    _out, said = process.communicate(timeout=20)
    assert process.returncode == 0, said.decode()
