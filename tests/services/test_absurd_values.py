"""Amounts, days, limits, choices and reasons that no person means are refused in words, and nothing is changed."""

from __future__ import annotations

from typing import Any

import pytest

from crmdesk.domain.errors import BadInput, CrmError, RuleBroken
from crmdesk.domain.records import Id
from crmdesk.services import (
    activities,
    capture,
    convert,
    dossiers,
    evidence,
    moves,
    qualify,
    searches,
    tasks,
    verbs,
    workspace,
)
from crmdesk.services.evidence import EvidenceInput
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage.database import Database
from tests.support.dump import dump

INVISIBLE = ("\u200b", "\u2060", "\u202e \u2066", "\u200d", "\u00ad")


@pytest.fixture
def lead(db: Database) -> Id:
    return capture.add(db, name="Katrin Bauer").lead_id


def refused(db: Database, call: Any, error: type[CrmError] = BadInput) -> None:
    """The call is refused with a thing and a remedy, and nothing is changed."""
    before = stored(db)
    with pytest.raises(error) as told:
        call()
    assert told.value.what
    assert told.value.remedy
    assert stored(db) == before


def stored(db: Database) -> Any:
    with db.read() as connection:
        return dump(connection)


@pytest.mark.parametrize(
    ("cents", "currency"),
    [(-1, "EUR"), (10**15 + 1, "EUR"), (2**63 - 1, "EUR"), (100, ""), (100, "euro"), (100, "ÄÖÜ"), (100, "E1R"),
     (None, "eu"), (100, "eur")],
)  # fmt: skip
def test_an_amount_nobody_means_is_refused_by_every_door(
    db: Database, lead: Id, cents: int | None, currency: str
) -> None:
    amount: dict[str, Any] = {"amount_cents": cents, "currency": currency}
    bought = EvidenceInput(fact="purchase", **amount)
    for call in (
        lambda: qualify.answer(db, lead, fact="means", value="yes", **amount),
        lambda: convert.convert(db, lead, ConvertChoice(account="none", because="Met", **amount)),
        lambda: activities.log(db, lead, kind="purchase", **amount),
        lambda: evidence.record(db, lead, evidence=[bought]),
    ):
        refused(db, call)


def test_the_largest_amounts_add_up(db: Database, lead: Id) -> None:
    other = capture.add(db, name="Lea Ready").lead_id
    for each in (lead, other):
        qualify.answer(db, each, fact="means", value="yes", amount_cents=10**15, currency="EUR")
    assert workspace.check(db) == []


@pytest.mark.parametrize("day", ["2026-05-04", "2036-05-06", "9999-12-31", "0001-01-01"])
def test_nobody_is_parked_into_the_past_or_for_ages(db: Database, lead: Id, day: str) -> None:
    refused(db, lambda: moves.park(db, [lead], wake_on=day))


@pytest.mark.parametrize("day", ["2026-05-05", "2036-05-05"])
def test_who_is_parked_wakes_today_at_the_earliest(db: Database, lead: Id, day: str) -> None:
    moves.park(db, [lead], wake_on=day)
    assert dossiers.read(db, lead).subject.exit == "not_now"


@pytest.mark.parametrize("day", ["1999-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_days_of_another_century_are_typing_mistakes(db: Database, lead: Id, day: str) -> None:
    refused(db, lambda: tasks.plan(db, lead, title="Call", due_on=day))
    refused(db, lambda: convert.convert(db, lead, ConvertChoice(account="none", because="Met", expected_close=day)))


@pytest.mark.parametrize("at", ["2026-05-07", "2026-05-07T00:00Z", "9999-12-31T23:59-14:00", "0001-01-01T00:00+14:00"])
def test_nothing_has_happened_after_tomorrow(db: Database, lead: Id, at: str) -> None:
    refused(db, lambda: activities.log(db, lead, kind="call", direction="out", at=at))
    happened = EvidenceInput(fact="dialogue", kind="call", direction="in", at=at)
    refused(db, lambda: evidence.record(db, lead, evidence=[happened]))


def test_what_happened_may_be_dated_tomorrow_where_it_is_tomorrow_already(db: Database, lead: Id) -> None:
    assert activities.log(db, lead, kind="call", direction="out", at="2026-05-06")


def test_a_search_finds_no_negative_number(db: Database) -> None:
    with pytest.raises(BadInput):
        searches.find(db, "katrin", limit=-1)


@pytest.mark.parametrize("field", ["account", "contact", "opportunity"])
def test_a_choice_that_is_none_is_refused(db: Database, lead: Id, field: str) -> None:
    choice = ConvertChoice(because="Met", **{field: "bogus"})  # type: ignore[arg-type]
    refused(db, lambda: convert.preview(db, lead, choice))
    refused(db, lambda: convert.convert(db, lead, choice))


@pytest.mark.parametrize("reason", INVISIBLE)
def test_a_reason_nobody_can_see_is_none(db: Database, lead: Id, reason: str) -> None:
    refused(db, lambda: moves.move(db, [lead], "prospect", because=reason), RuleBroken)
    refused(db, lambda: convert.convert(db, lead, ConvertChoice(account="none", because=reason)), RuleBroken)
    refused(db, lambda: evidence.record(db, lead, evidence=[EvidenceInput(fact="scored", note=reason)]))


def test_a_reason_is_kept_in_one_visible_line(db: Database, lead: Id) -> None:
    moves.move(db, [lead], "prospect", because="Plant tour\u202e is\nagreed")
    assert dossiers.read(db, lead).moves[-1].reason == "Plant tour is agreed"


@pytest.mark.parametrize("number", [2**63, -(2**70), 10**30])
def test_a_number_no_file_can_hold_is_refused(db: Database, number: int) -> None:
    refused(db, lambda: verbs.call(db, "undo.undo_step", {"step": number}))
