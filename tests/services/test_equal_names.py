"""Thousands of people of one name are kept apart without comparing each with each."""

from __future__ import annotations

from crmdesk.domain.records import ContactPoint, Person
from crmdesk.services.import_matching import Known
from crmdesk.services.import_parties import Party

MANY = 500


class Counted(Party):
    """A party that counts how often two are compared."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return self is other

    __hash__ = Party.__hash__


def test_people_of_one_name_and_number_are_not_compared_with_each_other() -> None:
    known = Known()
    for _each in range(MANY):
        point = ContactPoint(kind="phone", value="+49 721 1234567", match_key="+497211234567")
        known.add(Counted(Person(family="Bauer"), points=[point]))
        known.add(Counted(Person(), points=[point]))
    assert Counted.compared < 10 * MANY
    assert len(known.parties) == 2 * MANY
