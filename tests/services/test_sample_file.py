"""A sample workspace goes with everything that came with it; nobody's own file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.domain.errors import Busy, RuleBroken
from crmdesk.services import backups, sample_file, workspace
from crmdesk.storage import backup


@pytest.fixture
def sample(tmp_path: Path, clock, ids) -> Path:
    path = tmp_path / "sample.crmdesk"
    db = workspace.create(path, sample=True, clock=clock, ids=ids)
    backups.make(db, "asked")
    db.close()
    return path


def test_a_sample_is_removed_with_its_backups(sample: Path) -> None:
    assert backups.listed(sample)
    sample_file.remove(sample)
    assert [each.name for each in sample.parent.iterdir()] == []
    assert not backup.folder_of(sample).exists()


def test_a_workspace_of_one_s_own_is_never_removed(tmp_path: Path, clock, ids) -> None:
    path = tmp_path / "own.crmdesk"
    workspace.create(path, clock=clock, ids=ids).close()
    with pytest.raises(RuleBroken, match="no sample"):
        sample_file.remove(path)
    assert path.exists()


def test_a_sample_that_is_open_stays(sample: Path, clock, ids) -> None:
    db = workspace.open(sample, clock=clock, ids=ids)
    with pytest.raises(Busy):
        sample_file.remove(sample)
    db.close()
    assert sample.exists()
