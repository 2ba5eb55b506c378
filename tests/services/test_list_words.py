"""A list shows those who have the words typed into its head."""

from __future__ import annotations

from crmdesk.domain.lists import Count, ListFilter, ListQuery
from crmdesk.domain.records import Id
from crmdesk.services import capture, lists
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
