"""The words of the sample workspace in other languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crmdesk import paths, words
from crmdesk.services import boards, samples, workspace
from crmdesk.storage.database import Database

SAMPLE = paths.resources() / "sample"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    words.use("en")


def every_text(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from every_text(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from every_text(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("file", sorted(SAMPLE.glob("people.*.toml")), ids=lambda file: file.name)
def test_a_translation_of_the_sample_translates_what_it_says(file: Path) -> None:
    told = {text for name in ("people", "year") for text in every_text(read(SAMPLE / f"{name}.toml"))}
    assert sorted(set(read(file)) - told) == []


@pytest.mark.parametrize("file", sorted(SAMPLE.glob("people.*.toml")), ids=lambda file: file.name)
def test_every_translation_of_the_sample_translates_the_same_texts(file: Path) -> None:
    translated = {text for each in SAMPLE.glob("people.*.toml") for text in read(each)}
    assert sorted(translated - set(read(file))) == []


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        ("de", {"Zurückrufen", "Katalog"}),
        ("vi", {"Gọi lại", "Catalô", "Bảng giá"}),
        ("zh_TW", {"回電", "型錄", "價目表"}),
    ],
)
def test_the_sample_speaks_the_language_in_use(db: Database, language: str, steps: set[str]) -> None:
    words.use(language)
    samples.fill(db, year=True)
    cards = [card for stage in workspace.vocabulary(db).path for card in boards.every_card(db, stage)]
    planned = {card.step_title for card in cards}
    assert steps <= planned
    assert not {"Call back", "Catalogue"} & planned
    assert "Katrin Bauer" in {card.name for card in cards}


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
