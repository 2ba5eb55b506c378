"""A disk that fills up while a list comes in: what is said is what is so."""

from __future__ import annotations

import pytest

from crmdesk.domain.errors import BadFile, DiskFull
from crmdesk.services import importing, workspace
from crmdesk.storage import failures
from crmdesk.storage.long_step import LongStep
from tests.support.import_lists import planned


def test_when_taking_back_finds_no_room_either_the_message_says_what_is_left(db, organiser, monkeypatch):
    plan = planned(db, organiser)

    def full(*_given: object, **_named: object) -> None:
        raise DiskFull("The disk is full.", "Nothing was changed.")

    monkeypatch.setattr(importing, "_write_slice", full)
    monkeypatch.setattr(LongStep, "cancel", full)
    with pytest.raises(DiskFull, match="still in the workspace"):
        importing.apply(db, plan)


def test_a_list_whose_last_commit_fails_is_taken_back(db, organiser, monkeypatch):
    plan = planned(db, organiser)
    people = workspace.info(db).people

    def broken(_step: LongStep, **_how: str) -> None:
        raise failures.unreadable(db.path)

    monkeypatch.setattr(LongStep, "finish", broken)
    with pytest.raises(BadFile, match="Nothing was changed"):
        importing.apply(db, plan)
    assert workspace.info(db).people == people
