"""What CI runs, as one table: linting, types, import rules, dependencies, catalogues, and the tests last."""

from __future__ import annotations

import random
import subprocess
import time

import environment

SEED = 20260101
SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]


def table(pytest_arguments: list[str], *, full: bool) -> list[tuple[str, list[str]]]:
    """Name and command of every check, in order; `full` draws a new seed and many more random examples."""
    seed = random.SystemRandom().randrange(2**32) if full else SEED
    profile = "full" if full else "ci"
    tests = ["pytest", *SIDE_BY_SIDE, f"--randomly-seed={seed}", f"--hypothesis-profile={profile}"]
    if full:
        tests.append(f"--hypothesis-seed={seed}")
    return [
        ("ruff check", ["ruff", "check", "."]),
        ("ruff format", ["ruff", "format", "--check", "."]),
        ("mypy", ["mypy", "--strict"]),
        ("import rules", ["lint-imports", "--no-logo"]),
        ("deptry", ["deptry", "."]),
        ("words", ["python", "packaging/words.py", "check"]),
        (f"pytest (seed {seed})", [*tests, *pytest_arguments]),
    ]


def run(checks: list[tuple[str, list[str]]]) -> list[str]:
    """Runs them all, each with its time printed, and returns the names of those that failed."""
    variables = environment.offscreen() | {"PYTHONHASHSEED": "0"}
    failed = []
    for name, (command, *arguments) in checks:
        print(f"\n--- {name}", flush=True)
        started = time.monotonic()
        line = [str(environment.executable(command)), *arguments]
        code = subprocess.run(
            line, cwd=environment.ROOT, env=variables, stdin=subprocess.DEVNULL, check=False
        ).returncode
        print(f"--- {name}: {'passed' if code == 0 else 'FAILED'}, {time.monotonic() - started:.1f} s", flush=True)
        if code:
            failed.append(name)
    return failed
