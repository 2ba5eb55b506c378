from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crmdesk import words
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.services import workspace
from crmdesk.storage.database import Database
from tests.support.import_lists import Bring, bringer, organisers_list

Make = Callable[..., Database]


@pytest.fixture(autouse=True)
def english() -> None:
    words.use("en")


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """New workspaces by vocabulary, made once and copied."""
    folder = tmp_path_factory.mktemp("vocabularies")
    made: dict[str, Path] = {}

    def template(vocabulary: str) -> Path:
        if vocabulary not in made:
            from datetime import UTC, datetime

            clock = FixedClock(datetime(2026, 5, 5, 12, 2, tzinfo=UTC))
            made[vocabulary] = folder / f"{vocabulary}.crmdesk"
            workspace.create(
                made[vocabulary], vocabulary=vocabulary, country="DE", currency="EUR", me="Jana Lindner",
                clock=clock, ids=IdSource(clock, random.Random(7)),
            ).close()  # fmt: skip
        return made[vocabulary]

    return template


@pytest.fixture
def make(templates: Callable[[str], Path], tmp_path: Path, clock: FixedClock, ids: IdSource) -> Iterator[Make]:
    """Opens a new workspace of the test's own with a vocabulary."""
    opened: list[Database] = []

    def make_one(vocabulary: str = "dialogue") -> Database:
        path = Path(shutil.copy(templates(vocabulary), tmp_path / f"{vocabulary}.crmdesk"))
        opened.append(workspace.open(path, clock=clock, ids=ids))
        return opened[-1]

    yield make_one
    for db in opened:
        db.close()


@pytest.fixture
def db(make: Make) -> Database:
    """A new workspace of the test's own that speaks the vocabulary *dialogue*."""
    return make()


@pytest.fixture
def bring(db: Database, tmp_path: Path) -> Bring:
    return bringer(db, tmp_path)


@pytest.fixture
def organiser(tmp_path: Path) -> Path:
    return organisers_list(tmp_path)
