"""Names are shown, sorted and shortened in the order of their culture."""

from __future__ import annotations

import pytest

from crmdesk.domain import names
from crmdesk.domain.records import Person

ANNA = Person(prefix="Dr.", given="Anna", family="Müller")
MAI = Person(given="Mai", middle="Thị", family="Nguyễn", family_first=1)
CHEN = Person(prefix="博士", given="怡君", family="陳", family_first=1)


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (ANNA, "Dr. Anna Müller"),
        (Person(prefix="Frau", given="Anna", family="Müller", suffix="MBA"), "Anna Müller MBA"),
        (Person(prefix="Mr.", given="Tom"), "Tom"),
        (MAI, "Nguyễn Thị Mai"),
        (CHEN, "陳怡君 博士"),
        (Person(given="怡 君", family="陳", family_first=1), "陳怡君"),
        (Person(given="Peter", family="王", family_first=1), "王 Peter"),
        (Person(prefix="先生", family="林", family_first=1), "林先生"),
        (Person(prefix="女士", given="怡君", family="陳", family_first=1), "陳怡君"),
        (Person(nickname="Jo"), "Jo"),
        (Person(prefix="Dr."), ""),
        (Person(), ""),
    ],
)
def test_a_name_is_shown_as_its_culture_writes_it(person: Person, shown: str) -> None:
    assert names.display(person) == shown


@pytest.mark.parametrize(
    ("person", "listed"),
    [
        (ANNA, "Müller, Dr. Anna"),
        (Person(prefix="Frau", given="Anna", middle="Maria", family="Müller", suffix="MBA"), "Müller, Anna Maria MBA"),
        (MAI, "Nguyễn Thị Mai"),
        (CHEN, "陳怡君 博士"),
        (Person(given="Anna"), "Anna"),
        (Person(family="Müller"), "Müller"),
        (Person(), ""),
    ],
)
def test_a_list_names_the_family_first_where_the_culture_does_not(person: Person, listed: str) -> None:
    assert names.listed(person) == listed


def test_forms_of_address_are_no_part_of_the_plain_name() -> None:
    assert names.plain(ANNA) == "Anna Müller"
    assert names.is_salutation("Frau")
    assert not names.is_salutation("Frau Dr.")
    assert not names.is_salutation("")


@pytest.mark.parametrize(("person", "letters"), [(ANNA, "AM"), (MAI, "NM"), (CHEN, "陳"), (Person(), "")])
def test_initials_leave_titles_out(person: Person, letters: str) -> None:
    assert names.initials(person) == letters


def test_names_sort_by_family_or_where_it_is_the_custom_by_given_name() -> None:
    assert names.sort_key(ANNA) == "muller anna"
    assert names.sort_key(MAI, by_given=True) == "mai thi nguyen"


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Nguyễn Văn Anh", "", True),
        ("Nguyen Van Anh", "", True),
        ("Nguyen Anh", "", False),
        ("Nguyen Anh", "vi", True),
        ("陳怡君", "", True),
        ("Mai Müller", "", False),
        ("Lê Thu Hà", "", True),
        ("Le Corbusier", "", False),
        ("Anna Müller", "vi", False),
        ("", "", False),
    ],
)
def test_family_first_is_told_by_script_marks_and_language(text: str, language: str, first: bool) -> None:
    assert names.guess_family_first(text, language=language) is first


def test_firms_are_sorted_without_case_accents_and_blanks_around() -> None:
    mixed = ["zebra", " Über Land", "Đông Á", "apfel", "Ulm", "Äpfel & Co", "ZEBRA 2"]
    ordered = ["apfel", "Äpfel & Co", "Đông Á", " Über Land", "Ulm", "zebra", "ZEBRA 2"]
    assert sorted(mixed, key=names.text_key) == ordered
    assert names.text_key(None) == ""
