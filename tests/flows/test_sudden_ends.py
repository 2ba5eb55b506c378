"""What was typed and not saved outlives every end of the real program, and the next start gives it back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from crmdesk import paths
from crmdesk.services import crashes, drafts, workspace
from tests.support.programs import environment, ran
from tests.support.typing_program import NAME

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of a Unix system")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mine.crmdesk"
    workspace.create(made, vocabulary="dialogue", country="DE").close()
    return made


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def typing(path: Path, what: str) -> subprocess.Popen[bytes]:
    """The program after somebody has typed."""
    command = [sys.executable, "-m", "tests.support.typing_program", str(path), what]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    if what != "fault":
        said = process.stdout.readline()
        assert said == b"typed\n", process.communicate()
    return process


def ended(process: subprocess.Popen[bytes]) -> bytes:
    return process.communicate(timeout=20)[1]


def kept(path: Path, key: str) -> str:
    db = workspace.open(path, read_only=True)
    try:
        found = drafts.take(db, key)
        return found.text if found else ""
    finally:
        db.close()


def key_of_form(path: Path) -> str:
    db = workspace.open(path)
    try:
        with db.read() as connection:
            keys = [row[0] for row in connection.exec_driver_sql("SELECT key FROM draft")]
    finally:
        db.close()
    assert len(keys) == 1, keys
    return str(keys[0])


def test_a_form_survives_kill_9(path):
    process = typing(path, "form")
    sleep(1.0)
    process.kill()
    ended(process)
    assert json.loads(kept(path, key_of_form(path)))["typed"]["name"] == NAME


def test_what_was_typed_at_the_foot_of_a_column_survives_kill_9(path):
    process = typing(path, "foot")
    sleep(1.0)
    process.kill()
    ended(process)
    assert kept(path, key_of_form(path)) == NAME


def test_sigterm_keeps_the_form_and_the_process_is_gone_in_three_seconds(path):
    process = typing(path, "form")
    begun = monotonic()
    process.send_signal(signal.SIGTERM)
    said = ended(process)
    assert monotonic() - begun < 3
    assert process.returncode == 0, said
    assert not path.with_name(path.name + "-wal").exists()
    assert json.loads(kept(path, key_of_form(path)))["typed"]["name"] == NAME


def test_the_program_goes_on_after_a_mistake_and_its_report_names_nobody(path):
    process = typing(path, "mistake")
    process.send_signal(signal.SIGTERM)
    said = ended(process)
    assert process.returncode == 0, said
    (report,) = crashes.listed()
    assert "LookupError" in report.text
    assert "Records: " in report.text
    assert NAME not in report.text


def test_a_hard_crash_leaves_a_report_for_the_next_start(path):
    process = typing(path, "fault")
    ended(process)
    assert process.returncode == -signal.SIGSEGV
    assert crashes.listed() == []
    again = typing(path, "form")
    again.send_signal(signal.SIGTERM)
    ended(again)
    (report,) = crashes.listed()
    assert "Segmentation fault" in report.text
    assert str(Path.home()) not in report.text
    assert "Segmentation fault" in ran("report").stdout.decode()


def test_neither_log_nor_report_nor_settings_name_anybody(path, tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text(f"Name,E-mail\n{NAME},zausel@quorin.example\n", encoding="utf-8")
    assert ran("import", path, listed).returncode == 0
    for what in ("mistake", "foot", "fault"):
        process = typing(path, what)
        sleep(0.8)
        process.send_signal(signal.SIGTERM)
        ended(process)
    assert ran("do", path, lines=b'{"verb": "nothing", "args": {"name": "Zausel"}}').returncode == 1
    files = [each for each in paths.state_folder().rglob("*") if each.is_file()]
    assert {"crmdesk.log", "window.ini"} <= {each.name for each in files}
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace").casefold()
        assert "zausel" not in text, file.name
        assert "quorin" not in text, file.name
