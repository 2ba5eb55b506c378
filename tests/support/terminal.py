"""What tests of the terminal share: running a command line, and reading what it printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., tuple[int, str, str]]
"""Runs a command line: exit code, standard output, standard error."""


def as_json(told: tuple[int, str, str]) -> Any:
    assert told[0] == 0, told[2]
    return json.loads(told[1])


def card_of(run: Run, sample: str, name: str) -> str:
    cards = as_json(run("list", sample, "--json"))
    return str(next(card["ref"] for card in cards if card["name"] == name))
