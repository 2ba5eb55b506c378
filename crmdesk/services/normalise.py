"""What people type, turned into what can be stored and matched, where that needs a library: phones, e-mail, names.

What needs none lives in `domain/points.py` and `domain/names.py`. The libraries are imported at the first use.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from crmdesk.domain import names, points
from crmdesk.domain.errors import BadInput
from crmdesk.words import _

if TYPE_CHECKING:
    from nameparser import Parser

_PLAIN_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9]|-(?!-)){0,61}(?<!-)\.)+[A-Za-z]{2,63}"
)
_DIALLED_ABROAD = re.compile("^00(?=[1-9])")
_SPACERS = str.maketrans("", "", " -/()\u2010\u2011\u2013\u00a0")

# country → calling code, national (trunk) prefix, shortest and longest national number the fast path may decide alone
_PLAIN_COUNTRIES: dict[str, tuple[str, str, int, int]] = {
    "DE": ("49", "0", 8, 11),
    "AT": ("43", "0", 8, 11),
    "CH": ("41", "0", 9, 9),
    "FR": ("33", "0", 9, 9),
    "GB": ("44", "0", 10, 10),
    "VN": ("84", "0", 9, 9),
    "TW": ("886", "0", 8, 9),
}
_VIETNAMESE_TITLES = frozenset(
    {"ông", "bà", "anh", "chị", "cô", "em", "ts", "ths", "pgs", "gs", "bs", "ks", "kts", "ls"}
)
_TITLES = _VIETNAMESE_TITLES | names.SALUTATIONS | {"dr", "prof"}
_HAN_TITLES = re.compile(
    r"(總經理|副總經理|副總|經理|董事長|執行長|協理|副理|課長|主任|處長|部長|先生|女士|小姐|太太|博士|教授|老師|醫師|律師|工程師)$"
)
_BORN = re.compile(r"\s*[(]?\b((?:geb\.|geborene|née|born)\s+[^(),]+)[)]?", re.IGNORECASE)
_GENERATION = re.compile(r",? (jun\.|sen\.)$", re.IGNORECASE)  # as "Jr." and "Sr.", which the library knows
_PLAIN_NAME = re.compile(r"([^\W\d_a-z]\w*[^\W\d_A-Z])(,?) ([^\W\d_a-z]\w*[^\W\d_A-Z])")
_PLAIN_WORDS = re.compile(r"[^\W\d_a-z]\w*[^\W\d_A-Z](?: [^\W\d_a-z]\w*[^\W\d_A-Z]){1,3}")
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,3} [\u4e00-\u9fff]{1,3}")
_BETWEEN_NAMES = re.compile(r"\s*[/|]\s*|\s*[(（]\s*|\s*[)）]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in the parts a Person stores. `doubled` says that the text held two writings and one is the nickname."""

    prefix: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""
    nickname: str = ""
    family_first: int = 0
    doubled: bool = False


def split_name(text: str, *, language: str = "") -> PersonName:
    """The parts of a name in one piece; all empty for an empty text. Titles are kept, a single word is the given name.

    "Family, Given" is understood. Vietnamese and Chinese names start with the family name; `language` is the person's,
    where it is known. Of two writings ("王淑芬 / Wang, Shu-fen") the second becomes the nickname.
    """
    whole = points.one_line(text)
    first, second = _two_writings(whole)
    if second:
        return replace(_split_one(first, language), nickname=second, doubled=True)
    return _split_one(whole, language)


def join_name(*, given: str, family: str, middle: str = "", language: str = "") -> PersonName:
    """A name that came in parts, with the order of its culture."""
    whole = f"{family} {middle} {given}"
    return PersonName(
        given=points.one_line(given),
        middle=points.one_line(middle),
        family=points.one_line(family),
        family_first=int(bool(family.strip()) and names.guess_family_first(whole, language=language)),
    )


def is_email(text: str) -> bool:
    """Whether a cleaned text is one address that could exist; nothing is asked of the network."""
    if _PLAIN_EMAIL.fullmatch(text) and len(text) <= 254 and text.index("@") <= 64:
        return True
    if "@" not in text or "." not in text.rpartition("@")[2]:
        return False
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return False
    return True


def email(text: str) -> str:
    """The address in a typed text, as written; BadInput when it holds none."""
    value = points.clean("email", text)
    if not is_email(value):
        raise BadInput(
            _("“{text}” is not an e-mail address.").format(text=text), _("Write it like anna@firma.example.")
        )
    return value


def phone_key(text: str, *, country: str) -> str:
    """The number as E.164 ("+493023125014", with ";ext=12" for an extension); "" when no number can be told.

    Numbers without a country code are those of `country` (ISO 3166, two letters); "00" starts a country code from
    wherever it is dialled. Plain forms of a few countries are decided without the library, with the same result.
    """
    value = unicodedata.normalize("NFKC", points.clean("phone", text))
    value = _DIALLED_ABROAD.sub("+", value) if value.startswith("00") else value
    return _plain_phone(value, country) or _parsed_phone(value, country)


def match_key(kind: str, value: str, *, country: str) -> str:
    """What two writings of the same contact point have in common; "" when it cannot be matched."""
    if kind == "phone":
        return phone_key(value, country=country)
    return points.match_key(kind, value)


def _plain_phone(value: str, country: str) -> str:
    digits = value.translate(_SPACERS)
    if "(0)" in value or not digits.lstrip("+").isdecimal() or not digits.isascii():
        return ""
    if digits.startswith("+"):
        return _plain_international(digits[1:])
    if country not in _PLAIN_COUNTRIES:
        return ""
    code, trunk, shortest, longest = _PLAIN_COUNTRIES[country]
    national = digits.removeprefix(trunk)
    fits = digits.startswith(trunk) and shortest <= len(national) <= longest and national[0] not in "01"
    return f"+{code}{national}" if fits else ""


def _plain_international(digits: str) -> str:
    for code, trunk, shortest, longest in _PLAIN_COUNTRIES.values():
        national = digits.removeprefix(code)
        if digits.startswith(code) and shortest <= len(national) <= longest and national[0] not in f"{trunk}1":
            return f"+{digits}"
    return ""


def _parsed_phone(value: str, country: str) -> str:
    if sum(letter.isdigit() for letter in value) < 5:
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{key};ext={number.extension}" if number.extension else key


def _two_writings(text: str) -> tuple[str, str]:
    """Two writings of one name in two scripts, the one in Han characters first; else the text and ""."""
    if not names.has_han(text):
        return text, ""
    parts = [part for part in _BETWEEN_NAMES.split(text) if part]
    if len(parts) == 1:
        han = re.match(r"(?P<han>[^\x00-\u02ff]+)\s+(?P<latin>[A-Za-zÀ-ɏ][^\u2e80-\u9fff]*)$", text)
        parts = [han["han"], han["latin"]] if han and names.is_han(han["han"]) else parts
    if len(parts) != 2 or names.is_han(parts[0]) == names.is_han(parts[1]):
        return text, ""
    return (parts[0], parts[1]) if names.is_han(parts[0]) else (parts[1], parts[0])


def _split_one(text: str, language: str) -> PersonName:
    if not text:
        return PersonName()
    if (found := _GENERATION.search(text)) and " " in text[: found.start()]:
        return replace(_split_one(text[: found.start()], language), suffix=found[1])
    if plain := _plain_name(text, language):
        return plain
    if names.is_han(text):
        return _split_han(text)
    title, rest = _vietnamese_title(text)
    rest = rest.replace(",", "", 1)
    if "," not in rest and " " in rest and names.guess_family_first(rest, language=language):
        return replace(_parsed_name(rest, family_first=True), prefix=title)
    return _parsed_name(text, family_first=False)


def _plain_name(text: str, language: str) -> PersonName | None:
    """ "Anna Maria Müller", "Võ Minh Hùng", "Müller, Anna" without the library, which takes 0.2 ms: a few words that
    mean nothing to it."""  # fmt: skip
    written = text.replace(",", "", 1) if _PLAIN_NAME.fullmatch(text) else text
    if not _PLAIN_WORDS.fullmatch(written) or names.is_han(written):
        return None
    words = written.split()
    if words[0].casefold() in _TITLES or any(word.casefold() in _name_words() for word in words):
        return None
    first, *middle, last = words
    family_first = names.guess_family_first(written, language=language)
    if "," in text and family_first:
        return None
    given, family = (last, first) if family_first or "," in text else (first, last)
    return PersonName(given=given, middle=" ".join(middle), family=family, family_first=int(family_first))


@cache
def _name_words() -> frozenset[str]:
    """Every word that means more than a name to the library: titles, particles, suffixes."""
    from nameparser import Lexicon

    lexicon = Lexicon.default()
    values = [getattr(lexicon, field.name) for field in dataclasses.fields(lexicon)]
    sets = [value for value in values if isinstance(value, frozenset)]
    return frozenset(word for words in sets for word in words)


def _vietnamese_title(text: str) -> tuple[str, str]:
    """A title or form of address of any language before a Vietnamese family name, and the rest; "" for none."""
    words = text.split()
    for count in (1, 2, 3):
        starts = all(word.casefold().rstrip(".") in _TITLES for word in words[:count])
        if starts and len(words) > count + 1 and words[count].casefold() in names.VIETNAMESE_FAMILY_NAMES:
            return " ".join(words[:count]), " ".join(words[count:])
    return "", text


def _split_han(text: str) -> PersonName:
    found = _HAN_TITLES.search(text)
    bare = text[: found.start()].strip() if found and found.start() else text
    if bare == text and (plain := _plain_han(text)):
        return plain
    parsed = _parser("han").parse(bare)
    return PersonName(
        prefix=found.group() if found and bare != text else "",
        given=(parsed.given + parsed.middle + parsed.suffix).replace(" ", ""),
        family=parsed.family,
        family_first=1,
    )


def _plain_han(text: str) -> PersonName | None:
    """ "陳怡君", "歐陽娜娜", "陳 怡君" without the library, which takes a millisecond: a family name that is listed or
    stands apart, and characters that mean nothing to it."""  # fmt: skip
    if not _PLAIN_HAN.fullmatch(text):
        return None
    families, others = _han_words()
    apart, _blank, rest = text.partition(" ")
    if rest:
        glued = apart not in families and (apart[:1] in families or apart[:2] in families)
        odd = glued or apart.endswith(others) or rest.endswith(others)
        return None if odd else PersonName(given=rest, family=apart, family_first=1)
    cut = 2 if text[:2] in families and len(text) > 2 else 1
    if text[:cut] not in families or text in families or text.endswith(others):
        return None
    return PersonName(given=text[cut:], family=text[:cut], family_first=1)


@cache
def _han_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """The family names that the library knows, and every other word in Han characters that it does."""
    lexicon = _parser("han").lexicon
    values = {field.name: getattr(lexicon, field.name) for field in dataclasses.fields(lexicon)}
    words = {name: value for name, value in values.items() if isinstance(value, frozenset)}
    families = words.pop("surnames")
    return families, tuple({word for value in words.values() for word in value if names.is_han(word)})


def _parsed_name(text: str, *, family_first: bool) -> PersonName:
    """The library's parts; the whole text as the given name where it would lose letters."""
    born = _BORN.search(text)
    if born and born.start():
        rest = _parsed_name(_BORN.sub("", text), family_first=family_first)
        return replace(rest, suffix=f"{rest.suffix} {born[1].strip()}".strip())
    parsed = _parser("family first" if family_first else "given first").parse(text)
    found = PersonName(
        prefix=parsed.title,
        given=parsed.given,
        middle=parsed.middle,
        family=parsed.family,
        suffix=parsed.suffix,
        nickname=parsed.nickname,
        family_first=int(family_first),
    )
    kept = (found.prefix, found.given, found.middle, found.family, found.suffix, found.nickname)
    lost = len(re.sub(r"\W", "", text)) != len(re.sub(r"\W", "", "".join(kept))) or not any(kept)
    return PersonName(given=text, family_first=int(family_first)) if lost else found


@cache
def _parser(order: str) -> Parser:
    from nameparser import FAMILY_FIRST_GIVEN_LAST, Lexicon, Parser, Policy, locales, parser_for

    if order == "han":
        return parser_for(locales.get("zh"))
    titles = Lexicon.default().add(titles=("h.c", "hc", "mult", "dipl", "rer", "nat", "oec", "phil", "jur"))
    if order == "family first":
        # Văn is no Dutch "van" there
        plain = titles.remove(particles=titles.particles, particles_ambiguous=titles.particles_ambiguous)
        return Parser(lexicon=plain, policy=Policy(name_order=FAMILY_FIRST_GIVEN_LAST, strip_emoji=False))
    return Parser(lexicon=titles, policy=Policy(strip_emoji=False))
