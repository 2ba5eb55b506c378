"""A window is there before the program is loaded, and goes when the real one has come."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STORY = """
import sys
from PySide6.QtWidgets import QApplication
from crmdesk.ui import first_paint

def seen():
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]

with first_paint.until_loaded("crmdesk.domain.records"):
    assert "crmdesk.domain.records" in sys.modules
    assert len(seen()) == 1, seen()
    first_paint.leave()
    assert seen() == [], seen()
"""


def test_an_empty_window_shows_while_a_thread_loads_and_leaves_when_told(tmp_path: Path) -> None:
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(tmp_path))
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", STORY],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_without_a_screen_nothing_is_shown_and_nothing_is_loaded(tmp_path: Path) -> None:
    story = STORY.partition("with ")[0] + "with first_paint.until_loaded('crmdesk.domain.records'):\n    pass\n"
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    environment = {key: value for key, value in os.environ.items() if key not in named}
    done = subprocess.run(
        [sys.executable, "-c", story + "assert QApplication.instance() is None"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0 or not sys.platform.startswith("linux"), done.stderr
