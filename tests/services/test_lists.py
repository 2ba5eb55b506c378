"""Lists come in the order Python's own sort gives, meet their filters, and are edited in one step each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crmdesk.domain import consent, names, schedule
from crmdesk.domain.errors import BadInput, NotFound
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.lists import PLACES, Count, ListFilter, ListQuery, Row
from crmdesk.domain.records import (
    Consent,
    ContactPoint,
    Id,
    Lead,
    Opportunity,
    Organisation,
    Person,
    Record,
)
from crmdesk.services import capture, consents, events, lists, moves, samples, tags, tasks, undo, workspace
from crmdesk.services.list_edits import BulkEdit, BulkPreview
from crmdesk.storage import lists as stored
from crmdesk.storage import records
from crmdesk.storage.database import Database
from tests.support.lists_world import World, everything

TYPES: dict[str, type[Record]] = {
    "people": Person,
    "organisations": Organisation,
    "leads": Lead,
    "opportunities": Opportunity,
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A workspace with the sample, and cards that have left the path; only read."""
    from tests.conftest import TUESDAY

    clock = FixedClock(TUESDAY)
    path = tmp_path_factory.mktemp("lists") / "lists.crmdesk"
    db = workspace.create(
        path, vocabulary="dialogue", country="DE", currency="EUR", me="Jana Lindner", clock=clock,
        ids=IdSource(clock, random.Random(7)),
    )  # fmt: skip
    samples.fill(db)
    leads = [each for each in everything(db, Lead) if not each.exit]
    moves.park(db, [leads[0].id, leads[1].id], wake_on="2026-07-01")
    moves.not_a_fit(db, [leads[2].id], reason="no_value")
    deals = [each for each in everything(db, Opportunity) if not each.exit]
    moves.lost(db, [deals[0].id], reason="price")
    thomas = workspace.add_member(db, "Thomas Koch")
    lists.bulk(db, "people", [each.id for each in everything(db, Person)][::3], BulkEdit(kind="owner", member=thomas))
    tags.add(db, [each.id for each in everything(db, Person)][::4], "VIP")
    for point in [each for each in everything(db, ContactPoint) if each.kind == "email"][::3]:
        consents.record(db, point.id, purpose="offers", state="given")
    capture.add(db, email="nobody@example.com")
    yield db
    db.close()


@pytest.fixture(scope="module")
def world(full: Database) -> World:
    return World(full)


def state_key(world: World, record: Id) -> int | None:
    card = world.card(record)
    if card is None:
        return None
    if card.exit in ("", "won"):
        return world.words.position(card.stage)
    return 100 + ["not_now", "not_a_fit", "converted", "won", "lost"].index(card.exit)


KEYS: dict[str, Callable[[World, Id], Any]] = {
    "name": lambda world, record: world.name(record),
    "organisation": lambda world, record: names.text_key(firm.name) if (firm := world.firm(record)) else None,
    "stage": state_key,
    "step": lambda world, record: world.step(record),
    "consent": lambda world, record: list(consent.STATES).index(found) if (found := world.consent(record)) else None,
    "owner": lambda world, record: world.owner(record),
    "last_contact": lambda world, record: world.contact(record),
    "created": lambda _world, record: record,
}


def sorted_plainly(world: World, place: str, sort: str, *, descending: bool) -> list[Id]:
    if sort not in {column.sort for column in lists.columns(place)}:
        sort = "name"
    key = KEYS[sort]
    everybody = sorted(world.ids(place), key=lambda each: (world.name(each), each))
    if sort == "name":
        return everybody[::-1] if descending else everybody
    known = [each for each in everybody if key(world, each) is not None]
    rest = [each for each in everybody if key(world, each) is None]
    # those of one value stay in the order of their names, also when they fall
    return [*sorted(known, key=lambda each: key(world, each), reverse=descending), *rest]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize("place", PLACES)
def test_a_list_is_sorted_as_python_sorts_it(
    full: Database, world: World, place: str, sort: str, *, descending: bool
) -> None:
    found = list(lists.ids(full, ListQuery(place=place, sort=sort, descending=descending)))
    assert found == sorted_plainly(world, place, sort, descending=descending)
    assert found


def meets(db: Database, place: str, wanted: ListFilter) -> list[Id]:
    return list(lists.ids(db, ListQuery(place=place, filter=wanted)))


def shown(db: Database, place: str, wanted: ListFilter) -> list[Row]:
    return lists.rows(db, place, meets(db, place, wanted))


def everyone(db: Database, place: str) -> list[Row]:
    return lists.rows(db, place, list(lists.ids(db, ListQuery(place=place))))


@pytest.mark.parametrize("place", PLACES)
def test_every_row_can_be_read_and_says_what_it_was_sorted_by(full: Database, world: World, place: str) -> None:
    for row in everyone(full, place):
        card = world.card(row.id)
        assert row.card_id == (card.id if card else None)
        assert (row.stage, row.exit) == ((card.stage, card.exit) if card else ("", ""))
        assert row.owner.lower() == (world.owner(row.id) or "")
        assert row.last_contact == (world.contact(row.id) or "")
        assert row.consent == (world.consent(row.id) or "")
        assert row.has_step == (world.step(row.id) is not None)
        assert row.ref


def test_a_filter_by_event_and_by_several_owners(full: Database) -> None:
    event = events.listed(full)[0]
    members = workspace.members(full)
    assert {row.event for row in shown(full, "leads", ListFilter(events=(event.id,)))} == {event.name}
    several = shown(full, "people", ListFilter(owners=tuple(each.id for each in members)))
    nobody = shown(full, "people", ListFilter(owners=(Id(0),)))
    assert {row.owner for row in nobody} == {""}
    assert len(several) + len(nobody) == len(everyone(full, "people"))


def test_cards_that_have_left_are_listed_and_found_by_how_they_left(full: Database) -> None:
    left = {
        (place, kind): [row.id for row in everyone(full, place) if row.exit == kind]
        for place in ("leads", "opportunities")
        for kind in ("not_now", "not_a_fit", "won", "lost")
    }
    for (place, kind), ids in left.items():
        assert meets(full, place, ListFilter(left=(kind,))) == ids
    assert left["leads", "not_now"]
    assert left["leads", "not_a_fit"]
    assert left["opportunities", "lost"]
    assert "2026-07-01" in {row.wake_on for row in shown(full, "leads", ListFilter(left=("not_now",)))}
    assert "no_value" in {row.exit_reason for row in shown(full, "leads", ListFilter(left=("not_a_fit",)))}
    still_open = shown(full, "leads", ListFilter(left=("open",)))
    assert {row.exit for row in still_open} == {""}
    assert len(still_open) + len(shown(full, "leads", ListFilter(left=("not_now", "not_a_fit")))) == len(
        everyone(full, "leads")
    )


def test_a_filter_by_stage_leaves_out_what_has_left_it(full: Database) -> None:
    assert {(row.stage, row.exit) for row in shown(full, "leads", ListFilter(stages=("lead",)))} == {("lead", "")}
    parked = shown(full, "leads", ListFilter(left=("not_now",)))
    assert not {row.id for row in parked} & set(meets(full, "leads", ListFilter(stages=(parked[0].stage,))))


def test_no_next_step_and_quiet_are_those_whose_cards_say_so(full: Database) -> None:
    everybody = everyone(full, "leads")
    without = {row.id for row in everybody if not row.exit and not row.has_step}
    assert set(meets(full, "leads", ListFilter(no_step=True))) == without
    words, today = workspace.vocabulary(full), full.clock.today()
    quiet = {
        row.id
        for row in everybody
        if row.id in without
        and schedule.quiet_level(
            schedule.quiet_days(row.quiet_since, today=today), row.source, role=words.stage(row.stage).role
        )
    }
    assert set(meets(full, "leads", ListFilter(quiet=True))) == quiet
    assert quiet


def test_a_filter_by_tag_and_consent_and_words(full: Database) -> None:
    tag = next(each for each in tags.listed(full) if each.name == "VIP")
    tagged = shown(full, "people", ListFilter(tags=(tag.id,)))
    assert all("VIP" in row.tags for row in tagged)
    assert len(tagged) == tag.count
    assert {row.consent for row in shown(full, "people", ListFilter(consents=("given",)))} == {"given"}
    row = everyone(full, "people")[0]
    word = row.name.split(",")[0]
    assert row.id in meets(full, "people", ListFilter(text=word))
    assert meets(full, "people", ListFilter(text="nobody is called like this")) == []
    assert meets(full, "people", ListFilter(text="!?")) == []


def test_contacts_are_people_at_an_account(full: Database, world: World) -> None:
    found = set(meets(full, "people", ListFilter(contacts=True)))
    accounts = {each.id for each in world.firms.values() if each.account_since}
    assert found == {
        each.id for each in world.people.values() if each.account_since or each.organisation_id in accounts
    }
    assert found


def test_a_person_without_a_name_comes_last_and_is_called_by_the_first_channel(full: Database) -> None:
    assert everyone(full, "people")[-1].name == "nobody@example.com"


def test_counts_are_exact_for_a_place_and_stop_at_a_thousand_when_filtered(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.write(lists.Label("x")) as tx:
        tx.add_many(Person(given=f"Person {number}") for number in range(1100))
        tx.add_many(Lead(stage="lead", exit="converted" if number < 5 else "") for number in range(1105))
    assert [lists.count(db, ListQuery(place=place)).count for place in ("people", "leads")] == [1100, 1100]
    assert [lists.reaches(db, "leads", rows) for rows in (1100, 1101)] == [True, False]
    filtered = ListQuery(place="people", filter=ListFilter(owners=(Id(0),)))
    assert lists.count(db, filtered) == Count(count=1000, exact=False)
    monkeypatch.setattr(stored, "COUNTED", 1100)
    assert lists.count(db, filtered) == Count(count=1100)
    assert lists.count(db, ListQuery(place="people", filter=ListFilter(left=("open",)))) == Count(count=0)


def test_a_list_follows_what_happens(full_copy: Database) -> None:
    db = full_copy
    lead = next(row for row in everyone(db, "leads") if not row.exit and not row.has_step)
    tasks.plan(db, lead.id, title="Call", due_on="2026-05-06")
    assert lead.id not in meets(db, "leads", ListFilter(no_step=True))
    undo.undo(db)
    assert lead.id in meets(db, "leads", ListFilter(no_step=True))


@pytest.fixture
def full_copy(full: Database, tmp_path: Path, clock: FixedClock) -> Iterator[Database]:
    import shutil

    full.checkpoint()
    path = Path(shutil.copy(full.path, tmp_path / "copy.crmdesk"))
    database = workspace.open(path, clock=clock, ids=IdSource(clock, random.Random(8)))
    yield database
    database.close()


def test_the_latest_consent_is_in_force_whenever_it_was_written_down(full_copy: Database) -> None:
    db = full_copy
    row = next(row for row in everyone(db, "people") if row.consent == "not_asked")
    point = next(each for each in everything(db, ContactPoint) if each.person_id == row.id and each.kind == "email")
    with db.write(lists.Label("x")) as tx:
        tx.add(Consent(contact_point_id=point.id, purpose="offers", state="declined", at="2026-04-02"))
        tx.add(Consent(contact_point_id=point.id, purpose="offers", state="given", at="2026-04-01"))
        tx.add(Consent(contact_point_id=point.id, purpose="marketing", state="withdrawn", at="2026-04-03"))
    assert lists.rows(db, "people", [row.id])[0].consent == "declined"


def test_a_lead_without_a_next_step_on_purpose_is_not_among_those_without(full_copy: Database) -> None:
    db = full_copy
    lead = meets(db, "leads", ListFilter(no_step=True))[0]
    with db.write(lists.Label("x")) as tx:
        tx.put(replace(records.get(tx.connection, Lead, lead), no_step=1))
    assert lead not in meets(db, "leads", ListFilter(no_step=True))


def test_a_saved_view_is_kept_found_again_and_removed(full_copy: Database) -> None:
    db, query = full_copy, ListQuery(place="leads", filter=ListFilter(no_step=True), sort="since", descending=True)
    view = lists.save_view(db, query, "No next step")
    assert [(each.id, each.name, each.query) for each in lists.views(db)] == [(view, "No next step", query)]
    assert lists.views(db)[0].count == lists.count(db, query)
    assert lists.save_view(db, replace_sort(query), "no NEXT step") == view
    lists.rename_view(db, view, "To do")
    assert lists.views(db)[0].name == "To do"
    undo.undo(db)
    assert lists.views(db)[0].name == "no NEXT step"
    lists.remove_view(db, view)
    assert lists.views(db) == []
    undo.undo(db)
    assert [each.id for each in lists.views(db)] == [view]


def replace_sort(query: ListQuery) -> ListQuery:
    return ListQuery(place=query.place, filter=query.filter)


def test_a_view_without_a_name_or_of_an_unknown_place_is_refused(full_copy: Database) -> None:
    with pytest.raises(BadInput):
        lists.save_view(full_copy, ListQuery(place="people"), " ")
    with pytest.raises(BadInput):
        lists.save_view(full_copy, ListQuery(place="fish"), "Fish")
    with pytest.raises(NotFound):
        lists.remove_view(full_copy, Id(1))


def owners(db: Database, place: str, ids: Sequence[Id]) -> set[str]:
    return {row.owner for row in lists.rows(db, place, list(ids))}


def test_an_owner_goes_to_people_and_their_open_cards_in_one_step(full_copy: Database) -> None:
    db = full_copy
    me = workspace.members(db)[0]
    people = [row for row in everyone(db, "people") if row.owner != me.name][:5]
    ids = [row.id for row in people]
    cards = [row.card_id for row in people if row.card_id and not row.exit]
    before = owners(db, "people", ids)
    edit = BulkEdit(kind="owner", member=me.id)
    told = lists.bulk_preview(db, "people", ids, edit)
    done = lists.bulk(db, "people", ids, edit)
    assert told.changed == done.changed == len(ids)
    assert owners(db, "people", ids) == {me.name}
    with db.read() as connection:
        for card in cards:
            found = records.find(connection, Lead, card) or records.find(connection, Opportunity, card)
            assert found is not None
            assert found.owner_id == me.id
    assert lists.bulk_preview(db, "people", ids, edit) == BulkPreview(changed=0, same=len(ids))
    undo.undo(db)
    assert owners(db, "people", ids) == before


def test_who_has_the_owner_of_their_card_already_does_not_change(full_copy: Database) -> None:
    db = full_copy
    made = capture.add(db, name="Anna Berg")
    assert made.person_id is not None
    edit = BulkEdit(kind="owner", member=db.member_id)
    assert owners(db, "people", [made.person_id]) == {workspace.members(db)[0].name}
    assert lists.bulk_preview(db, "people", [made.person_id], edit) == BulkPreview(changed=0, same=1)
    assert lists.bulk(db, "people", [made.person_id], edit).changed == 0


def test_of_moved_cards_those_that_pass_move_and_the_others_are_counted(full_copy: Database) -> None:
    db = full_copy
    ids = list(lists.ids(db, ListQuery(place="leads", filter=ListFilter(left=("open",)))))[:30]
    onwards = BulkEdit(kind="move", stage=workspace.vocabulary(db).path[1])
    asked = lists.bulk_preview(db, "leads", ids, onwards).asked
    assert asked
    assert lists.bulk(db, "leads", ids, onwards).stayed == asked
    stage = workspace.vocabulary(db).path[0]
    edit = BulkEdit(kind="move", stage=stage)
    told = lists.bulk_preview(db, "leads", ids, edit)
    assert told.changed
    assert told.changed + told.same + told.asked + told.converts + told.takes_back + told.blocked == len(ids)
    here = [row.id for row in lists.rows(db, "leads", ids) if row.stage == stage]
    lists.bulk(db, "leads", ids, edit)
    there = [row.id for row in lists.rows(db, "leads", ids) if row.stage == stage]
    assert len(there) == told.changed + len(here)
    undo.undo(db)
    assert [row.id for row in lists.rows(db, "leads", ids) if row.stage == stage] == here


def test_tags_the_trash_and_not_now_work_on_many(full_copy: Database) -> None:
    db = full_copy
    rows = [row for row in everyone(db, "people") if row.card_id and not row.exit and "VIP" not in row.tags][:6]
    ids = [row.id for row in rows]
    assert lists.bulk_preview(db, "people", ids, BulkEdit(kind="tag", tag="VIP")).changed == 6
    lists.bulk(db, "people", ids, BulkEdit(kind="tag", tag="VIP"))
    assert lists.bulk_preview(db, "people", ids, BulkEdit(kind="tag", tag="vip")).same == 6
    lists.bulk(db, "people", ids[:2], BulkEdit(kind="untag", tag="VIP"))
    assert [row.tags for row in lists.rows(db, "people", ids)] == [(), (), *[("VIP",)] * 4]
    leads = [row.id for row in rows if row.card_id in set(lists.ids(db, ListQuery(place="leads")))]
    told = lists.bulk_preview(db, "people", leads, BulkEdit(kind="not_now", wake_on="2026-06-01"))
    assert told.changed == len(leads)
    lists.bulk(db, "people", leads, BulkEdit(kind="not_now", wake_on="2026-06-01"))
    assert {row.exit for row in lists.rows(db, "people", leads)} == {"not_now"}
    lists.bulk(db, "people", ids, BulkEdit(kind="remove"))
    assert lists.rows(db, "people", ids) == []
    undo.undo(db)
    assert len(lists.rows(db, "people", ids)) == 6


def test_an_edit_that_says_nothing_or_of_too_many_is_refused(full_copy: Database) -> None:
    db = full_copy
    ids = list(lists.ids(db, ListQuery(place="people")))
    for edit in (BulkEdit(kind="fly"), BulkEdit(kind="tag"), BulkEdit(kind="not_now", wake_on="2020-01-01")):
        with pytest.raises(BadInput):
            lists.bulk(db, "people", ids[:1], edit)
    with pytest.raises(BadInput):
        lists.bulk(db, "people", [], BulkEdit(kind="owner"))
    with pytest.raises(BadInput):
        lists.bulk_preview(db, "people", ids * 100, BulkEdit(kind="remove"))


def test_how_many_have_no_consent(full: Database) -> None:
    rows = everyone(full, "people")
    given = [row for row in rows if row.consent in ("given", "legitimate_interest")]
    assert lists.without_consent(full, [row.id for row in rows]) == len(rows) - len(given)
    assert given
