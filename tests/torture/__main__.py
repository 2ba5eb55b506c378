"""All tortures: `python -m tests.torture [PART…] [--seconds N]`; a part is a file here: kills, power_cut …"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PARTS = {each.stem.removeprefix("test_"): each for each in sorted(HERE.glob("test_*.py"))}


def main(arguments: list[str]) -> int:
    """Runs the parts one after the other; pytest's exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Tortures CrmDesk, all of it.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of: {', '.join(PARTS)}; all without")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long what just goes on goes on (60)")
    options = parser.parse_args(arguments)
    unknown = [each for each in options.parts if each not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}")
    os.environ |= {"CRMDESK_TORTURE": "full", "CRMDESK_TORTURE_SECONDS": str(options.seconds)}
    files = [str(PARTS[each]) for each in options.parts or PARTS]
    return int(pytest.main([*files, "-v", "-s", "--no-header", "-p", "no:randomly", "--durations=0"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
