"""Strings as nobody would type them: other scripts, marks without letters, quotes, words of a query language."""

from __future__ import annotations

import random

ALPHABETS = (
    "abcxyz ",
    "ÄÖÜßéñøłđ ",
    "0123456789+-()/ ",
    "\"'`^*:(){}[]~%_\\;,.-!?@#$&|<>= ",
    "王淑芬陳怡君ニホン한국",
    "ạảấầẩẫậắằẳ ",
    "\u0300\u0301\u0323\u200b\u200d\u202e\ufeff\u00ad",
    "\x00\x01\x1f\x7f\n\t",
    "\ud800\udfff\ud83d",
    "🙂👩‍👧🇩🇪",
    "אבגד اللغة",
)
WORDS = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(",
    "NEAR/3",
    "name:",
    "rank",
    '"',
    '""',
    "*",
    "a*",
    "^a",
    "--",
    "';",
    "{a",
    "b}:",
    "+",
]


def odd_string(chance: random.Random) -> str:
    """The next one; it may hold half a surrogate pair, which no file can."""
    made = []
    for _each in range(chance.randrange(1, 5)):
        if chance.random() < 0.3:
            made.append(chance.choice(WORDS))
        else:
            letters = chance.choice(ALPHABETS)
            made.append("".join(chance.choice(letters) for _at in range(chance.randrange(1, 12))))
    text = chance.choice(("", " ", " ", "\n")).join(made)
    return text * (chance.randrange(2, 400) if chance.random() < 0.02 else 1)
