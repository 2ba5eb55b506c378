"""What the lines above a list call it is suggested as the name of the event, with its own quotes whole."""

from __future__ import annotations

import pytest

from crmdesk.exchange.csv_file import CsvShape
from crmdesk.ui.dialogs.import_event import suggested


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            'Messe Beispiel AG – Besucherliste "Holz & Technik 2026"',
            'Messe Beispiel AG – Besucherliste "Holz & Technik 2026"',
        ),
        ('"Holz & Technik 2026";;;', "Holz & Technik 2026"),
        ('"Besucher ""Holz & Technik"" 2026";;', 'Besucher "Holz & Technik" 2026'),
        ('"Holz" und "Technik"', '"Holz" und "Technik"'),
        ('"Holz; Technik 2026"', "Holz"),
        ("sep=;", ""),
    ],
)
def test_the_line_above_a_list_names_the_event(line: str, name: str) -> None:
    shape = CsvShape(
        path="list.csv", encoding="utf-8", mark=0, delimiter=";", header_line=2, header=(), preamble=(line,), damaged=0
    )
    assert suggested(shape) == name
