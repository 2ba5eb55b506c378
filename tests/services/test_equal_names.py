"""Names that may be the same are found by a word or an initial; thousands of one name are not compared with each."""

from __future__ import annotations

import pytest

from crmdesk.domain.records import ContactPoint, Person
from crmdesk.services.import_matching import Known
from crmdesk.services.import_names import NameIndex
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


@pytest.mark.parametrize(
    ("stored", "typed", "found"),
    [
        (("anna", "ek"), ("anna", "ek"), True),
        (("anna", "ek"), ("a", "ek"), True),
        (("anna",), ("a",), True),
        (("a",), ("anna",), True),
        (("anna", "ek"), ("a", "e"), True),
        (("anna", "ek"), ("bo", "ek"), False),
        (("anna",), ("aro",), False),
    ],
)
def test_an_initial_finds_whoever_it_may_stand_for(
    stored: tuple[str, ...], typed: tuple[str, ...], found: bool
) -> None:
    index: NameIndex[str] = NameIndex()
    index.add("firm", stored, "somebody")
    assert list(index.find("firm", typed)) == [{"somebody": None}] * found
    assert list(index.find("another firm", typed)) == []
