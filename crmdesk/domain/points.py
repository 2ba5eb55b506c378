"""Contact points and firms' names as text: cleaned for storage, shown, and turned into keys that match the same thing.

What needs a library lives in `services/normalise.py`: phone numbers without a country code, and checked e-mail.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crmdesk.domain.legal_forms import HAN_SUFFIXES, PREFIXES, SUFFIXES

if TYPE_CHECKING:
    from crmdesk.domain.records import ContactPoint

LEAST_DIGITS = 7
"""So many last digits make two phone numbers of one person the same, where a country code is missing."""

KINDS: tuple[str, ...] = ("email", "phone", "address", "handle", "web")

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ANGLED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
_ONLY_WORDS = re.compile("[a-z0-9 ]*")
_AND = re.compile(r"\b(?:und|and|et|và)\b|\+")
_BETWEEN_INITIALS = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)|(?<=\b\w)/(?=\w\b)")
_NO_WORDS = re.compile(r"[^\w&]+|_")
_INTERNATIONAL = re.compile(r"(?:\+|00)(?=[1-9])")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "đ": "d", "ø": "oe", "ł": "l", "æ": "ae", "臺": "台"}
)


def many_lines(text: str) -> str:
    """Text fit to be stored: no control or direction characters, no lone surrogates, line ends as \\n, ends trimmed."""
    if text.isprintable():  # so nothing of all that is in it
        return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()
    plain = _SURROGATES.sub("\ufffd", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", plain)).strip()


def one_line(text: str) -> str:
    """Like `many_lines`, with any run of white space as one blank."""
    plain = many_lines(text)
    return plain if "  " not in plain and plain.isprintable() else " ".join(plain.split())


def clean(kind: str, value: str) -> str:
    """A contact point's value for storage, as people wrote it; "" when there is nothing.

    Wrappings go: "mailto:", "tel:", and the name around an address in angle brackets.
    """
    if kind == "address":
        return "\n".join(line for line in (one_line(part) for part in many_lines(value).split("\n")) if line)
    text = one_line(value)
    scheme, colon, rest = text.partition(":")
    if colon and (kind, scheme.casefold()) in (("email", "mailto"), ("phone", "tel"), ("phone", "callto")):
        text = rest.strip()
    if kind == "email":
        found = _ANGLED.search(text)
        return found.group(1) if found else text.strip("<>;, ")
    return text


def show(kind: str, value: str) -> str:
    """A value in one line for lists: web sites without "https://" and a closing slash, addresses joined by commas."""
    if kind == "web":
        return re.sub(r"^https?://(www\.)?", "", value, flags=re.IGNORECASE).rstrip("/")
    return ", ".join(value.split("\n")) if kind == "address" else value


def match_key(kind: str, value: str) -> str:
    """What two writings of the same point have in common; "" when it cannot be matched.

    E-mail addresses fold case. Phone numbers match here only with a country code ("+49…", "0049…").
    """
    text = clean(kind, value)
    return _KEYS[kind](text) if text and kind in _KEYS else ""


def is_same(point: ContactPoint, other: ContactPoint) -> bool:
    """Whether two points of one person or firm are one, written twice.

    An address is the same by street, postcode and town, whatever the country is called; a phone number without a
    country code by its digits.
    """
    if point.kind != other.kind:
        return False
    if point.kind == "address" and (parts := _place(point)) and (others := _place(other)):
        return parts == others
    if point.match_key and other.match_key:
        return point.match_key == other.match_key
    if point.kind == "phone":
        short, long = sorted((_national_digits(point.value), _national_digits(other.value)), key=len)
        if len(short) >= LEAST_DIGITS:
            return long.endswith(short)
    return point.value.casefold() == other.value.casefold()


def tells_a_place(point: ContactPoint) -> bool:
    """Whether an address is of one house or post box; a town alone, with its postcode or country, is of very many."""
    if point.street or point.postcode or point.town:
        return bool(_place(point))
    without_postcode = re.sub(r"\b\d{4,6}\b", "", point.value)
    return any(letter.isdecimal() for letter in without_postcode)


def _place(point: ContactPoint) -> str:
    """Street, postcode and town, folded; "" unless the street and one of the others are known."""
    if not point.street or not (point.postcode or point.town):
        return ""
    return "|".join(_folded_words(part) for part in (point.street, point.postcode, point.town))


def _national_digits(value: str) -> str:
    """The digits of a number without what is dialled before the town or the country."""
    return re.sub(r"\D", "", value.replace("(0)", "")).lstrip("0")


def email_key(address: str) -> str:
    """A casefolded address with its domain in letters, or "" when it is none."""
    text = unicodedata.normalize("NFKC", address).casefold()
    if not _EMAIL.fullmatch(text):
        return ""
    local, _at, domain = text.partition("@")
    return f"{local}@{_domain_letters(domain)}"


def email_domain(address: str) -> str:
    """The domain of an address, or ""."""
    return email_key(address).partition("@")[2]


def web_key(address: str) -> str:
    """Host without "www." and path without the closing slash, or "" when there is no host with a dot."""
    text = address if "://" in address else f"//{address}"
    try:
        parts = urlsplit(text.casefold())
        host = _domain_letters((parts.hostname or "").removeprefix("www."))
    except ValueError:
        return ""
    if "." not in host.strip(".") or " " in host:
        return ""
    return f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def organisation_key(name: str) -> str:
    """What two writings of a firm's name have in common: folded, without its legal form; "" for an empty name.

    "Müller & Söhne GmbH & Co. KG" and "MUELLER + SOEHNE" have one key. A name that is only a legal form keeps it.
    """
    return _split_form(name)[0]


def legal_form(name: str) -> str:
    """The canonical legal form in a firm's name ("gmbh", "ltd", "有限"), "" when there is none.

    Two names of one key with two different forms are two firms.
    """
    return _split_form(name)[1]


@lru_cache(maxsize=8192)
def _split_form(name: str) -> tuple[str, str]:
    folded = _folded_words(name)
    rest, form = _without_han_form(folded)
    rest, western = _without_suffix(rest)
    rest, leading = _without_prefix(rest)
    return (rest or folded).strip(), form or western or leading


def _folded_words(name: str) -> str:
    text = unicodedata.normalize("NFKC", one_line(name)).casefold()
    if _ONLY_WORDS.fullmatch(text) and not _AND.search(text):
        return " ".join(text.split())
    text = _AND.sub(" & ", text).translate(_UMLAUTS)
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    text = unicodedata.normalize("NFC", text)
    text = _BETWEEN_INITIALS.sub("", text)
    return " ".join(_NO_WORDS.sub(" ", text.replace("'", "").replace("’", "")).replace("&", " & ").split())


def _without_suffix(text: str) -> tuple[str, str]:
    form = ""
    words = text.split()
    while len(words) > 1 and (words[-1] in _LAST_WORDS or words[-1] == "&"):
        found = next((n for n in range(min(6, len(words) - 1), 0, -1) if " ".join(words[-n:]) in SUFFIXES), 0)
        if found:
            form = form or SUFFIXES[" ".join(words[-found:])]
            del words[-found:]
        elif words[-1] == "&":
            del words[-1]
        else:
            break
    return " ".join(words), form


_LAST_WORDS = frozenset(suffix.split()[-1] for suffix in SUFFIXES)
_FIRST_WORDS = frozenset(prefix.split()[0] for prefix in PREFIXES)


def _without_prefix(text: str) -> tuple[str, str]:
    words = text.split()
    if not words or words[0] not in _FIRST_WORDS:
        return text, ""
    for count in range(min(9, len(words) - 1), 0, -1):
        start = " ".join(words[:count])
        if start in PREFIXES:
            return " ".join(words[count:]), PREFIXES[start]
    return text, ""


def _without_han_form(text: str) -> tuple[str, str]:
    if text.isascii():
        return text, ""
    compact = text.replace(" ", "")
    for suffix, form in HAN_SUFFIXES.items():
        if compact.endswith(suffix) and len(compact) > len(suffix):
            return compact.removesuffix(suffix), form
    return text, ""


def _domain_letters(domain: str) -> str:
    """The domain with punycode labels as letters ("xn--mller-kva.de" is "müller.de"), without the closing dot."""
    text = domain.rstrip(".")
    if "xn--" not in text:
        return text
    try:
        return text.encode("ascii").decode("idna")
    except UnicodeError:
        return text


def _phone_key(text: str) -> str:
    digits = re.sub(r"[\s().\-/]", "", unicodedata.normalize("NFKC", text).replace("(0)", ""))
    found = _INTERNATIONAL.match(digits)
    number = digits[found.end() :] if found else ""
    return f"+{number}" if number.isascii() and number.isdigit() and 6 < len(number) < 16 else ""


def _address_key(text: str) -> str:
    return " ".join(_folded_words(text).split())


def _handle_key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().lstrip("@")


_KEYS = {
    "email": email_key,
    "phone": _phone_key,
    "web": web_key,
    "address": _address_key,
    "handle": _handle_key,
}
