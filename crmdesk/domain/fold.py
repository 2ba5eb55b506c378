"""One folding for what is stored and what is typed, so that both meet: case, accents, widths and scripts do not count.

Folded text is tokens of letters and digits with single spaces between them. "Müller" folds to both of its spellings,
"O'Brien" to itself with and without the gap, "陳怡君" to three tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_TOKEN = 64
LONGEST_TEXT = 1000

_ASCII_TOKEN = re.compile("[a-z0-9]+")
# Radicals, kana, Han, Hangul syllables and the planes of rarer Han: scripts written without spaces.
_UNSPACED = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)
_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_JOINTS = str.maketrans(dict.fromkeys("'’ʼ‘`´&"))
_NO_DIGIT = re.compile("[^0-9]+")
_JOINED = re.compile("['`&]")
_DROPPED = frozenset({"Mn", "Me", "Cf"})


def fold(text: str) -> str:
    """The tokens of a stored text with every spelling they may be looked for in; at most 1,000 characters are read."""
    return " ".join(token for word in _words(text) for spelling in spellings(word) for token in spelling)


def tokens(text: str) -> list[str]:
    """The tokens of a text in their plain spelling, in its order."""
    return [token for word in _words(text) for token in _plain(word)]


@lru_cache(maxsize=32768)
def spellings(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways a word is spelled, plain first, each as its tokens: Müller as muller, mueller; none for "!?"."""
    if word.isascii() and not _JOINED.search(word):
        plain = _plain(word)
        return (plain,) if plain else ()
    composed = unicodedata.normalize("NFKC", word).casefold()
    joined = composed.translate(_JOINTS)
    written = (composed, composed.translate(_UMLAUTS), joined, joined.translate(_UMLAUTS))
    return tuple(dict.fromkeys(found for each in written if (found := _plain(each))))


@lru_cache(maxsize=8192)
def marked(word: str) -> tuple[str, ...]:
    """The tokens of a word with their marks kept, or nothing when it has none: "Nguyễn" is ("nguyễn",)."""
    if word.isascii():
        return ()
    kept = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold())
    found = tuple(_split(kept, letter_or_mark=True))
    return () if found == _plain(word) else found


def phone_digits(text: str) -> str:
    """The digits in a text as ASCII, whatever script they are written in; "" when there are none."""
    if text.isascii():
        return _NO_DIGIT.sub("", text)
    return "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())


def _words(text: str) -> list[str]:
    return text[:LONGEST_TEXT].split()


@lru_cache(maxsize=32768)
def _plain(word: str) -> tuple[str, ...]:
    if word.isascii():
        return tuple(token[:LONGEST_TOKEN] for token in _ASCII_TOKEN.findall(word.lower()))
    lower = unicodedata.normalize("NFKD", word).casefold().translate(_LETTERS)
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", lower) if unicodedata.category(letter) not in _DROPPED
    )
    return tuple(_split(unicodedata.normalize("NFC", bare), letter_or_mark=False))


def _split(text: str, *, letter_or_mark: bool) -> Iterator[str]:
    token = ""
    for letter in text:
        inside = letter.isalnum() or (letter_or_mark and unicodedata.category(letter) == "Mn")
        if inside and not _UNSPACED.match(letter):
            token += letter
            continue
        if token:
            yield token[:LONGEST_TOKEN]
        token = ""
        if inside:
            yield letter
    if token:
        yield token[:LONGEST_TOKEN]
