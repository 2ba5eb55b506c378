"""The tool that keeps the translations: what it finds, and how strings have to be marked for it."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
import words as tool
from babel.messages import Catalog

ROOT = Path(__file__).resolve().parents[2]
MARKERS = {"_", "N_", "ngettext", "NN_", "pgettext"}


def catalogs(message, translation, flags=()):
    """A template with one message, and its German catalogue."""
    template, german = Catalog(), Catalog(locale="de")
    template.add(message)
    german.add(message, translation, flags=flags)
    return german, template


@pytest.mark.parametrize(
    ("message", "translation", "flags", "problem"),
    [
        ("Move", "", (), "not translated: Move"),
        ("Move", "Bewegen", ("fuzzy",), "fuzzy: Move"),
        ("Add {name}", "{nane} anlegen", (), "placeholders differ: Add {name} → {nane} anlegen"),
        ("Add {name}", "{name anlegen", (), "placeholders differ: Add {name} → {name anlegen"),
        (("{count} card", "{count} cards"), ("Eine Karte", ""), (), "not translated: {count} card / {count} cards"),
        (("{count} card", "{count} cards"), ("Karte", "Karten"), (), "placeholders differ: {count} cards → Karten"),
    ],
)
def test_an_unfinished_or_wrong_translation_is_named(message, translation, flags, problem):
    assert list(tool.problems_of(*catalogs(message, translation, flags))) == [problem]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Add {name}", "{name} anlegen"),
        (("{count} card", "{count} cards"), ("Eine Karte", "{count} Karten")),
    ],
)
def test_a_finished_translation_is_let_through(message, translation):
    assert list(tool.problems_of(*catalogs(message, translation))) == []


def test_a_message_the_catalogue_lacks_is_named():
    german, template = catalogs("Move", "Bewegen")
    template.add("Undo")
    german.add("Gone", "Weg")
    assert list(tool.problems_of(german, template)) == ["missing: Undo", "not in the code: Gone"]


def test_the_same_words_make_the_same_files_on_any_day():
    files = set()
    for day in (4, 5):
        german, _template = catalogs("Move", "Bewegen")
        german.creation_date = german.revision_date = datetime(2026, 5, day, tzinfo=UTC)
        files.add((tool.po_bytes(german), tool.mo_bytes(german)))
    assert len(files) == 1


def test_every_marked_string_is_written_out_where_it_is_marked():
    """A name or an f-string inside the marker never reaches the catalogue."""
    offences = [
        place
        for place, call in marked_calls(MARKERS | {"Label"})
        if any(map(is_assembled, call.args)) or (marker(call) in {"N_", "NN_"} and not all(map(is_text, call.args)))
    ]
    assert offences == []


def test_the_sentence_of_a_label_is_marked():
    labels = [(place, call.args[0]) for place, call in marked_calls({"Label"}) if call.args]
    assert [place for place, sentence in labels if is_text(sentence) and sentence.value] == []


def marked_calls(names):
    """Place and call of everything in the program that is called by one of these names."""
    for path in sorted((ROOT / "crmdesk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and marker(node) in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def marker(call):
    """The name a call is made by."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_text(node):
    """Whether this is a string written out."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_assembled(node):
    """Whether this is a string put together from pieces."""
    return isinstance(node, ast.JoinedStr | ast.BinOp)
