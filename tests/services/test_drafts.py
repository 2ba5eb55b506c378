"""Drafts in the workspace's file: kept, given back, removed, swept; no step of the history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crmdesk.domain.errors import ReadOnly
from crmdesk.services import drafts, timelines
from crmdesk.storage.existing import open_database
from tests.conftest import TUESDAY


def test_a_draft_is_there_again_after_the_file_was_closed(db, clock, ids):
    drafts.keep(db, {"sheet:new": "Anna", "sheet:log": "Called"})
    db.close()
    again = open_database(db.path, clock=clock, ids=ids)
    assert drafts.take(again, "sheet:new") == drafts.Kept("Anna", TUESDAY)
    assert drafts.take(again, "sheet:other") is None
    again.close()


def test_an_empty_draft_removes_what_was_kept(db):
    drafts.keep(db, {"sheet:new": "Anna"})
    drafts.keep(db, {"sheet:new": ""})
    assert drafts.take(db, "sheet:new") is None


def test_keeping_a_draft_is_no_step_and_tells_nobody(db):
    heard = []
    db.subscribe(heard.append)
    drafts.keep(db, {"sheet:new": "Anna"})
    assert len(timelines.history(db)) == 1, "making the workspace"
    assert heard == []


def test_drafts_of_more_than_90_days_are_swept(db, clock, ids):
    drafts.keep(db, {"old": "Anna"})
    clock._now += timedelta(days=89)
    drafts.keep(db, {"new": "Bert"})
    assert drafts.sweep(db) == 0
    clock._now += timedelta(days=2)
    assert drafts.sweep(db) == 1
    assert drafts.take(db, "old") is None
    assert drafts.take(db, "new") is not None


def test_a_file_that_is_only_read_takes_no_draft(db, clock, ids):
    db.close()
    reading = open_database(db.path, clock=clock, ids=ids, read_only=True)
    with pytest.raises(ReadOnly):
        drafts.keep(reading, {"sheet:new": "Anna"})
    reading.close()
