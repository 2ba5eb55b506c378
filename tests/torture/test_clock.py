"""The clock is set back and ahead between edits: what counts is the order in which things were done."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from crmdesk.domain.errors import NotFound
from crmdesk.services import backups, capture, timelines, undo, workspace
from tests.conftest import TUESDAY
from tests.torture import judging
from tests.torture.acts import FILE

YEAR = timedelta(days=365)


@pytest.fixture
def jumping(ground, at_home, clock, ids):
    """An open workspace whose clock may be set."""
    folder = at_home(ground("move").fresh())
    clock.advance(TUESDAY - clock.now())
    db = workspace.open(folder / FILE, clock=clock, ids=ids)
    yield db
    db.close()
    assert judging.judge(folder) == []


def test_history_and_undo_follow_the_order_of_the_edits(jumping, clock, amount):
    chance, names = random.Random(9), []
    before = len(timelines.history(jumping, limit=5000))
    for number in range(amount.times(200, 12)):
        clock.advance(chance.choice((-7, -1, 1, 9)) * YEAR / 10)
        names.append(f"Person Number{number}")
        capture.add(jumping, name=names[-1], source="business_card_short")
    told = timelines.history(jumping, limit=5000)
    assert [each.step for each in told] == sorted((each.step for each in told), reverse=True)
    assert len(told) - before == len(names)
    people = workspace.info(jumping).people
    for number, past in enumerate(told[: len(names)], start=1):
        clock.advance(chance.choice((-3, 3)) * YEAR / 10)
        assert undo.undo(jumping).step == past.step
        assert workspace.info(jumping).people == people - number
    for _each in names:
        undo.redo(jumping)
    with pytest.raises(NotFound):
        undo.redo(jumping)
    assert workspace.info(jumping).people == people


def test_a_clock_set_back_thins_no_backup_away_and_the_newest_is_the_last_made(jumping, clock):
    for jump in (timedelta(0), -5 * YEAR, timedelta(hours=1), -2 * YEAR, timedelta(minutes=1)):
        clock.advance(jump)
        capture.add(jumping, name=f"At {clock.now():%Y}", source="business_card_short")
        backups.make(jumping)
    assert [each.number for each in backups.listed(jumping.path)] == [5, 4, 3, 2, 1]
    assert not backups.is_due(jumping)


def test_a_clock_set_ahead_and_back_again_leaves_backups_from_before_and_the_newest(jumping, clock):
    for jump in (timedelta(0), timedelta(hours=1), 10 * YEAR, -10 * YEAR, timedelta(hours=1)):
        clock.advance(jump)
        capture.add(jumping, name=f"At {clock.now():%Y}", source="business_card_short")
        backups.make(jumping)
    numbers = [each.number for each in backups.listed(jumping.path)]
    assert numbers[:3] == [5, 4, 3]
    assert set(numbers) & {1, 2}
