"""`python -m tests.speed [PART…] [--size 10k 100k 1m] [--json FILE]`: prints each figure beside its floor."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.speed import questions, steps, windows
from tests.speed.ground import Ground
from tests.speed.measure import HEAD, Figure
from tests.speed.world import SIZES

PARTS: dict[str, Callable[[Ground], Iterator[Figure]]] = {
    "start": windows.start,
    "search": questions.search,
    "keys": windows.window_search,
    "move": steps.move,
    "window-move": windows.window_move,
    "board": windows.scrolling,
    "totals": questions.totals,
    "lists": questions.listing,
    "record": questions.record,
    "today": questions.day,
    "duplicates": questions.duplicates,
    "import": steps.bring_in,
    "busy": windows.busy,
    "backup": steps.backup,
    "acts": windows.acts,
    "tour": windows.tour,
}


def main() -> int:
    """The exit code is 0 whatever the figures are; it is 1 when a part could not be measured."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="crmdesk-speed-") as home:
        os.environ.update(dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), home))
        found, failed = _measured(asked.part or list(PARTS), asked.size)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return failed


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.speed", description=__doc__)
    parser.add_argument("part", nargs="*", metavar="PART", help=f"one of: {', '.join(PARTS)}; all of them without one")
    parser.add_argument("--size", nargs="+", choices=SIZES, default=["10k", "100k"], help="people in the workspace")
    parser.add_argument("--json", type=Path, help="write the figures to a file too")
    asked = parser.parse_args()
    if unknown := set(asked.part) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return asked


def _measured(parts: list[str], sizes: list[str]) -> tuple[list[dict[str, Any]], int]:
    found: list[dict[str, Any]] = []
    failed = 0
    for size in sizes:
        for part in parts:
            _say(f"\n{part}, {size}\n{HEAD}")
            with tempfile.TemporaryDirectory(prefix="crmdesk-speed-") as folder:
                try:
                    for figure in PARTS[part](Ground(size, Path(folder), _say)):
                        _say(figure.line())
                        found.append(figure.as_json(part, size))
                except Exception as error:
                    failed = 1
                    _say(f"  not measured: {type(error).__name__}: {error}")
    return found, failed


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
