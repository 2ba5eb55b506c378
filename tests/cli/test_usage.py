"""Help and mistakes on the command line are worded in the person's language, down to the heads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ENGLISH = ("Usage", "Options", "Commands", "Arguments", "Show this", "required", "default", "Error", "Missing", "such")


def said(*arguments, language="de"):
    """Exit code, standard output and standard error of a command."""
    environment = os.environ | {"LANGUAGE": language, "PYTHONUTF8": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "crmdesk", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["import", "--help"], ["list"], ["list", "x", "--odd"]])
def test_no_word_of_the_frame_stays_english(arguments):
    _code, out, err = said(*arguments)
    assert [word for word in ENGLISH if word in out + err] == []


def test_the_help_has_its_heads_and_remarks():
    code, out, _err = said("import", "--help")
    assert code == 0
    assert out.startswith("Aufruf: crmdesk import [OPTIONEN]")
    assert "Argumente:" in out
    assert "WORKSPACE Die Datei des Arbeitsbereichs. [erforderlich]" in " ".join(out.split())
    assert "[sonst: address_book]" in " ".join(out.split())


def test_a_command_is_written_as_it_is_typed():
    _code, out, _err = said("import", "--help", language="en")
    assert out.splitlines()[0] == "Usage: crmdesk import [OPTIONS] WORKSPACE FILE..."
    _code, out, _err = said("history", "--help", language="en")
    assert out.splitlines()[0] == "Usage: crmdesk history [OPTIONS] WORKSPACE [REF]"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["list"], "“WORKSPACE” is missing."),
        (["list", "x", "--odd"], "There is no option “--odd”."),
        (["import", "x", "--source"], "“--source” is not used like that."),
        (["tour", "--text", "large", "--out", "x"], "The value of “--text” does not fit."),
        (["undo", "a", "b", "c"], "“b c” is more than this command takes."),
    ],
)
def test_a_mistake_is_a_sentence_and_the_way_to_the_help(arguments, sentence):
    code, out, err = said(*arguments, language="en")
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err
