"""A language for tests: every message of the catalogue 35 % longer and with tall letters, and told from stored text."""

from __future__ import annotations

import gettext
import re

LONGER = 1.35
_TALL = str.maketrans("aeiouAEIOU", "ảẻỉỏủẢẺỈỎỦ")
_MARKS = frozenset("ảẻỉỏủẢẺỈỎỦ")
_PIECES = re.compile(r"(\{[^}]*\})")


class LongWords(gettext.NullTranslations):
    """Stands in for a catalogue."""

    def gettext(self, message: str) -> str:
        return stretched(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return stretched(one if count == 1 else many)

    def pgettext(self, _context: str, message: str) -> str:
        return stretched(message)


def stretched(message: str) -> str:
    """The message with its vowels made tall and doubled until it is long enough; {placeholders} stay."""
    pieces = _PIECES.split(message)
    bare = sum(len(piece) for piece in pieces[::2])
    more = round(bare * LONGER) - bare
    for at in range(0, len(pieces), 2):
        made = []
        for letter in pieces[at].translate(_TALL):
            made.append(letter)
            if letter in _MARKS and more > 0:
                made.append(letter.lower())
                more -= 1
        pieces[at] = "".join(made)
    return "".join(pieces)


def is_stretched(text: str) -> bool:
    """Whether a text comes from the catalogue, in whole or in part."""
    return any(letter in _MARKS for letter in text)
