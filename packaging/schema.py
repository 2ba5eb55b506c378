"""Writes resources/schema.txt, the checksum of what an up-to-date workspace holds, by which one opens fast."""

from __future__ import annotations

import argparse
import sys

from crmdesk import paths
from crmdesk.storage import formats

FILE = paths.resources() / "schema.txt"


def main() -> int:
    """Writes the file, or says whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when it is out of date")
    options = parser.parse_args()
    wanted = formats.up_to_date() + "\n"
    if FILE.exists() and FILE.read_text(encoding="ascii") == wanted:
        return 0
    if options.check:
        print("resources/schema.txt is out of date. Run: .venv/bin/python packaging/schema.py")
        return 1
    FILE.write_text(wanted, encoding="ascii")
    print("resources/schema.txt written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
