"""One file has one lock, whatever it is called; what is not ours to remove stays."""

from __future__ import annotations

import pytest

from crmdesk.domain.errors import BadFile, Busy
from crmdesk.domain.records import Member
from crmdesk.storage import undo
from crmdesk.storage.creating import create
from crmdesk.storage.existing import open_database
from crmdesk.words import Label


def test_a_link_to_a_file_in_use_is_in_use_too(db, workspace, clock, ids, tmp_path):
    link = tmp_path / "link.crmdesk"
    link.symlink_to(workspace)
    with pytest.raises(Busy):
        open_database(link, clock=clock, ids=ids)


def test_a_link_that_leads_nowhere_is_not_removed(clock, ids, tmp_path):
    link = tmp_path / "link.crmdesk"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(BadFile):
        create(link, clock=clock, ids=ids, settings={})
    assert link.is_symlink()


def test_a_long_step_that_somebody_took_back_does_not_pass_for_done(db):
    step = db.long_write(Label("Import"))
    with step.slice() as tx:
        tx.add(Member(name="Anna"))
    undo.take_back_unfinished(db)
    with pytest.raises(Busy):
        step.finish()
