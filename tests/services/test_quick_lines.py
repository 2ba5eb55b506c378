"""A text of several lines in quick add: a list, or the signature of one person; and pages of anything."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.services import quick_line

TODAY = date(2026, 5, 5)


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("Anna Müller, Müller GmbH\nBert Ott, Ott KG", True),
        ("Anna Müller\nBert Ott\nCarl Mai", True),
        ("a@b.example\nc@d.example", True),
        ("Weiss\tWeiss AG\tj@w.example\nAnna\tX GmbH\ta@x.example", True),
        ("陳大文, 佳鴻精密股份有限公司\n林小美, 台積電", True),
        ("Anna Müller\nMüller GmbH\nMusterstr. 5\n12345 Berlin\nTel 030 1234567\nanna@mueller.example", False),
        ("Anna Müller\nMüller GmbH", False),
        ("Anna Müller, Müller GmbH", False),
        ("", False),
    ],
)
def test_a_list_is_told_from_a_signature(text: str, is_list: bool) -> None:
    assert quick_line.is_list(text, today=TODAY) is is_list


def test_in_a_page_no_day_is_looked_for_after_its_first_parts() -> None:
    filler = ", ".join(["more words"] * 50)
    assert quick_line.read("Anna Müller, call fri, x", today=TODAY).due_on == date(2026, 5, 8)
    read = quick_line.read(f"Anna Müller, {filler}, call fri", today=TODAY)
    assert (read.due_on, read.note.endswith("call fri")) == (None, True), "what is not read is kept"
