"""Taking hold of a child of the worker: kills and errors at a chosen call of the system (strace), or in peace."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.support.programs import environment

STRACE = shutil.which("strace")
CALLS = ("pwrite64", "write", "ftruncate", "fdatasync", "fsync", "rename", "unlink", "link")
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: exit code (negative for a signal), edits acknowledged, and what else it told."""

    code: int
    done: int
    refused: list[dict[str, str]] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)


class Worker:
    """The process that makes children; `run` does one act in one of them."""

    def __init__(self, acks: Path) -> None:
        self.acks = acks
        command = [sys.executable, "-B", "-m", "tests.torture.worker"]
        self._process = subprocess.Popen(
            command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, act: str, folder: Path, **how: Any) -> int:
        """A child that is ready and stopped; its process id."""
        self.acks.unlink(missing_ok=True)
        order = {"act": act, "folder": str(folder), "acks": str(self.acks), **how}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        child = int(self._heard()["pid"])
        end = monotonic() + PATIENCE
        while state_of(child) not in "TZ":
            assert monotonic() < end, "the child is not ready"
            sleep(0.001)
        return child

    def end(self) -> Ended:
        """Waits until the child has ended."""
        code = int(self._heard()["ended"])
        return self.seen(code)

    def seen(self, code: int = 0) -> Ended:
        """What the child has told so far."""
        told: dict[str, list[Any]] = {"done": [], "refused": [], "mistake": [], "state": [], "half": []}
        for line in self.acks.read_text(encoding="utf-8").splitlines():
            what, _space, words = line.partition(" ")
            told[what].append(json.loads(words) if words else None)
        return Ended(code, len(told["done"]), told["refused"], told["mistake"], told["state"], told["half"])

    def run(self, act: str, folder: Path, *, inject: str = "", **how: Any) -> Ended:
        """One act; `inject` is what strace does to it, as in "pwrite64:signal=KILL:when=3"."""
        child = self.begin(act, folder, **how)
        tracer = _hold(child, "-e", f"inject={inject}") if inject else None
        os.kill(child, signal.SIGCONT)
        ended = self.end()
        if tracer is not None:
            tracer.communicate(timeout=PATIENCE)
        return ended

    def let_go(self, child: int, *, until: int) -> None:
        """A child goes on; returns when so many edits are acknowledged."""
        os.kill(child, signal.SIGCONT)
        end = monotonic() + PATIENCE
        while (seen := self.seen()).done < until:
            assert not seen.mistakes
            assert monotonic() < end, "nothing is written"
            sleep(0.01)

    def kill(self, child: int) -> Ended:
        """Kills a child, unless it has ended by itself."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        return self.end()

    def count(self, act: str, folder: Path, log: Path, **how: Any) -> Counter[str]:
        """How often an act, done in peace, calls what writes."""
        child = self.begin(act, folder, **how)
        tracer = _hold(child, "-o", str(log), "-e", f"trace={','.join(CALLS)}")
        os.kill(child, signal.SIGCONT)
        ended = self.end()
        tracer.communicate(timeout=PATIENCE)
        assert ended.code == 0, ended.mistakes
        calls = Counter(line.partition("(")[0] for line in log.read_text(errors="replace").splitlines() if "(" in line)
        return Counter({name: calls[name] for name in CALLS if calls[name]})

    def close(self) -> None:
        self._process.communicate(timeout=PATIENCE)

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the worker is gone"
        told: dict[str, Any] = json.loads(line)
        return told


def state_of(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def _hold(child: int, *how: str) -> subprocess.Popen[str]:
    assert STRACE is not None
    command = [STRACE, "-p", str(child), *how]
    if "-o" not in how:
        command[1:1] = ["-o", os.devnull]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert "attached" in said, said
    return tracer
