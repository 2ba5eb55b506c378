"""The README says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import readme

ROOT = Path(__file__).resolve().parents[2]


def test_the_code_map_and_the_keys_are_those_of_the_code():
    text = readme.README.read_text(encoding="utf-8")
    assert readme.filled(text) == text, "run .venv/bin/python packaging/readme.py"


def test_every_module_has_its_line_in_the_code_map():
    lines = dict(re.findall(r"^- `(crmdesk/[^`]+)`: (.+)$", readme.code_map(), re.MULTILINE))
    assert set(lines) == {path.as_posix() for path in readme.modules()}


def test_every_file_the_readme_names_exists():
    text = readme.README.read_text(encoding="utf-8")
    named = re.findall(r"\]\(([a-z][^)]*)\)", text)
    named += re.findall(r"`((?:crmdesk|packaging|tests|resources)/[\w./-]+)`", text)
    named += [f"crmdesk/{path}" for path in re.findall(r"`((?:ui|services|storage|domain|exchange)/[\w./-]+)`", text)]
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_two_commands_stand_in_the_readme():
    text = readme.README.read_text(encoding="utf-8")
    assert "python3 packaging/develop.py run" in text
    assert "python3 packaging/develop.py test" in text


def test_a_first_sentence_ends_where_the_next_begins(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('"""Orders text, e.g. ranks, by\nhand. Never by number.\n\nMore.\n"""\n', encoding="utf-8")
    assert readme.first_sentence(module) == "Orders text, e.g. ranks, by hand."
