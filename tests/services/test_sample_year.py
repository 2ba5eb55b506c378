"""The sample year: some eighty people, and something true to show on every screen, in every vocabulary."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.records import Lead, Opportunity, Person, Task
from crmdesk.services import samples, workspace
from crmdesk.storage import records


@pytest.mark.parametrize("vocabulary", vocabularies.shipped())
def test_the_year_has_deals_in_every_stage_promises_kept_and_missed_and_ways_off(
    tmp_path: Path, clock, ids, vocabulary: str
) -> None:
    db = workspace.create(
        tmp_path / "year.crmdesk", vocabulary=vocabulary, country="DE", sample=True, clock=clock, ids=ids
    )
    assert samples.fill(db, year=True) == 81
    today = clock.today().isoformat()
    with db.read() as connection:
        leads, deals = records.where(connection, Lead), records.where(connection, Opportunity)
        tasks, people = records.where(connection, Task), records.where(connection, Person)
    assert len(people) >= 80
    assert {deal.deal_stage for deal in deals if not deal.exit} == {"needs", "proposal", "terms", "contract"}
    assert Counter(deal.exit for deal in deals)["won"] >= 4
    assert {deal.exit_reason for deal in deals if deal.exit == "lost"} == {"price", "competitor"}
    assert {lead.exit for lead in leads} == {"", "not_now", "not_a_fit", "converted"}
    assert any(lead.wake_on == today for lead in leads)
    promises = [task for task in tasks if task.promise]
    assert any(task.done_at for task in promises)
    assert any(not task.done_at and task.due_on < today for task in promises)
    assert any(not task.done_at and task.due_on >= today for task in promises)
    assert workspace.is_sample(db)
    assert workspace.check(db) == []
    db.close()
