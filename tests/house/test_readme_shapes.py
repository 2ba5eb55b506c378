"""The JSON that the README fixes is the JSON that the terminal prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crmdesk import cli
from crmdesk.domain.facts import FACTS

README = Path(__file__).resolve().parents[2] / "README.md"
FREE = {"consent", "before", "after"}  # data: purposes as keys; whatever a column holds
OPEN = {"tasks"}  # whole records: the README shows some of their fields


def promised(command):
    """The example the README gives for a command."""
    found = re.search(
        rf"^`{command} --json`.*?^```json\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found, f"the README has no example for {command}"
    return json.loads(found[1])


def differences(example, printed, *, at="", open_ended=False):
    """Where what is printed has other fields or other kinds of values than the example."""
    if isinstance(example, list) and isinstance(printed, list):
        found = [differences(example[0], each, at=f"{at}[]", open_ended=open_ended) for each in printed]
        return sorted({line for lines in found for line in lines})
    if isinstance(example, dict) and isinstance(printed, dict):
        gone, new = example.keys() - printed.keys(), printed.keys() - example.keys()
        lines = [f"{at}.{key} is not printed" for key in gone]
        lines += [f"{at}.{key} is not promised" for key in new if not open_ended]
        for key in (example.keys() & printed.keys()) - FREE:
            lines += differences(example[key], printed[key], at=f"{at}.{key}", open_ended=key in OPEN)
        return sorted(lines)
    fits = printed is None or type(example) is type(printed) or example is None
    return [] if fits else [f"{at} is {type(printed).__name__}"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A workspace full of invented people."""
    path = tmp_path_factory.mktemp("shapes") / "sample.crmdesk"
    assert cli.main(["new", str(path), "--vocabulary", "lead-first", "--sample"]) == 0
    return path


@pytest.fixture
def told(sample, capsys):
    """Runs a command with --json and gives what it printed."""

    def run(command, *arguments):
        capsys.readouterr()
        assert cli.main([command, str(sample), *map(str, arguments), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize(("command", "arguments"), [("list", []), ("search", ["a"]), ("history", [])])
def test_a_list_is_printed_as_promised(told, command, arguments):
    printed = told(command, *arguments)
    assert printed
    assert differences(promised(command), printed) == []


def test_every_card_is_shown_as_promised(told):
    cards = [told("show", card["ref"]) for card in told("list")]
    assert {card["kind"] for card in cards} == {"lead", "opportunity"}
    assert differences([promised("show")], cards) == []


def test_the_history_of_a_record_is_printed_as_promised(told):
    printed = told("history", told("list")[0]["ref"])
    assert any(step["changes"] for step in printed)
    assert differences(promised("history"), printed) == []


def test_an_import_is_accounted_for_as_promised(told, tmp_path):
    file = tmp_path / "visitors.csv"
    file.write_text("Name,Email\nAnn Example,ann@example.com\nBob,not-an-address\n", encoding="utf-8")
    printed = told("import", file)
    assert printed["problems"]
    assert printed["imported"] + printed["merged"] + printed["skipped"] + printed["reported"] == printed["read"]
    assert differences(promised("import"), printed) == []


def test_the_figures_are_printed_as_promised(told):
    assert differences(promised("report WORKSPACE"), told("report")) == []


def test_backups_are_printed_as_promised(told):
    made = told("backup")
    listed = told("restore", "--list")
    assert listed
    assert differences(promised("restore WORKSPACE --list"), [made, *listed]) == []


def test_every_command_of_the_terminal_stands_in_the_readme():
    named = set(re.findall(r"^crmdesk (\w+) |  crmdesk (\w+) ", README.read_text("utf-8"), re.MULTILINE))
    assert {one or other for one, other in named} == set(cli.COMMANDS)


@pytest.mark.parametrize("command", ["list", "show"])
def test_the_facts_of_the_examples_are_facts(command):
    named = re.findall(r'"(?:fact|moved_without|without|lacking)": (\[.*?\]|".*?")', json.dumps(promised(command)))
    keys = {key for each in named for key in re.findall(r"\w+", each)}
    assert keys
    assert keys <= FACTS.keys()
