from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from crmdesk import app
from crmdesk.services import verbs, workspace
from tests.support.terminal import Run, as_json, card_of


def test_a_new_workspace_says_which_words_it_speaks(run: Run) -> None:
    assert run("new", "a.crmdesk", "--vocabulary", "lead-first") == (
        0, "Created “a.crmdesk”. Vocabulary: Lead first.\n", "",
    )  # fmt: skip
    code, _out, error = run("new", "a.crmdesk", "--vocabulary", "lead-first")
    assert (code, error) == (1, "“a.crmdesk” is there already. Choose another name, or open that one.\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("new", "a.crmdesk"), 2),
        (("new", "a.crmdesk", "--vocabulary", "made-up"), 1),
        (("list", "missing.crmdesk"), 1),
        (("list", "notes.txt"), 1),
        (("list",), 2),
        (("list", "a.crmdesk", "--no-such-option"), 2),
        (("nonsense", "a.crmdesk"), 2),
        (("import", "missing.crmdesk", "list.csv"), 1),
        (("do",), 2),
        (("tour", "--out", "pictures", "--size", "large"), 2),
        (("tour", "--out", "pictures", "--text", "9"), 2),
        (("--no-such-option",), 2),
        (("--help",), 0),
    ],
)
def test_what_cannot_be_is_refused_without_a_traceback(run: Run, arguments: tuple[str, ...], code: int) -> None:
    Path("notes.txt").write_text("no workspace", encoding="utf-8")
    given, out, error = run(*arguments)
    assert given == code
    assert "Traceback" not in out + error
    assert bool(error) == bool(code)


@pytest.mark.parametrize("arguments", [("show", "BAD"), ("list", "--stage", "made_up"), ("history", "AAAA-AAAA")])
def test_what_is_not_in_the_workspace_is_refused_with_the_reason(
    run: Run, sample: str, arguments: tuple[str, ...]
) -> None:
    code, out, error = run(arguments[0], sample, *arguments[1:])
    assert (code, out) == (1, "")
    assert error.strip()


def test_a_workspace_alone_opens_the_window(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def run_window(path: Path | None, _first: object = None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr(app, "run_window", run_window)
    assert run("mine.crmdesk")[0] == 0
    assert run()[0] == 0
    assert opened == [Path("mine.crmdesk"), None]


def test_the_list_lines_up_also_where_letters_are_wide(run: Run, sample: str) -> None:
    out = run("list", sample, "--stage", "prospect")[1].splitlines()
    assert out[0] == "Prospect (13)"
    katrin, chen = (next(line for line in out if name in line) for name in ("Katrin Bauer", "陳怡君"))
    # Three Han characters before the firm stand for six cells.
    assert chen.index("宏曜") + 3 == katrin.index("Bauer Maschinenbau")


def test_the_shape_of_a_card_in_a_list(run: Run, sample: str) -> None:
    cards = as_json(run("list", sample, "--json"))
    katrin = next(card for card in cards if card["name"] == "Katrin Bauer")
    assert {key: value for key, value in katrin.items() if key not in ("ref", "next_step", "quiet_since")} == {
        "kind": "lead",
        "stage": "prospect",
        "name": "Katrin Bauer",
        "organisation": "Bauer Maschinenbau GmbH",
        "owner": "JL",
        "amount_cents": 4800000,
        "currency": "EUR",
        "source": "business_card_talk",
        "without": ["fit"],
    }
    assert {**katrin["next_step"], "due_on": ""} == {
        "title": "Call about hall 3 layout", "kind": "call", "due_on": "", "due_time": "10:30", "promise": False,
    }  # fmt: skip
    assert [card["stage"] for card in cards] == sorted(
        (card["stage"] for card in cards), key=["lead", "prospect", "opportunity", "customer"].index
    )


def test_the_shape_of_a_card_that_is_shown(run: Run, sample: str) -> None:
    card = as_json(run("show", sample, card_of(run, sample, "Katrin Bauer"), "--json"))
    assert card.keys() == {
        "ref", "kind", "stage", "exit", "name", "title", "person", "job_title", "organisation", "owner", "source",
        "event", "note", "amount_cents", "currency", "channels", "tasks", "why", "timeline",
    }  # fmt: skip
    assert card["why"].keys() == {
        "sentence", "since", "facts", "lacking", "next_stage", "next_stage_needs", "moved_without", "moved_because",
    }  # fmt: skip
    assert card["why"]["facts"][0].keys() == {"fact", "label", "state", "evidence"}
    assert card["organisation"].keys() == {"ref", "name", "account_since"}
    assert card["channels"][0].keys() == {"ref", "kind", "value", "label", "broken", "consent"}
    assert card["timeline"][0].keys() == {"at", "kind", "text"}
    by_person = as_json(run("show", sample, card["person"], "--json"))
    assert by_person == card


def test_the_shape_of_a_search(run: Run, sample: str) -> None:
    assert [hit["name"] for hit in as_json(run("search", sample, "nguyen", "--json"))] == ["Nguyễn Thị Minh Anh"]
    hit = as_json(run("search", sample, "k.bauer@bauer-mb.example", "--json"))[0]
    assert hit.keys() == {"ref", "kind", "name", "organisation", "stage", "exit", "card", "matched"}
    assert (hit["name"], hit["matched"]) == ("Katrin Bauer", "k.bauer@bauer-mb.example")
    assert run("search", sample, "nobody at all")[:2] == (0, "Nothing found.\n")


def test_the_shape_of_a_history(run: Run, sample: str) -> None:
    steps = as_json(run("history", sample, "--json"))
    assert steps[0].keys() == {
        "step", "label", "at", "member", "kind", "action", "undone", "undoable", "changes",
    }  # fmt: skip
    card = card_of(run, sample, "Katrin Bauer")
    told = as_json(run("history", sample, card, "--json"))
    assert told[0]["action"] == "added"
    moved = next(each for each in told if each["label"] == "Move Katrin Bauer to Prospect")
    assert {"column": "stage", "before": "lead", "after": "prospect"} in moved["changes"]
    assert "Move Katrin Bauer to Prospect" in run("history", sample, card)[1]
    person = as_json(run("show", sample, card, "--json"))["person"]
    assert {"column": "person_id", "before": None, "after": person} in told[0]["changes"]


def test_undo_and_redo_say_what_they_did(run: Run, sample: str) -> None:
    assert run("undo", sample)[:2] == (0, "Undone: Plan “Visit” for Thomas Wiegand.\n")
    assert run("redo", sample)[:2] == (0, "Done again: Plan “Visit” for Thomas Wiegand.\n")
    code, _out, error = run("redo", sample)
    assert (code, error) == (1, "There is nothing to redo.\n")


def test_check_finds_nothing_wrong_with_a_sample(run: Run, sample: str) -> None:
    assert run("check", sample) == (0, "“sample.crmdesk” is sound.\n", "")


def test_check_says_what_is_wrong(run: Run, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_db: object) -> list[str]:
        return ["card: 1 missing"]

    monkeypatch.setattr(workspace, "check", check)
    assert run("check", sample)[:2] == (1, "card: 1 missing\n")


def test_an_import_accounts_for_every_record(run: Run, sample: str) -> None:
    text = "name,email\nAnna One,anna@one.example\nKatrin Bauer,k.bauer@bauer-mb.example\n,\n,not an address\n"
    Path("list.csv").write_text(text, encoding="utf-8")
    told = as_json(run("import", sample, "list.csv", "--source", "bought_list", "--json"))
    assert told["read"] == told["imported"] + told["merged"] + told["skipped"] + told["reported"]
    assert told["imported"] >= 1
    assert all({"file", "line", "what", "remedy", "text", "kept"} == problem.keys() for problem in told["problems"])
    assert "records" in run("import", sample, "list.csv")[1]


def test_people_only_makes_no_leads(run: Run, sample: str) -> None:
    Path("list.csv").write_text("name,email\nAnna One,anna@one.example\n", encoding="utf-8")
    run("import", sample, "list.csv", "--people-only")
    assert "Anna One" not in run("list", sample)[1]
    assert [hit["kind"] for hit in as_json(run("search", sample, "Anna One", "--json"))] == ["person"]


def test_a_file_that_is_no_list_stops_all_files(run: Run, sample: str) -> None:
    Path("list.csv").write_text("name,email\nAnna One,anna@one.example\n", encoding="utf-8")
    assert run("import", sample, "list.csv", "missing.csv")[0] == 1
    assert run("search", sample, "Anna One")[1] == "Nothing found.\n"


def test_do_answers_every_line_and_goes_on_after_a_refusal(run: Run, sample: str) -> None:
    card = card_of(run, sample, "Stefan Rühl")
    asked = [
        b'{"id": 1, "verb": "qualify.answer", "args": {"lead": "%s", "fact": "need", "value": "yes"}}' % card.encode(),
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"id": 2}',
        b'{"id": "three", "verb": "made.up"}',
        b'{"id": 4, "verb": "moves.move", "args": {"ids": ["%s"], "stage": "prospect"}}' % card.encode(),
        b'{"id": 5, "verb": "moves.move", "args": []}',
        b'{"id": 6, "verb": "moves.move", "args": {"ids": [7], "stage": "prospect"}}',
        b'{"id": 7, "verb": "moves.move", "args": {"stage": "prospect"}}',
        b'{"id": 8, "verb": "moves.move", "args": {"ids": [], "stage": 3}}',
        b'{"id": 9, "verb": "moves.move", "args": {"ids": [], "stage": "lead", "colour": "red"}}',
        b'{"id": 10, "verb": "tasks.plan", "args": {"about": "%s", "title": "A\\ud800\\u0000B", "due_on": "2026-05-05"}}'  # noqa: E501
        % card.encode(),
        b'{"id": 11, "verb": "tasks.plan", "args": {"about": "%s", "title": "Call", "due_on": "soon"}}' % card.encode(),
        b"[" * 100_000,
        b'{"id": 12, "verb": "workspace.info"}',
    ]
    code, out, error = run("do", sample, lines=b"\n".join(asked))
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, error) == (1, "")
    assert len(answers) == len(asked) - 1
    assert [each["ack"] for each in answers if "ack" in each] == [1, 10, 12]
    refused = {each["error"]: each for each in answers if each.get("error")}
    assert re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}", answers[0]["result"])
    assert refused[5]["message"] == "“args” is not an object."
    assert refused[4]["kind"] == "RuleBroken"
    assert "need" not in refused[4]["missing"]
    assert refused["three"]["message"].startswith("There is no verb “made.up”.")
    assert refused[7]["message"] == "“moves.move” needs the argument “ids”."
    assert "“moves.move” has no argument “colour”." in refused[9]["message"]
    assert answers[-1]["result"]["vocabulary"] == "dialogue"
    assert all(each["message"].strip() for each in answers if "message" in each)


def test_an_answer_is_given_only_after_the_commit(run: Run, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was acknowledged is there for another reader of the file at that moment."""
    from crmdesk.cli import lines
    from crmdesk.cli.writing import writing

    seen = []

    class Out(io.StringIO):
        def flush(self) -> None:
            reader = workspace.open(Path(sample), read_only=True)
            seen.append((len(self.getvalue().splitlines()), "Thomas Koch the second" in str(workspace.members(reader))))
            reader.close()

    asked = b'{"id": 1, "verb": "workspace.add_member", "args": {"name": "Thomas Koch the second"}}'
    with writing(Path(sample)) as writer:
        assert lines.answer_all([asked], Out(), writer.answer)
    assert seen == [(1, True)]


def test_do_notes_the_terminal_as_the_door(run: Run, sample: str) -> None:
    card = card_of(run, sample, "Stefan Rühl")
    asked = {
        "id": 1,
        "verb": "moves.fill_and_move",
        "args": {"lead": card, "stage": "prospect", "answers": [], "because": "x"},
    }
    assert run("do", sample, lines=json.dumps(asked).encode())[0] == 0
    read = {"id": 2, "verb": "dossiers.read", "args": {"card": card}}
    dossier = json.loads(run("do", sample, lines=json.dumps(read).encode())[1])["result"]
    assert dossier["moves"][-1]["door"] == "terminal"


def test_every_verb_is_documented_with_its_arguments(run: Run) -> None:
    code, out, _error = run("do", "--list")
    assert code == 0
    for name, verb in verbs.every().items():
        assert f"\n{name}(" in f"\n{out}"
        assert verb.function.__doc__, name
    assert "moves.move(ids: list of reference, stage: text, before: reference or nothing = None" in out


def test_reading_works_while_somebody_else_writes_and_writing_says_so(run: Run, sample: str) -> None:
    db = workspace.open(Path(sample))
    try:
        assert run("list", sample)[0] == 0
        code, _out, error = run("undo", sample)
        assert (code, "open in another window" in error) == (1, True)
    finally:
        db.close()
