"""Who is likely the same comes first, with the reasons."""

from __future__ import annotations

from crmdesk import words
from crmdesk.domain import dedupe
from crmdesk.domain.records import ContactPoint, Id, Organisation, Person

FIRM = Organisation(id=Id(9), name="Ek AB", match_key="ek")


def never(_name: str, _other: str) -> float:
    return 0.0


def first_letter(name: str, other: str) -> float:
    return 1.0 if name[0] == other[0] else 0.0


def person(number: int, given: str, *, email: str = "", phone: str = "", postcode: str = "") -> dedupe.Profile:
    stored = [
        ContactPoint(kind="email", match_key=email),
        ContactPoint(kind="phone", match_key=phone),
        ContactPoint(kind="address", postcode=postcode),
    ]
    return dedupe.person_profile(Person(id=Id(number), given=given, family="Ek"), FIRM, stored)


def test_the_same_address_goes_before_the_same_name() -> None:
    words.use("en")
    wanted = person(1, "Bo", email="bo@ek.example", phone="+4912345678")
    namesake, other = person(2, "Bo"), person(3, "Kim", email="bo@ek.example")
    found = dedupe.rank(wanted, [namesake, other], never)
    assert [each.id for each in found] == [3, 2]
    assert [reason.words for reason in found[0].reasons] == [
        "Same e-mail bo@ek.example",
        "Same domain ek.example",
        "Same organisation",
    ]


def test_a_name_alike_at_the_same_firm_is_likely() -> None:
    found = dedupe.rank(person(1, "Bo"), [person(2, "Boo"), person(3, "Kim")], first_letter)
    assert [each.id for each in found] == [2]
    assert [reason.key for reason in found[0].reasons] == ["same_firm", "name_alike"]


def test_a_free_mail_provider_and_a_postcode_say_too_little() -> None:
    two = [
        dedupe.person_profile(Person(id=Id(each)), None, [ContactPoint(kind="email", match_key=f"{each}@gmail.com")])
        for each in (1, 2)
    ]
    assert dedupe.rank(two[0], two[1:], never) == ()
    assert dedupe.rank(person(1, "Bo", postcode="10115"), [person(2, "Kim", postcode="10115")], never) == ()


def test_nobody_is_like_oneself() -> None:
    wanted = person(1, "Bo", email="bo@ek.example")
    assert dedupe.rank(wanted, [wanted], never) == ()
