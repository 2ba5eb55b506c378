"""A list shows those who have the words typed into its head, or meet its filter; a damaged view filters nothing."""

from __future__ import annotations

import pytest

from crmdesk.domain.lists import Count, ListFilter, ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import capture, lists
from crmdesk.storage import lists as stored
from tests.services.conftest import Make


def test_leads_are_found_by_their_person_and_those_of_nobody_by_their_organisation(make: Make) -> None:
    db = make()

    def found(text: str) -> set[Id]:
        query = ListQuery(place="leads", filter=ListFilter(text=text))
        listed = lists.ids(db, query)
        assert lists.count(db, query) == Count(count=len(listed))
        return set(listed)

    anna = capture.add(db, name="Anna Quince", organisation="Quince Orchards").lead_id
    nobody = capture.add(db, organisation="Quince Orchards").lead_id
    capture.add(db, name="Bea Pear")
    assert found("quince orch") == {anna, nobody}
    assert found("anna quince") == {anna}
    assert found("nobody at all") == set()


@pytest.mark.parametrize("looked_at", [1, 7, 1000])
@pytest.mark.parametrize("descending", [False, True])
def test_the_first_that_meet_a_filter_are_those_the_whole_list_begins_with(
    make: Make, monkeypatch: pytest.MonkeyPatch, looked_at: int, descending: bool
) -> None:
    db = make()
    for number in range(30):
        source = "webinar" if number % 5 == 0 else "newsletter"
        capture.add(db, name=f"Anna {chr(65 + number * 7 % 26)}{number}", source=source)
    monkeypatch.setattr(stored, "LOOKED_AT", looked_at)
    for source in ("webinar", "newsletter", "referral"):
        query = ListQuery(place="leads", filter=ListFilter(sources=(source,)), descending=descending)
        whole = list(lists.ids(db, query))
        for most in (1, 4, 40):
            assert list(lists.ids(db, query, most)) == whole[:most]
        assert lists.count(db, query) == Count(count=len(whole))


@pytest.mark.parametrize("body", ["", "[]", "{", '{"filter": 7}', '{"filter": {"owners": 3, "unknown": 1}}'])
def test_a_damaged_view_is_the_plain_list(body: str) -> None:
    assert ListQuery.load("people", body) == ListQuery(place="people")
