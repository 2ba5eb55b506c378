"""Quiet levels and due wording from days alone; which consent is in force, and which is strictest."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain import consent, schedule
from crmdesk.domain.records import Consent, Id

TUESDAY = date(2026, 5, 5)


@pytest.mark.parametrize(
    ("source", "role", "levels"),
    [
        ("business_card", "reachable", {0: 0, 6: 0, 7: 1, 9: 1, 10: 2, 13: 2, 14: 3, 90: 3}),
        ("badge_scan", "", {6: 0, 7: 1, 14: 3}),
        ("referral", "qualified", {13: 0, 14: 1, 21: 2, 29: 2, 30: 3}),
        ("", "", {13: 0, 14: 1}),
        ("business_card", "in_deal", {13: 0, 14: 1, 30: 3}),
        ("business_card", "customer", {59: 0, 60: 1, 180: 3}),
    ],
)
def test_a_record_falls_quiet_by_days_source_and_role(source, role, levels):
    assert {days: schedule.quiet_level(days, source, role=role) for days in levels} == levels


def test_quiet_days_count_from_a_day_or_a_time_and_never_backwards():
    assert schedule.quiet_days("2026-04-26", today=TUESDAY) == 9
    assert schedule.quiet_days("2026-05-03T12:00:00.000Z", today=TUESDAY) == 2
    assert schedule.quiet_days("2026-05-09", today=TUESDAY) == 0
    assert schedule.quiet_days("", today=TUESDAY) == 0
    assert schedule.quiet_text(9) == "9 d quiet"


def test_what_is_no_day_is_no_day():
    assert schedule.day_of("soon") is None
    assert schedule.day_of("2026-05-03T99:00") is None
    assert schedule.day_of("2026-05-03") == date(2026, 5, 3)


@pytest.mark.parametrize(
    ("title", "due_on", "due_time", "promise", "text"),
    [
        ("Call back", "2026-05-05", "", False, "Call back · today"),
        ("Video call", "2026-05-06", "09:00", False, "Video call · Wed 6 May 09:00"),
        ("catalogue", "2026-05-06", "", True, "Promised: catalogue · Wed 6 May"),
        ("call about terms", "2026-05-04", "", False, "Overdue 1 d: call about terms"),
        ("drawing", "2026-05-01", "10:00", True, "Overdue 4 d: drawing"),
        ("", "2026-05-05", "14:00", False, "Next step · today 14:00"),
        ("Send terms", "", "", False, "Send terms"),
        ("Send terms", "", "", True, "Promised: Send terms"),
    ],
)
def test_what_is_due_is_said_in_one_line(title, due_on, due_time, promise, text):
    assert schedule.due_text(title, due_on, due_time, promise=promise, today=TUESDAY) == text


def test_overdue_counts_days_from_the_due_day():
    assert schedule.overdue_days("2026-05-01", today=TUESDAY) == 4
    assert schedule.overdue_days("2026-05-05", today=TUESDAY) == 0


def test_the_most_restrictive_state_wins():
    order = ["given", "legitimate_interest", "not_asked", "declined", "withdrawn"]
    assert list(consent.STATES) == order
    for place, freer in enumerate(order):
        for stricter in order[place:]:
            assert consent.strictest([freer, stricter]) == consent.strictest([stricter, freer]) == stricter
    assert consent.strictest([]) == "not_asked"


def test_only_two_states_allow_contact():
    assert [state for state in consent.STATES if consent.allows(state)] == ["given", "legitimate_interest"]


def test_the_latest_entry_of_a_point_and_purpose_is_in_force():
    entries = [
        Consent(contact_point_id=Id(1), purpose="offers", state="withdrawn", at="2026-05-03"),
        Consent(contact_point_id=Id(1), purpose="offers", state="given", at="2026-05-01"),
        Consent(contact_point_id=Id(1), purpose="marketing", state="given", at="2026-05-02"),
        Consent(contact_point_id=Id(3), purpose="offers", state="declined", created_at="2026-05-04"),
        Consent(contact_point_id=Id(3), purpose="offers", state="given", at="2026-05-02"),
        Consent(contact_point_id=Id(2), purpose="offers", state="given", created_at="2026-05-02"),
        Consent(contact_point_id=Id(2), purpose="offers", state="declined", created_at="2026-05-02"),
    ]
    assert {pair: entry.state for pair, entry in consent.in_force(entries).items()} == {
        (1, "offers"): "withdrawn",
        (1, "marketing"): "given",
        (2, "offers"): "declined",
        (3, "offers"): "declined",
    }
