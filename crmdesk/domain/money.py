"""Amounts of money as people type them, turned into whole cents with a currency; showing them is `words.money`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from crmdesk.domain.errors import BadInput
from crmdesk.words import _

MOST_CENTS = 10**15
"""Ten trillion of a currency; the sum of some thousands of such amounts still fits 64 bits."""

_SIGNS: dict[str, str] = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "nt$": "TWD",
    "ntd": "TWD",
    "us$": "USD",
    "usd": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "hk$": "HKD",
    "s$": "SGD",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "円": "JPY",
    "rmb": "CNY",
    "₫": "VND",
    "đ": "VND",
    "đồng": "VND",
    "vnđ": "VND",
    "sfr": "CHF",
    "fr": "CHF",
    "zł": "PLN",
    "kč": "CZK",
    "₹": "INR",
    "₩": "KRW",
    "元": "TWD",
    "圓": "TWD",
    "塊": "TWD",
    "新台幣": "TWD",
    "新臺幣": "TWD",
    "台幣": "TWD",
    "歐元": "EUR",
    "美元": "USD",
    "美金": "USD",
    "人民幣": "CNY",
}
_CODE_WORDS = (
    "EUR USD GBP CHF TWD VND JPY CNY HKD SGD AUD CAD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY INR KRW THB MYR IDR PHP "
    "BRL MXN ZAR ILS AED SAR UAH ISK"
)
_CODES = frozenset(_CODE_WORDS.split())
_DOLLARS = ("USD", "TWD", "HKD", "SGD", "AUD", "CAD", "NZD")
_TIMES: dict[str, int] = {
    "k": 10**3,
    "t": 10**3,
    "tsd": 10**3,
    "tausend": 10**3,
    "thousand": 10**3,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "千": 10**3,
    "萬": 10**4,
    "万": 10**4,
    "m": 10**6,
    "mio": 10**6,
    "mn": 10**6,
    "mill": 10**6,
    "million": 10**6,
    "millionen": 10**6,
    "tr": 10**6,
    "triệu": 10**6,
    "百萬": 10**6,
    "億": 10**8,
    "亿": 10**8,
    "bn": 10**9,
    "mrd": 10**9,
    "billion": 10**9,
    "milliarde": 10**9,
    "milliarden": 10**9,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
_SHAPE = re.compile(r"(?P<before>[^\d\-]*)(?P<number>\d(?:[\d.,'’ ]*\d)?)(?:[.,][-–—]+)?(?P<after>[^\d]*)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: whole hundredths of the currency (also where it has no coins of them), and its ISO code."""

    cents: int
    currency: str


def parse(text: str, *, currency: str) -> Money:
    """The amount in "48.000 €", "25k", "NT$1,180,000", "1,5 Mio"; `currency` (ISO) is meant where none is written.

    One separator with exactly three digits behind it groups thousands ("1.234" and "1,234" are one thousand), unless
    millions or more follow ("1,234 Mio"). BadInput for anything else that is not an amount, or one below zero.
    """
    shape = _SHAPE.fullmatch(unicodedata.normalize("NFKC", text.replace("\u00a0", " ")).strip())
    if shape is None:
        raise _unreadable(text)
    found, times = "", 1
    for word in _words(f"{shape['before']} {shape['after']}"):
        if word in _TIMES and times == 1:
            times = _TIMES[word]
        else:
            meant = _currency(word, own=currency)
            if not meant or found not in ("", meant):
                raise _unreadable(text)
            found = meant
    cents = MOST_CENTS + 1 if len(shape["number"]) > 25 else _hundredths(shape["number"], times, text)
    if cents > MOST_CENTS:
        raise BadInput(_("“{text}” is more than can be stored.").format(text=text), _("Write a smaller amount."))
    return Money(cents, found or currency)


def _words(text: str) -> list[str]:
    """Signs, codes and multipliers as single words: "k€" is "k", "€"; "萬元" is "萬", "元"."""
    words: list[str] = []
    for chunk in text.casefold().replace(".", " ").split():
        rest = chunk
        while rest:
            size = next((n for n in range(len(rest), 0, -1) if _is_word(rest[:n])), len(rest))
            words.append(rest[:size])
            rest = rest[size:]
    return words


def _is_word(word: str) -> bool:
    return word in _SIGNS or word in _TIMES or word.upper() in _CODES or word == "$"


def _currency(word: str, *, own: str) -> str:
    if word == "$":
        return own if own in _DOLLARS else "USD"
    if word in ("元", "¥") and own in ("CNY", "TWD", "JPY", "HKD"):
        return own
    return _SIGNS.get(word, word.upper() if word.upper() in _CODES else "")


def _hundredths(number: str, times: int, text: str) -> int:
    plain = number.replace("’", "'")
    if _GROUPED.fullmatch(plain) and not (times >= 10**6 and len(re.findall(r"[.,]", plain)) == 1):
        digits = re.sub(r"\D", "", plain)
    else:
        whole, separator, fraction = _split_fraction(plain)
        if re.search(r"\D", whole) and not _GROUPED.fullmatch(whole):
            raise _unreadable(text)
        if separator and separator in whole:
            raise _unreadable(text)
        digits = re.sub(r"\D", "", whole) + (f".{fraction}" if fraction else "")
    return int((Decimal(digits) * times * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _split_fraction(number: str) -> tuple[str, str, str]:
    """Whole part, decimal separator, fraction: the last full stop or comma is the separator."""
    found = max(number.rfind("."), number.rfind(","))
    if found < 0:
        return number, "", ""
    return number[:found], number[found], number[found + 1 :]


def _unreadable(text: str) -> BadInput:
    return BadInput(
        _("“{text}” cannot be read as an amount.").format(text=text), _("Write it like 48,000 €, 25k or NT$1,180,000.")
    )
