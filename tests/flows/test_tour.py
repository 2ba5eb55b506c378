"""The tour runs to its end in a process of its own, checks the disk itself, and writes its pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

LOOKS = {
    "plain": [],
    "german, dark, narrow": ["--language", "de", "--theme", "dark", "--size", "1280x800"],
    "chinese": ["--language", "zh_TW"],
    "vietnamese, large": ["--language", "vi", "--text", "1.5"],
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_tour_proves_the_first_day(tmp_path: Path, look: str):
    if LOOKS[look] and settings.get_current_profile_name() != "full":
        pytest.skip("one look a run is enough; develop.py test --full takes them all")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "crmdesk", "tour", "--out", str(tmp_path), *LOOKS[look]],
        capture_output=True,
        text=True,
        timeout=110,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pictures = sorted(each.name for each in tmp_path.glob("*.png"))
    assert len(pictures) == 69
    assert pictures[0] == "01-start.png"
    assert pictures[-1] == "69-opened-again.png"
    assert "Traceback" not in done.stderr
