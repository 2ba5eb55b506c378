"""The tour runs to its end in a process of its own, checks the disk itself, and writes its pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "look", [[], ["--language", "de", "--theme", "dark", "--text", "1.5", "--size", "1280x800"]], ids=["plain", "other"]
)
def test_the_tour_proves_the_main_job(tmp_path: Path, look: list[str]):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "crmdesk", "tour", "--out", str(tmp_path), *look],
        capture_output=True,
        text=True,
        timeout=100,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pictures = sorted(each.name for each in tmp_path.glob("*.png"))
    assert len(pictures) == 25
    assert pictures[0] == "01-start.png"
    assert pictures[-1] == "25-opened-again.png"
    assert "Traceback" not in done.stderr
