"""How a person's name is shown, sorted and shortened, in the order of its culture. Nothing here splits a name.

Vietnamese and Chinese names carry the family name first; names in Han characters (kana, Hangul) have no space.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crmdesk.domain.records import Person

_SALUTATION_WORDS = (
    "herr frau hr fr herrn mr mrs ms miss mx mme mlle monsieur madame sir madam señor señora sr sra "
    "ông bà anh chị cô em 先生 女士 小姐 太太"
)
_FAMILY_NAME_WORDS = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng "
    "mai tô hà tạ cao thái châu quách tăng chu lương lưu tống triệu kiều diệp nghiêm la thạch"
)

SALUTATIONS: frozenset[str] = frozenset(_SALUTATION_WORDS.split())
"""Forms of address that are kept as a prefix but are no part of a name on a card, in lower case without full stop."""

VIETNAMESE_FAMILY_NAMES: frozenset[str] = frozenset(_FAMILY_NAME_WORDS.split())

# with their marks these are told by themselves
_ONLY_VIETNAMESE = frozenset(["lê", "ngô", "bùi", "võ", "vũ", "lý", "đào", "quách"])

_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_VIETNAMESE_MARKS = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# typed without marks, the middle names Văn and Thị still tell a Vietnamese name
_UNMARKED = re.compile(
    r"(?:nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|trinh|truong) (?:van|thi) \w"
)


class Name(NamedTuple):
    """What a name is made of, as it is stored with a person."""

    prefix: str
    given: str
    middle: str
    family: str
    suffix: str
    nickname: str
    family_first: int


def display(person: Person | Name) -> str:
    """The name as people of that culture write it, academic titles included; else the nickname, else ""."""
    name = plain(person)
    if not name:
        return person.nickname.strip()
    if is_han(name) and not (person.given or person.middle) and is_salutation(person.prefix):
        return name + person.prefix.strip()  # nobody writes a family name of one character alone
    if not person.prefix and not person.suffix:
        return name
    title = " ".join(word for word in person.prefix.split() if not is_salutation(word))
    after = (title, person.suffix) if is_han(name) else (person.suffix,)
    before = () if is_han(name) else (title,)
    return _joined(*before, name, *after)


def plain(person: Person | Name) -> str:
    """The name in the order of its culture without titles; "" when neither family nor given name is stored."""
    if not person.family_first:
        return _joined(person.given, person.middle, person.family)
    if is_han(person.family + person.given):
        return _joined(person.family + person.middle + person.given).replace(" ", "")
    return _joined(person.family, person.middle, person.given)


def sort_key(person: Person, *, by_given: bool = False) -> str:
    """A text to sort names by: family name first, or the given name first where that is the custom (Vietnamese).

    Case and accents do not count. Views that have the system's collation use that on `display` instead.
    """
    if by_given:
        return _plain_letters(_joined(person.given, person.middle, person.family) or person.nickname)
    return person_key(person.given, person.middle, person.family, person.nickname)


def person_key(given: str, middle: str, family: str, nickname: str) -> str:
    """The `sort_key` of a person with these names, family name first."""
    return _plain_letters(_joined(family, given, middle) or nickname)


@lru_cache(maxsize=8192)
def text_key(text: str | None) -> str:
    """A text to sort names of firms and deals by; "" for nothing."""
    return _plain_letters(text.strip()) if text else ""


def listed(person: Person) -> str:
    """The name as a list shows it, family name first: "Bauer, Dr. Katrin", "Nguyễn Thị Mai", "陳怡君"; else ""."""
    family, given = person.family.strip(), _joined(person.given, person.middle)
    if person.family_first or not (family and given):
        return display(person)
    title = "" if is_salutation(person.prefix) else person.prefix
    return f"{family}, {_joined(title, given, person.suffix)}"


def initials(person: Person) -> str:
    """At most two letters that stand for the person: "JL", "NM" for Nguyễn Thị Mai, "陳" for 陳怡君; else ""."""
    name = plain(person) or person.nickname.strip()
    if not name:
        return ""
    parts = name.split()
    if len(parts) == 1:
        return parts[0][:1].upper()
    return (parts[0][0] + parts[-1][0]).upper()


def is_han(text: str) -> bool:
    """Whether every letter is a Han character, kana or Hangul (and there is one)."""
    if text.isascii():
        return False
    found = False
    for letter in text:
        if letter.isalpha():
            if not _HAN.match(letter):
                return False
            found = True
    return found


def has_han(text: str) -> bool:
    """Whether a Han character, kana or Hangul is in it."""
    return not text.isascii() and bool(_HAN.search(text))


def is_salutation(prefix: str) -> bool:
    """Whether a prefix is only a form of address ("Frau", "Mr.", "ông"), which a card does not show."""
    words = prefix.lower().replace(".", " ").split()
    return bool(words) and all(word in SALUTATIONS for word in words)


def guess_family_first(text: str, *, language: str = "") -> bool:
    """Whether an unsplit name most likely starts with the family name: Han, or Vietnamese by letters and first word.

    `language` is a locale name of the person, if known ("vi", "zh_TW").
    """
    if is_han(text):
        return True
    first = text.casefold().split()[:1]
    if not first:
        return False
    if language.startswith("vi"):
        return _plain_letters(first[0]) in _PLAIN_VIETNAMESE
    if _UNMARKED.match(" ".join(text.casefold().split())):
        return True
    if first[0] in _ONLY_VIETNAMESE and " " in text.strip():
        return True
    return first[0] in VIETNAMESE_FAMILY_NAMES and bool(_VIETNAMESE_MARKS.search(text))


def _joined(*parts: str) -> str:
    return " ".join(" ".join(parts).split())


def _plain_letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_PLAIN_VIETNAMESE = frozenset(_plain_letters(name) for name in VIETNAMESE_FAMILY_NAMES)
