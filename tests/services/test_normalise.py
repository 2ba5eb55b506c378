"""Names, phones and addresses where a library knows more than we do."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crmdesk import words
from crmdesk.domain import names
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Person
from crmdesk.services import normalise

PARTS = ("prefix", "given", "middle", "family", "suffix", "nickname")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Anna Müller", "given=Anna family=Müller"),
        ("Müller, Anna", "given=Anna family=Müller"),
        ("Oberländer-Schmitt, Sabine", "given=Sabine family=Oberländer-Schmitt"),
        ("Prof. Dr. Anna von der Heide", "prefix=Prof. Dr. given=Anna family=von der Heide"),
        ("Dr. Max Peter Mustermann jr.", "prefix=Dr. given=Max middle=Peter family=Mustermann suffix=jr."),
        ("Frau Dr. Erika Muster", "prefix=Frau Dr. given=Erika family=Muster"),
        ("Müller (geb. Schmidt), Anna", "given=Anna family=Müller suffix=geb. Schmidt"),
        ("Madonna", "given=Madonna"),
        ("Nguyễn Thị Mai Anh", "given=Anh middle=Thị Mai family=Nguyễn"),
        ("Herr Nguyễn Văn Nam", "prefix=Herr given=Nam middle=Văn family=Nguyễn"),
        ("Ms Phạm Lan", "prefix=Ms given=Lan family=Phạm"),
        ("Chị Lê Thu Hà", "prefix=Chị given=Hà middle=Thu family=Lê"),
        ("Herr Mai Schulze", "prefix=Herr given=Mai family=Schulze"),
        ("林先生", "prefix=先生 family=林"),
        ("Nguyen Van Anh", "given=Anh middle=Van family=Nguyen"),
        ("TS. Lê Thị Hoa", "prefix=TS. given=Hoa middle=Thị family=Lê"),
        ("Hans Berger jun.", "given=Hans family=Berger suffix=jun."),
        ("Hans Peter Senior", "given=Hans middle=Peter family=Senior"),
        ("Dr. Hans von Berg, sen.", "prefix=Dr. given=Hans family=von Berg suffix=sen."),
        ("陳怡君", "given=怡君 family=陳"),
        ("歐陽靖", "given=靖 family=歐陽"),
        ("林志明 經理", "prefix=經理 given=志明 family=林"),
        ("陳先生", "prefix=先生 family=陳"),
        ("王淑芬 / Wang, Shu-fen", "given=淑芬 family=王 nickname=Wang, Shu-fen"),
        ("", ""),
        ("😀", "given=😀"),
    ],
)
def test_a_name_in_one_piece_is_split_by_its_culture(text: str, parts: str) -> None:
    found = normalise.split_name(text)
    assert " ".join(f"{part}={getattr(found, part)}" for part in PARTS if getattr(found, part)) == parts


def test_two_writings_are_told_and_the_family_first_is_noted() -> None:
    assert normalise.split_name("王淑芬 Shu-fen Wang").doubled
    assert not normalise.split_name("Anna Müller").doubled
    assert normalise.split_name("Nguyễn Văn Anh").family_first
    assert normalise.join_name(given="Mai", family="Nguyễn").family_first
    assert not normalise.join_name(given="Anna", family="Müller").family_first


@given(st.text(max_size=30))
def test_no_letter_of_a_name_is_lost(text: str) -> None:
    found = normalise.split_name(text)
    kept = "".join(getattr(found, part) for part in PARTS)
    assert not set(filter(str.isalnum, normalise.points.one_line(text))) - set(kept)


@pytest.mark.parametrize("words", [("Anna", "Müller"), ("Li", "Wu"), ("Karl", "Huber"), ("Éva", "Nagy")])
def test_the_fast_path_of_names_agrees_with_the_library(words: tuple[str, str]) -> None:
    for text in (" ".join(words), ", ".join(words)):
        plain = normalise._plain_name(text, "")
        assert plain == normalise._parsed_name(text, family_first=False)


_HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=3)
_FAMILIES = st.sampled_from(["陳", "王", "张", "歐陽", "司馬", "诸葛", "張簡", "孟", ""])
_ENDS = st.sampled_from(["", "", "", "先生", "博士", "社長", "殿", "氏", "二世", "旧姓"])


@given(family=_FAMILIES, gap=st.sampled_from(["", " "]), name=_HAN, end=_ENDS)
@example(family="張簡", gap="", name="", end="")
@example(family="王", gap="", name="先", end="")
@example(family="樂躿", gap=" ", name="賃", end="")
def test_the_fast_path_of_han_names_agrees_with_the_library(family: str, gap: str, name: str, end: str) -> None:
    text = f"{family}{gap}{name}{end}".strip()
    if plain := normalise._plain_han(text):
        parsed = normalise._parser("han").parse(text)
        given = (parsed.given + parsed.middle + parsed.suffix).replace(" ", "")
        assert (plain.prefix, plain.given, plain.family) == (parsed.title, given, parsed.family)


def test_plain_han_names_do_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    normalise._han_words()
    monkeypatch.setattr(normalise, "_parser", None)
    assert normalise.split_name("陳怡君") == normalise.PersonName(given="怡君", family="陳", family_first=1)
    assert normalise.split_name("歐陽 娜娜") == normalise.PersonName(given="娜娜", family="歐陽", family_first=1)


@pytest.mark.parametrize(
    ("country", "text", "key"),
    [
        ("DE", "0049 (0)30 / 23125 014", "+493023125014"),
        ("DE", "030 23125014", "+493023125014"),
        ("US", "312-555-0100", "+13125550100"),
        ("TW", "02-2345-6789", "+886223456789"),
        ("TW", "0049 30 23125014", "+493023125014"),
        ("VN", "0912 345 678", "+84912345678"),
        ("DE", "030 123456 ext. 12", "+4930123456;ext=12"),
        ("", "+49 30 23125014", "+493023125014"),
        ("", "030 23125014", ""),
        ("US", "0123/579", ""),
        ("DE", "Handy", ""),
        ("DE", "", ""),
    ],
)
def test_a_number_is_the_country_s_unless_it_says_otherwise(country: str, text: str, key: str) -> None:
    assert normalise.phone_key(text, country=country) == key


@given(
    country=st.sampled_from(["DE", "AT", "CH", "FR", "GB", "VN", "TW"]),
    start=st.sampled_from(["0", "+49", "+43", "+41", "+33", "+44", "+84", "+886", ""]),
    digits=st.text("0123456789", min_size=6, max_size=12),
    gap=st.sampled_from(["", " ", "/", "-"]),
)
@example(country="TW", start="0", digits="197040015", gap="")
def test_the_fast_path_of_phones_agrees_with_the_library(country: str, start: str, digits: str, gap: str) -> None:
    value = f"{start}{digits[:3]}{gap}{digits[3:]}"
    plain = normalise._plain_phone(value, country)
    if plain:
        number = phonenumbers.parse(value, country)
        assert plain == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert phonenumbers.is_possible_number(number)


@pytest.mark.parametrize("text", ["anna@firma.example", "Jürgen@müller.example", "o'brien@x.example", "a@b.invalid"])
def test_an_address_that_could_exist_is_taken(text: str) -> None:
    assert normalise.email(f" <{text}> ") == text


@pytest.mark.parametrize("text", ["", "anna", "a b@c.example", "a..b@c.example", "x@localhost", "a@-b.example"])
def test_what_is_no_address_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(BadInput, match="not an e-mail address") as caught:
        normalise.email(text)
    assert caught.value.remedy


@pytest.mark.parametrize("language", ["en", "de", "vi", "zh_TW"])
@pytest.mark.parametrize(
    ("typed", "family", "shown"),
    [
        ("陳怡君 女士", "陳", "陳怡君"),
        ("歐陽娜娜", "歐陽", "歐陽娜娜"),
        ("林先生", "林", "林先生"),
        ("Bà Nguyễn Thị Minh Anh", "Nguyễn", "Nguyễn Thị Minh Anh"),
        ("Frau Lê Thu Hà", "Lê", "Lê Thu Hà"),
        ("Frau Dr. Anna Müller", "Müller", "Dr. Anna Müller"),
    ],
)
def test_a_name_typed_in_full_is_kept_and_shown_in_its_own_order_whatever_the_program_speaks(
    language: str, typed: str, family: str, shown: str
) -> None:
    words.use(language)
    try:
        found = normalise.split_name(typed)
        fields = ("prefix", "given", "middle", "family", "suffix", "family_first")
        person = Person(**{field: getattr(found, field) for field in fields})
        assert person.family == family
        assert names.display(person) == shown
    finally:
        words.use("en")
