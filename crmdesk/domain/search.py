"""The query language: what a person types becomes quoted prefix terms. Nothing typed is ever full-text syntax.

The index holds four sorts of terms. All but the plain name terms begin with a private mark, so that a short prefix of
one sort never walks through the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crmdesk.domain.fold import fold, marked, phone_digits, spellings
from crmdesk.domain.records import Id

NAME = ""  # words of a name
OTHER = "\ue001"  # words of organisation, e-mail, web site and handle
START = "\ue002"  # words a name starts with
EXACT = "\ue003"  # words of a name with their marks kept

GRAMS = (3, 5)
LONGEST_PREFIX = 7  # as the search index has them, the mark counted
SHORTEST_FRAGMENT = 3
MOST_WORDS = 8
LONGEST_QUERY = 200
MOST_GRAM_DIGITS = 400

Expression = tuple[tuple[str, ...], ...]
"""All of these must be there, of each any: phrases of terms, the last of which may be the start of a longer one."""

_PHONE = re.compile(r"[\d()+./\-]+")
_DIALLED = "+"  # the sign before a country: what it begins is a phone number, and no word of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: a person, an organisation or an opportunity, with its newest card.

    `card_id`, `stage` and `exit` are those of the newest lead or opportunity, None and "" without one. `matched` is the
    organisation, address or number the query was found in, "" when it was found in the name.
    """

    id: Id
    kind: str  # person, organisation, opportunity
    ref: str
    name: str
    organisation: str = ""
    stage: str = ""
    exit: str = ""
    card_id: Id | None = None
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word: its spellings as tokens, its tokens with marks (or none), whether it may be part of a number."""

    spellings: tuple[tuple[str, ...], ...]
    marked: tuple[str, ...] = ()
    in_number: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood.

    `digits` are those of the one phone number, or part of one, that stands there, alone or beside words. One that was
    `dialled`, with the sign before a country, is not among the words.
    """

    words: tuple[Word, ...] = ()
    digits: str = ""
    dialled: bool = False

    @property
    def names(self) -> Query:
        """Only the words that are no part of the number."""
        return Query(tuple(word for word in self.words if not word.in_number))

    @property
    def has_marks(self) -> bool:
        """Whether any word was typed with accents, umlauts or the like."""
        return any(word.marked for word in self.words)


def parse(text: str) -> Query:
    """What a typed text asks for; empty when nothing in it can be looked for. At most 8 words count."""
    words: list[Word] = []
    numbers: list[tuple[str, bool]] = []
    for is_number, parts in groupby(text[:LONGEST_QUERY].split(), _may_be_number):
        written = list(parts)
        digits = phone_digits("".join(written)) if is_number else ""
        dialled = is_number and written[0].startswith(_DIALLED)
        if len(digits) >= SHORTEST_FRAGMENT:
            numbers.append((digits, dialled))
        if not dialled:
            words += _words(written, in_number=len(digits) >= SHORTEST_FRAGMENT)
    number = numbers[0] if len(numbers) == 1 else ("", False)
    return Query(tuple(words[:MOST_WORDS]), *number)


def start_expression(query: Query) -> Expression:
    """Names that start with the first word and have all the others."""
    first, *others = query.words
    start = tuple(dict.fromkeys(START + spelling[0] for spelling in first.spellings))
    whole = [] if all(len(spelling) == 1 for spelling in first.spellings) else [first]
    return (start, *(_phrases((NAME,), word.spellings) for word in (*whole, *others)))


def exact_expression(query: Query) -> Expression:
    """Names that have every word, those typed with marks as they were typed."""
    return tuple(
        _phrases((EXACT,), (word.marked,)) if word.marked else _phrases((NAME,), word.spellings) for word in query.words
    )


def name_expression(query: Query) -> Expression:
    """Names that have every word."""
    return tuple(_phrases((NAME,), word.spellings) for word in query.words)


def other_expression(query: Query) -> Expression:
    """Those where every word stands in the name, the organisation or an address."""
    return tuple(_phrases((NAME, OTHER), word.spellings) for word in query.words)


def match_text(expression: Expression) -> str:
    """An expression as the index reads it."""
    return _all_of(map(_any_of, expression))


def whole_words(text: str) -> str:
    """What the index is asked for those whose organisation or addresses have all these very words; "" for none."""
    return _all_of(f'"{term}"' for term in other_terms(text).split())


def holds(expression: Expression, terms: str) -> bool:
    """Whether a document with these terms, each after a space, is one that the expression finds."""
    return all(any(f" {phrase}" in terms for phrase in phrases) for phrases in expression)


def indexed(expression: Expression) -> Expression:
    """`expression` with the ends of long words cut to the longest prefix that is indexed."""
    return tuple(tuple(dict.fromkeys(map(_cut, phrases))) for phrases in expression)


def long_words(expression: Expression) -> Expression:
    """The part of an expression that is longer than the indexed prefixes."""
    return tuple(phrases for phrases in expression if any(_cut(phrase) != phrase for phrase in phrases))


def name_terms(*names: str) -> str:
    """What the index holds of a name, in the order it is written: folded words, and those with marks as they are."""
    text = " ".join(names)
    folded = fold(text)
    if text.isascii():
        return folded
    exact = (f"{EXACT}{token}" for word in text.split() for token in marked(word))
    return " ".join((folded, *exact))


def start_terms(*names: str) -> str:
    """The first token of each part of a name, in each spelling."""
    firsts = (spelling[0] for name in names for word in name.split()[:1] for spelling in spellings(word))
    return " ".join(dict.fromkeys(f"{START}{token}" for token in firsts))


def other_terms(text: str) -> str:
    """What the index holds of an organisation, e-mail, web site or handle."""
    folded = fold(text)
    return f"{OTHER}{folded.replace(' ', f' {OTHER}')}" if folded else ""


def numbers(text: str) -> str:
    """The different numbers in lines of text as digits; a number that another one contains is left out."""
    found = sorted({phone_digits(line) for line in text.split("\n")}, key=_longest_first)
    kept: list[str] = []
    for digits in found:
        if len(digits) >= SHORTEST_FRAGMENT and not any(digits in longer for longer in kept):
            kept.append(digits)
    return " ".join(kept)


def grams(digits: str) -> str:
    """The runs of three and of five digits in numbers, which any fragment is put together from."""
    runs: dict[str, None] = {}
    for number in digits[:MOST_GRAM_DIGITS].split():
        for size in GRAMS:
            runs.update(dict.fromkeys([number[at : at + size] for at in range(len(number) - size + 1)]))
    return " ".join(runs)


def fragments(digits: str) -> tuple[str, ...]:
    """What to look for when digits were typed: as they are, and without the zeros of a trunk or country prefix."""
    bare = digits.lstrip("0")
    return tuple(dict.fromkeys(each for each in (digits, bare) if len(each) >= SHORTEST_FRAGMENT))


def gram_expression(fragment: str) -> str:
    """Numbers that may contain a fragment; whether they do is checked on the digits."""
    size = max(each for each in GRAMS if each <= len(fragment))
    return _all_of(dict.fromkeys(f'"{fragment[at : at + size]}"' for at in range(len(fragment) - size + 1)))


def _may_be_number(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None


def _words(parts: Iterable[str], *, in_number: bool) -> Iterator[Word]:
    for part in parts:
        if found := spellings(part):
            yield Word(found, marked(part), in_number)


def _phrases(marks: Sequence[str], written: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    said = (" ".join(mark + token for token in spelling) for mark in marks for spelling in written)
    return tuple(dict.fromkeys(said))


def _cut(phrase: str) -> str:
    before, space, last = phrase.rpartition(" ")
    return f"{before}{space}{last[:LONGEST_PREFIX]}"


def _any_of(phrases: Sequence[str]) -> str:
    quoted = [f'"{phrase}" *' for phrase in phrases]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _all_of(parts: Iterable[str]) -> str:
    return " AND ".join(parts)


def _longest_first(digits: str) -> tuple[int, str]:
    return -len(digits), digits
