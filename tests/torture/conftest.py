"""How much is tortured, the worker, and the folders of the acts.

A sample with fixed seeds runs with the other tests; `python -m tests.torture` sets `CRMDESK_TORTURE` for all of it.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from tests.torture import acts, faults
from tests.torture.breaking import BROKEN
from tests.torture.disks import Disk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Amount:
    """All of it, for so many seconds where something just goes on; or a sample."""

    full: bool
    seconds: float

    def of(self, everything: Sequence[T], sample: int) -> list[T]:
        """All of them, or some in their order, the same each time."""
        if self.full or len(everything) <= sample:
            return list(everything)
        chosen = sorted(random.Random(20261122).sample(range(len(everything)), sample))
        return [everything[each] for each in chosen]

    def times(self, full: int, sample: int) -> int:
        return full if self.full else sample


class Ground:
    """The folder of one act: made ready once, and as it was then whenever it is asked for."""

    def __init__(self, root: Path, act: str) -> None:
        self.act, self.folder, self._saved = act, root / "folder", root / "saved"
        self.states: list[str] = []  # what stands in the records after none, one, two … of its edits
        self.counts: Counter[str] = Counter()  # how often it calls what writes
        self.folder.mkdir(parents=True)

    def save(self) -> None:
        shutil.copytree(self.folder, self._saved)

    def fresh(self) -> Path:
        shutil.rmtree(self.folder)
        shutil.copytree(self._saved, self.folder)
        return self.folder


@pytest.fixture(scope="session", autouse=True)
def broken() -> None:
    """Breaks what is guarded where `test_breaking` asks for it, to see the torture fail."""
    BROKEN[os.environ.get("CRMDESK_TORTURE_BROKEN", "")]()


@pytest.fixture(scope="session")
def amount() -> Amount:
    full = os.environ.get("CRMDESK_TORTURE") == "full"
    return Amount(full, float(os.environ.get("CRMDESK_TORTURE_SECONDS", "60" if full else "0")))


@pytest.fixture
def tell() -> Callable[[str], None]:
    """What a torture did, for who asks to see it (`-s`)."""

    def say(text: str) -> None:
        sys.stdout.write(f"\n  {text}\n")

    return say


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[faults.Worker]:
    made = faults.Worker(tmp_path_factory.mktemp("acks") / "acks")
    yield made
    made.close()


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Ground]:
    made: dict[str, Ground] = {}

    def of(act: str) -> Ground:
        if act not in made:
            here = Ground(tmp_path_factory.mktemp(act), act)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("XDG_DATA_HOME", str(here.folder / "data"))
                acts.ACTS[act][0](here.folder)
            here.save()
            made[act] = here
        return made[act]

    return of


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Disk]]:
    """Small disks that are mounted for one test; needs root."""
    made: list[Disk] = []

    def of(kind: str) -> Disk:
        made.append(Disk(tmp_path / f"disk {len(made)}", kind))
        return made[-1]

    yield of
    for each in made:
        each.close()


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    """The person's own data, and so the backups, lie in that folder too."""

    def go(folder: Path) -> Path:
        monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
        return folder

    return go
