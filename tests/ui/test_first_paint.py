"""A window is there before the program is loaded, with the beginning of the day as soon as that is read."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from crmdesk.services import capture, tasks, workspace
from crmdesk.ui import first_paint
from crmdesk.ui.application import fitting

ROOT = Path(__file__).parents[2]
STORY = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from crmdesk.cli import main
from crmdesk.ui import first_paint

at = []
meanwhile = first_paint._meanwhile

def watched(work):
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert len(shown) == 1, shown
    at.append((frozenset(sys.modules), shown[0].content))
    return meanwhile(work)

first_paint._meanwhile = watched
with first_paint.until_loaded("email.mime.text", PATH) as first:
    assert "email.mime.text" in sys.modules
    assert first.isVisible()
    first.close()
"""
AT_FIRST = """
heavy = {"sqlalchemy", "alembic", "sqlcipher3", "babel", "phonenumbers", "rapidfuzz", "typer", "qtawesome"}
rooms = ("crmdesk.services", "crmdesk.storage", "crmdesk.app", "crmdesk.domain.records", "crmdesk.ui.views")
loaded, content = at[0]
assert content is None
assert not heavy & loaded, heavy & loaded
assert not [each for each in loaded if each.startswith(rooms)], loaded
"""
WITH_ROWS = """
loaded, content = at[1]
assert content.list.rows.rowCount() == 2, content.list.rows.rowCount()
assert content.list.current().name == "Anna Müller"
heavy -= {"sqlcipher3"}
assert not heavy & loaded, heavy & loaded
unneeded = ("crmdesk.app", "crmdesk.domain.records", "crmdesk.storage.database", "crmdesk.ui.dialogs")
assert not [each for each in loaded if each.startswith(unneeded)], loaded
"""


def told(story: str, tmp_path: Path, *, path: Path | None = None, **changed: str) -> None:
    """Runs a story in a process of its own, over a workspace if one is named."""
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(tmp_path))
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", **changed}
    shown = f"Path({str(path)!r})" if path is not None else "None"
    done = subprocess.run(
        [sys.executable, "-c", story.replace("PATH", shown)],
        cwd=ROOT, env={key: value for key, value in environment.items() if value},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_an_empty_window_shows_while_a_thread_loads_and_nothing_heavy_is_loaded_before_it(tmp_path):
    told(STORY + AT_FIRST, tmp_path)


def test_the_beginning_of_the_day_shows_before_the_libraries_are_loaded(tmp_path, clock, ids):
    path = tmp_path / "day.crmdesk"
    db = workspace.create(path, me="Jana Lindner", country="DE", clock=clock, ids=ids)
    lead = capture.add(db, name="Anna Müller", source="business_card").lead_id
    tasks.plan(db, lead, title="Call", due_on="2026-01-05")
    db.close()
    told(STORY + AT_FIRST + WITH_ROWS, tmp_path, path=path)


def test_a_file_that_is_not_a_workspace_leaves_the_window_empty(tmp_path):
    path = tmp_path / "odd.crmdesk"
    path.write_text("nothing of the kind", encoding="utf-8")
    told(STORY + AT_FIRST + "assert at[1][1] is None", tmp_path, path=path)


def test_who_closes_the_first_window_closes_the_program(tmp_path):
    closing = "    shown[0].close()\n    return meanwhile(work)"
    story = STORY.partition("with ")[0].replace("    return meanwhile(work)", closing)
    seen = "[each for each in QApplication.topLevelWidgets() if each.isVisible()]"
    told(story + f"assert main([]) == 0\nassert not {seen}, {seen}", tmp_path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen_nothing_is_shown_and_nothing_is_loaded(tmp_path):
    story = STORY.partition("with ")[0] + "with first_paint.until_loaded('email.mime.text'):\n    pass\n"
    told(story + "assert QApplication.instance() is None", tmp_path, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")


def test_a_thread_has_ended_before_what_it_worked_on_goes(qapp, monkeypatch):
    class Slow(threading.Thread):
        def run(self) -> None:
            super().run()
            time.sleep(0.2)

    monkeypatch.setattr(first_paint, "Thread", Slow)
    assert not first_paint._meanwhile(threading.current_thread).is_alive()


@pytest.mark.parametrize(
    ("room", "taken"),
    [((1920, 1040), (1280, 800)), ((1280, 800), (1280, 760)), ((1366, 768), (1280, 728)), ((800, 600), (1024, 700))],
)
def test_the_first_window_fits_its_screen_with_its_title_bar(room, taken):
    assert fitting(QSize(*room)) == QSize(*taken)
