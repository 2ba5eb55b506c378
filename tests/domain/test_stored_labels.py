"""The sentence of a step is stored, so a file can hold anything in its place."""

from __future__ import annotations

import pytest

from crmdesk.words import Label


def test_a_label_comes_back_as_it_was_stored():
    label = Label("Tag {count} record", "Tag {count} records", 2, {"tag": "{count}"})
    assert Label.load(label.dump()) == label
    assert label.text() == "Tag 2 records"


@pytest.mark.parametrize("text", ["", "Move {na", "[1, 2]", '["a", "b", "c", {}]', '["a", "", 1, 5]', "null"])
def test_a_garbled_label_is_shown_as_it_is(text: str):
    assert Label.load(text).text() == text


@pytest.mark.parametrize("pattern", ["{name.__class__}", "{name:>99999999999}", "{", "}{", "{other}", "{0}"])
def test_nothing_but_names_means_anything_in_a_label(pattern: str):
    label = Label(pattern, args={"name": "Anna"})
    assert label.text() == pattern
