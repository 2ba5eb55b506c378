"""Days as German writes them: no dot after the weekday, none that meets the end of a sentence, no line end inside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from crmdesk import words
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.records import Lead, StageMove
from crmdesk.domain.vocabulary import load, shipped_text
from crmdesk.domain.why import why

TODAY = date(2026, 5, 5)


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    words.use("de")
    yield
    words.use("en")


def test_a_day_with_its_weekday_has_one_dot() -> None:
    assert words.day(date(2026, 5, 6), today=TODAY) == "Mi 6.\xa0Mai"


def test_a_short_day_shortens_its_month_and_one_in_a_sentence_does_not() -> None:
    april = date(2026, 4, 28)
    assert words.short_day(april, today=TODAY) == "28.\xa0Apr."
    assert words.day_in_sentence(april, today=TODAY) == "28.\xa0April"
    assert words.day_in_sentence(date(2025, 4, 28), today=TODAY) == "28.\xa0April 2025"


def test_why_here_ends_in_one_dot() -> None:
    vocabulary = load(shipped_text("dialogue"), "dialogue.toml")
    lead = Lead(stage="lead", stage_since="2026-04-23", source="badge_scan")
    placed = StageMove(kind="placed", to_stage="lead", at="2026-04-23")
    dossier = Dossier(lead=lead, moves=(placed,))
    assert why(vocabulary, dossier, today=TODAY).sentence.endswith("Badge-Scan, seit 23.\xa0April.")
