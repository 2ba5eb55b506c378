"""One typed line about somebody, its parts told apart by their form."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.services import quick_line
from crmdesk.services.quick_line import QuickLine

TODAY = date(2026, 5, 5)
FRIDAY = date(2026, 5, 8)


def test_the_line_of_a_busy_person_becomes_a_record_and_a_step() -> None:
    line = quick_line.read("Anna Müller, Müller GmbH, anna@mueller.de, 0171 234567, wants a quote fri", today=TODAY)
    assert line == QuickLine(
        person="Anna Müller",
        organisation="Müller GmbH",
        email="anna@mueller.de",
        phone="0171 234567",
        step="wants a quote",
        due_on=FRIDAY,
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Müller GmbH, Anna Müller", QuickLine(person="Anna Müller", organisation="Müller GmbH")),
        ("0171 234567", QuickLine(phone="0171 234567")),
        ("0171 234567, Rückruf morgen", QuickLine(phone="0171 234567", step="Rückruf", due_on=date(2026, 5, 6))),
        ("Anna, call fri", QuickLine(person="Anna", step="call", due_on=FRIDAY)),
        ("Anna, fri", QuickLine(person="Anna", step="fri", due_on=FRIDAY)),
        ("May Friday", QuickLine(person="May Friday")),
        ("王淑芬，協鼎機電有限公司，寄目錄明天", QuickLine(
            person="王淑芬", organisation="協鼎機電有限公司", step="寄目錄", due_on=date(2026, 5, 6))),
        ("Anna, Müller GmbH, likes blue", QuickLine(person="Anna", organisation="Müller GmbH", note="likes blue")),
        ("", QuickLine()),
        ("Bernd Freitag, Freitag GmbH, b@freitag.example", QuickLine(
            person="Bernd Freitag", organisation="Freitag GmbH", email="b@freitag.example")),
        ("Karl Montag, 0171 222333, call fri", QuickLine(
            person="Karl Montag", phone="0171 222333", step="call", due_on=FRIDAY)),
        ("0171 222333, call fri", QuickLine(phone="0171 222333", step="call", due_on=FRIDAY)),
        ("call fri, 0171 222333", QuickLine(phone="0171 222333", step="call", due_on=FRIDAY)),
        ("Bernd Gestern, bernd@gestern.example", QuickLine(person="Bernd Gestern", email="bernd@gestern.example")),
        ("Anna, 0171 234567, called yesterday, quote fri", QuickLine(
            person="Anna", phone="0171 234567", note="called yesterday", step="quote", due_on=FRIDAY)),
        ("Jens Thomsen jens@thomsen.example wants a quote fri", QuickLine(
            person="Jens Thomsen", email="jens@thomsen.example", step="wants a quote", due_on=FRIDAY)),
        ("Anna Müller 0171 2345678 call tomorrow 9:30", QuickLine(
            person="Anna Müller", phone="0171 2345678", step="call", due_on=date(2026, 5, 6), due_time="09:30")),
        ("Anna, call 2026-05-08", QuickLine(person="Anna", step="call", due_on=FRIDAY)),
    ],
)  # fmt: skip
def test_parts_are_told_by_their_form(text: str, line: QuickLine) -> None:
    assert quick_line.read(text, today=TODAY) == line


def test_a_line_that_names_nobody_is_empty() -> None:
    assert quick_line.read(" , ,", today=TODAY).empty
    assert not quick_line.read("Anna", today=TODAY).empty
