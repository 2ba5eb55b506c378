"""Fills the parts of README.md that follow from the code: the code map and the keys. `--check` only compares.

Each part stands between two marker comments; everything else in the README is written by hand.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def main() -> int:
    """Writes the README anew, or says whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when it is out of date")
    options = parser.parse_args()
    present = README.read_text(encoding="utf-8")
    wanted = filled(present)
    if wanted == present:
        return 0
    if options.check:
        print("README.md is out of date. Run: .venv/bin/python packaging/readme.py")
        return 1
    README.write_text(wanted, encoding="utf-8")
    print("README.md written.")
    return 0


def filled(text: str) -> str:
    """The README's text with every generated part made anew; ValueError when a marker is missing."""
    for name, body in (("code map", code_map()), ("keys", keys())):
        pattern = re.compile(rf"(<!-- {name}[^>]*-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"README.md has no markers for the {name}.")
        text = pattern.sub(lambda found, body=body: f"{found[1]}{body}{found[2]}", text)
    return text


def modules() -> list[Path]:
    """Every module of the package, by path from the root, the rooms from the top of the house downwards."""
    rooms = ["", "cli", "tour", "ui", "services", "storage", "exchange", "domain"]
    files = [path.relative_to(ROOT) for path in (ROOT / "crmdesk").rglob("*.py")]

    def order(path: Path) -> tuple[int, tuple[str, ...], bool, str]:
        room = path.parts[1] if len(path.parts) > 2 else ""
        return (
            rooms.index(room) if room in rooms else len(rooms),
            path.parent.parts,
            path.name != "__init__.py",
            path.name,
        )

    return sorted(files, key=order)


def code_map() -> str:
    """One line for every module: what stands in it, from the first sentence of its docstring."""
    return "".join(f"- `{path.as_posix()}`: {first_sentence(ROOT / path)}\n" for path in modules())


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring on one line; empty when it has none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`_])", paragraph)[0]


def keys() -> str:
    """The keys as a table, in the order of the action table."""
    from crmdesk.ui.actions import key_table

    rows = ["| menu | does | keys |\n", "| --- | --- | --- |\n"]
    return "".join(rows + [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n" for row in key_table()])


if __name__ == "__main__":
    sys.exit(main())
