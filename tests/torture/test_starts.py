"""Several programs at once on one file; starts with a window are told in `tests/flows/test_one_program.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import environment
from tests.torture import acts, judging

EDITS = 15


def lines(who: str) -> str:
    """What one of them is to do."""
    asked = [{"id": each, "verb": "workspace.add_member", "args": {"name": f"{who} {each}"}} for each in range(EDITS)]
    return "".join(json.dumps(each) + "\n" for each in asked)


def started(command: list[str], orders: Path) -> subprocess.Popen[str]:
    with orders.open(encoding="utf-8") as given:
        return subprocess.Popen(
            command, env=environment(), stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


@pytest.mark.timeout(600)
def test_terminals_at_once_lose_no_acknowledged_edit(ground, at_home, amount, monkeypatch, tmp_path):
    folder = at_home(ground("move").fresh())
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    orders = [tmp_path / f"orders {who}" for who in range(4)]
    command = [sys.executable, "-m", "crmdesk", "do", str(folder / acts.FILE)]
    for turn in range(amount.times(10, 1)):
        for who, each in enumerate(orders):
            each.write_text(lines(f"Member {turn} {who}"), encoding="utf-8")
        programs = [started(command, each) for each in orders]
        acknowledged = 0
        for each in programs:
            said, refused = each.communicate(timeout=60)
            done = said.count('"ack"')
            acknowledged += done
            assert done == EDITS or "is open in another window or program" in refused
            assert "Traceback" not in refused
        db = acts.opened(folder)
        members = [each.name for each in acts.workspace.members(db) if each.name.startswith(f"Member {turn} ")]
        db.close()
        assert len(members) == acknowledged >= EDITS
    assert judging.judge(folder) == []
