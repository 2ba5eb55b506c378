"""A new workspace is there whole or not at all, also when the program ends while it is made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from crmdesk.services import sample_file, workspace

_KILLED = """
import os, sys
from pathlib import Path
from crmdesk.domain.ids import IdSource, SystemClock
from crmdesk.services import sample_file, samples
from crmdesk.storage import creating

clock = SystemClock()
ids, path = IdSource(clock), Path(sys.argv[2])
if sys.argv[1] == "workspace":
    creating.create(path, clock=clock, ids=ids, settings={"name": "Fair"}, fill=lambda tx: os._exit(9))
samples.fill = lambda db, *, year: os._exit(9)
sample_file.make(path, vocabulary="dialogue", name="Sample", clock=clock, ids=ids)
"""


def killed_while_making(what: str, path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED, what, str(path)], check=False, timeout=60)
    assert ended.returncode == 9


def test_a_program_killed_while_it_makes_a_workspace_leaves_none_and_the_next_one_makes_it(tmp_path, clock, ids):
    path = tmp_path / "fair.crmdesk"
    killed_while_making("workspace", path)
    assert not path.exists()
    workspace.create(path, vocabulary="dialogue", clock=clock, ids=ids).close()
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".lock"] == ["fair.crmdesk"]


def test_a_program_killed_while_it_fills_a_sample_leaves_none_and_the_next_one_makes_it(tmp_path, clock, ids):
    path = tmp_path / "sample.crmdesk"
    killed_while_making("sample", path)
    assert not path.exists()
    db = sample_file.make(path, vocabulary="dialogue", name="Sample", clock=clock, ids=ids)
    assert workspace.is_sample(db)
    db.close()
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".lock"] == ["sample.crmdesk"]
