"""The two commands of the README: `run` starts the program, `test` runs every check. Both first set up what is missing.

Standard library only. What the machine must have stands in `machine.py`, the `.venv` in `environment.py`, the checks
in `checks.py`. This file alone has to be read by older Pythons too, as far as its first sentence.
"""

import sys

if sys.hexversion < 0x030B0000:
    sys.exit(
        "CrmDesk needs Python 3.11 or newer; this is Python {}.{}. Install a newer one and start this command with it, "
        "for example: python3.12 packaging/develop.py run".format(*sys.version_info[:2])
    )

import argparse
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

import checks
import environment
import machine

TOUR_SECONDS = 300


def main(arguments: list[str]) -> int:
    """Runs one command; the exit code is the program's or 1 when a check failed."""
    parser = argparse.ArgumentParser(
        prog="develop.py", description="Sets up what is missing, then runs or tests CrmDesk."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="run|test")
    run = commands.add_parser("run", help="start CrmDesk; what follows goes to the program", add_help=False)
    run.add_argument("rest", nargs=argparse.REMAINDER)
    test = commands.add_parser("test", help="run every check, the tests last; what follows goes to pytest")
    test.add_argument("--full", action="store_true", help="many more random examples, from a new seed that is printed")
    options, rest = parser.parse_known_args(arguments)
    try:
        if options.command == "run":
            return run_program([*options.rest, *rest])
        return run_checks(rest, full=options.full)
    except machine.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def set_up(*, with_window: bool) -> None:
    """Everything the program needs, found or installed; SetupError says what a person has to do."""
    started = time.monotonic()
    machine.require(
        machine.WINDOW_LIBRARIES if with_window else machine.LIBRARIES,
        modules={} if environment.VENV.exists() else machine.MODULES,
    )
    environment.ensure()
    print(f"Set-up: {time.monotonic() - started:.1f} s", flush=True)


def run_program(arguments: list[str]) -> int:
    """The program in its window; the tour, with pictures, where there is no screen to show one."""
    screen = machine.screen()
    set_up(with_window=screen)
    program = str(environment.executable("crmdesk"))
    if screen or is_terminal_command(arguments):
        sys.stdout.flush()
        if os.name == "nt":
            return subprocess.call([program, *arguments])
        os.execv(program, [program, *arguments])
    return run_tour(program)


def is_terminal_command(arguments: list[str]) -> bool:
    """Whether the program is asked for something that needs no window: `list …`, `--help`."""
    return bool(arguments) and re.fullmatch(r"[a-z]+|--[a-z-]+", arguments[0]) is not None


def run_tour(program: str) -> int:
    """The tour on a sample workspace of its own; 1 when it fails, makes no picture or does not end in time."""
    machine.want_fonts(environment.missing_fonts)
    pictures = Path(tempfile.mkdtemp(prefix="crmdesk-tour-")) / "pictures"
    print("There is no screen here, so CrmDesk shows itself on a sample workspace and takes pictures.", flush=True)
    command = [program, "tour", "--out", str(pictures)]
    try:
        code = subprocess.run(command, env=environment.offscreen(), timeout=TOUR_SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        print(f"The tour did not end within {TOUR_SECONDS} seconds and was stopped.", file=sys.stderr)
        code = 1
    made = sorted(pictures.glob("**/*.png"))
    print(f"{len(made)} pictures are in {pictures}" if made else "The tour made no pictures.")
    return code if made else code or 1


def run_checks(arguments: list[str], *, full: bool) -> int:
    """Every check, one after the other; the names of those that failed come last."""
    set_up(with_window=False)
    failed = checks.run(checks.table(arguments, full=full))
    if failed:
        print("\nFailed: " + ", ".join(failed), file=sys.stderr)
        return 1
    print("\nEverything passed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
