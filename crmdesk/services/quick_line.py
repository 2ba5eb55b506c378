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
    for part in _parts(text):
        if not email and "@" in part and normalise.is_email(points.clean("email", part)):
            email = part
        elif not phone and _PHONE_LIKE.fullmatch(part):
            phone = part
        elif part:
            rest.append(part)
    named = bool(email or phone)
    step = _step(rest, today=today, named=named)
    told = _told(rest, today=today, named=named)
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


def _parts(text: str) -> list[str]:
    """The parts of a line: what its signs part, and an address or a long number apart from the words around it."""
    parts = (piece for part in _PARTS.split(text) for piece in _APART.split(part))
    return [points.one_line(each) for each in parts if each]


def _step(rest: list[str], *, today: date, named: bool) -> StepLine:
    """The first part that ends in a day, taken out of `rest`; the very first part is a name unless there is another."""
    for place, part in enumerate(rest):
        if place == 0 and not named:
            continue
        found = step_line.read(part, today=today)
        if found.due_on is not None:
            del rest[place]
            return found
    return StepLine("")


def _told(rest: list[str], *, today: date, named: bool) -> list[str]:
    """The parts that end in a day that is past, taken out of `rest`: what happened, and no firm's name."""
    told = [each for each in rest[0 if named else 1 :] if step_line.read(each, today=today).past_on is not None]
    rest[:] = [each for place, each in enumerate(rest) if each not in told or (place == 0 and not named)]
    return told


def _person_and_firm(rest: list[str]) -> tuple[str, str]:
    """Who of the first two is the firm: the one with a legal form; else the second."""
    first, second = (*rest, "", "")[:2]
    if _is_firm(first) and not _is_firm(second):
        return second, first
    return first, second


def _is_firm(text: str) -> bool:
    return bool(points.legal_form(text)) or bool(_FIRM_LIKE.search(text))
