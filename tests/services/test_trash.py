"""Removing with all that is theirs, and bringing it back as it was, in any order and whatever came after."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from crmdesk.domain.errors import NotFound, RuleBroken
from crmdesk.domain.ids import FixedClock
from crmdesk.domain.records import Activity, BuyingPart, Id, Lead, Opportunity, Organisation, Person
from crmdesk.services import (
    activities,
    capture,
    consents,
    convert,
    dossiers,
    moves,
    organisations,
    people,
    qualify,
    tags,
    tasks,
    timelines,
    trash,
    undo,
    workspace,
)
from crmdesk.services.capture import Captured
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage import records
from crmdesk.storage.database import Database
from tests.support.dump import dump


def contents(db: Database) -> Any:
    with db.read() as connection:
        return dump(connection)


def stored(db: Database, kind: type, record: Id | None) -> Any:
    assert record is not None
    with db.read() as connection:
        return records.find(connection, kind, record)


def busy(db: Database, name: str = "Anna One") -> Captured:
    """Somebody with a bit of everything."""
    made = capture.add(db, name=name, organisation="One AG", email="a@one.example", source="business_card_talk")
    assert made.person_id is not None
    activities.log(db, made.lead_id, kind="call")
    tasks.plan(db, made.lead_id, title="Visit", due_on="2026-05-08")
    consents.record(db, dossiers.read(db, made.lead_id).points[0].id, purpose="offers", state="given")
    tags.add(db, [made.lead_id, made.person_id], "Gold")
    for fact in ("need", "fit", "means", "timeframe"):
        qualify.answer(db, made.lead_id, fact=fact, value="yes")
    return made


def deal_of(db: Database, made: Captured) -> Id:
    done = convert.convert(db, made.lead_id, ConvertChoice(account="new", name="Big one"))
    assert done.opportunity_id is not None
    return done.opportunity_id


def test_a_person_goes_with_all_that_is_theirs_and_comes_back_as_they_were(db: Database) -> None:
    made = busy(db)
    deal = deal_of(db, made)
    before = contents(db)
    (removal,) = trash.remove(db, [made.person_id])  # type: ignore[list-item]
    assert stored(db, Person, made.person_id) is None
    assert stored(db, Lead, made.lead_id) is None
    assert stored(db, Opportunity, deal).person_id is None
    assert workspace.check(db) == []
    people.add_point(db, made.organisation_id, "phone", "0711 555", "work")  # type: ignore[arg-type]
    undo.undo(db)
    assert trash.bring_back(db, removal) == made.person_id
    assert contents(db) == before
    assert workspace.check(db) == []


def test_later_edits_elsewhere_stay_when_somebody_comes_back(db: Database) -> None:
    made = busy(db)
    deal = deal_of(db, made)
    other = capture.add(db, name="Otto Other").person_id
    (removal,) = trash.remove(db, [made.person_id])  # type: ignore[list-item]
    with db.write(undo_label()) as tx:
        tx.put(replace_person(stored(db, Opportunity, deal), other))
    organisations.edit(db, made.organisation_id, name="Two AG")  # type: ignore[arg-type]
    trash.bring_back(db, removal)
    assert stored(db, Opportunity, deal).person_id == other  # taken meanwhile: the link was not free
    assert stored(db, Organisation, made.organisation_id).name == "Two AG"
    assert stored(db, Person, made.person_id).organisation_id == made.organisation_id
    assert workspace.check(db) == []


def undo_label() -> Any:
    from crmdesk.words import Label

    return Label("Edit {name}", args={"name": "x"})


def replace_person(deal: Opportunity, person: Id | None) -> Opportunity:
    from dataclasses import replace

    return replace(deal, person_id=person)


def test_removing_is_undone_and_done_again_by_the_journal(db: Database) -> None:
    made = busy(db)
    before = contents(db)
    trash.remove(db, [made.person_id])  # type: ignore[list-item]
    after = contents(db)
    undo.undo(db)
    assert contents(db) == before
    undo.redo(db)
    assert contents(db) == after


def test_the_history_of_what_is_gone_can_still_be_read(db: Database) -> None:
    made = busy(db)
    trash.remove(db, [made.person_id])  # type: ignore[list-item]
    told = timelines.history(db, made.person_id)  # type: ignore[arg-type]
    assert [past.action for past in told] == ["added", "removed"]
    assert told[1].label.text() == "Remove Anna One"
    with pytest.raises(NotFound):
        timelines.history(db, Id(7))


def test_a_firm_leaves_its_people_and_what_happened_with_them(db: Database) -> None:
    made = busy(db)
    only = capture.add(db, organisation="One AG").lead_id
    before, talks = contents(db), len(dossiers.read(db, made.lead_id).activities)
    (removal,) = trash.remove(db, [made.organisation_id])  # type: ignore[list-item]
    assert stored(db, Person, made.person_id).organisation_id is None
    assert len(dossiers.read(db, made.lead_id).activities) == talks
    assert stored(db, Lead, only) is None  # an attempt to win nobody
    trash.bring_back(db, removal)
    assert contents(db) == before


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_what_was_removed_together_comes_back_in_any_order_it_can(db: Database, order: tuple[int, ...]) -> None:
    made, other = busy(db), busy(db, "Ben Two")
    deal = deal_of(db, made)
    with db.write(undo_label()) as tx:
        tx.add(BuyingPart(opportunity_id=deal, person_id=other.person_id, role="pays"))
    before = contents(db)
    trash.remove(db, [made.person_id, deal, other.person_id, made.organisation_id])  # type: ignore[list-item]
    waiting = [trash.listed(db)[at].removal for at in order]
    for removal in waiting:
        trash.bring_back(db, removal)
    assert contents(db) == before
    assert workspace.check(db) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_was_removed_one_after_the_other_comes_back_in_any_order(db: Database, order: tuple[int, ...]) -> None:
    made = busy(db)
    deal = deal_of(db, made)
    before = contents(db)
    entries = [trash.remove(db, [each])[0] for each in (deal, made.person_id, made.organisation_id)]  # type: ignore[list-item]
    for at in order:
        trash.bring_back(db, entries[at])
    assert contents(db) == before


def test_a_lead_waits_for_the_person_it_belongs_to(db: Database) -> None:
    made = busy(db)
    before = contents(db)
    (lead,) = trash.remove(db, [made.lead_id])
    (person,) = trash.remove(db, [made.person_id])  # type: ignore[list-item]
    with pytest.raises(RuleBroken, match="Anna One"):
        trash.bring_back(db, lead)
    trash.bring_back(db, person)
    trash.bring_back(db, lead)
    assert contents(db) == before


def test_what_is_removed_with_another_one_is_one_entry(db: Database) -> None:
    made = busy(db)
    trash.remove(db, [made.lead_id, made.person_id])  # type: ignore[list-item]
    assert [(each.kind, each.name, each.member, each.days_left) for each in trash.listed(db)] == [
        ("person", "Anna One", "Jana Lindner", 60)
    ]


def test_after_sixty_days_the_trash_is_emptied_for_good(db: Database, clock: FixedClock) -> None:
    made = capture.add(db, name="Anna One")
    trash.remove(db, [made.person_id])  # type: ignore[list-item]
    clock._now += timedelta(days=60)
    assert trash.empty_old(db) == 0
    assert trash.listed(db)[0].days_left == 0
    clock._now += timedelta(days=2)
    assert trash.empty_old(db) == 1
    assert trash.listed(db) == []
    last = timelines.history(db)[0]
    assert last.label.text() == "Empty the trash of 1 record, for good"
    assert not last.undoable
    with pytest.raises(RuleBroken, match="for good"):
        undo.undo_step(db, last.step)
    assert trash.empty_old(db) == 0


def test_what_is_not_there_cannot_be_removed_or_brought_back(db: Database) -> None:
    with pytest.raises(NotFound):
        trash.remove(db, [Id(7)])
    with pytest.raises(NotFound):
        trash.bring_back(db, Id(7))


def test_a_lost_deal_in_the_trash_keeps_its_moves(db: Database) -> None:
    deal = deal_of(db, busy(db))
    moves.lost(db, [deal], reason="price")
    before = contents(db)
    (removal,) = trash.remove(db, [deal])
    assert contents(db)["activity"] == before["activity"]
    with db.read() as connection:
        assert all(each.opportunity_id is None for each in records.where(connection, Activity))
    trash.bring_back(db, removal)
    assert contents(db) == before
