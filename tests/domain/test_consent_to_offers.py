"""Which address an offer would go to, and what was agreed for it."""

from __future__ import annotations

from crmdesk.domain import consent
from crmdesk.domain.records import Consent, ContactPoint, Id


def point(number: int, *, kind: str = "email", broken: int = 0, preferred: int = 0) -> ContactPoint:
    return ContactPoint(id=Id(number), kind=kind, broken=broken, preferred=preferred)


def agreed(number: int, state: str, *, purpose: str = "offers", at: str = "2026-05-01") -> Consent:
    return Consent(contact_point_id=Id(number), purpose=purpose, state=state, at=at)


def test_news_declined_at_another_address_says_nothing_of_offers() -> None:
    points = [point(1), point(2)]
    entries = [agreed(1, "given"), agreed(2, "declined", purpose="marketing")]
    assert consent.to_offers(points, entries) == "given"


def test_the_preferred_address_that_works_counts() -> None:
    points = [point(1), point(2, preferred=1), point(3, preferred=1, broken=1)]
    assert consent.to_offers(points, [agreed(1, "given"), agreed(2, "declined"), agreed(3, "given")]) == "declined"


def test_the_latest_word_is_in_force_and_nobody_asked_is_told_apart_from_no_address() -> None:
    assert consent.to_offers([point(1)], [agreed(1, "given"), agreed(1, "withdrawn", at="2026-05-02")]) == "withdrawn"
    assert consent.to_offers([point(1)], []) == "not_asked"
    assert consent.to_offers([point(1, kind="phone")], []) == ""
