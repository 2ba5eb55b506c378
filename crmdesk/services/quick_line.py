"""One typed line about somebody, read: "Anna Müller, Müller GmbH, anna@mueller.example, 0171 2345, wants a quote fri".

The parts may come in any order and are told apart by their form, also without commas: an address, a number, words
that end in a day. Of the rest the first is the person and the second the firm, a firm first when only its form says so;
what is left is a note, and so is what ends in a day that is past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from crmdesk.domain import points, step_line
from crmdesk.domain.step_line import StepLine
from crmdesk.services import normalise

_LOOKED_AT = 12  # lines
_MOST_PARTS = 40  # of a line in which a day is looked for; what is pasted may be a whole page
_PARTS = re.compile(r"[,;\n\t，；、]")
_APART = re.compile(r"(\S+@\S+\.\w+|(?<![\w.:/-])[+(]?\d[\d ()/–]{6,}\d(?![\w.:/-]))")
_PHONE_LIKE = re.compile(r"[+(]?[\d][\d\s()./\-–]{4,}")
_FIRM_LIKE = re.compile(r"&|\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickLine:
    """What a line says, "" for what it does not; `step` is to be done on `due_on` (None without a day)."""

    person: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""
    step: str = ""
    due_on: date | None = None
    due_time: str = ""

    @property
    def empty(self) -> bool:
        """Whether it names nobody: a note alone is about no one."""
        return not (self.person or self.organisation or self.email or self.phone)


def read(text: str, *, today: date) -> QuickLine:
    """What one line says. Nothing is stored, and nothing is refused."""
    email, phone, rest = "", "", []
    parts = _parts(text)
    for part in parts:
        if not email and "@" in part and normalise.is_email(points.clean("email", part)):
            email = part
        elif not phone and _PHONE_LIKE.fullmatch(part):
            phone = part
        elif part:
            rest.append(part)
    named = bool(rest) and parts[0] == rest[0] and _is_like_a_name(rest[0])
    step, told, rest = _days(rest, today=today, named=named or not (email or phone))
    person, firm = _person_and_firm(rest)
    return QuickLine(
        person=person,
        organisation=firm,
        email=email,
        phone=phone,
        note=", ".join([*rest[2:], *told]),
        step=step.title or step.day_text,
        due_on=step.due_on,
        due_time=step.due_time,
    )


def lines(text: str) -> list[str]:
    """The lines of a pasted text that are not empty."""
    return [line for each in text.splitlines() if (line := each.strip())]


def is_list(text: str, *, today: date) -> bool:
    """Whether a text of several lines is about somebody else on each, and not the signature of one person.

    So it is when most of its first lines say two things about somebody, each has an address, or each is one name.
    """
    found = lines(text)
    if len(found) < 2:
        return False
    looked_at = [read(line, today=today) for line in found[:_LOOKED_AT]]
    full = sum(_says_two_things(each) for each in looked_at)
    return full * 2 > len(looked_at) or all(each.email for each in looked_at) or all(map(_is_one_name, looked_at))


def _says_two_things(line: QuickLine) -> bool:
    return sum(map(bool, (line.person, line.organisation, line.email, line.phone))) > 1


def _is_one_name(line: QuickLine) -> bool:
    return _is_like_a_name(line.person) and line == QuickLine(person=line.person) and not _is_firm(line.person)


def _parts(text: str) -> list[str]:
    """The parts of a line: what its signs part, and an address or a long number apart from the words around it."""
    parts = (piece for part in _PARTS.split(text) for piece in _APART.split(part))
    return [points.one_line(each) for each in parts if each]


def _days(rest: list[str], *, today: date, named: bool) -> tuple[StepLine, list[str], list[str]]:
    """The first part that ends in a day, those that end in one that is past, and the others.

    Where the very first part is `named` it is a name, whatever it ends in.
    """
    step, told, others = StepLine(""), [], []
    for place, part in enumerate(rest):
        read_it = (place or not named) and place < _MOST_PARTS
        found = step_line.read(part, today=today) if read_it else StepLine(part)
        if found.due_on is not None and step.due_on is None:
            step = found
        elif found.past_on is not None and place:
            told.append(part)
        else:
            others.append(part)
    return step, told, others


def _is_like_a_name(part: str) -> bool:
    """Several words, each with a capital letter, as in "Bernd Freitag"; "call fri" is none."""
    words = part.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _person_and_firm(rest: list[str]) -> tuple[str, str]:
    """Who of the first two is the firm: the one with a legal form; else the second."""
    first, second = (*rest, "", "")[:2]
    if _is_firm(first) and not _is_firm(second):
        return second, first
    return first, second


def _is_firm(text: str) -> bool:
    return bool(points.legal_form(text)) or bool(_FIRM_LIKE.search(text))
