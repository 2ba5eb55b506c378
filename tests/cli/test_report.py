"""`crmdesk report`: figures and versions, and nobody's name."""

from __future__ import annotations

import json

import pytest

from crmdesk.services import crashes, reporting
from tests.support.terminal import Run, as_json


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr("crmdesk.paths.state_folder", lambda: tmp_path)
    return tmp_path


def test_the_program_tells_its_versions_and_the_newest_mistakes(run: Run, folder):
    crashes.write("ValueError\n")
    told = as_json(run("report", "--json"))
    assert set(told["versions"]) == {"CrmDesk", "Python", "Qt", "SQLite", "System", "Language"}
    assert [each["text"] for each in told["crashes"]] == ["ValueError\n"]
    code, said, _err = run("report")
    assert code == 0
    assert "SQLite: 3." in said
    assert "ValueError" in said


def test_the_figures_agree_with_the_board_and_name_nobody(run: Run, sample: str):
    told = as_json(run("report", sample, "--json"))
    cards = as_json(run("list", sample, "--json"))
    assert {each["stage"]: each["now"] for each in told["stages"] if each["now"]} == {
        stage: sum(card["stage"] == stage for card in cards) for stage in {card["stage"] for card in cards}
    }
    for each in told["stages"]:
        assert each["now"] <= each["entered"]
        assert each["went_on"] <= each["entered"]
    said = json.dumps(told, ensure_ascii=False) + run("report", sample)[1]
    for card in cards:
        assert card["name"] not in said
        assert not card["organisation"] or card["organisation"] not in said


def test_a_small_number_is_said_to_be_one(run: Run, sample: str):
    code, said, err = run("report", sample)
    assert code == 0, err
    assert "(a small number)" in said
    told = as_json(run("report", sample, "--json"))
    assert all(each["percent"] is None for each in told["stages"] if each["entered"] < 20)


def test_a_share_is_told_from_twenty_on():
    assert reporting.percent(5, 19) is None
    assert reporting.percent(5, 20) == 25


def test_what_was_noted_at_an_exit_is_not_told(run: Run, sample: str, tmp_path):
    lead = next(card["ref"] for card in as_json(run("list", sample, "--json")) if card["kind"] == "lead")
    args = {"ids": [lead], "reason": "unreachable", "note": "Frau Zausel will nicht"}
    done = run("do", sample, lines=json.dumps({"verb": "moves.not_a_fit", "args": args}).encode())
    assert done[0] == 0, done[1]
    exits = as_json(run("report", sample, "--json"))["exits"]
    assert ("not_a_fit", "Cannot be reached") in {(each["kind"], each["reason"]) for each in exits}
    assert "Zausel" not in str(exits)
