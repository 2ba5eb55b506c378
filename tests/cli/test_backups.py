"""Backups from the terminal: made while a window is open, listed, restored, refused in words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crmdesk.services import backups, workspace
from crmdesk.storage import backup
from tests.support.terminal import Run, as_json, card_of

SHAPE = {"number", "path", "at", "reason", "bytes", "format", "kept", "good"}


def newest(run: Run, sample: str) -> int:
    return int(as_json(run("history", sample, "--json"))[0]["step"])


def test_a_backup_is_made_while_a_window_has_the_workspace_open(run: Run, sample: str) -> None:
    window = workspace.open(Path(sample))
    told = as_json(run("backup", sample, "--json"))
    window.close()
    assert told.keys() == SHAPE
    assert (told["number"], told["reason"], told["good"], told["kept"]) == (1, "asked", True, False)
    assert Path(told["path"]).stat().st_size == told["bytes"]


def test_a_copy_goes_where_it_is_wanted_and_is_no_backup(run: Run, sample: str) -> None:
    told = as_json(run("backup", sample, "--to", "copy.crmdesk", "--json"))
    assert told.keys() == {"number", "path", "bytes", "good"}
    assert run("check", "copy.crmdesk")[0] == 0
    assert as_json(run("restore", sample, "--list", "--json")) == []
    code, _out, error = run("backup", sample, "--to", sample)
    assert (code, "is there already" in error) == (1, True)


def test_restoring_brings_back_what_was_and_keeps_what_is(run: Run, sample: str) -> None:
    first_step = newest(run, sample)
    katrin = card_of(run, sample, "Katrin Bauer")
    as_json(run("backup", sample, "--json"))
    args = {"about": katrin, "title": "Later", "due_on": "2026-12-01"}
    line = json.dumps({"id": 1, "verb": "tasks.plan", "args": args})
    assert run("do", sample, lines=line.encode() + b"\n")[0] == 0
    later = newest(run, sample)
    told = as_json(run("restore", sample, "1", "--json"))
    assert told == {"restored": 1, "kept": 2, "aside": ""}
    assert newest(run, sample) == first_step < later
    kept, first = as_json(run("restore", sample, "--list", "--json"))
    assert kept.keys() == SHAPE
    assert (kept["number"], kept["kept"], kept["reason"], first["number"]) == (2, True, "restore", 1)
    assert run("restore", sample, "2") == (
        0, "Restored backup 2.\nWhat lay there before is backup 3, and is kept.\n", "",
    )  # fmt: skip
    assert newest(run, sample) == later


def test_restoring_is_refused_while_a_window_has_the_workspace_open(run: Run, sample: str) -> None:
    run("backup", sample)
    window = workspace.open(Path(sample))
    code, out, error = run("restore", sample, "1")
    window.close()
    assert (code, out) == (1, "")
    assert "is open in another window or program" in error


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("restore", "sample.crmdesk"), 2, "--list"),
        (("restore", "sample.crmdesk", "9"), 1, "There is no backup 9"),
        (("restore", "missing.crmdesk", "--list"), 1, "There is no file"),
        (("backup", "missing.crmdesk"), 1, "There is no file"),
        (("backup", "sample.crmdesk", "--to", "no/such/folder.crmdesk"), 1, "folder"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, sample: str, arguments: tuple[str, ...], code: int, words: str) -> None:
    given, out, error = run(*arguments)
    assert (given, out) == (code, "")
    assert words in error


def test_a_damaged_backup_is_listed_as_such_and_not_restored(run: Run, sample: str) -> None:
    run("backup", sample)
    made = backups.listed(Path(sample).resolve())[0].path
    content = bytearray(made.read_bytes())
    content[5000] ^= 1
    made.write_bytes(content)
    assert "damaged" in run("restore", sample, "--list")[1]
    before = Path(sample).read_bytes()
    code, _out, error = run("restore", sample, "1")
    assert (code, "is damaged" in error) == (1, True)
    assert Path(sample).read_bytes() == before


def test_a_lost_workspace_comes_back_from_its_backup(run: Run, sample: str) -> None:
    run("backup", sample)
    whole = shutil.copy(sample, "as it was.crmdesk")
    Path(sample).unlink()
    assert as_json(run("restore", sample, "1", "--json")) == {"restored": 1, "kept": None, "aside": ""}
    assert run("list", sample) == run("list", whole)


def test_nothing_is_left_where_nothing_was_made(run: Run, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmdesk.storage.copying.free_space", lambda _folder: 100_000)
    code, out, error = run("backup", sample)
    assert (code, out) == (1, "")
    assert "100\xa0KB are free" in error
    assert not [*backup.folder_of(Path(sample).resolve()).glob("*.crmdesk*")]
