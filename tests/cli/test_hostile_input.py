"""Whatever is typed or piped in: one plain message, the right exit code, and `do` goes on with the next line."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crmdesk import cli, words
from crmdesk.services import verbs, workspace
from crmdesk.storage.database import Database

Run = Callable[..., tuple[int, str, str]]
UNDECODABLE = os.fsdecode(b"\xff\xfe")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("CRMDESK_DEBUG", raising=False)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command line with strict UTF-8 streams: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str, lines: bytes = b"") -> tuple[int, str, str]:
        class Input:
            buffer = io.BytesIO(lines)

        out, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _each in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Input)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", error)
            code = cli.main(arguments)
        return code, *(each.buffer.getvalue().decode() for each in (out, error))  # type: ignore[attr-defined]

    return run_it


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    words.use("en")
    path = tmp_path_factory.mktemp("empty") / "sample.crmdesk"
    workspace.create(path, vocabulary="dialogue", me="Jana Lindner").close()
    return path


@pytest.fixture
def sample(empty: Path, tmp_path: Path) -> str:
    return Path(shutil.copy(empty, tmp_path / "sample.crmdesk")).name


def answers(told: tuple[int, str, str]) -> list[dict[str, Any]]:
    assert told[2] == ""
    return [json.loads(line) for line in told[1].splitlines()]


def test_lone_surrogates_anywhere_in_a_line_end_nothing(run: Run, sample: str) -> None:
    told = answers(run("do", sample, lines=b"\n".join([
        b'{"id": "\\ud800", "verb": "workspace.add_member", "args": {"name": "A\\ud800B"}}',
        b'{"id": 2, "verb": "\\udfff", "args": {}}',
        b'{"id": 3, "verb": "workspace.info", "args": {"\\ud800": 1}}',
        b'{"id": ["\\ud800", {"\\ud801": 1}], "verb": "workspace.info"}',
        b'{"id": 5, "verb": "dossiers.read", "args": {"card": "\\ud800"}}',
        b'{"id": 6, "verb": "searches.find", "args": {"text": "\\ud800"}}',
        b'{"id": 7, "verb": "workspace.members"}',
    ])))  # fmt: skip
    assert [next(iter(each)) for each in told] == ["ack", "error", "error", "ack", "error", "ack", "ack"]
    assert told[0]["ack"] == "\ufffd"
    assert told[3]["ack"] == ["\ufffd", {"\ufffd": 1}]
    assert "A\ufffdB" in [each["name"] for each in told[6]["result"]]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity"])
def test_numbers_that_json_does_not_have_are_refused(run: Run, sample: str, number: bytes) -> None:
    told = answers(
        run("do", sample, lines=b'{"id": %s, "verb": "workspace.info"}\n{"id": 1e999, "verb": "x"}' % number)
    )
    assert [each["error"] for each in told] == [None, None]
    assert told[0]["message"].startswith("This line is not JSON.")


def test_a_mistake_of_the_program_in_one_line_leaves_the_others(
    run: Run, sample: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(db: Database, name: str, arguments: Any, **_more: Any) -> Any:
        if name == "workspace.check":
            raise ZeroDivisionError
        return object() if name == "workspace.members" else real(db, name, arguments)

    real = verbs.call
    monkeypatch.setattr(verbs, "call", broken)
    told = answers(run("do", sample, lines=b"\n".join(
        b'{"id": %d, "verb": "%s"}' % (number, name)
        for number, name in enumerate((b"workspace.check", b"workspace.members", b"workspace.info"), 1)
    )))  # fmt: skip
    assert [each.get("error") for each in told] == [1, 2, None]
    assert told[0]["message"] == (
        "The program made a mistake (ZeroDivisionError). "
        "Set CRMDESK_DEBUG=1 and do the same again to see where, and report that."
    )
    assert told[2]["ack"] == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("new", "n" * 300 + ".crmdesk", "--vocabulary", "dialogue"), 1),
        (("new", f"{UNDECODABLE}/a.crmdesk", "--vocabulary", "dialogue"), 1),
        (("list", f"{UNDECODABLE}.crmdesk"), 1),
        (("show", "sample.crmdesk", UNDECODABLE), 1),
        (("search", "sample.crmdesk", UNDECODABLE), 0),
        (("history", "sample.crmdesk", UNDECODABLE), 1),
        (("list", "sample.crmdesk", "--stage", UNDECODABLE), 1),
        (("new", "b.crmdesk", "--vocabulary", UNDECODABLE), 1),
        ((UNDECODABLE, "sample.crmdesk"), 2),
        (("import", "sample.crmdesk", UNDECODABLE), 1),
        (("import", "sample.crmdesk", "n" * 300), 1),
        (("tour", "--out", "sample.crmdesk"), 1),
        (("tour", "--out", "pictures", "--theme", "pink"), 2),
        (("tour", "--out", "pictures", "--language", "klingon"), 2),
        (("tour", "--out", "pictures", "--size", "0x0"), 2),
        (("tour", "--out", "pictures", "--size", "99999999x99999999"), 2),
        (("tour", "--out", "pictures", "--size", "639x480"), 2),
        (("tour", "--out", "pictures", "--size", "²x³"), 2),
    ],
)
def test_odd_words_on_the_command_line_are_answered_plainly(
    run: Run, sample: str, arguments: tuple[str, ...], code: int
) -> None:
    given, out, error = run(*arguments)
    assert given == code, error
    assert "Traceback" not in out + error
    assert "made a mistake" not in error
    assert bool(error) == bool(code)


def test_a_mistake_of_the_program_is_told_in_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, sample: str) -> None:
    def broken(_db: object) -> list[str]:
        raise ZeroDivisionError

    monkeypatch.setattr(workspace, "check", broken)
    code, out, error = run("check", sample)
    assert (code, out) == (1, "")
    assert error.startswith("The program made a mistake (ZeroDivisionError). ")
    assert "Traceback" not in error
    monkeypatch.setenv("CRMDESK_DEBUG", "1")
    code, _out, error = run("check", sample)
    assert code == 1
    assert "Traceback" in error


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_only_files_are_imported(run: Run, sample: str, kind: str) -> None:
    name = "/dev/zero" if kind == "device" else kind
    if kind == "folder":
        Path(kind).mkdir()
    elif kind == "pipe":
        os.mkfifo(kind)
    code, _out, error = run("import", sample, name)
    assert code == 1
    assert error == (
        "“folder” is a folder. Choose a file in it.\n" if kind == "folder"
        else f"“{Path(name).name}” is not a file. Save the list as a CSV file and choose that.\n"
    )  # fmt: skip


def test_a_damaged_workspace_is_told_as_one_and_let_go(run: Run, sample: str) -> None:
    connection = sqlite3.connect(sample)
    connection.execute("DELETE FROM vocabulary")
    connection.commit()
    connection.close()
    for command in ("undo", "list", "undo"):
        code, out, error = run(command, sample)
        assert (code, out) == (1, "")
        assert error.startswith("“sample.crmdesk” is damaged"), error


def test_a_workspace_of_nobody_known_is_that_of_the_first_of_the_team(run: Run, sample: str) -> None:
    connection = sqlite3.connect(sample)
    connection.execute("UPDATE setting SET value = 'garbage' WHERE key = 'member'")
    connection.commit()
    connection.close()
    assert run("list", sample)[0] == 0


@pytest.mark.parametrize("damage", ["DROP TABLE card", "ALTER TABLE lead RENAME COLUMN stage TO place"])
def test_a_workspace_without_a_table_shows_no_traceback(run: Run, sample: str, damage: str) -> None:
    connection = sqlite3.connect(sample)
    connection.execute(damage)
    connection.commit()
    connection.close()
    for command in ("list", "undo"):
        _code, out, error = run(command, sample)
        assert "Traceback" not in out + error
        assert "sqlalchemy" not in error
