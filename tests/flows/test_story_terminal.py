"""The story of the first days, from the terminal: each command is a process of its own, over one workspace file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

# As an organiser sends it: a preamble, semicolons, German headers, the code page of an old office.
LIST = """Besucherliste Frühjahrsmesse;;;;;
Stand: 04.05.2026;;;;;

Vorname;Nachname;Firma;Funktion;E-Mail;Telefon
Sabine;Oberländer;Hydraulik Oberländer GmbH & Co. KG;Werkleiterin;s.oberlaender@hydraulik.example;0711 5550140
Thomas;Wiegand;Wiegand Werkzeugbau GmbH;Geschäftsführer;t.wiegand@wiegand.example;+49 711 5550129
Katrin;Bauer;Bauer Maschinenbau GmbH;Einkauf;k.bauer@bauer-mb.example;0171 3920017
;;Rühl Sondermaschinen GmbH;;info@ruehl.example;
Katrin;Bauer;Bauer Maschinenbau GmbH;Einkauf;K.Bauer@bauer-mb.example;0171 3920017
"""
MORE = """name,company,email
Nguyễn Thị Mai,Công ty TNHH Hòa Phú,mai@hoaphu.example
陳怡君,宏曜精密工業股份有限公司,chen@hongyao.example
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Any:
    """Runs `crmdesk …` in a folder of its own, in English; what it printed, or its JSON."""
    environment = {**os.environ, "LANGUAGE": "en", "LANG": "de_DE.UTF-8", "PYTHONPATH": str(ROOT)}

    def run(*arguments: str, lines: str = "", code: int = 0) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "crmdesk", *arguments],
            cwd=tmp_path, env=environment, input=lines, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        if code:
            return done.stderr or done.stdout
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    return run


def test_the_story_from_a_list_to_a_deal_and_back(terminal: Any, tmp_path: Path) -> None:
    (tmp_path / "messe.csv").write_text(LIST, encoding="cp1252")
    (tmp_path / "more.csv").write_text(MORE, encoding="utf-8")
    terminal("new", "fair.crmdesk", "--vocabulary", "dialogue")

    chosen = ("--source", "badge_scan", "--event", "Spring Fair")
    counted = terminal("import", "fair.crmdesk", "messe.csv", *chosen, "--json")
    assert [counted[each] for each in ("read", "imported", "merged", "skipped", "reported")] == [5, 4, 0, 1, 0]
    terminal("import", "fair.crmdesk", "more.csv", *chosen)
    cards = terminal("list", "fair.crmdesk", "--stage", "lead", "--json")
    assert {card["name"] for card in cards} == {
        "Sabine Oberländer", "Thomas Wiegand", "Katrin Bauer", "Rühl Sondermaschinen GmbH", "Nguyễn Thị Mai", "陳怡君",
    }  # fmt: skip
    katrin = next(card["ref"] for card in cards if card["name"] == "Katrin Bauer")

    def do(verb: str, **arguments: Any) -> Any:
        line = json.dumps({"id": 7, "verb": verb, "args": arguments})
        return json.loads(terminal("do", "fair.crmdesk", lines=line))["result"]

    refused = json.loads(
        terminal(
            "do", "fair.crmdesk", code=1,
            lines=json.dumps({"id": 1, "verb": "moves.move", "args": {"ids": [katrin], "stage": "prospect"}}),
        )
    )  # fmt: skip
    assert refused["error"] == 1
    assert refused["missing"] == ["dialogue", "need", "fit"]
    assert refused["message"].startswith("Katrin Bauer cannot be at the stage Prospect yet")

    do("activities.log", about=katrin, kind="stand_talk", depth="deep", note="Two lathes to replace")
    answers = [{"fact": "need", "value": "yes", "note": "Two lathes"}, {"fact": "fit", "value": "yes"}]
    moved = do("moves.fill_and_move", lead=katrin, stage="prospect", answers=answers)
    assert moved == {"moved": [katrin], "asked": [], "name": "Katrin Bauer"}

    do("qualify.answer", lead=katrin, fact="means", value="yes", amount_cents=4_800_000, currency="EUR")
    do("qualify.answer", lead=katrin, fact="timeframe", value="yes", by_date="2027-03-01")
    choice = do("convert.propose", lead=katrin)["default"]
    assert choice["account"] == "new"
    sentence = do("convert.preview", lead=katrin, choice=choice)
    assert sentence.startswith("Bauer Maschinenbau GmbH becomes a new account with Katrin Bauer as contact.")
    made = do("convert.convert", lead=katrin, choice=choice)
    assert do("convert.convert", lead=katrin, choice=choice) == {**made, "already": True}

    card = terminal("show", "fair.crmdesk", katrin, "--json")
    assert (card["kind"], card["ref"], card["stage"]) == ("opportunity", made["opportunity_id"], "opportunity")
    assert card["organisation"]["name"] == "Bauer Maschinenbau GmbH"
    assert {row["fact"]: row["state"] for row in card["why"]["facts"]}["need"] == "yes"
    assert "Why here?" in terminal("show", "fair.crmdesk", made["opportunity_id"])

    assert [hit["name"] for hit in terminal("search", "fair.crmdesk", "nguyen", "--json")] == ["Nguyễn Thị Mai"]
    assert [hit["name"] for hit in terminal("search", "fair.crmdesk", "392", "--json")] == ["Katrin Bauer"]

    assert terminal("undo", "fair.crmdesk") == "Undone: Convert Katrin Bauer.\n"
    for _time in range(2):
        terminal("undo", "fair.crmdesk")
    prospects = terminal("list", "fair.crmdesk", "--stage", "prospect", "--json")
    assert [(card["name"], card["amount_cents"]) for card in prospects] == [("Katrin Bauer", None)]
    assert terminal("list", "fair.crmdesk", "--stage", "opportunity", "--json") == []
    assert terminal("redo", "fair.crmdesk") == "Done again: Answer a question about Katrin Bauer.\n"

    assert terminal("check", "fair.crmdesk") == "“fair.crmdesk” is sound.\n"
    assert len(terminal("history", "fair.crmdesk", "--json")) > 8
